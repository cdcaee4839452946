//! A bundle outlives the program: other people's tools and a page of Python check it, and agree with `verify`.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, reach the disk and say loudly what they could not do"
)]

#[path = "support/made.rs"]
#[allow(dead_code, reason = "each use takes its part")]
mod made;
#[path = "support/mutations.rs"]
#[allow(dead_code, reason = "each use takes its part")]
mod mutations;
#[path = "support/outside.rs"]
mod outside;
#[path = "support/program.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod program;
#[path = "support/rezip.rs"]
mod rezip;
#[path = "support/signed_cases.rs"]
mod signed_cases;

use std::path::{Path, PathBuf};

use portfolio::bundle::Input;
use portfolio::disk::DiskFolder;
use portfolio::time::Timestamp;
use portfolio::verifier::{Clock, Policy, Subject, TrustList, verify};
use program::{Place, shown};

/// A place with a good bundle, the bundle, and the folder that it unpacks to.
fn unpacked() -> (Place, PathBuf, PathBuf) {
    let place = Place::new();
    let bundle = place.join("alex-rivera.zip");
    std::fs::write(&bundle, signed_cases::good()).unwrap();
    for (path, body) in rezip::read(&signed_cases::good()) {
        let path = place.join(&path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, body).unwrap();
    }
    let top = place.join("alex-rivera");
    (place, bundle, top)
}

#[test]
fn sha256sum_finds_every_listed_file_as_listed() {
    let Some(sha256sum) = outside::tool("sha256sum", &["--version"]) else { return };
    let (place, _, top) = unpacked();
    for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        let output =
            place.command(&sha256sum).args(["--strict", "-c", manifest]).current_dir(&top).output().unwrap();
        let lines = std::fs::read_to_string(top.join(manifest)).unwrap().lines().count();
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        assert!(output.status.success(), "{}", shown(&output));
        assert_eq!(text.lines().filter(|line| line.ends_with(": OK")).count(), lines, "{text}");
    }
}

#[test]
fn bagit_python_calls_the_unpacked_bundle_a_good_bag() {
    let Some(python) = outside::tool("python", &["-c", "import bagit"]) else { return };
    let (place, _, top) = unpacked();
    let script = "import bagit, sys; bagit.Bag(sys.argv[1]).validate(); print('a good bag')";
    let output = place.command(&python).args(["-c", script]).arg(&top).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "a good bag\n", "{}", shown(&output));

    let changed = top.join("READ-ME-FIRST.txt");
    std::fs::write(&changed, "other words\n").unwrap();
    let output = place.command(&python).args(["-c", script]).arg(&top).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("BagValidationError"), "{}", shown(&output));
}

/// What a calendar program makes of our calendar: name, then day, end, status, summary and description of each event.
const READ_CALENDAR: &str = r"
import icalendar, json, sys
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
events = [[str(e['DTSTART'].dt), str(e['DTEND'].dt), str(e['STATUS']), str(e['SUMMARY']),
           str(e.get('DESCRIPTION', ''))] for e in calendar.walk('VEVENT')]
name = icalendar.parser.unescape_char(str(calendar['NAME']))
print(json.dumps([name, events, len({str(e['UID']) for e in calendar.walk('VEVENT')}),
                  [str(error) for e in calendar.walk() for error in e.errors]]))
";

#[test]
fn icalendar_reads_every_check_in_as_it_was_written_down() {
    let Some(python) = outside::tool("python", &["-c", "import icalendar"]) else { return };
    let place = Place::new();
    let run = |words: &[&str]| {
        let output = place.portfolio(words);
        assert!(output.status.success(), "{}", shown(&output));
    };
    std::fs::write(place.join("pass"), "kettle orchard marble\n").unwrap();
    std::fs::set_permissions(place.join("pass"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .unwrap();
    run(&["init", "--name", "Zoë", "--email", "zoe@example.org", "--passphrase-file", "pass"]);
    let title = "Vorhersage; Größe, Übergabe \\ und noch mehr, damit die Zeile ganz sicher zu lang wird";
    let days = ["--from", "2026-11-16", "--to", "2026-11-29"];
    run(&[&["placement", "new", "lodz", "--title", title, "--mentor", "Łukasz Söhne"], &days[..]].concat());
    let met = ["placement", "checkpoint", "add", "lodz", "--date", "2026-11-17", "--minutes", "45"];
    run(&[&met[..], &["--decided", "erst A, dann B; „ja“", "--next", "C:\\new"]].concat());
    run(&["placement", "checkpoint", "ics", "lodz", "-o", "lodz.ics"]);

    let calendar = std::fs::read_to_string(place.join("lodz.ics")).unwrap();
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{calendar}");
    let output = place.command(&python).args(["-c", READ_CALENDAR, "lodz.ics"]).output().unwrap();
    let read: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", shown(&output)));
    let expected = serde_json::json!([
        format!("Check-ins: {title}"),
        [
            [
                "2026-11-17",
                "2026-11-18",
                "CONFIRMED",
                format!("Check-in 1, 45 min: {title}"),
                "With Łukasz Söhne\nDecided: erst A, dann B; „ja“\nNext: C:\\new"
            ],
            ["2026-11-24", "2026-11-25", "TENTATIVE", format!("Check-in of week 2: {title}"), ""]
        ],
        2,
        []
    ]);
    assert_eq!(read, expected);
}

#[test]
fn unzip_finds_nothing_wrong() {
    let Some(unzip) = outside::tool("unzip", &["-v"]) else { return };
    let (place, bundle, _) = unpacked();
    let output = place.command(&unzip).arg("-tqq").arg(bundle).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", shown(&output));
}

/// What the page of Python says of each bundle or folder: its exit code, and its words. All in one process.
fn page_says(place: &Place, python: &Path, paths: &[PathBuf]) -> Vec<(i32, String)> {
    let script = "import sys; sys.path.insert(0, sys.argv[1])\nimport check_without_portfolio as page\n\
                  for path in sys.argv[2:]: print('\\x01%d' % page.main(['--at', '2026-11-22', path]))";
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let output =
        place.command(python).args(["-I", "-B", "-c", script]).arg(examples).args(paths).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", shown(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut answers = Vec::new();
    let mut words = String::new();
    for line in text.lines() {
        match line.strip_prefix('\u{1}') {
            Some(code) => answers.push((code.parse().unwrap(), std::mem::take(&mut words))),
            None => words += &format!("{line}\n"),
        }
    }
    assert_eq!(answers.len(), paths.len());
    answers
}

/// What `verify` comes to where knowing the signer is not asked for, as the page cannot know anybody.
fn verify_says(path: &Path) -> (i32, String) {
    let trust = TrustList::default();
    let at = Timestamp::parse_ours("2026-11-22T00:00:00Z").unwrap();
    let policy = Policy { accept_unknown_signer: true, clock: Clock::Chosen, ..Policy::new(at, &trust) };
    let folder;
    let file;
    let input = if path.is_dir() {
        folder = DiskFolder::open(path).unwrap();
        Input::Folder(&folder)
    } else {
        file = std::fs::read(path).unwrap();
        Input::Archive(&file)
    };
    let report = verify("case", Subject::Bundle(input), &policy);
    let findings: Vec<_> = report.findings.iter().map(|finding| format!("{finding:?}\n")).collect();
    (report.exit_code(&policy).into(), format!("{:?}\n{}", report.outcome, findings.concat()))
}

/// Each archive in a file of its own.
fn written(place: &Place, archives: &[&[u8]]) -> Vec<PathBuf> {
    let name = |(number, archive): (usize, &&[u8])| {
        let path = place.join(&format!("case-{number}.zip"));
        std::fs::write(&path, archive).unwrap();
        path
    };
    archives.iter().enumerate().map(name).collect()
}

#[test]
fn the_page_of_python_agrees_on_the_good_bundle_packed_and_unpacked() {
    let Some(python) = outside::tool("python3", &["--version"]) else { return };
    let (place, bundle, top) = unpacked();
    let paths = [bundle, top];
    for (path, (page, words)) in paths.iter().zip(page_says(&place, &python, &paths)) {
        assert_eq!(page, 0, "{}: {words}", path.display());
        let (ours, words) = verify_says(path);
        assert_eq!(ours, 0, "{words}");
    }
}

#[test]
fn the_page_of_python_agrees_on_every_altered_bundle() {
    let Some(python) = outside::tool("python3", &["--version"]) else { return };
    let place = Place::new();
    let good = signed_cases::good();
    let mutations = mutations::all(&good);
    assert!(mutations.len() >= 100, "{}", mutations.len());
    let archives: Vec<&[u8]> = mutations.iter().map(|mutation| mutation.archive.as_slice()).collect();
    let files = written(&place, &archives);
    let mut disagreements = Vec::new();
    for ((mutation, file), (page, page_words)) in
        mutations.iter().zip(&files).zip(page_says(&place, &python, &files))
    {
        let (ours, our_words) = verify_says(file);
        let harmless = mutation.name.contains("harmless") || mutation.archive == good;
        // The class is the same but for one place: where the archive is damaged, either may see the file first.
        let agree = page == ours || (matches!(page, 1 | 7) && matches!(ours, 1 | 7));
        if !agree || (page == 0) != harmless {
            disagreements.push(format!("=== {}\nPython {page_words}\nportfolio {our_words}", mutation.name));
        }
    }
    assert!(
        disagreements.is_empty(),
        "{} of {}\n{}",
        disagreements.len(),
        mutations.len(),
        disagreements.join("\n")
    );
}

#[test]
fn the_page_of_python_agrees_on_what_is_signed_and_yet_wrong() {
    let Some(python) = outside::tool("python3", &["--version"]) else { return };
    let place = Place::new();
    let cases = signed_cases::all();
    let archives: Vec<&[u8]> = cases.iter().map(|(_, archive, _)| archive.as_slice()).collect();
    let files = written(&place, &archives);
    let mut disagreements = Vec::new();
    for (((name, _, expected), file), (page, page_words)) in
        cases.iter().zip(&files).zip(page_says(&place, &python, &files))
    {
        let (ours, our_words) = verify_says(file);
        if page != *expected || ours != *expected {
            disagreements
                .push(format!("=== {name}: {expected} expected\nPython {page_words}\nportfolio {our_words}"));
        }
    }
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

#[test]
fn ssh_keygen_prints_the_fingerprint_that_we_print() {
    let Some(ssh_keygen) = outside::tool("ssh-keygen", &[]) else { return };
    let place = Place::new();
    for seed in [[7; 32], [1; 32], [255; 32]] {
        let key = portfolio::proof::SecretKey::from_seed(&seed);
        let public = portfolio::proof::Signer::public_key(&key);
        std::fs::write(place.join("key.pub"), public.openssh_line("sample") + "\n").unwrap();
        let output = place.command(&ssh_keygen).args(["-lf", "key.pub"]).output().unwrap();
        let expected = format!("256 {} sample (ED25519)\n", public.fingerprint());
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{}", shown(&output));
    }
}
