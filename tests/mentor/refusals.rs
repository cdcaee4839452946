//! What `sign` refuses, and how it says so.

use crate::sample::Sample;
use crate::{REQUEST, desk};

#[track_caller]
fn expect(desk: &crate::terminal::Desk, words: &[&str], page: &str) {
    let shown = desk.run(words).page();
    assert_eq!(shown, page, "printed:\n{shown}\nand not:\n{page}");
}

#[test]
fn a_request_for_somebody_else() {
    let desk = desk();
    expect(
        &desk,
        &["sign", REQUEST, "--as", "Tom Okafor, Riverside"],
        "--- stderr
error: this request is for someone else
  It asks “Priya Nair” <priya.nair@acme.example>. You sign here as Tom Okafor.
  Nothing was signed.
hint: if you are Priya Nair, sign with that name: --as \"Priya Nair\"
--- exit 1
",
    );
}

#[test]
fn a_request_altered_on_the_way() {
    let desk = desk();
    let mut bytes = Sample::alex().request();
    let place = bytes.windows(9).position(|window| window == b"hand-over").unwrap();
    let text = b"the bytes of hand-over.md";
    let content = bytes.windows(text.len()).position(|window| window == text).unwrap();
    assert!(content > place);
    bytes[content] = b'T';
    desk.put(REQUEST, &bytes);
    expect(
        &desk,
        &["sign", REQUEST],
        "--- stderr
error: this request is not the one Alex made
  files/hand-over.md differs from the file the request lists.
  Nothing was signed.
hint: ask Alex to send a new request
--- exit 1
",
    );
}

#[test]
fn what_is_no_request() {
    let desk = desk();
    let sample = Sample::alex();
    desk.put("alex-rivera.zip", sample.bundle());
    desk.put("notes.txt", "hello");
    expect(
        &desk,
        &["sign", "alex-rivera.zip"],
        "--- stderr
error: alex-rivera.zip is a bundle, not a request
  Nothing was signed.
hint: to check it: portfolio verify alex-rivera.zip
--- exit 1
",
    );
    expect(
        &desk,
        &["sign", "notes.txt"],
        "--- stderr
error: there is no request in notes.txt
  Nothing was signed.
hint: ask for the file that ends in .request.zip
--- exit 1
",
    );
    expect(
        &desk,
        &["sign", "nothing.zip"],
        "--- stderr
error: nothing.zip is not there
  Nothing was signed.
--- exit 7
",
    );
    let mut short = sample.request();
    short.truncate(short.len() - 10);
    desk.put(REQUEST, &short);
    let shown = desk.run(&["sign", REQUEST]);
    assert!(shown.err.contains("cannot be read as a request\n"), "{}", shown.page());
    assert_eq!(shown.code, 7);
}

#[test]
fn keys_of_other_kinds() {
    let desk = desk();
    for (kind, bits, word) in [("rsa", "2048", "an RSA key"), ("ecdsa", "256", "an ECDSA key")] {
        let name = format!("id_{kind}");
        let made = std::process::Command::new("ssh-keygen")
            .args(["-q", "-t", kind, "-b", bits, "-N", "", "-f"])
            .arg(desk.at(&name))
            .status()
            .unwrap();
        assert!(made.success());
        for name in [format!("{name}.pub"), name] {
            expect(
                &desk,
                &[
                    "sign",
                    REQUEST,
                    "--marks",
                    "met,met,partly",
                    "--as",
                    "Priya Nair",
                    "--key",
                    &name,
                    "--dry-run",
                ],
                &format!(
                    "--- stderr
error: this kind of SSH key cannot sign here
  {name} is {word}. Sign-offs use Ed25519 keys.
  Nothing was signed.
hint: leave out --key to pick another one or make a new one
--- exit 1
"
                ),
            );
        }
    }
}

#[test]
fn nobody_signs_off_their_own_work() {
    let desk = desk();
    let key = Sample::alex().student_key();
    let file = portfolio::proof::key::seal(
        &key,
        "alex",
        b"kettle orchard marble",
        [1; 16],
        1,
        portfolio::proof::key::LEAST_ROUNDS,
    )
    .unwrap();
    desk.put_private("alex_key", file.as_bytes());
    let shown = desk.run(&[
        "sign",
        REQUEST,
        "--marks",
        "met,met,partly",
        "--as",
        "Priya Nair",
        "--key",
        "alex_key",
        "--dry-run",
    ]);
    assert_eq!(
        shown.page(),
        "--- stderr
error: this is the key of the person who asks
  Nobody can sign off their own work.
  Nothing was signed.
--- exit 1
"
    );
}
