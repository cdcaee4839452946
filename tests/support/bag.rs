//! A small sample bag.

use std::convert::Infallible;
use std::io::Cursor;

use portfolio::bundle::{BUNDLE, BagToWrite, Profile, write_bag};
use portfolio::path::{FileName, RelPath};
use portfolio::source::Source;

/// The payload of the sample: an empty file, a name that is not ASCII, and one of two reads' length.
pub fn payload() -> Vec<(String, Vec<u8>)> {
    let long: Vec<u8> = (0..300_u32).flat_map(u32::to_le_bytes).collect();
    vec![
        ("data/artifacts/report/report.pdf".to_owned(), long),
        ("data/artifacts/report/été.csv".to_owned(), b"a;b\n1;2\n".to_vec()),
        ("data/credentials/sign-off.json".to_owned(), b"{}\n".to_vec()),
        ("data/stories/.keep".to_owned(), Vec::new()),
    ]
}

pub const STATEMENT: &[u8] = b"{\"holder\": \"did:key:z6Mk\"}\n";

/// An archive of these files, with a fixed statement.
pub fn archive_of(files: &[(String, Vec<u8>)], profile: Profile) -> Vec<u8> {
    let bag = BagToWrite {
        top: FileName::parse("alex-rivera").unwrap(),
        info: vec![("Bagging-Date", "2026-07-24".to_owned()), ("External-Description", "Sample".to_owned())],
        payload: files
            .iter()
            .map(|(path, bytes)| (RelPath::parse(path).unwrap(), bytes as &dyn Source))
            .collect(),
        read_me: "Read me first.\n",
        profile,
    };
    let mut out = Cursor::new(Vec::new());
    let mut statement = |_| Ok::<_, Infallible>(STATEMENT.to_vec());
    let written = write_bag(&mut out, &bag, &mut statement).unwrap();
    assert_eq!(written, out.get_ref().len() as u64);
    out.into_inner()
}

/// The sample archive.
pub fn sample() -> Vec<u8> {
    archive_of(&payload(), BUNDLE)
}
