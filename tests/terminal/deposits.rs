//! Depositing what others issued: recognised by its bytes, kept untouched, bundled, and refused where it must be.

use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::badges;
use crate::desk::{Desk, PASSPHRASE};

/// Alex's desk with the academy's badge in a picture.
fn with_badge() -> Desk {
    let desk = Desk::with_work();
    desk.put("../skillforge-badge.png", badges::baked(&badges::listed()));
    desk
}

fn record(desk: &Desk, id: &str) -> Value {
    serde_json::from_slice(&desk.read(&format!("deposits/{id}/deposit.json"))).unwrap()
}

#[test]
fn a_badge_inside_a_picture_then_its_list() {
    let desk = with_badge();
    let page = desk.run(&["deposit", "../skillforge-badge.png", "--for", "acme-forecasting"]).page();
    assert_data_eq!(
        page,
        str![[r#"
Deposited skillforge-badge.png: an Open Badge 3.0 inside a picture, issued by
“SkillForge Academy” for “alex@rivera.example”.
  ✓ Signed     by a key that is inside the badge
  ? Signer     not on your trust list
  – In force   its status list is on the web, and this program stays offline
--- stderr
hint: save that list while it exists, then: portfolio deposit --status FILE
--- exit 0

"#]]
    );
    assert_eq!(
        desk.read("deposits/skillforge-badge/skillforge-badge.png"),
        desk.read("../skillforge-badge.png")
    );
    desk.put("../list.json", badges::list(false).to_string());
    let page = desk.run(&["deposit", "--status", "../list.json"]).page();
    assert_data_eq!(
        page,
        str![[r#"
Kept status.json beside skillforge-badge.
  ✓ Signed     by a key that is inside the badge
  ? Signer     not on your trust list
  ✓ In force   it names no end; not taken back as of 20 Jul 2026
--- exit 0

"#]]
    );
    let page = desk.run(&["deposit", "--status", "../list.json"]).page();
    assert!(
        page.starts_with("That very file is beside skillforge-badge already. Nothing changed.\n"),
        "{page}"
    );
    let record = record(&desk, "skillforge-badge");
    assert_eq!(record["kind"], "open-badge-3.0");
    assert_eq!(record["carrier"], "png");
    assert_eq!(record["says"]["issuer"], "SkillForge Academy");
    assert_eq!(record["canBeChecked"], json!(["bytes", "signature", "status"]));
    assert_eq!(record["onlyMyWord"], json!(["/captured/at", "/captured/how", "/placement"]));
    assert_eq!(record["files"][1]["of"], badges::LIST);
    let page = desk.run(&["status"]).page();
    assert!(page.contains("\n  Deposits       1\n"), "{page}");
}

#[test]
fn a_badge_by_an_address_and_the_keys_found_there() {
    let desk = Desk::with_work();
    desk.put("../badge.json", badges::by_address().to_string());
    let page = desk.run(&["deposit", "../badge.json", "--title", "Storytelling"]).page();
    assert_data_eq!(
        page,
        str![[r#"
Deposited badge.json: an Open Badge 3.0, issued by “SkillForge Academy” for
“alex@rivera.example”.
  – Signed     not checked: no keys of its issuer are known here, so the
               signature was not checked
--- stderr
hint: save its issuer's published keys while they exist, then:
  portfolio deposit --did FILE
--- exit 0

"#]]
    );
    desk.put("../did.json", badges::keys().to_string());
    let page = desk.run(&["deposit", "--did", "../did.json"]).page();
    assert_data_eq!(
        page,
        str![[r#"
Kept keys.json beside storytelling.
  ✓ Signed     by a key that is among those you chose for its issuer
  ? Signer     “did:web:skillforge.example”, by keys that you chose; a reader
               sees that it was you
  ✓ In force   it names no end
--- exit 0

"#]]
    );
}

#[test]
fn what_is_no_badge_is_called_no_more_than_it_is() {
    let desk = Desk::with_work();
    let mail = "From: Priya <p@acme.example>\nTo: alex@rivera.example\nDate: Fri, 24 Jul 2026 15:02:40 +0000\n\
                Subject: Well done\n\nGood work.\n";
    let signature = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n";
    desk.put("../page.html", "<!DOCTYPE html><title>Course</title>");
    desk.put("../letter.eml", mail);
    desk.put("../statement.sig", signature);
    desk.put("../notes.txt", "my own notes\n");
    desk.put("../login.png", "<!DOCTYPE html><title>Sign in</title>");
    let page = |name: &str| desk.run(&["deposit", &format!("../{name}")]).page();
    let rest = "--- exit 0\n";
    assert_eq!(
        page("page.html"),
        format!("Deposited page.html as page: a web page, 36 bytes. Nothing in it is signed.\n{rest}")
    );
    assert_eq!(
        page("letter.eml"),
        format!(
            "Deposited letter.eml as letter: an e-mail as it was saved, 122 bytes. Who sent\nit cannot be checked here.\n{rest}"
        )
    );
    assert_eq!(
        page("statement.sig"),
        format!(
            "Deposited statement.sig as statement: a signature by an SSH key over another\nfile, 75 bytes. It says \
             nothing without the very file that was signed.\n{rest}"
        )
    );
    assert_eq!(
        page("notes.txt"),
        "Deposited notes.txt as notes: plain text, 13 bytes. Nothing in it is signed.\n--- stderr\n\
         hint: if you made it yourself, add it as your work: portfolio add ../notes.txt\n--- exit 0\n"
    );
    assert_eq!(
        page("login.png"),
        "Deposited login.png as login: a web page, 37 bytes. Nothing in it is signed.\n  \
         ! Its name ends in .png, but it is a web page. This happens when a download\n    \
         link wanted a login.\n--- exit 0\n"
    );
    let kinds = ["page", "letter", "statement", "notes"].map(|id| record(&desk, id)["kind"].clone());
    assert_eq!(kinds, ["capture", "e-mail", "ssh-signature", "capture"]);
    assert_eq!(record(&desk, "letter")["files"][0]["mediaType"], "message/rfc822");
}

#[test]
fn a_signed_form_that_is_not_read_is_called_by_its_name() {
    let desk = Desk::with_work();
    desk.put("../degree.txt", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA~WyJhIl0~\n");
    assert_data_eq!(
        desk.run(&["deposit", "../degree.txt"]).page(),
        str![[r#"
Deposited degree.txt as degree: a token that shows its claims one by one,
39 bytes. This form is not read here, so whether it is signed is not known.
--- exit 0

"#]]
    );
    let record = record(&desk, "degree");
    assert_eq!(
        (&record["kind"], &record["files"][0]["mediaType"]),
        (&json!("sd-jwt"), &json!("application/sd-jwt"))
    );
    assert_eq!(record["canBeChecked"], json!(["bytes"]));
    assert_data_eq!(
        desk.run(&["show", "deposits/degree"]).page(),
        str![[r#"
deposits/degree: a deposit of 24 Jul 2026: a token that shows its claims one by
one
...
"#]]
    );
}

#[test]
fn a_bag_as_a_folder_is_kept_whole() {
    let desk = Desk::with_work();
    desk.put("../handed/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    desk.put("../handed/data/a/b.txt", "b");
    desk.put("../handed/manifest-sha512.txt", "");
    desk.put("../other/readme.txt", "x");
    let page = desk.run(&["deposit", "../handed"]).page();
    assert_eq!(
        page,
        "Deposited handed as handed: a BagIt bag, 55 bytes. It lists its own files, and\nnobody signed that list.\n\
         --- exit 0\n"
    );
    assert_eq!(desk.read("deposits/handed/handed/data/a/b.txt"), b"b");
    let page = desk.run(&["deposit", "../handed"]).page();
    assert!(page.contains("error: these very bytes are deposited already, as handed\n"), "{page}");
    let page = desk.run(&["deposit", "../other"]).page();
    assert_data_eq!(
        page,
        str![[r#"
--- stderr
error: other is a folder, and no BagIt bag
  A bag has bagit.txt, a list of its files and data/ in it. Nothing was
  deposited.
hint: deposit its files, or pack the folder into one file and deposit that
--- exit 1

"#]]
    );
}

#[test]
fn what_must_not_be_kept_is_refused_and_nothing_is_written() {
    let desk = with_badge();
    desk.put("../empty.json", "");
    desk.put("../id_ed25519", "x");
    desk.put(
        "../secret.json",
        json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA" }] }).to_string(),
    );
    desk.put("../stray.json", badges::keys().to_string());
    desk.put("../50%.txt", "x");
    std::os::unix::fs::symlink(desk.at("../skillforge-badge.png"), desk.at("../link.png")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        desk.at("../pipe"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    let badge = "../skillforge-badge.png";
    for (words, error, code) in [
        (vec!["../empty.json"], "empty.json is empty", 1),
        (vec!["../id_ed25519"], "../id_ed25519 looks like a private key", 1),
        (vec![badge, "--key", "../secret.json"], "../secret.json looks like a private key", 1),
        (vec![badge, "--did", "../stray.json"], "../stray.json belongs beside none of them", 1),
        (vec![badge, "--status", "../stray.json"], "../stray.json is no list of what an issuer took back", 1),
        (vec!["../50%.txt"], "the name “50%.txt” cannot travel", 1),
        (vec!["../link.png"], "../link.png is a link, not a file", 1),
        (vec!["../pipe"], "../pipe is a pipe, not a file", 1),
        (vec!["../gone.png"], "../gone.png is not there", 7),
        (vec!["portfolio.json"], "portfolio.json belongs to the portfolio already", 1),
        (vec![badge, "--for", "nowhere"], "there is no placement “nowhere”", 1),
        (vec![badge, "--url", "skillforge.example"], "--url cannot be used", 2),
        (vec![badge, "--expires", "soon"], "--expires cannot be used", 2),
        (vec![badge, "../empty.json", "--url", "https://a.example"], "--title and --url are for one file", 2),
        (vec!["--note", "x", "--did", "../stray.json"], "--note needs a file to deposit", 2),
    ] {
        let page = desk.run(&[&["deposit"], words.as_slice()].concat()).page();
        assert!(page.contains(&format!("error: {error}\n")), "{words:?}: {page}");
        assert!(page.ends_with(&format!("--- exit {code}\n")), "{words:?}: {page}");
        assert!(!desk.at("deposits").exists(), "{words:?}");
    }
}

#[test]
fn a_sign_off_made_here_goes_another_way() {
    let desk = Desk::with_work();
    desk.done(&["request", "acme-forecasting", "--passphrase-file", "../pass"]);
    let request = crate::mentor::request(&desk, "acme-forecasting-for-priya-nair");
    desk.put("../reply.json", crate::mentor::sign(&request, &[portfolio::credential::Mark::Met; 3]));
    let page = desk.run(&["deposit", "../reply.json"]).page();
    assert_data_eq!(
        page,
        str![[r#"
--- stderr
error: reply.json is a sign-off made with this program
  A deposit is for what others issue in other ways. Nothing was deposited.
hint: if it answers a request of yours: portfolio collect ../reply.json
--- exit 1

"#]]
    );
}

#[test]
fn a_badge_that_is_added_as_work_gets_a_hint() {
    let desk = with_badge();
    let page = desk.run(&["add", "../skillforge-badge.png"]).page();
    assert!(
        page.contains(
            "hint: skillforge-badge.png is an Open Badge 3.0 inside a picture; what others\n  issued to you is \
             kept with: portfolio deposit ../skillforge-badge.png\n"
        ),
        "{page}"
    );
}

#[test]
fn the_same_for_programs_and_as_a_trial() {
    let desk = with_badge();
    let words = [
        "deposit",
        "../skillforge-badge.png",
        "--url",
        "https://skillforge.example/b/1",
        "--expires",
        "2027-01-03",
    ];
    let page = desk.run(&[&words[..], &["--dry-run"]].concat()).page();
    assert!(
        page.starts_with("Would deposit skillforge-badge.png: an Open Badge 3.0 inside a picture"),
        "{page}"
    );
    assert!(!desk.at("deposits").exists());
    let shown = desk.done(&[&words[..], &["--json"]].concat());
    let shown: Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(shown["type"], "Deposited");
    let one = &shown["deposits"][0];
    assert_eq!(
        (one["id"].as_str(), one["outcome"].as_str()),
        (Some("skillforge-badge"), Some("signer-unknown"))
    );
    assert_eq!(one["findings"], json!(["foreign-signer-not-known", "foreign-status-not-here"]));
    assert_eq!(one["record"]["captured"]["expires"], "2027-01-03");
    let page = desk.run(&["status"]).page();
    let told = "Deposits of no placement  1; the link of skillforge-badge ends on 3 Jan 2027\n";
    assert!(page.contains(told), "{page}");
    desk.put("../page.html", "<html>");
    assert_eq!(
        desk.run(&["deposit", "../page.html", "--plain"]).page(),
        "page\tcapture\t-\tpage.html\n--- exit 0\n"
    );
    assert_eq!(desk.run(&["deposit", "--quiet", "../hand-over.md"]).page(), "--- exit 0\n");
}

#[test]
fn a_bundle_carries_deposits_unless_it_is_told_not_to() {
    let desk = with_badge();
    desk.put("../page.html", "<!DOCTYPE html><title>Course</title>");
    desk.put("../private.eml.txt", "salary");
    desk.done(&["deposit", "../skillforge-badge.png", "--for", "acme-forecasting"]);
    desk.done(&["deposit", "../page.html"]);
    desk.done(&["deposit", "../private.eml.txt", "--confidential", "--until", "2027-07-24"]);
    let page = desk.sit(&["bundle"], &[PASSPHRASE]).page();
    for line in ["  skillforge-badge.png   ", " deposited\n", "confidential until 24 Jul 2027\n"] {
        assert!(page.contains(line), "{line}: {page}");
    }
    let holds = |name: &str, word: &[u8]| desk.read(name).windows(word.len()).any(|bytes| bytes == word);
    assert!(holds("alex-rivera.zip", b"data/deposits/skillforge-badge/skillforge-badge.png"));
    assert!(!holds("alex-rivera.zip", b"salary"));
    let pack = |name: &str, words: &[&str]| {
        let shown =
            desk.done(&[&["bundle", "--json", "-o", name, "--passphrase-file", "../pass"], words].concat());
        serde_json::from_str::<Value>(&shown.out).unwrap()["deposits"].clone()
    };
    assert_eq!(pack("../none.zip", &["--no-deposits"]), json!([]));
    assert_eq!(pack("../one.zip", &["--leave-out", "page"]), json!(["skillforge-badge"]));
    assert_eq!(pack("../acme.zip", &["--placement", "acme-forecasting"]), json!(["skillforge-badge"]));
    let all = pack("../all.zip", &["--include", "private-eml"]);
    assert_eq!(all, json!(["page", "private-eml", "skillforge-badge"]));
    desk.put("deposits/page/page.html", "<!DOCTYPE html><title>Curses</title>");
    let page = desk.run(&["bundle", "-o", "../changed.zip", "--passphrase-file", "../pass"]).page();
    assert!(page.contains("error: page.html of page is not as deposited\n"), "{page}");
    assert!(
        page.contains("hint: put the old file back, or leave it out: portfolio bundle --leave-out page\n"),
        "{page}"
    );
    let page = desk.run(&["status"]).page();
    assert!(page.contains("page.html of the deposit page changed on "), "{page}");
}
