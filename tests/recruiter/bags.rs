//! `verify --bag`: every bag of the published suite, and whole screens about a few.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::terminal::Desk;
use crate::vectors;

/// Where this program answers otherwise than the suite's folder says, and why.
const DIVERGENCES: &[(&str, i32, &str)] = &[
    (
        "v0.97/warning/duplicate-file-with-different-case",
        1,
        "one of two listed names is on the disk: incomplete where case counts",
    ),
    ("v0.97/warning/special-system-files", 1, "a listed .DS_Store is not in the published copy: incomplete"),
    (
        "v0.97/windows-only/out-of-scope-file-paths-using-absolute-path",
        1,
        "such a path is refused on every system",
    ),
    (
        "v0.97/windows-only/out-of-scope-file-paths-using-absolute-path-for-fetch",
        1,
        "such a path is refused on every system",
    ),
    (
        "v0.97/windows-only/out-of-scope-file-paths-using-shortcut",
        1,
        "such a path is refused on every system",
    ),
    (
        "v0.97/windows-only/out-of-scope-file-paths-using-shortcut-for-fetch",
        1,
        "such a path is refused on every system",
    ),
    ("v0.97/windows-only/out-of-scope-file-paths-using-unc", 1, "such a path is refused on every system"),
    (
        "v0.97/windows-only/out-of-scope-file-paths-using-unc-for-fetch",
        1,
        "such a path is refused on every system",
    ),
];

/// The exit code that the suite expects: 0 for valid and warning bags, 1 for invalid ones. Bags that are invalid on
/// Windows alone are valid here.
fn expected(kind: &str) -> i32 {
    match kind {
        "valid" | "warning" | "windows-only" => 0,
        "invalid" | "linux-only" => 1,
        other => panic!("a kind of bag that is not known: {other}"),
    }
}

fn bags(root: &Path) -> Vec<String> {
    let below = |folder: &Path| -> Vec<std::path::PathBuf> {
        let mut found: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
            .collect();
        found.sort();
        found
    };
    let kinds = below(root).into_iter().flat_map(|version| below(&version));
    let bags = kinds.flat_map(|kind| below(&kind));
    bags.map(|bag| bag.strip_prefix(root).unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn the_published_bags_are_told_apart() {
    let Some(root) = vectors::folder("bagit-conformance-suite") else { return };
    let names = bags(&root);
    assert_eq!(names.len(), 46, "{names:?}");
    let desk = Desk::new();
    let folders: Vec<String> =
        names.iter().map(|name| root.join(name).to_str().unwrap().to_owned()).collect();
    let mut words = vec!["verify", "--bag", "--json"];
    words.extend(folders.iter().map(String::as_str));
    let shown = desk.run(&words);
    let report: Value =
        serde_json::from_str(&shown.out).unwrap_or_else(|fault| panic!("{fault}: {}", shown.page()));
    let results = report["results"].as_array().unwrap();
    let divergences: BTreeMap<&str, i32> = DIVERGENCES.iter().map(|(name, code, _)| (*name, *code)).collect();
    let mut wrong = Vec::new();
    for (name, result) in names.iter().zip(results) {
        let kind = name.split('/').nth(1).unwrap();
        let (wanted, found) = (expected(kind), result["exitCode"].as_i64().unwrap() as i32);
        let listed = divergences.get(name.as_str());
        let agrees = match listed {
            Some(code) => found == *code && found != wanted,
            None => found == wanted,
        };
        if !agrees {
            wrong.push(format!(
                "{name}: {found}, not {wanted} ({listed:?}): {} {}",
                result["errors"], result["notChecked"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (name, ..) in DIVERGENCES {
        assert!(names.iter().any(|known| known == name), "{name} is no bag of the suite");
    }
    // What each bag warns of, where the suite says that it should.
    let warned = |name: &str| {
        let at = names.iter().position(|known| known == name).unwrap();
        results[at]["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["code"].as_str().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(warned("v0.97/warning/relative-path"), ["bag-spelling"]);
    assert_eq!(warned("v0.97/warning/made-with-md5sum-tools"), ["bag-spelling", "bag-spelling"]);
    assert_eq!(
        warned("v0.97/warning/same-filename-listed-twice-with-the-same-hash"),
        ["bag-listed-again", "bag-file-not-covered"]
    );
    assert_eq!(
        warned("v0.97/warning/same-filename-listed-twice-with-different-normalization"),
        ["bag-name-clash", "bag-file-not-covered"]
    );
}

/// A bag of two files, in SHA-512 and in a digest that is not computed here.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("bag/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    desk.put("bag/data/a.txt", "abc");
    desk.put(
        "bag/manifest-sha512.txt",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd\
         454d4423643ce80e2a9ac94fa54ca49f  data/a.txt\n",
    );
    desk
}

#[test]
fn a_bag_is_whole_or_not_or_cannot_be_told() {
    let desk = desk();
    let page = "\
✓ A whole bag, and every file is as its own lists have it.

  – Bag          version 1.0, 1 files below data/
  – List         manifest-sha512.txt, 1 files by SHA-512
  ! Unusual      no list covers the bag's own files

  No check can show who made it: nobody signed it.
--- exit 0
";
    crate::expect(&desk, &["verify", "--bag", "bag"], page);
    desk.put("bag/data/a.txt", "abd");
    desk.put("bag/data/b.txt", "b");
    let page = "\
✗ Not as its own lists have it.

  – Bag          version 1.0, 2 files below data/
  – List         manifest-sha512.txt, 1 files by SHA-512
  ✗ Amiss        data/b.txt is here, and manifest-sha512.txt does not name it
  ✗ Amiss        data/a.txt is not the file that manifest-sha512.txt names
  ! Unusual      no list covers the bag's own files

  No check can show who made it: nobody signed it.
--- exit 1
";
    crate::expect(&desk, &["verify", "--bag", "bag"], page);
    assert_eq!(desk.run(&["verify", "--bag", "bag", "--plain"]).page(), "failed\tbag\t1\n--- exit 1\n");
    assert_eq!(
        desk.run(&["verify", "--bag", "bag", "--quiet"]).page(),
        "✗ bag: Not as its own lists have it\n--- exit 1\n"
    );
    let old = Desk::new();
    old.put("old/bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n");
    old.put("old/data/a.txt", "abc");
    old.put("old/manifest-sha1.txt", "a9993e364706816aba3e25717850c26c9cd0d89d  data/a.txt\n");
    let page = "\
? Not all of it can be checked here. That is neither good nor bad.

  – Bag          version 0.97, 1 files below data/
  ? List         manifest-sha1.txt, 1 files by a digest not computed here
  ? Not checked  manifest-sha1.txt is in a digest that is not computed here
  ! Unusual      no list covers the bag's own files

  No check can show who made it: nobody signed it.
--- exit 3
";
    crate::expect(&old, &["verify", "--bag", "old"], page);
    let page = "\
--- stderr
error: old/bagit.txt is not a folder
  A bag is checked where it is unpacked. Nothing was checked.
hint: unpack it, then check the folder: portfolio verify --bag FOLDER
--- exit 1
";
    crate::expect(&old, &["verify", "--bag", "old/bagit.txt"], page);
}

#[test]
fn what_a_bag_leads_out_to_is_never_opened() {
    let desk = desk();
    std::os::unix::fs::symlink("/etc/passwd", desk.at("bag/data/link")).unwrap();
    desk.put("bag/fetch.txt", "https://a.example/x - data/x.txt\nhttps://a.example/y - ../../y\n");
    let shown = desk.run(&["verify", "--bag", "bag", "--json"]);
    let report: Value = serde_json::from_str(&shown.out).unwrap();
    let codes: Vec<&str> = report["results"][0]["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["bag-not-a-file", "bag-path"]);
}

/// The names of what is amiss, not checked and unusual in the good bag with one file put in or replaced.
fn found(file: &str, bytes: &[u8]) -> Vec<String> {
    let desk = desk();
    let gone = bytes.is_empty();
    match gone {
        true => std::fs::remove_file(desk.at(&format!("bag/{file}"))).unwrap(),
        false => desk.put(&format!("bag/{file}"), bytes),
    }
    let shown = desk.run(&["verify", "--bag", "bag", "--json"]);
    let report: Value = serde_json::from_str(&shown.out).unwrap();
    let result = &report["results"][0];
    let all = ["errors", "notChecked", "warnings"].iter().flat_map(|list| result[list].as_array().unwrap());
    all.map(|one| one["code"].as_str().unwrap().to_owned()).filter(|code| code != "bag-no-tag-list").collect()
}

#[test]
fn each_fault_of_a_bag_has_its_name() {
    let sum = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd\
               454d4423643ce80e2a9ac94fa54ca49f";
    let list = |lines: &[&str]| lines.iter().map(|path| format!("{sum}  {path}\n")).collect::<String>();
    let declared = |encoding: &str| format!("BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n");
    for (file, bytes, codes) in [
        ("bagit.txt", String::new(), vec!["bag-no-declaration"]),
        ("bagit.txt", "BagIt-Version : 1.0\n".to_owned(), vec!["bag-declaration"]),
        ("bagit.txt", declared("EBCDIC"), vec!["bag-encoding-not-read"]),
        ("bagit.txt", declared("UTF-16"), vec!["bag-not-text", "bag-no-list"]),
        ("manifest-sha512.txt", String::new(), vec!["bag-no-list"]),
        ("manifest-sha512.txt", "data/a.txt\n".to_owned(), vec!["bag-line", "bag-file-unlisted"]),
        ("manifest-sha512.txt", list(&["data/a.txt", "data/a.txt"]), vec!["bag-listed-twice"]),
        ("manifest-sha512.txt", list(&["data/a.txt", "data/b.txt"]), vec!["bag-file-absent"]),
        ("manifest-sha512.txt", list(&["data/a.txt", "bagit.txt"]), vec!["bag-path"]),
        ("manifest-sha256.txt", format!("{}  data/a.txt\n", "0".repeat(64)), vec!["bag-file-changed"]),
        ("manifest-sha1.txt", format!("{}  data/a.txt\n", "0".repeat(40)), vec!["bag-digest-not-computed"]),
        ("bag-info.txt", "Payload-Oxum: 4.1\n".to_owned(), vec!["bag-count"]),
        ("bag-info.txt", "no label\n".to_owned(), vec!["bag-line"]),
        ("tagmanifest-sha512.txt", list(&["bagit.txt"]), vec!["bag-file-changed", "bag-file-not-covered"]),
        (
            "tagmanifest-sha512.txt",
            list(&["gone.txt"]),
            vec!["bag-file-absent", "bag-file-not-covered", "bag-file-not-covered"],
        ),
    ] {
        assert_eq!(found(file, bytes.as_bytes()), codes, "{file}: {bytes}");
    }
    let desk = desk();
    desk.put("bag/manifest-sha512.txt", list(&["data/a.txt", "data/b.txt"]));
    desk.put("bag/fetch.txt", "https://a.example/b - data/b.txt\n");
    let shown = desk.run(&["verify", "--bag", "bag", "--plain"]).page();
    assert_eq!(shown, "not-established\tbag\t3\n--- exit 3\n");
}
