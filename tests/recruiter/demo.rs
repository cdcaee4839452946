//! `demo`: the whole journey in one command, the same each time, in its own folder alone.

use serde_json::Value;

use crate::terminal::Desk;

#[test]
fn the_journey_comes_to_the_same_answers_and_bytes_each_time() {
    let desk = Desk::new();
    let first = desk.run(&["demo", "sample"]);
    assert_eq!((first.err.as_str(), first.code), ("", 0), "{}", first.page());
    let second = desk.run(&["demo", "stages", "--json"]);
    let listed: Value = serde_json::from_str(&second.out).unwrap();
    let steps = listed["steps"].as_array().unwrap();
    for step in steps {
        let output = step["output"].as_str().unwrap().replace("stages", "sample");
        assert!(first.out.contains(&output), "{output}");
    }
    let codes: Vec<i64> = steps.iter().map(|step| step["exitCode"].as_i64().unwrap()).collect();
    assert_eq!(codes, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 1]);
    for file in ["alex/portfolio/acme-forecasting.reply.json", "recruiter/inbox/alex-rivera.zip"] {
        assert!(desk.read(&format!("sample/{file}")) == desk.read(&format!("stages/{file}")), "{file}");
    }
    let mut answers = first.out.split("\n$ portfolio verify ").skip(1);
    for (name, headline, code) in [
        ("alex-rivera.zip", "? Unchanged and signed, but by a key you do not know.", "3"),
        ("alex-rivera.zip", "✓ Signed by someone you trust, and unchanged since.", "0"),
        ("changed.zip", "✗ Changed after it was signed. Do not rely on it.", "1"),
    ] {
        let answer = answers.next().unwrap();
        assert!(answer.starts_with(&format!("{name}\n{headline}\n")), "{answer}");
        assert!(answer.contains(&format!("\n$ echo $?\n{code}\n")), "{answer}");
    }
    assert!(answers.next().is_none());
    assert!(
        first
            .out
            .lines()
            .all(|line| portfolio::render::layout::columns(line) <= 80 || line.contains("/desk"))
    );
    let changed = desk.read("sample/recruiter/inbox/changed.zip");
    let whole = desk.read("sample/recruiter/inbox/alex-rivera.zip");
    assert_eq!(changed.iter().zip(&whole).filter(|(one, other)| one != other).count(), 1);
    let beside: Vec<_> =
        std::fs::read_dir(desk.home()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside, ["work"], "nothing was written outside the folder named");
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let desk = Desk::new();
    desk.put("sample/mine.txt", "mine");
    assert_eq!(
        desk.run(&["demo", "sample"]).page(),
        "--- stderr
error: sample is not empty
  The sample world needs a folder of its own. Nothing was written.
hint: name a new one: portfolio demo sample-2
--- exit 1
"
    );
}
