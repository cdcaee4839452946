//! An organisation vouches for a mentor's key: the file, the bundle, and a reader who lets it vouch.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;
use crate::mentor;

const REQUEST: &str = "acme-forecasting-for-priya-nair";
const VOUCHER: &str = "../priya-nair.voucher.json";

fn priya() -> portfolio::proof::PublicKey {
    portfolio::proof::Signer::public_key(&mentor::key())
}

/// The key of the organisation, as OpenSSH keeps it, in `../acme`.
fn acme(desk: &Desk) -> portfolio::proof::PublicKey {
    let made = ["-q", "-t", "ed25519", "-N", "", "-C", "acme", "-f", "../acme"];
    assert_eq!(desk.shown(desk.command_of("ssh-keygen").args(made)).code, 0);
    portfolio::proof::key::public_from_line(&String::from_utf8(desk.read("../acme.pub")).unwrap()).unwrap().0
}

/// A desk with a sign-off by Priya, and a voucher for her key that is not collected yet.
fn vouched() -> (Desk, portfolio::proof::PublicKey) {
    let desk = Desk::with_work();
    desk.done(&["request", "acme-forecasting", "--passphrase-file", "../pass"]);
    let marks = [portfolio::credential::Mark::Met; 3];
    desk.put("../reply.json", mentor::sign(&mentor::request(&desk, REQUEST), &marks));
    desk.done(&["collect", "../reply.json", "--yes"]);
    let acme = acme(&desk);
    let (did, words) = (priya().did(), priya().words().join(" "));
    let vouch = ["vouch", &did, "--as", "Priya Nair, Data Lead", "--until", "2027-06-30", "--words", &words];
    let shown =
        desk.run(&[&vouch[..], &["--from", "Acme Retail Ltd", "--key", "../acme", "-o", VOUCHER]].concat());
    assert_data_eq!(
        shown.page().replace(&priya().fingerprint(), "SHA256:PRIYA"),
        str![[r#"
Wrote ../priya-nair.voucher.json. Send it to Priya, or to whoever shows what
Priya signed: they take it in with portfolio collect. Whoever lets your key
vouch then reads “Priya Nair, Data Lead”, vouched for by you.
To take it back: portfolio withdraw ../priya-nair.voucher.json
--- stderr
The key you vouch for: SHA256:PRIYA
They match.
--- exit 0

"#]]
    );
    (desk, acme)
}

#[test]
fn a_voucher_travels_in_the_bundle_and_counts_for_who_lets_it() {
    let (desk, acme) = vouched();
    let page = |text: String| {
        text.replace(&priya().fingerprint(), "SHA256:PRIYA").replace(&acme.fingerprint(), "SHA256:ACME")
    };
    assert_data_eq!(
        page(desk.run(&["show", VOUCHER]).page()),
        str![[r#"
../priya-nair.voucher.json: a voucher of 24 Jul 2026 by a key that calls itself
“Acme Retail Ltd”

    Priya Nair, Data Lead

    Signs with the key SHA256:PRIYA
    Good until 30 June 2027.
    Key SHA256:ACME
--- exit 0

"#]]
    );
    assert_data_eq!(
        page(desk.sit(&["collect", VOUCHER], &["yes"]).page()),
        str![[r#"
A voucher of 24 Jul 2026, good until 30 Jun 2027: a key that calls itself “Acme
Retail Ltd” says whose the key below is.

  ✓ signed by key SHA256:ACME
  – key SHA256:PRIYA is that of “Priya
    Nair, Data Lead”

Keep this voucher (yes, no): yes
Saved as vouchers/priya-nair-data-lead.json

Next: portfolio bundle
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["collect", VOUCHER]).page(),
        str![[r#"
You have this very voucher already, as vouchers/priya-nair-data-lead.json.
--- exit 0

"#]]
    );
    desk.done(&["bundle", "--passphrase-file", "../pass"]);
    // to a stranger a voucher by a key that they do not know is worth nothing
    assert_eq!(desk.run(&["verify", "alex-rivera.zip"]).code, 3);
    let words = acme.words().join(" ");
    let add = ["trust", "add", VOUCHER, "--as", "Acme Retail Ltd", "--basis", "phoned", "--words", &words];
    desk.done(&add);
    assert_eq!(desk.run(&["verify", "alex-rivera.zip"]).code, 3);
    desk.done(&["trust", "remove", "Acme Retail Ltd"]);
    assert_data_eq!(
        page(desk.run(&[&add[..], &["--may-vouch"]].concat()).page()),
        str![[r#"
Added. This key is now shown as Acme Retail Ltd.
Whoever it vouches for is shown as vouched for by it, and counts as a signer you
know.
To undo: portfolio trust remove "Acme Retail Ltd"
--- stderr
The key that signed it: SHA256:ACME
They match.

--- exit 0

"#]]
    );
    assert_data_eq!(
        page(desk.run(&["verify", "alex-rivera.zip"]).page()),
        str![[r#"
✓ Signed by someone whom a signer you trust vouches for, and unchanged since.

  About        Alex Rivera, Demand forecasting co-lab, Acme Retail Ltd
  Marks        3 met

  ✓ Unchanged  the statement and 3 of 5 files are exactly as signed
  ✓ Signed     by key SHA256:PRIYA
  ✓ Signer     Priya Nair, Data Lead, vouched for by Acme Retail Ltd until
               30 Jun 2027. You let that key vouch; you added it on 24 Jul 2026
  ✓ In force   until 24 Jul 2029. Not withdrawn as of 24 Jul 2026, the newest
               word on this computer (today)
  – Withheld   model-code.pdf and model-code.zip, as the signed statement
               allows

  No check can show: that the work is good, that the statement is true, that
  the sender is Alex Rivera, or when it was really signed.

Read it: portfolio show alex-rivera.zip
--- exit 0

"#]]
    );
    let plain = desk.run(&["verify", "--plain", "alex-rivera.zip"]).out;
    let fields: Vec<&str> = plain.trim_end().split('\t').collect();
    assert_eq!(fields[3], "Priya Nair, Data Lead, vouched for by Acme Retail Ltd");
    assert_data_eq!(
        desk.run(&["trust", "list"]).page().replace(&acme.fingerprint(), "SHA256:ACME"),
        str![[r#"
Acme Retail Ltd
  key SHA256:ACME
  added 24 Jul 2026: “phoned”
  may vouch for others
--- exit 0

"#]]
    );
    let withdraw =
        ["withdraw", VOUCHER, "--key", "../acme", "--reason", "left us", "--yes", "-o", "../back.json"];
    assert_data_eq!(
        desk.run(&withdraw).page(),
        str![[r#"
Wrote ../back.json. Send it to Priya, and post it where people look for your
key. Someone offline learns of it only when that file reaches them.
--- stderr
This withdraws your voucher of 24 Jul 2026 for the key of Priya Nair, Data Lead.
It cannot be undone; you can sign a new one.
--- exit 0

"#]]
    );
    let shown = desk.run(&["verify", "alex-rivera.zip", "--status", "../back.json", "-v"]);
    assert_eq!(shown.code, 3, "{}", shown.page());
    assert!(shown.out.contains("\n  voucher-withdrawn  "), "{}", shown.page());
}

#[test]
fn what_cannot_be_vouched_for_says_why() {
    let desk = Desk::with_key();
    let acme = acme(&desk);
    let (did, words) = (acme.did(), acme.words().join(" "));
    let vouch = ["vouch", &did, "--as", "Acme", "--from", "Acme", "--key", "../acme", "--words"];
    assert_data_eq!(
        desk.run(&[&vouch[..], &[&words]].concat()).page().replace(&acme.fingerprint(), "SHA256:ACME"),
        str![[r#"
--- stderr
The key you vouch for: SHA256:ACME
They match.
error: a key cannot vouch for itself
  Because the key that would vouch is the key that is vouched for.
  Nothing was written.
--- exit 1

"#]]
    );
    let shown = desk.run(&[&vouch[..], &[&words, "-o", "-"]].concat()).page();
    let (_, refused) = shown.split_once("They match.\n").unwrap();
    assert_data_eq!(
        refused,
        str![[r#"
error: the voucher is written to a file, not to a pipe
  Nothing was written.
hint: name the file: --output FILE
--- exit 2

"#]]
    );
    let wrong = "orbit cactus velvet ribbon maple timber glide sunset";
    assert_data_eq!(
        desk.run(&[&vouch[..], &[wrong]].concat()).page().replace(&acme.fingerprint(), "SHA256:ACME"),
        str![[r#"
--- stderr
The key you vouch for: SHA256:ACME
error: those are not the words of this key
  Nothing was written.
hint: have them read out again; if they still differ, do not add this key
--- exit 1

"#]]
    );
    assert_data_eq!(
        desk.run(&["vouch", "did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"]).page(),
        str![[r#"
--- stderr
error: this is not the name of a key that can sign here
  Sign-offs use Ed25519 keys, whose names begin did:key:z6Mk. Nothing was
  written.
--- exit 1

"#]]
    );
}
