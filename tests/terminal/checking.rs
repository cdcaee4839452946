//! `check`: a whole folder looked through, and every fault named with its place.

use snapbox::{assert_data_eq, str};

use crate::desk::Desk;
use crate::exporting::with_sign_off;

/// Code, path and place of everything found, without the facts; and the exit code.
fn found(desk: &Desk) -> (Vec<String>, i32) {
    let shown = desk.run(&["check", "--plain"]);
    let short = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        format!("{} {} {}:{}", fields[0], fields[2], fields[3], fields[4])
    };
    (shown.out.lines().map(short).collect(), shown.code)
}

/// Rewrites a file with one text in place of another that it must hold.
fn edit(desk: &Desk, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(desk.read(path)).unwrap();
    assert!(text.contains(from), "{path}: {text}");
    desk.put(path, text.replacen(from, to, 1));
}

/// The same desk with the terms of its placement settled, so that nothing is left to note.
fn settled(desk: Desk) -> Desk {
    let clause = |name: &str| format!("\"{name}\": {{ \"state\": \"yes\" }}");
    let clauses = ["ownership", "naming", "export", "confidentiality", "reuse"].map(clause).join(", ");
    edit(&desk, PLACEMENT, "  \"created\"", &format!("  \"terms\": {{ {clauses} }},\n  \"created\""));
    desk
}

const PLACEMENT: &str = "placements/acme-forecasting/placement.json";
const REPORT: &str = "artifacts/forecast-report/artifact.json";
const RECORD: &str = "requests/acme-forecasting-for-priya-nair/record.json";
const SIGN_OFF: &str = "credentials/acme-forecasting-priya-nair.json";

#[test]
fn a_whole_folder_in_order_says_so_in_a_line() {
    let desk = settled(with_sign_off());
    assert_data_eq!(
        desk.run(&["check"]).page(),
        str![[r#"
✓ Nothing is wrong: 8 records and 5 files.
--- exit 0

"#]]
    );
}

#[test]
fn what_is_wrong_with_a_record_made_by_hand_is_said_with_line_and_column() {
    let desk = settled(with_sign_off());
    edit(&desk, PLACEMENT, "\"2026-06-01\"", "\"1 June\"");
    edit(&desk, PLACEMENT, "\"title\": \"Model code\",", "");
    edit(&desk, REPORT, "\"result\": \"9.8 %", "\"result\" \"9.8 %");
    assert_data_eq!(
        desk.run(&["check"]).page(),
        str![[r#"
✗ artifacts/forecast-report/artifact.json, line 6, column 12: is not JSON that
  can be read: expected `:`, found '"'.
✗ placements/acme-forecasting/placement.json, line 5, column 13: starts is “1
  June”, not a day such as 2026-07-24.
✗ placements/acme-forecasting/placement.json, line 21, column 7:
  brief.deliverables[2] lacks the member title.

Looked at 8 records and 4 files: 3 wrong.
--- exit 1

"#]]
    );
    let misfit = format!("not-as-schema {PLACEMENT} 5:13");
    assert!(found(&desk).0.contains(&misfit), "{:?}", found(&desk));
    desk.put("private/lumen/offer.json", "{ \"formatVersion\": 1 }\n");
    let offer = "not-as-schema private/lumen/offer.json 1:1".to_owned();
    assert!(found(&desk).0.contains(&offer), "{:?}", found(&desk));
    edit(&desk, REPORT, "{", "<<<<<<< HEAD\n{");
    let conflict = format!("not-json {REPORT} 1:1");
    assert!(found(&desk).0.contains(&conflict), "{:?}", found(&desk));
}

#[test]
fn what_a_record_says_of_itself_is_held_together() {
    let desk = settled(Desk::with_work());
    edit(&desk, PLACEMENT, "\"2026-07-24\"", "\"2026-05-24\"");
    edit(&desk, REPORT, "\"document\": \"forecast-report.pdf\"", "\"document\": \"other.pdf\"");
    let expected = [format!("contradiction {REPORT} 7:15"), format!("contradiction {PLACEMENT} 6:11")];
    assert_eq!(found(&desk), (expected.to_vec(), 1));
}

#[test]
fn a_newer_record_is_not_called_wrong() {
    let desk = settled(Desk::with_work());
    edit(&desk, REPORT, "\"formatVersion\": 1", "\"formatVersion\": 2");
    assert_eq!(found(&desk), (vec![format!("too-new {REPORT} 2:20")], 8));
}

#[test]
fn bytes_are_read_every_time_and_line_ends_are_told_from_content() {
    let desk = settled(Desk::with_work());
    let notes = "artifacts/hand-over-notes/hand-over.md";
    let before = desk.read(notes);
    let with_crlf = String::from_utf8(before.clone()).unwrap().replace('\n', "\r\n");
    desk.put(notes, with_crlf);
    let shown = desk.run(&["check"]);
    assert_data_eq!(
        shown.page(),
        str![[r#"
✗ artifacts/hand-over-notes/hand-over.md: has line ends of Windows (CR LF) where
  it had LF when it was recorded; nothing else differs.

Looked at 5 records and 5 files: 1 wrong.
--- stderr
hint: keep git from rewriting line ends with this line in .gitattributes:
  * -text
--- exit 1

"#]]
    );
    assert_eq!(found(&desk), (vec![format!("file-line-ends {notes} 0:0")], 1));
    desk.put(notes, [before.as_slice(), b"!"].concat());
    let pdf = "artifacts/forecast-report/forecast-report.pdf";
    std::fs::remove_file(desk.at(pdf)).unwrap();
    edit(&desk, PLACEMENT, "{\n", "{\r\n");
    let expected = [
        format!("file-missing {REPORT} 13:17"),
        format!("file-changed {notes} 0:0"),
        format!("record-line-ends {PLACEMENT} 1:0"),
    ];
    assert_eq!(found(&desk), (expected.to_vec(), 1));
    assert_eq!(found(&desk).1, 1);
}

#[test]
fn a_link_is_not_followed_and_counts_as_not_read() {
    let desk = settled(Desk::with_work());
    let pdf = desk.at("artifacts/forecast-report/forecast-report.pdf");
    std::fs::rename(&pdf, desk.at("moved.pdf")).unwrap();
    std::os::unix::fs::symlink(desk.at("moved.pdf"), &pdf).unwrap();
    let expected = "not-readable artifacts/forecast-report/forecast-report.pdf 0:0".to_owned();
    assert_eq!(found(&desk), (vec![expected], 7));
}

#[test]
fn what_belongs_nowhere_is_a_note() {
    let desk = settled(Desk::with_work());
    desk.put("artifact.json", "{}");
    desk.put("artifacts/forecast-report/draft.txt", "x");
    desk.put("artifacts/My Work/x.txt", "x");
    desk.put("artifacts/empty/x.txt", "x");
    desk.put("placements/todo.txt", "x");
    desk.put("credentials/badge.png", "x");
    let expected = [
        "out-of-place artifact.json 0:0",
        "out-of-place artifacts/My Work 0:0",
        "record-missing artifacts/empty 0:0",
        "not-recorded artifacts/forecast-report/draft.txt 0:0",
        "out-of-place credentials/badge.png 0:0",
        "out-of-place placements/todo.txt 0:0",
    ];
    assert_eq!(found(&desk), (expected.map(str::to_owned).to_vec(), 1));
}

#[test]
fn ids_that_lead_nowhere_are_found_on_both_ends() {
    let desk = settled(with_sign_off());
    edit(&desk, REPORT, "\"placement\": \"acme-forecasting\"", "\"placement\": \"acme\"");
    edit(&desk, "artifacts/hand-over-notes/artifact.json", "\"deliverable\": 2", "\"deliverable\": 4");
    std::fs::rename(desk.at("artifacts/model-code"), desk.at("artifacts/code")).unwrap();
    std::fs::rename(desk.at(SIGN_OFF), desk.at("credentials/other.json")).unwrap();
    let expected = [
        format!("no-such-placement {REPORT} 4:16"),
        "no-such-deliverable artifacts/hand-over-notes/artifact.json 5:18".to_owned(),
        format!("no-such-artifact {RECORD} 21:19"),
        format!("no-such-artifact {RECORD} 26:19"),
        format!("no-such-sign-off {RECORD} 33:21"),
    ];
    assert_eq!(found(&desk), (expected.to_vec(), 1));
    std::fs::remove_dir_all(desk.at("requests")).unwrap();
    let alone = "sign-off-alone credentials/other.json 0:0".to_owned();
    assert_eq!(found(&desk).0[2..], [alone]);
}

#[test]
fn a_sign_off_is_held_against_its_signature_its_subject_and_its_last_day() {
    let mut desk = settled(with_sign_off());
    desk.set_clock(crate::desk::NOW + 5 * 365 * 86_400);
    assert_eq!(found(&desk), (vec![format!("sign-off-ended {SIGN_OFF} 20:17")], 0));
    desk.set_clock(crate::desk::NOW);
    edit(&desk, SIGN_OFF, "9.8 %, was 14.2 %", "1.8 %, was 14.2 %");
    let (all, code) = found(&desk);
    assert_eq!((all[0].split(' ').next(), all.len(), code), (Some("signature-misfit"), 1, 1));
    let desk = settled(with_sign_off());
    edit(
        &desk,
        "portfolio.json",
        "\"did\": \"",
        "\"did\": \"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK\", \"was\": \"",
    );
    let (all, code) = found(&desk);
    assert_eq!((all[0].split(' ').next(), all.len(), code), (Some("other-subject"), 1, 1));
}

#[test]
fn stories_are_read_and_their_claims_want_evidence() {
    let desk = settled(Desk::with_work());
    let front =
        "---\nkind: reflection\non: artifact forecast-report\ntitle: T\ncreated: 2026-07-24T15:02:40Z\n---\n";
    desk.put("stories/good.md", format!("{front}\nThe error fell to 9.8 % [forecast-report].\n"));
    assert_eq!(found(&desk), (vec![], 0));
    desk.put(
        "stories/bare.md",
        format!("{front}\nThe error fell to 9.8 %.\n\n<!-- gated -->\n<!-- gated -->\n"),
    );
    desk.put("stories/form.md", "---\nkind: essay\n---\n");
    desk.put("stories/lost.md", format!("{}\n5 % [nothing]\n", front.replace("forecast-report", "gone")));
    desk.put("stories/lost-too.md", front.replace("artifact forecast-report", "credential gone"));
    desk.put("stories/notes.txt", "x");
    let expected = [
        "claim-without-evidence stories/bare.md 8:19",
        "story-parted stories/bare.md 11:1",
        "story-form stories/form.md 2:7",
        "no-such-sign-off stories/lost-too.md 3:1",
        "no-such-artifact stories/lost.md 3:1",
        "no-such-evidence stories/lost.md 8:6",
        "out-of-place stories/notes.txt 0:0",
    ];
    assert_eq!(found(&desk), (expected.map(str::to_owned).to_vec(), 1));
}

#[test]
fn a_sign_off_about_what_was_replaced_since_says_so() {
    let desk = settled(with_sign_off());
    desk.put("../second.md", "# Hand-over, better\n");
    desk.done(&["add", "../second.md", "--replace", "hand-over-notes"]);
    let (all, code) = found(&desk);
    let short: Vec<&str> = all.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!((short, code), (vec!["earlier-version", "earlier-version"], 0), "{all:?}");
    let said = desk.run(&["check"]).out;
    assert!(said.contains("is about an earlier version of") || said.contains("is about an\n"), "{said}");
}

#[test]
fn a_placement_is_held_against_its_log_its_frozen_brief_and_its_terms() {
    let desk = Desk::with_work();
    let open = format!("terms-unsettled {PLACEMENT} 0:0");
    assert_eq!(found(&desk), (vec![open], 0));
    let desk = settled(desk);
    let room = "placements/acme-forecasting";
    let first = "{\n  \"formatVersion\": 1,\n  \"date\": \"2026-06-03\",\n  \"minutes\": 45\n}\n";
    desk.put(&format!("{room}/checkpoints/2026-06-03.json"), first);
    assert_eq!(found(&desk), (vec![], 0));
    let second = first.replace("06-03", "06-10").replace(
        "45\n",
        &format!("45,\n  \"previous\": \"{}\"\n", portfolio::digest::Digest::of(b"changed").hex()),
    );
    desk.put(&format!("{room}/checkpoints/2026-06-10.json"), &second);
    desk.put(&format!("{room}/checkpoints/2026-06-10.txt"), "x");
    desk.put(&format!("{room}/plan.txt"), "x");
    let brief = "{\n  \"formatVersion\": 1,\n  \"revision\": 1,\n  \"frozen\": \"2026-06-01T09:00:00Z\",\n  \
                 \"deliverables\": [\n    { \"title\": \"Report\" }\n  ]\n}\n";
    desk.put(&format!("{room}/briefs/1.json"), brief);
    let expected = [
        format!("checkpoint-chain {room}/checkpoints/2026-06-10.json 5:15"),
        format!("out-of-place {room}/checkpoints/2026-06-10.txt 0:0"),
        format!("brief-drift {PLACEMENT} 11:12"),
        format!("out-of-place {room}/plan.txt 0:0"),
    ];
    assert_eq!(found(&desk), (expected.to_vec(), 1));
    desk.put(&format!("{room}/briefs/2.json"), brief.replace("\"revision\": 1", "\"revision\": 2"));
    assert_eq!(found(&desk).0[0], format!("brief-rewritten {room}/briefs/2.json 0:0"));
}

#[test]
fn a_deposit_is_held_against_its_record_and_its_address_ends() {
    let desk = settled(Desk::with_work());
    let bytes = b"a letter";
    let record = serde_json::json!({
        "formatVersion": 1, "title": "Letter", "kind": "capture", "placement": "acme",
        "files": [{ "name": "letter.txt", "mediaType": "text/plain", "size": 8,
                    "sha256": portfolio::digest::Digest::of(bytes).hex(), "role": "original" }],
        "captured": { "at": "2026-07-01T09:00:00Z", "how": "saved from the web",
                      "url": "https://acme.example/letter", "expires": "2026-07-20" },
        "canBeChecked": ["bytes"], "onlyMyWord": ["/captured/at"],
    });
    let record = serde_json::to_string_pretty(&record).unwrap();
    desk.put("deposits/letter/deposit.json", &record);
    desk.put("deposits/letter/letter.txt", bytes);
    let (all, code) = found(&desk);
    let short: Vec<&str> = all.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!((short, code), (vec!["no-such-placement", "link-expired"], 1), "{all:?}");
    desk.put("deposits/letter/deposit.json", record.replace("\"acme\"", "\"acme-forecasting\""));
    desk.put("deposits/letter/letter.txt", b"A letter");
    assert_eq!(found(&desk).0[1], "file-changed deposits/letter/letter.txt 0:0");
}
