//! `show`: what is written inside, without a word on whether it holds.

use crate::desk;
use crate::sample::Sample;

#[test]
fn a_bundle_shows_its_statements_and_files() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    let archive = desk.read("alex-rivera.zip");
    let opened = portfolio::bundle::open(portfolio::bundle::Input::Archive(&archive)).unwrap();
    let entry =
        opened.entries().iter().find(|entry| entry.path.as_str().ends_with("sign-off-1.json")).unwrap();
    let total = portfolio::render::naming::size(opened.entries().iter().map(|entry| entry.len).sum());
    let page = format!(
        "alex-rivera.zip: a bundle of 24 Jul 2026 by “Alex Rivera”, 9 files, {total}
Nothing in it has been checked. To check it: portfolio verify alex-rivera.zip

data/credentials/sign-off-1.json: a sign-off of 24 Jul 2026 by a key that calls
itself “Priya Nair, Data Lead, Acme Retail Ltd”

    I supervised this placement. Alex Rivera delivered the items listed, and
    I marked each one against the brief as shown.

    Alex Rivera
    Demand forecasting co-lab, Acme Retail Ltd, 1 June to 24 July 2026

    1. Forecast report: met
       asked    error under 12 % on the held-out month
       result   9.8 %, was 14.2 %
       file     forecast-report.pdf
    2. Hand-over notes: met
       asked    another analyst reruns it unaided
       result   done in 40 min
       file     hand-over.md
    3. Model code: partly met
       asked    it passes the team's test suite
       result   61 of 64 tests
       file     model-code.zip, may be withheld

    Good until 24 July 2029.
    Priya Nair, Data Lead, Acme Retail Ltd
    Key {}

Files
  artifacts/work/forecast-report.pdf   33 bytes
  artifacts/work/hand-over.md          26 bytes
  credentials/sign-off-1.json          {}
--- exit 0
",
        sample.fingerprint(),
        portfolio::render::naming::size(entry.len)
    );
    let shown = desk.run(&["show", "alex-rivera.zip"]).page();
    assert_eq!(shown, page, "printed:\n{shown}\nand not:\n{page}");
}

#[test]
fn each_of_our_files_is_recognised() {
    let sample = Sample::alex();
    let desk = desk(&sample);
    desk.put("request.zip", sample.request());
    desk.put("answer.json", sample.sign_off());
    desk.put("news.json", sample.withdrawal("later version exists", "2026-10-02T08:00:00Z"));
    desk.put("other.json", "{\"a\": [1, \"\\u001b\"]}");
    desk.put("picture.png", b"\x89PNG\r\n\x1a\n");
    desk.put("broken.json", "{\"a\": 1, \"a\": 2}");
    let first = |name: &str| desk.run(&["show", name]).out.lines().next().unwrap_or_default().to_owned();
    assert_eq!(
        first("request.zip").split(", ").next().unwrap(),
        "request.zip: a request of 24 Jul 2026 by “Alex Rivera” to “Priya Nair”"
    );
    assert_eq!(
        first("answer.json"),
        "answer.json: a sign-off of 24 Jul 2026 by a key that calls itself “Priya Nair,"
    );
    assert_eq!(
        desk.run(&["show", "news.json"]).out.lines().next().unwrap(),
        "news.json: a withdrawal of 2 Oct 2026"
    );
    assert_eq!(
        desk.run(&["show", "other.json"]).page(),
        "other.json: a JSON document of a kind that is not known here

    {
      \"a\": [
        1,
        \"\\u001b\"
      ]
    }
--- exit 0
"
    );
    assert_eq!(first("picture.png"), "picture.png: a PNG picture, 8 bytes");
    let broken = desk.run(&["show", "broken.json"]);
    assert!(
        broken.err.starts_with("error: broken.json is not a record that can be read\n"),
        "{}",
        broken.page()
    );
    assert_eq!(broken.code, 1);
}
