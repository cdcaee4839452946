//! Handing a sign-off on: as it is, as a JWT; and the portfolio as JSON Resume.

use portfolio::credential::Mark;
use portfolio::proof::key::seal;
use snapbox::{assert_data_eq, str};

use crate::desk::{Desk, PASSPHRASE};
use crate::mentor;

pub const ID: &str = "acme-forecasting-priya-nair";
pub const KEPT: &str = "credentials/acme-forecasting-priya-nair.json";

/// A desk with a sign-off from Priya, kept.
pub fn with_sign_off() -> Desk {
    let desk = Desk::with_work();
    desk.done(&["request", "acme-forecasting", "--passphrase-file", "../pass"]);
    let request = mentor::request(&desk, "acme-forecasting-for-priya-nair");
    desk.put("../reply.json", mentor::sign(&request, &[Mark::Met, Mark::Met, Mark::PartlyMet]));
    desk.done(&["collect", "../reply.json", "--yes"]);
    desk
}

#[test]
fn the_sign_offs_are_listed() {
    let desk = Desk::with_brief();
    assert_data_eq!(
        desk.run(&["credential", "list"]).page(),
        str![[r#"
There is no sign-off yet.

Next: portfolio request PLACEMENT
--- exit 0

"#]]
    );
    let desk = with_sign_off();
    assert_data_eq!(
        desk.run(&["credential", "list"]).page(),
        str![[r#"
acme-forecasting-priya-nair  signed 24 Jul 2026 by a key that calls itself
                             “Priya Nair, Data Lead, Acme Retail Ltd”, good
                             until 24 Jul 2029
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["credential", "list", "--plain"]).page(),
        str![[r#"
acme-forecasting-priya-nair	Demand forecasting co-lab	Priya Nair, Data Lead, Acme Retail Ltd	2026-07-24	2029-07-24
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["credential", "list", "--json"]).page(),
        str![[r#"
{
  "type": "CredentialList",
  "credentials": [
    {
      "id": "acme-forecasting-priya-nair",
      "form": "badge",
      "credential": "[..]",
      "name": "Demand forecasting co-lab",
      "issuer": {
        "id": "did:key:z6Mko9hTggMwjSTEaJaPUfE6tqcy2xvU6BnNq3e3o8qVBiyH",
        "name": "Priya Nair, Data Lead, Acme Retail Ltd"
      },
      "validFrom": "2026-07-24T15:02:40Z",
      "validUntil": "2029-07-24T23:59:59Z"
    }
  ]
}
--- exit 0

"#]]
    );
}

#[test]
fn an_open_badge_is_the_sign_off_to_the_byte() {
    let desk = with_sign_off();
    assert_data_eq!(
        desk.run(&["credential", "export", ID, "--as", "open-badge", "-o", "../badge.json"]).page(),
        str![[r#"
Wrote ../badge.json ([..] KB)

It is the statement alone, as it was signed. The files that it is about are not
in it, so whoever runs “portfolio verify badge.json” sees who signed what, and
not the work.
--- exit 0

"#]]
    );
    assert!(desk.read("../badge.json") == desk.read(KEPT));
    assert_data_eq!(
        desk.run(&["credential", "export", ID, "--as", "open-badge", "-o", "../badge.json"]).page(),
        str![[r#"
--- stderr
error: there is a question and nobody to answer it
  It is: ../badge.json is there already. Write a new one in its place (yes, no)
  Nothing was written.
hint: answer it with --yes
--- exit 5

"#]]
    );
    assert_data_eq!(
        desk.run(&[
            "credential",
            "export",
            ID,
            "--as",
            "open-badge",
            "-o",
            "../badge.json",
            "--yes",
            "--json"
        ])
        .page(),
        str![[r#"
{
  "type": "CredentialExported",
  "form": "open-badge",
  "file": "../badge.json",
  "size": [..],
  "credential": "[..]"
}
--- exit 0

"#]]
    );
    let shown = desk.run(&["credential", "export", ID, "--as", "open-badge", "-o", "-"]);
    assert!(shown.out.as_bytes() == desk.read(KEPT) && shown.err.is_empty());
}

#[test]
fn only_the_signer_makes_a_jwt() {
    let desk = with_sign_off();
    assert_data_eq!(
        desk.run(&["credential", "export", ID, "--as", "vc-jwt"]).page(),
        str![[r#"
--- stderr
error: only the signer's own key can write this as vc-jwt
  That form carries a signature of its own. It would have to come from key
  SHA256:4A9jyZBOhnKZvcGQ6TRFbf5Gymb41AfYvYaVmWHD+G4, which is not here. Your
  sign-off is good as it is. Nothing was written.
hint: write it with --as open-badge, or ask the signer to run this on their
  .reply.json
--- exit 1

"#]]
    );
    let sealed = seal(&mentor::key(), "priya", PASSPHRASE.as_bytes(), [1; 16], 2, 64).unwrap();
    desk.put_private("../priya", sealed.as_bytes());
    let words = ["credential", "export", "../reply.json", "--as", "vc-jwt", "--passphrase-file", "../pass"];
    assert_data_eq!(
        desk.run(&[words.as_slice(), &["--key", "../priya"]].concat()).page(),
        str![[r#"
Wrote reply.jwt (8 KB)

It is signed with Ed25519 (alg EdDSA), the key that signed the statement. Some
readers of this form know only RS256 and ES256.
--- exit 0

"#]]
    );
    let jwt = String::from_utf8(desk.read("reply.jwt")).unwrap();
    assert_eq!(jwt.split('.').count(), 3);
    let page = desk.run(&["verify", "reply.jwt"]).page();
    assert_data_eq!(
        page,
        str![[r#"
? Unchanged and signed, but by a key you do not know.

  About        a badge: “Alex Rivera”, “Demand forecasting co-lab”,
               “Priya Nair, Data Lead, Acme Retail Ltd”

  ✓ Unchanged  it is exactly as signed
  ✓ Signed     by key SHA256:4A9jyZBOhnKZvcGQ6TRFbf5Gymb41AfYvYaVmWHD+G4
  ? Signer     not on your trust list. It calls itself
               “Priya Nair, Data Lead, Acme Retail Ltd”, as any key could
  ✓ In force   until 24 Jul 2029

  No check can show: that the statement is true, that it is about the sender,
  or when it was really signed.

Reach the issuer in a way you find yourself, and ask whether that key is
theirs.
--- exit 3

"#]]
    );
    let signature = jwt.trim_end().rfind('.').unwrap() + 1;
    let mut changed = jwt.clone();
    let first = if jwt[signature..].starts_with('A') { "B" } else { "A" };
    changed.replace_range(signature..=signature, first);
    desk.put("changed.jwt", changed);
    let page = desk.run(&["verify", "changed.jwt"]).page();
    assert!(page.starts_with("✗ The signature does not fit. Do not rely on it.\n"), "{page}");
    assert!(page.ends_with("--- exit 1\n"), "{page}");
}

#[test]
fn the_portfolio_is_a_resume_without_what_is_confidential() {
    let desk = with_sign_off();
    assert_data_eq!(
        desk.run(&["credential", "export", "--as", "json-resume", "-o", "-"]).page(),
        str![[r#"
{
  "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
  "basics": {
    "name": "Alex Rivera",
    "email": "alex@rivera.example"
  },
  "work": [
    {
      "name": "Acme Retail Ltd",
      "position": "Demand forecasting co-lab",
      "startDate": "2026-06-01",
      "endDate": "2026-07-24",
      "highlights": [
        "Forecast report: 9.8 %, was 14.2 %",
        "Hand-over notes: done in 40 min"
      ]
    }
  ],
  "projects": [
    {
      "name": "Forecast report",
      "highlights": [
        "9.8 %, was 14.2 %"
      ],
      "startDate": "2026-06-01",
      "endDate": "2026-07-24",
      "entity": "Acme Retail Ltd"
    },
    {
      "name": "Hand-over notes",
      "highlights": [
        "done in 40 min"
      ],
      "startDate": "2026-06-01",
      "endDate": "2026-07-24",
      "entity": "Acme Retail Ltd"
    }
  ],
  "certificates": [
    {
      "name": "Demand forecasting co-lab",
      "date": "2026-07-24",
      "issuer": "Priya Nair, Data Lead, Acme Retail Ltd"
    }
  ],
  "meta": {
    "version": "v1.0.0",
    "lastModified": "2026-07-24T15:02:40"
  }
}
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["credential", "export", "--as", "json-resume"]).page(),
        str![[r#"
Wrote resume.json (1 KB)

It is your own account and carries no signature. Confidential work is not in it.
Send your bundle with it for those who want to check.
--- exit 0

"#]]
    );
    assert_data_eq!(
        desk.run(&["credential", "export", ID, "--as", "json-resume"]).page(),
        str![[r#"
--- stderr
error: json-resume is about the whole portfolio
  It takes no sign-off, and “acme-forecasting-priya-nair” was named. Nothing was
  written.
hint: leave it out: portfolio credential export --as json-resume
--- exit 2

"#]]
    );
    assert_data_eq!(
        Desk::with_portfolio().run(&["credential", "export", "--as", "json-resume"]).page(),
        str![[r#"
--- stderr
error: there is nothing to write a résumé of yet
  Nothing was written.
hint: write down a placement: portfolio placement new NAME
--- exit 1

"#]]
    );
}

#[test]
fn what_cannot_be_exported_says_why() {
    let desk = with_sign_off();
    assert_data_eq!(
        desk.run(&["credential", "export", "nobody", "--as", "open-badge"]).page(),
        str![[r#"
--- stderr
error: there is no sign-off “nobody”
  Looked for credentials/nobody.json. Nothing was written.
hint: see what there is: portfolio credential list
--- exit 1

"#]]
    );
    assert_data_eq!(
        desk.run(&["credential", "export", "--as", "open-badge"]).page(),
        str![[r#"
--- stderr
error: the following required arguments were not provided
  <ID>
  Usage: portfolio credential export --as <FORM> <ID>
hint: all options: add --help
--- exit 2

"#]]
    );
    assert_data_eq!(
        desk.run(&["credential", "export", ID, "--as", "baked-png", "-o", "credentials/x.png"]).page(),
        str![[r#"
--- stderr
error: credentials/x.png would lie among the portfolio's own records
  credentials/x.png was not written; nothing else changed.
hint: write it somewhere else: --output FILE
--- exit 1

"#]]
    );
    assert_data_eq!(
        desk.run(&["credential", "export", "../hand-over.md", "--as", "baked-png"]).page(),
        str![[r#"
--- stderr
error: “../hand-over.md” is not a sign-off
  Nothing was written.
hint: name one of: portfolio credential list
--- exit 1

"#]]
    );
    assert_data_eq!(
        desk.run(&["credential", "export", ID, "--as", "baked-png", "--dry-run"]).page(),
        str![[r#"
Would write acme-forecasting-priya-nair.png
--- exit 0

"#]]
    );
    let changed = String::from_utf8(desk.read(KEPT)).unwrap().replace("9.8 %", "9.7 %");
    desk.put(KEPT, changed);
    assert_data_eq!(
        desk.run(&["credential", "export", ID, "--as", "baked-png"]).page(),
        str![[r#"
--- stderr
error: the signature on “acme-forecasting-priya-nair” does not fit
  It is not as it was signed, so it is not handed on. Nothing was written.
hint: take the file back as it came from the signer
--- exit 1

"#]]
    );
    assert!(!desk.at(&format!("{ID}.png")).exists());
}
