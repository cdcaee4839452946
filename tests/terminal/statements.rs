//! A mentor with nothing but OpenSSH: the statement signed with `ssh-keygen`, collected, bundled and checked.

use snapbox::{IntoData as _, assert_data_eq, str};

use crate::desk::Desk;

const NAMESPACE: &str = "portfolio-signoff@v1";
const KEPT: &str = "credentials/acme-forecasting-priya-nair.statement.txt";

/// A desk at which Priya was asked, with her SSH key in `../priya`.
fn asked() -> Desk {
    let desk = Desk::with_work();
    desk.done(&["request", "acme-forecasting", "--passphrase-file", "../pass"]);
    make_key(&desk, "ed25519", "../priya");
    desk
}

fn make_key(desk: &Desk, kind: &str, name: &str) {
    keygen(desk, &["-q", "-t", kind, "-N", "", "-C", "priya@acme-laptop", "-f", name]);
}

fn keygen(desk: &Desk, words: &[&str]) -> String {
    let shown = desk.shown(desk.command_of("ssh-keygen").args(words));
    assert_eq!(shown.code, 0, "{words:?}: {}", shown.page());
    shown.out
}

/// Signs what the request carries, as its READ-ME-FIRST.txt says, and gives the name of the signature.
fn signed(desk: &Desk, key: &str, namespace: &str) -> &'static str {
    let request =
        desk.read("requests/acme-forecasting-for-priya-nair/acme-forecasting-for-priya-nair.request.zip");
    let opened = portfolio::bundle::open(portfolio::bundle::Input::Archive(&request)).unwrap();
    let inside = |name: &str| {
        let path = portfolio::path::RelPath::parse(name).unwrap();
        String::from_utf8(opened.read(&path, 1 << 20).unwrap()).unwrap()
    };
    let how = format!("    ssh-keygen -Y sign -n {NAMESPACE} -f ~/.ssh/id_ed25519 statement.txt\n");
    assert!(inside("READ-ME-FIRST.txt").contains(&how));
    desk.put("../statement.txt", inside("data/statement.txt"));
    let _ = std::fs::remove_file(desk.at("../statement.txt.sig"));
    keygen(desk, &["-Y", "sign", "-n", namespace, "-f", key, "../statement.txt"]);
    "../statement.txt.sig"
}

fn fingerprint(desk: &Desk) -> String {
    keygen(desk, &["-lf", "../priya"]).split(' ').nth(1).unwrap().to_owned()
}

#[test]
fn a_statement_signed_with_openssh_is_kept_byte_for_byte() {
    let desk = asked();
    let file = signed(&desk, "../priya", NAMESPACE);
    let key = fingerprint(&desk);
    assert_data_eq!(
        desk.sit(&["collect", file], &["yes"]).page().replace(&key, "SHA256:PRIYA"),
        str![[r#"
An answer to your request of 24 Jul 2026: the statement you sent, signed with an
SSH key. It is a signed statement, not a badge.

  ✓ Your request   same placement, same 5 files
  ✓ Signed         by key SHA256:PRIYA
  ? Signer         you have not confirmed that this key is Priya's

  Marks            none: this form of answer has no room for them
  Changed          nothing

Keep this sign-off (yes, no): yes
Saved as credentials/acme-forecasting-priya-nair.statement.txt

Next: portfolio bundle
hint: ask Priya to read you the key's eight words, then:
  portfolio trust add credentials/acme-forecasting-priya-nair.statement.txt
--- exit 0

"#]]
    );
    assert_eq!(desk.read(KEPT), desk.read("../statement.txt"));
    assert_eq!(desk.read(&format!("{KEPT}.sig")), desk.read(file));
    // what is kept is what OpenSSH itself takes
    let line = String::from_utf8(desk.read("../priya.pub")).unwrap();
    desk.put("../signers", format!("priya@acme.example namespaces=\"{NAMESPACE}\" {line}"));
    let mut check = desk.command_of("ssh-keygen");
    let signature = format!("{KEPT}.sig");
    check.args([
        "-Y",
        "verify",
        "-f",
        "../signers",
        "-I",
        "priya@acme.example",
        "-n",
        NAMESPACE,
        "-s",
        &signature,
    ]);
    let text = std::fs::File::open(desk.at(KEPT)).unwrap();
    assert_eq!(check.stdin(text).status().unwrap().code(), Some(0));

    assert_data_eq!(
        desk.run(&["collect", file]).page(),
        str![[r#"
You have this very sign-off already, as
credentials/acme-forecasting-priya-nair.statement.txt.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["status"]).page(),
        str![[r#"
acme-forecasting   Acme Retail Ltd, 1 Jun to 24 Jul 2026, week 8 of 8
  Deliverables   3 of 3 added, 1 confidential
  Sign-off       a statement signed with an SSH key that calls itself “Priya
                 Nair”

Next: portfolio bundle
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["credential", "list"]).page(),
        str![[r#"
acme-forecasting-priya-nair  a statement, no badge, signed with an SSH key that
                             calls itself “Priya Nair”
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["credential", "export", "acme-forecasting-priya-nair", "--as", "open-badge"]).page(),
        str![[r#"
--- stderr
error: “acme-forecasting-priya-nair” is a statement, not a badge
  It is a text under an SSH signature, which other software does not read.
  Nothing was written.
hint: hand on the two files as they are: the text and its .sig
--- exit 1

"#]]
    );
    let shown = desk.run(&["show", KEPT]).page().replace(&key, "SHA256:PRIYA");
    assert_data_eq!(
        shown,
        str![[r#"
credentials/acme-forecasting-priya-nair.statement.txt: a text under the
signature of an SSH key that calls itself “Priya Nair”
  SHA256:PRIYA
Nothing in it has been checked. To check it: portfolio verify
credentials/acme-forecasting-priya-nair.statement.txt

    Sign-off statement, form 1

        I supervised this placement. Alex Rivera delivered the items listed.

    Name          Alex Rivera
    Placement     Demand forecasting co-lab
...
    Marks         none; whether an item was met as asked is not said here
...
"#]]
    );
}

#[test]
fn a_bundle_carries_it_and_a_reader_is_told_what_it_is() {
    let desk = asked();
    desk.done(&["collect", signed(&desk, "../priya", NAMESPACE), "--yes"]);
    let key = fingerprint(&desk);
    desk.done(&["bundle", "--passphrase-file", "../pass"]);
    let page = |words: &[&str]| desk.run(words).page().replace(&key, "SHA256:PRIYA");
    assert_data_eq!(
        page(&["verify", "alex-rivera.zip"]),
        str![[r#"
? Unchanged and signed, but by a key you do not know.

  About        “Alex Rivera”, “Demand forecasting co-lab”, “Acme Retail Ltd”

  ✓ Unchanged  the statement and 3 of 5 files are exactly as signed
  ✓ Signed     by key SHA256:PRIYA
  ? Signer     not on your trust list. The key calls itself “Priya Nair”, as
               any key could
  – In force   depends on the signer. It names no end date
  – Withheld   model-code.pdf and model-code.zip, as the signed statement
               allows
  – Form       a signed statement, not a badge: it marks nothing, and says that
               it was asked for on 24 Jul 2026, not when it was signed

  No check can show: that the work is good, that the statement is true, that
  the sender is Alex Rivera, or when it was really signed.

To learn who signed, reach Priya Nair through Acme Retail, on a number you find
yourself. Ask for the key's eight words, then type them in:
  portfolio trust add alex-rivera.zip --as "Priya Nair, Acme Retail Ltd"
--- exit 3

"#]]
    );
    let inside = desk.run(&["show", "alex-rivera.zip"]).out;
    let heading = "/acme-forecasting-priya-nair.statement.txt: a statement, with\n";
    assert!(inside.contains(heading) && inside.contains("\n    Placement     Demand"), "{inside}");
    let line = String::from_utf8(desk.read("../priya.pub")).unwrap();
    let (public, _) = portfolio::proof::key::public_from_line(&line).unwrap();
    let words = public.words().join(" ");
    let add = ["trust", "add", KEPT, "--as", "Priya Nair, Acme Retail Ltd", "--basis", "met her"];
    desk.done(&[&add[..], &["--words", &words]].concat());
    assert_data_eq!(
        page(&["verify", "alex-rivera.zip"]),
        str![[r#"
✓ Signed by someone you trust, and unchanged since.

  About        Alex Rivera, Demand forecasting co-lab, Acme Retail Ltd

  ✓ Unchanged  the statement and 3 of 5 files are exactly as signed
  ✓ Signed     by key SHA256:PRIYA
  ✓ Signer     Priya Nair, Acme Retail Ltd. You added this key on 24 Jul 2026:
               “met her”
  ✓ In force   no end date. Not withdrawn as of 24 Jul 2026, the newest word on
               this computer (today)
  – Withheld   model-code.pdf and model-code.zip, as the signed statement
               allows
  – Form       a signed statement, not a badge: it marks nothing, and says that
               it was asked for on 24 Jul 2026, not when it was signed

  No check can show: that the work is good, that the statement is true, that
  the sender is Alex Rivera, or when it was really signed.

Read it: portfolio show alex-rivera.zip
--- exit 0

"#]]
    );
    assert_eq!(desk.run(&["verify", KEPT, "--quiet"]).page(), "--- exit 0\n");
    // the student changes the text before packing it again
    let text = String::from_utf8(desk.read(KEPT)).unwrap();
    desk.put(KEPT, text.replace("14.2 %", "44.2 %"));
    assert_eq!(
        desk.run(&["verify", KEPT, "--quiet"]).page(),
        format!("✗ {KEPT}: the signature does not fit\n--- exit 1\n")
    );
    let again = desk.run(&["bundle", "-o", "../again.zip", "--passphrase-file", "../pass"]);
    assert_eq!(again.code, 1, "{}", again.page());
    assert!(again.err.contains("error: the bundle did not pass its own check\n"), "{}", again.page());
    // and after it was packed
    let mut archive = desk.read("alex-rivera.zip");
    let at = archive.windows(6).position(|bytes| bytes == b"14.2 %").unwrap();
    archive[at] = b'4';
    desk.put("../changed.zip", archive);
    let changed = desk.run(&["verify", "../changed.zip"]);
    assert!(
        changed.out.starts_with("✗ Changed after it was signed. Do not rely on it.\n"),
        "{}",
        changed.page()
    );
    assert_eq!(changed.code, 1);
    // the page of Python says the same
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/check_without_portfolio.py");
    let python = |file: &str| desk.shown(desk.command_of("python3").args(["-I", "-B"]).arg(&page).arg(file));
    assert_data_eq!(
        python("alex-rivera.zip").page().replace(&key, "SHA256:PRIYA"),
        str![[r#"
data/credentials/acme-forecasting-priya-nair.statement.txt: a statement, no badge, signed by key SHA256:PRIYA
  5 files signed for, 2 of them left out; it does not say when it was signed
Unchanged, and signed by the keys above. Whose keys they are, this page cannot know.
--- exit 0

"#]]
    );
    assert_eq!(python("../changed.zip").code, 1);
}

#[test]
fn what_is_no_such_signature_is_refused_with_its_reason() {
    let desk = asked();
    let collect = |file: &str| desk.run(&["collect", file, "--yes"]).page();
    assert_data_eq!(
        collect(signed(&desk, "../priya", "file")),
        str![[r#"
--- stderr
error: this signature was made for something else
  It was made for “file”, not for “portfolio-signoff@v1”.
  Nothing was saved.
hint: ask for it to be signed like this:
  ssh-keygen -Y sign -n portfolio-signoff@v1 -f KEY statement.txt
--- exit 1

"#]]
    );
    make_key(&desk, "rsa", "../priya-rsa");
    let by_rsa = signed(&desk, "../priya-rsa", NAMESPACE);
    assert_data_eq!(
        collect(by_rsa),
        str![[r#"
--- stderr
error: this kind of SSH key cannot sign here
  It was signed with an RSA key. Sign-offs use Ed25519 keys.
  Nothing was saved.
hint: ask for it to be signed like this:
  ssh-keygen -Y sign -n portfolio-signoff@v1 -f KEY statement.txt
--- exit 1

"#]]
    );
    // to a reader that is neither good nor bad
    let by_rsa = desk.run(&["verify", by_rsa]);
    assert_eq!(by_rsa.code, 8, "{}", by_rsa.page());
    let file = signed(&desk, "../priya", NAMESPACE);
    desk.put("../other.txt", "I give you ten euros.\n");
    keygen(&desk, &["-Y", "sign", "-n", NAMESPACE, "-f", "../priya", "../other.txt"]);
    assert_data_eq!(
        collect("../other.txt.sig"),
        str![[r#"
--- stderr
error: this signature fits no statement that you sent
  It was made over other words than a request of this portfolio has. Nothing was
  saved.
hint: ask for the statement to be signed as it came, or collect it where it was
  asked for
--- exit 1

"#]]
    );
    // one who signs other files for other ends is not accused
    desk.put("../tool.tar", "a release\n");
    keygen(&desk, &["-Y", "sign", "-n", "file", "-f", "../priya", "../tool.tar"]);
    assert_data_eq!(
        desk.run(&["verify", "../tool.tar.sig"]).page(),
        str![[r#"
--- stderr
error: there is nothing to check in ../tool.tar.sig
  It is an SSH signature for “file”, over a file that is no sign-off.
  It has not been checked: that is neither good nor bad.
hint: whether it fits its file, OpenSSH can tell: ssh-keygen -Y verify
--- exit 1

"#]]
    );
    std::fs::remove_file(desk.at("../other.txt")).unwrap();
    assert_data_eq!(
        desk.run(&["verify", "../other.txt.sig"]).page(),
        str![[r#"
--- stderr
error: the text that ../other.txt.sig signs is not here
  It is an SSH signature; what it signs lies beside it, under its name without
  .sig.
  It has not been checked: that is neither good nor bad.
hint: put the two files side by side, with the names they came under
--- exit 1

"#]]
    );
    let mut cut = desk.read(file);
    cut.truncate(90);
    desk.put("../cut.sig", cut);
    assert_data_eq!(
        collect("../cut.sig"),
        str![[r#"
--- stderr
error: this SSH signature cannot be read
  It is an SSH signature that is damaged.
  Nothing was saved.
hint: ask for it to be signed like this:
  ssh-keygen -Y sign -n portfolio-signoff@v1 -f KEY statement.txt
--- exit 1

"#]]
        .raw()
    );
    assert!(!desk.at("credentials").exists());
}
