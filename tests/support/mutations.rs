//! A good bundle altered at a named place: the archive's bytes, the bag's lists, the signed documents.

use sha2::{Digest, Sha256};

use super::rezip::{self, Files};

/// One altered bundle.
pub struct Mutation {
    pub name: String,
    pub archive: Vec<u8>,
}

/// Every alteration of the good bundle.
pub fn all(good: &[u8]) -> Vec<Mutation> {
    let mut list = Vec::new();
    bytes(good, &mut list);
    documents(&rezip::read(good), &mut list);
    bag(&rezip::read(good), &mut list);
    list
}

/// The archive as bytes: each field of its records, each end of it, one bit of each file.
fn bytes(good: &[u8], list: &mut Vec<Mutation>) {
    let mut push = |name: String, archive: Vec<u8>| list.push(Mutation { name, archive });
    let flipped = |at: usize, bit: u8| {
        let mut archive = good.to_vec();
        archive[at] ^= bit;
        archive
    };
    let find = |magic: &[u8]| good.windows(4).position(|window| window == magic).unwrap();
    let (central, end) = (find(b"PK\x01\x02"), good.len() - 22);
    let local_fields = [
        ("signature", 0),
        ("version", 4),
        ("flags", 7),
        ("method", 8),
        ("time", 10),
        ("date", 12),
        ("crc", 14),
        ("packed size", 18),
        ("size", 22),
        ("name length", 26),
        ("extra length", 28),
        ("name", 30),
    ];
    for (field, at) in local_fields {
        push(format!("local header, {field}"), flipped(at, 1));
    }
    let central_fields = [
        ("signature", 0),
        ("made by", 4),
        ("host", 5),
        ("version", 6),
        ("flags", 9),
        ("method", 10),
        ("time", 12),
        ("date", 14),
        ("crc", 16),
        ("packed size", 20),
        ("size", 24),
        ("name length", 28),
        ("extra length", 30),
        ("comment length", 32),
        ("disk", 34),
        ("internal", 36),
        ("attributes", 40),
        ("offset", 42),
        ("name", 46),
    ];
    for (field, at) in central_fields {
        push(format!("index, {field}"), flipped(central + at, 1));
    }
    let end_fields = [
        ("signature", 0),
        ("disk", 4),
        ("start disk", 6),
        ("entries here", 8),
        ("entries", 10),
        ("size", 12),
        ("offset", 16),
        ("comment length", 20),
    ];
    for (field, at) in end_fields {
        push(format!("end record, {field}"), flipped(end + at, 1));
    }
    let mut at = 0;
    for (name, body) in rezip::read(good) {
        at += 30 + name.len();
        push(format!("first byte of {name}"), flipped(at, 1));
        push(format!("last byte of {name}"), flipped(at + body.len() - 1, 0x20));
        at += body.len();
    }
    for cut in [1, 22, good.len() / 2, good.len() - 10] {
        push(format!("cut by {cut}"), good[..good.len() - cut].to_vec());
    }
    push("a byte behind".into(), [good, b"\n"].concat());
    push("a byte before".into(), [b"\n", good].concat());
    push("twice".into(), [good, good].concat());
    push("empty".into(), Vec::new());
    push("only the end record".into(), good[end..].to_vec());
}

/// The files of the bag, without repairing what lists them.
fn bag(files: &Files, list: &mut Vec<Mutation>) {
    let mut push = |name: &str, files: Files| {
        list.push(Mutation { name: name.to_owned(), archive: rezip::write(&files) });
    };
    let top = files[0].0.split('/').next().unwrap().to_owned();
    for (path, _) in files {
        push(&format!("without {path}"), files.iter().filter(|(other, _)| other != path).cloned().collect());
    }
    push("an empty file for each", files.iter().map(|(path, _)| (path.clone(), Vec::new())).collect());
    for stray in [
        "cv.pdf",
        "data/cv.pdf",
        "fetch.txt",
        "tagmanifest-sha512.txt",
        ".DS_Store",
        "data/credentials/x.json",
    ] {
        push(&format!("stray {stray}"), sorted(with(files, &format!("{top}/{stray}"), b"stray\n")));
    }
    for bad in
        ["../x", "/x", "data/a:b", "data/con", "data/a\u{202e}b", "data/x. ", "data//x", "data/DATA\\x"]
    {
        push(&format!("path {bad:?}"), sorted(with(files, &format!("{top}/{bad}"), b"x")));
    }
    push("a second top folder", sorted(with(files, "other/file.txt", b"x")));
    push("a file beside the top folder", sorted(with(files, "file.txt", b"x")));
    push("entries out of order", files.iter().rev().cloned().collect());
    push("an entry twice", files.iter().chain(&files[..1]).cloned().collect());
    let another_top = |path: &String| format!("another{}", &path[top.len()..]);
    push(
        "another top folder, by itself harmless",
        files.iter().map(|(p, b)| (another_top(p), b.clone())).collect(),
    );
}

/// The documents of the bag, with every list repaired so that only what is signed can tell.
fn documents(files: &Files, list: &mut Vec<Mutation>) {
    let mut push = |name: &str, files: Files| {
        list.push(Mutation { name: name.to_owned(), archive: rezip::write(&files) });
    };
    let text_edits: &[(&str, &str, &str, &str)] = &[
        ("statement altered", "credentials/", "\"narrative\": \"", "\"narrative\": \"Really: "),
        ("signer's name altered", "credentials/", "\"name\": \"Priya", "\"name\": \"Prija"),
        ("end moved", "credentials/", "\"validUntil\": \"202", "\"validUntil\": \"203"),
        ("start moved", "credentials/", "\"validFrom\": \"202", "\"validFrom\": \"201"),
        (
            "file declared confidential",
            "credentials/",
            "\"genre\":",
            "\"audience\": \"confidential\", \"genre\":",
        ),
        ("proof list empty", "credentials/", "\"proof\": [", "\"proof\": [], \"was\": ["),
        ("proof gone", "credentials/", "\"proof\": [", "\"was\": ["),
        ("signature altered", "credentials/", "\"proofValue\": \"z", "\"proofValue\": \"z2"),
        ("signature not base58", "credentials/", "\"proofValue\": \"z", "\"proofValue\": \"z0"),
        ("signature in another base", "credentials/", "\"proofValue\": \"z", "\"proofValue\": \"u"),
        ("suite unknown", "credentials/", "\"eddsa-jcs-2022\"", "\"eddsa-jcs-2099\""),
        ("purpose altered", "credentials/", "\"assertionMethod\"", "\"authentication\""),
        ("context extended", "credentials/", "context-3.0.3.json\"", "context-3.0.3.json\", \"urn:x\""),
        (
            "member twice",
            "credentials/",
            "\"validFrom\":",
            "\"validFrom\": \"2026-01-01T00:00:00Z\", \"validFrom\":",
        ),
        ("member added", "credentials/", "\"validFrom\":", "\"image\": \"x\", \"validFrom\":"),
        ("number that readers dispute", "credentials/", "\"validFrom\":", "\"x\": 1e2, \"validFrom\":"),
        ("half a surrogate", "credentials/", "\"narrative\": \"", "\"narrative\": \"\\ud800"),
        ("not JSON", "credentials/", "\"validFrom\":", "\"validFrom\"=:"),
        ("something behind the document", "credentials/", "\n}\n", "\n}\n{}"),
        ("white space only", "credentials/", "\"validFrom\":", "\"validFrom\" : "),
        ("result altered in the record", "artifact.json", "\"title\": \"", "\"title\": \"Better "),
    ];
    for (name, place, from, to) in text_edits {
        push(&format!("{name}, lists repaired"), repaired(&edited(files, place, from, to)));
    }
    let presentation_edits: &[(&str, &str, &str)] = &[
        ("purpose", "\"assertionMethod\"", "\"authentication\""),
        ("signature", "\"proofValue\": \"z", "\"proofValue\": \"z3"),
        ("list of proofs", "\"proof\": [", "\"proof\": [], \"was\": ["),
        ("holder", "\"holder\": \"did:key:z6Mk", "\"holder\": \"did:key:z6Mj"),
        ("digest", "\"digestMultibase\": \"uEi", "\"digestMultibase\": \"uEj"),
        ("date", "\"validFrom\": \"202", "\"validFrom\": \"203"),
        ("type", "\"VerifiablePresentation\"", "\"VerifiablePresentation\", \"Other\""),
        ("context", "\"@context\": [", "\"@context\": [\"urn:x\", "),
        ("form, by white space alone and so harmless", "\"holder\":", "\"holder\" :"),
    ];
    for (name, from, to) in presentation_edits {
        push(
            &format!("presentation's {name}, list repaired"),
            tags_repaired(&edited(files, "presentation.json", from, to)),
        );
    }
    let tag_edits: &[(&str, &str, &str, &str)] = &[
        ("format 2", "bag-info.txt", "Portfolio-Format: 1", "Portfolio-Format: 2"),
        ("format nought", "bag-info.txt", "Portfolio-Format: 1", "Portfolio-Format: 0"),
        ("no format", "bag-info.txt", "Portfolio-Format: 1\n", ""),
        ("another count", "bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: 1"),
        ("no count", "bag-info.txt", "Payload-Oxum: ", "Payload-Size: "),
        ("a line without a label", "bag-info.txt", "Portfolio-Format: 1\n", "Portfolio-Format: 1\nx\n"),
        ("an older bag", "bagit.txt", "1.0", "0.97"),
        ("another encoding", "bagit.txt", "UTF-8", "UTF-16"),
        ("a byte order mark", "bagit.txt", "BagIt-Version", "\u{feff}BagIt-Version"),
        ("upper-case digests", "manifest-sha256.txt", "a", "A"),
        ("one space", "manifest-sha256.txt", "  data/", " data/"),
        ("a star", "manifest-sha256.txt", "  data/", " *data/"),
        ("a remark", "manifest-sha256.txt", "", "# remark\n"),
        ("lines that end as on Windows", "manifest-sha256.txt", "\n", "\r\n"),
        ("a path that climbs", "manifest-sha256.txt", "  data/", "  data/../data/"),
    ];
    for (name, file, from, to) in tag_edits {
        push(
            &format!("{file} with {name}, list repaired"),
            tags_repaired(&edited(files, &format!("/{file}"), from, to)),
        );
    }
    let swapped = swap_payload(files);
    push("two payload files exchanged", swapped.clone());
    push("two payload files exchanged, lists repaired", repaired(&swapped));
    push("lists written anew, by itself harmless", repaired(files));
}

fn with(files: &Files, path: &str, body: &[u8]) -> Files {
    files.iter().cloned().chain([(path.to_owned(), body.to_vec())]).collect()
}

fn sorted(mut files: Files) -> Files {
    files.sort();
    files
}

/// The first file whose path contains `place`, with the first `from` in it replaced.
fn edited(files: &Files, place: &str, from: &str, to: &str) -> Files {
    let mut files = files.clone();
    let file =
        files.iter_mut().find(|(path, _)| path.contains(place)).unwrap_or_else(|| panic!("no {place}"));
    let text = String::from_utf8(file.1.clone()).unwrap();
    assert!(text.contains(from), "no {from:?} in {}:\n{text}", file.0);
    file.1 = text.replacen(from, to, 1).into_bytes();
    files
}

fn swap_payload(files: &Files) -> Files {
    let mut files = files.clone();
    let payload: Vec<usize> = (0..files.len()).filter(|&at| files[at].0.ends_with(".pdf")).collect();
    assert!(payload.len() >= 2, "the bundle has two documents");
    let (one, other) = (files[payload[0]].1.clone(), files[payload[1]].1.clone());
    (files[payload[0]].1, files[payload[1]].1) = (other, one);
    files
}

/// Both manifests and the count written anew for the files as they are.
pub fn repaired(files: &Files) -> Files {
    let payload: Vec<_> = files.iter().filter(|(path, _)| below_top(path).starts_with("data/")).collect();
    let octets: usize = payload.iter().map(|(_, body)| body.len()).sum();
    let manifest: String = payload.iter().map(|(path, body)| line(below_top(path), body)).collect();
    let oxum = format!("Payload-Oxum: {octets}.{}", payload.len());
    let mut files = files.clone();
    for (path, body) in &mut files {
        match below_top(path) {
            "manifest-sha256.txt" => *body = manifest.clone().into_bytes(),
            "bag-info.txt" => {
                let text = String::from_utf8(body.clone()).unwrap();
                let lines: Vec<&str> = text
                    .lines()
                    .map(|line| if line.starts_with("Payload-Oxum") { &oxum } else { line })
                    .collect();
                *body = (lines.join("\n") + "\n").into_bytes();
            }
            _ => {}
        }
    }
    tags_repaired(&files)
}

/// The list of the bag's own files written anew.
fn tags_repaired(files: &Files) -> Files {
    let is_tag =
        |path: &str| !below_top(path).starts_with("data/") && !path.ends_with("/tagmanifest-sha256.txt");
    let list: String = files
        .iter()
        .filter(|(path, _)| is_tag(path))
        .map(|(path, body)| line(below_top(path), body))
        .collect();
    let mut files = files.clone();
    let tags = files.iter_mut().find(|(path, _)| path.ends_with("/tagmanifest-sha256.txt")).unwrap();
    tags.1 = list.into_bytes();
    files
}

fn below_top(path: &str) -> &str {
    path.split_once('/').map_or("", |(_, below)| below)
}

fn line(path: &str, body: &[u8]) -> String {
    let hex: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}  {path}\n")
}
