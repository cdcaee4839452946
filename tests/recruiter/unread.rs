//! What `verify` could not check, and how it says so: not a bundle, damaged, packed again, too new, bounds.

use std::process::Command;

use crate::sample::Sample;
use crate::terminal::Desk;
use crate::{desk, unpack};

#[track_caller]
fn expect(desk: &Desk, words: &[&str], page: &str) {
    let shown = desk.run(words).page();
    assert_eq!(shown, page, "printed:\n{shown}\nand not:\n{page}");
}

#[test]
fn what_carries_no_signature() {
    let desk = desk(&Sample::alex());
    desk.put("certificate-scan.jpg", b"\xff\xd8\xff\xe0 a picture");
    expect(
        &desk,
        &["verify", "certificate-scan.jpg"],
        "--- stderr
error: there is nothing to check in certificate-scan.jpg
  It is a JPEG picture. A picture of a certificate carries no signature.
hint: ask for the bundle (.zip) or the signed record (.json)
--- exit 1
",
    );
    let token = "eyJhbGciOiJFUzI1NiJ9.e30.AAAA~WyJhIl0~\n";
    desk.put("degree.txt", token);
    expect(
        &desk,
        &["verify", "degree.txt"],
        "--- stderr
error: there is nothing to check in degree.txt
  It is a token that shows its claims one by one, a form that is not read here.
  It has not been checked: that is neither good nor bad.
hint: ask for the bundle (.zip) or the signed record (.json)
--- exit 1
",
    );
    let shown = desk.run(&["show", "degree.txt"]).page();
    let digest = portfolio::digest::Digest::of(token.as_bytes()).hex();
    assert_eq!(
        shown,
        format!(
            "degree.txt: a token that shows its claims one by one, 39 bytes\n  sha256 {digest}\n--- exit 0\n"
        )
    );
    desk.put("empty.json", "{}");
    let record = desk.run(&["verify", "empty.json"]);
    assert!(record.err.starts_with("error: there is nothing to check in empty.json\n"), "{}", record.page());
    assert_eq!(record.code, 1);
    desk.put("holiday/beach.txt", "sun");
    let folder = desk.run(&["verify", "holiday"]);
    assert!(folder.err.starts_with("error: there is nothing to check in holiday\n"), "{}", folder.page());
    assert_eq!(folder.code, 1);
    desk.put("ask.request.zip", Sample::alex().request());
    expect(
        &desk,
        &["verify", "ask.request.zip"],
        "--- stderr
error: there is nothing to check in ask.request.zip
  It is a request: it asks for a sign-off, and nobody has given one yet.
hint: to read it, then sign or not: portfolio sign ask.request.zip
--- exit 1
",
    );
    expect(
        &desk,
        &["verify", "nowhere.zip"],
        "--- stderr
error: nowhere.zip is not there
  Nothing was checked.
--- exit 7
",
    );
}

#[test]
fn what_is_damaged_or_goes_on_too_long() {
    let desk = desk(&Sample::alex());
    let whole = desk.read("alex-rivera.zip");
    let mut first = whole.clone();
    first[0] ^= 1;
    let longer = [whole.as_slice(), b"x"].concat();
    for (name, bytes) in
        [("first.zip", first.as_slice()), ("short.zip", &whole[..2000]), ("long.zip", &longer)]
    {
        desk.put(name, bytes);
        let shown = desk.run(&["verify", name]);
        assert!(
            shown.err.starts_with(&format!("error: {name} cannot be read as a bundle\n")),
            "{}",
            shown.page()
        );
        assert!(
            shown.err.contains("  It has not been checked: that is neither good nor bad.\n"),
            "{}",
            shown.page()
        );
        assert_eq!((shown.out.as_str(), shown.code), ("", 7));
    }
}

#[test]
fn a_bundle_that_somebody_packed_again_has_a_way_out() {
    let desk = desk(&Sample::alex());
    unpack(&desk, "alex-rivera.zip");
    let packed = Command::new("python3")
        .args(["-m", "zipfile", "-c", "again.zip", "alex-rivera"])
        .current_dir(desk.at("."))
        .status();
    if !packed.is_ok_and(|status| status.success()) {
        eprintln!("NOT LOOKED AT: python3 is not installed, so no bundle was packed again");
        return;
    }
    expect(
        &desk,
        &["verify", "again.zip"],
        "--- stderr
error: again.zip was packed again by another program
  The files in it may be just as they were, but this is not the archive that was
  made.
  Nothing was checked.
hint: unpack it, then check the folder: portfolio verify FOLDER
--- exit 7
",
    );
    assert_eq!(desk.run(&["verify", "alex-rivera"]).code, 3);
}

#[test]
fn a_newer_format_is_neither_good_nor_bad() {
    let desk = desk(&Sample::alex());
    unpack(&desk, "alex-rivera.zip");
    let info = String::from_utf8(desk.read("alex-rivera/bag-info.txt")).unwrap();
    desk.put("alex-rivera/bag-info.txt", info.replace("Portfolio-Format: 1", "Portfolio-Format: 3"));
    expect(
        &desk,
        &["verify", "alex-rivera"],
        "--- stderr
error: this bundle is newer than this program
  It has format 3; this program, 0.1.0, reads format 1.
  It has not been checked: that is neither good nor bad.
hint: get a newer version from the project's own page, then check again
--- exit 8
",
    );
}

#[test]
fn every_bound_is_printed_with_its_reason() {
    let desk = desk(&Sample::alex());
    let shown = desk.run(&["verify", "--limits", "--plain"]);
    let lines: Vec<Vec<&str>> = shown.out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), portfolio::verifier::limits::all().len());
    assert!(lines.iter().all(|line| line.len() == 4 && !line[3].is_empty()), "{}", shown.out);
    assert!(shown.out.contains("\nfiles in a bundle\t10000\tfiles\t"), "{}", shown.out);
}
