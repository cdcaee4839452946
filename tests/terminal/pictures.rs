//! A sign-off inside a picture: written, checked, and found changed.

use portfolio::credential::baked::{from_png, from_svg};
use snapbox::{assert_data_eq, str};

use crate::exporting::{ID, KEPT, with_sign_off};

#[test]
fn a_picture_carries_the_sign_off_and_can_be_checked() {
    let desk = with_sign_off();
    assert_data_eq!(
        desk.run(&["credential", "export", ID, "--as", "baked-png"]).page(),
        str![[r#"
Wrote acme-forecasting-priya-nair.png ([..] KB)

The sign-off is inside the picture, and the picture shows nothing by itself:
anybody can draw it. Whoever gets the file checks it with “portfolio verify
acme-forecasting-priya-nair.png”.
--- stderr
hint: send it as a file, since chat apps and photo services strip what is inside
  a picture
--- exit 0

"#]]
    );
    let file = format!("{ID}.png");
    let picture = desk.read(&file);
    assert!(from_png(&picture).unwrap().unwrap().into_bytes() == desk.read(KEPT));
    desk.done(&["credential", "export", ID, "--as", "baked-png", "-o", "../again.png"]);
    assert!(picture == desk.read("../again.png"), "the same sign-off gives the same picture");
    assert_data_eq!(
        desk.run(&["verify", &file]).page(),
        str![[r#"
? Unchanged and signed, but by a key you do not know.

  About        “Alex Rivera”, “Demand forecasting co-lab”, “Acme Retail Ltd”
  Marks        “2 met, 1 partly met”

  ✓ Unchanged  the statement is exactly as signed; its 5 files are not here to
               compare
  ✓ Signed     by key SHA256:4A9jyZBOhnKZvcGQ6TRFbf5Gymb41AfYvYaVmWHD+G4
  ? Signer     not on your trust list. The key calls itself
               “Priya Nair, Data Lead, Acme Retail Ltd”, as any key could
  – In force   depends on the signer. By its own dates, until 24 Jul 2029

  No check can show: that the work is good, that the statement is true, that
  the sender is Alex Rivera, or when it was really signed.

To learn who signed, reach Priya Nair through Acme Retail, on a number you find
yourself. Ask for the key's eight words, then type them in:
  portfolio trust add acme-forecasting-priya-nair.png --as "Priya Nair, Acme Retail Ltd"
--- exit 3

"#]]
    );
    assert_data_eq!(
        desk.run(&["verify", &file, "--plain"]).page(),
        str![[r#"
signer-unknown	acme-forecasting-priya-nair.png	SHA256:4A9jyZBOhnKZvcGQ6TRFbf5Gymb41AfYvYaVmWHD+G4	-	-	2026-07-24	3
--- exit 3

"#]]
    );

    assert_data_eq!(
        desk.run(&["trust", "add", &file, "--words", "one two", "--as", "Priya"]).page(),
        str![[r#"
--- stderr
The key that signed it: SHA256:4A9jyZBOhnKZvcGQ6TRFbf5Gymb41AfYvYaVmWHD+G4
error: those are not the words of this key
  Nothing was added.
  There are 2 of them, and a key has eight.
hint: have them read out again; if they still differ, do not add this key
--- exit 1

"#]]
    );
    let shown = desk.done(&["show", &file, "--json"]).out;
    let parsed = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
    assert_eq!(parsed(shown.as_bytes())["document"], parsed(&desk.read(KEPT)));

    let middle = picture.len() - 4_000;
    let mut changed = picture.clone();
    changed[middle] ^= 1;
    desk.put("changed.png", &changed);
    assert_data_eq!(
        desk.run(&["verify", "changed.png"]).page(),
        str![[r#"
--- stderr
error: the sign-off in changed.png cannot be taken out
  The checksum of the chunk at byte [..] does not agree.
  It has not been checked: that is neither good nor bad.
hint: ask for the picture to be sent as a file, or for the signed record (.json)
--- exit 7

"#]]
    );
    assert_data_eq!(
        desk.run(&["show", "changed.png"]).page(),
        str![[r#"
--- stderr
error: the sign-off in changed.png cannot be taken out
  The checksum of the chunk at byte [..] does not agree.
--- exit 7

"#]]
    );
}

#[test]
fn an_svg_carries_it_too_and_a_changed_word_is_found() {
    let desk = with_sign_off();
    assert_data_eq!(
        desk.run(&["credential", "export", ID, "--as", "baked-svg", "-o", "badge.svg"]).page(),
        str![[r#"
Wrote badge.svg (11 KB)

The sign-off is inside the picture, and the picture shows nothing by itself:
anybody can draw it. Whoever gets the file checks it with “portfolio verify
badge.svg”.
--- stderr
hint: send it as a file, since chat apps and photo services strip what is inside
  a picture
--- exit 0

"#]]
    );
    let picture = String::from_utf8(desk.read("badge.svg")).unwrap();
    assert!(from_svg(picture.as_bytes()).unwrap().unwrap().into_bytes() == desk.read(KEPT));
    assert_data_eq!(
        desk.run(&["verify", "badge.svg", "--plain"]).page(),
        str![[r#"
signer-unknown	badge.svg	SHA256:4A9jyZBOhnKZvcGQ6TRFbf5Gymb41AfYvYaVmWHD+G4	-	-	2026-07-24	3
--- exit 3

"#]]
    );
    desk.put("changed.svg", picture.replace("9.8 %", "9.7 %"));
    assert_data_eq!(
        desk.run(&["verify", "changed.svg", "--plain"]).page(),
        str![[r#"
failed	changed.svg	-	-	-	-	1
--- exit 1

"#]]
    );
    desk.put("declares.svg", format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>\n{picture}"));
    assert_data_eq!(
        desk.run(&["verify", "declares.svg"]).page(),
        str![[r#"
--- stderr
error: the sign-off in declares.svg cannot be taken out
  The picture declares a document type or entities, which could make it say
  anything.
  It has not been checked: that is neither good nor bad.
hint: ask for the picture to be sent as a file, or for the signed record (.json)
--- exit 7

"#]]
    );
    desk.put("bare.svg", portfolio::render::badge::svg("bare"));
    assert_data_eq!(
        desk.run(&["verify", "bare.svg"]).page(),
        str![[r#"
--- stderr
error: there is nothing to check in bare.svg
  It is an SVG picture. A picture of a certificate carries no signature.
hint: ask for the bundle (.zip) or the signed record (.json)
--- exit 1

"#]]
    );
}
