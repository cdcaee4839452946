//! Two whole placements, from the offer to the bundle, as transcripts: eight weeks with every gate closed and opened,
//! and two days.

use snapbox::{assert_data_eq, file};

use crate::desk::{Desk, PASSPHRASE};

/// A play in several scenes: what was typed and everything it printed, at a desk whose clock moves on.
struct Play {
    desk: Desk,
    page: String,
}

impl Play {
    /// A student with a portfolio, a mentor with a key of her own, and their papers.
    fn new() -> Play {
        let desk = Desk::with_portfolio();
        let mut play = Play { desk, page: String::new() };
        play.desk.put_private("../priya.words", format!("{} vote", ["zoo"; 23].join(" ")));
        play.desk.put_private("../pass", PASSPHRASE);
        play.as_priya(|desk| {
            desk.done(&[
                "key",
                "restore",
                "priya",
                "--words-file",
                "../priya.words",
                "--passphrase-file",
                "../pass",
            ]);
        });
        play.desk.put("../forecast-report.pdf", Desk::pdf());
        play.desk.put("../hand-over.md", "# Hand-over\n\nRun `make`, then wait 40 minutes.\n");
        play.desk.put("../model-code.zip", [b"PK\x03\x04".as_slice(), &[7; 90_000]].concat());
        play.desk.put("../leave.txt", "You may show the model code to employers. Priya Nair\n");
        play
    }

    /// The day, `YYYY-MM-DD`, at nine in the morning.
    fn day(&mut self, day: &str) {
        let morning = portfolio::time::Date::parse(day).unwrap().start().unix() + 9 * 3600;
        self.desk.set_clock(morning);
        self.page.push_str(&format!("\n# {day}\n\n"));
    }

    /// A command and what it prints, with the code that it must end with.
    fn types(&mut self, words: &[&str], code: i32) {
        let shown = self.desk.run(words);
        let quoted = |word: &&str| {
            if word.contains([' ', ';', '%']) { format!("\"{word}\"") } else { (*word).to_owned() }
        };
        let line = words.iter().map(quoted).collect::<Vec<_>>().join(" ");
        self.page.push_str(&format!("$ portfolio {line}\n{}\n", shown.page()));
        assert_eq!(shown.code, code, "{}", self.page);
    }

    /// The same at a terminal, with questions answered in turn.
    fn sits(&mut self, words: &[&str], answers: &[&str]) {
        let shown = self.desk.sit(words, answers);
        self.page.push_str(&format!("$ portfolio {}\n{}\n", words.join(" "), shown.page()));
        assert_eq!(shown.code, 0, "{}", self.page);
    }

    fn as_priya<T>(&mut self, deed: impl FnOnce(&mut Desk) -> T) -> T {
        self.desk.set("PORTFOLIO_HOME", "priya-home");
        let done = deed(&mut self.desk);
        self.desk.set("PORTFOLIO_HOME", "");
        done
    }

    /// The mentor looks at the text, then signs exactly that.
    fn priya_signs(&mut self, request: &str, marks: &str, knows: &str) {
        let name = "Priya Nair, Data Lead, Acme Retail Ltd";
        let how = ["sign", request, "--marks", marks, "--knows", knows, "--as", name, "--key", "priya"];
        let how = [&how[..], &["--good-until", "2029-07-24", "-o", "../reply.json"]].concat();
        self.desk.set("PORTFOLIO_HOME", "priya-home");
        self.types(&[&how[..], &["--dry-run"]].concat(), 0);
        let text = self.page.rsplit("Text: ").next().unwrap().lines().next().unwrap().to_owned();
        let sign = ["--yes", "--expect", text.as_str(), "--passphrase-file", "../pass"];
        self.types(&[&how[..], &sign].concat(), 0);
        self.desk.set("PORTFOLIO_HOME", "");
    }
}

const PASS: [&str; 2] = ["--passphrase-file", "../pass"];

fn with_pass<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words.iter().chain(&PASS).copied().collect()
}

/// The offers, the letter, the answers, and the acceptance.
fn offers(play: &mut Play) {
    play.day("2026-05-18");
    let lumen = ["offer", "new", "lumen-data", "--organisation", "Lumen Data", "--title", "Data intern"];
    let lumen =
        [&lumen[..], &["--answer", "pay=no", "--answer", "room=yes; camera on; contract page 9"]].concat();
    play.types(&lumen, 0);
    let acme = ["offer", "new", "acme-forecasting", "--organisation", "Acme Retail Ltd"];
    let facts = ["--title", "Demand forecasting co-lab", "--role", "data analyst intern"];
    let days = ["--from", "2026-06-01", "--to", "2026-07-24"];
    let answers = [
        "--mentor",
        "Priya Nair <priya.nair@acme.example>",
        "--answer",
        "hours=240",
        "--answer",
        "pay=2400 GBP per placement; a stipend of GBP 2,400; contract page 1",
        "--answer",
        "report=yes; a written report; contract page 2",
        "--answer",
        "credential=yes; a signed record; contract page 2",
        "--answer",
        "ownership=them once paid; ours on payment; contract page 3",
    ];
    play.types(&[&acme[..], &facts, &days, &answers].concat(), 0);
    play.types(&["offer", "ask", "acme-forecasting", "--verification-spec"], 0);
    play.day("2026-05-20");
    let mail = [
        "offer",
        "new",
        "acme-forecasting",
        "--answer",
        "naming=no until 2026-08-01; not before our launch; e-mail from Priya Nair 2026-05-20",
        "--answer",
        "export=yes; everything as files; e-mail from Priya Nair 2026-05-20",
        "--answer",
        "confidentiality=partly until 2027-07-24; the model code; contract page 4",
        "--answer",
        "schema=yes; Open Badges 3.0; e-mail from Priya Nair 2026-05-20",
        "--answer",
        "verification=yes; signed with a key she reads out; e-mail from Priya Nair 2026-05-20",
    ];
    play.types(&mail, 0);
    play.types(&["offer", "compare", "acme-forecasting", "lumen-data"], 0);
    play.types(&["offer", "accept", "acme-forecasting"], 0);
    play.types(&["offer", "decline", "lumen-data", "--reason", "a camera all day"], 0);
}

/// The brief, the check-ins, and a change on the way.
fn eight_weeks_of_work(play: &mut Play) {
    play.day("2026-06-01");
    let brief = ["placement", "brief", "acme-forecasting"];
    let asked = [
        ["--deliverable", "Forecast report", "--accepted-when", "error under 12 % on the held-out month"],
        ["--deliverable", "Hand-over notes", "--accepted-when", "another analyst reruns it unaided"],
        ["--deliverable", "Model code", "--accepted-when", "it passes the team's test suite"],
    ];
    play.types(&[&brief[..], asked.as_flattened()].concat(), 0);
    play.types(&["placement", "brief", "freeze", "acme-forecasting"], 0);
    let weeks = [
        ("2026-06-03", "45", "forecast per shop, not per item"),
        ("2026-06-10", "40", "leave out the closed shops"),
        ("2026-06-17", "20", "no change"),
        ("2026-06-24", "60", "aim at 10 %"),
        ("2026-07-08", "45", "no holidays in the test month"),
        ("2026-07-15", "50", "write the notes for Tom"),
        ("2026-07-22", "30", "ready to hand over"),
    ];
    for (place, (day, minutes, decided)) in weeks.into_iter().enumerate() {
        play.day(day);
        let met = ["placement", "checkpoint", "add", "acme-forecasting", "--minutes", minutes];
        play.types(&[&met[..], &["--decided", decided]].concat(), 0);
        if place == 3 {
            let asked = [
                [
                    "--deliverable",
                    "Forecast report",
                    "--accepted-when",
                    "error under 10 % on the held-out month",
                ],
                asked[1],
                asked[2],
            ];
            play.types(&[&brief[..], &["--yes"], asked.as_flattened()].concat(), 0);
            play.types(&["placement", "brief", "diff", "acme-forecasting"], 0);
            play.types(&["placement", "brief", "freeze", "acme-forecasting"], 0);
        }
    }
    play.types(&["placement", "checkpoint", "list", "acme-forecasting"], 0);
    play.types(&["add", "../forecast-report.pdf", "--for", "1", "--result", "9.8 %, was 14.2 %"], 0);
    play.types(&["add", "../hand-over.md", "--for", "2", "--result", "done in 40 min"], 0);
    play.types(
        &["add", "../model-code.zip", "--for", "3", "--confidential", "--result", "61 of 64 tests"],
        0,
    );
    play.types(&with_pass(&["request", "acme-forecasting"]), 0);
}

#[test]
fn eight_weeks_from_the_offer_to_the_bundle() {
    let mut play = Play::new();
    offers(&mut play);
    eight_weeks_of_work(&mut play);
    play.day("2026-07-24");
    let request = "requests/acme-forecasting-for-priya-nair/acme-forecasting-for-priya-nair.request.zip";
    play.types(&["show", "requests/acme-forecasting-for-priya-nair/request.json"], 0);
    play.priya_signs(request, "met,met,partly", "weekly,output");
    play.types(&["collect", "../reply.json", "--yes"], 0);
    // Naming is closed until 1 August: neither bundle nor sign-off leaves.
    play.types(&with_pass(&["bundle"]), 1);
    let export = ["credential", "export", "acme-forecasting-priya-nair", "--as", "open-badge"];
    play.types(&export, 1);
    play.types(&[&export[..], &["--i-have-permission", "../leave.txt"]].concat(), 0);
    play.day("2026-07-31");
    play.types(&["placement", "terms", "acme-forecasting", "--met-on", "2026-07-31"], 0);
    play.day("2026-08-01");
    // Naming opened by itself; but the work is theirs since they paid, and nothing says that it may be shown.
    play.types(&with_pass(&["bundle"]), 1);
    let leave =
        ["--reuse", "yes", "--words", "in your portfolio", "--source", "e-mail from Priya Nair 2026-08-01"];
    play.types(&[&["placement", "terms", "acme-forecasting"], &leave[..]].concat(), 0);
    play.types(&with_pass(&["bundle"]), 0);
    play.types(&["verify", "alex-rivera.zip"], 3);
    // The model code is confidential until 24 July 2027, unless there is leave, or the day has come.
    let include = ["bundle", "--include", "model-code", "-o", "../all.zip"];
    play.types(&with_pass(&include), 1);
    play.types(&with_pass(&[&include[..], &["--i-have-permission", "../leave.txt"]].concat()), 0);
    play.types(&["placement", "close", "acme-forecasting", "--export-on", "2026-08-01", "--yes"], 0);
    play.day("2027-07-23");
    play.types(&with_pass(&["bundle", "-o", "../before.zip"]), 0);
    play.day("2027-07-24");
    play.types(&with_pass(&["bundle", "-o", "../after.zip"]), 0);
    assert_data_eq!(play.page, file!["transcripts/eight_weeks.txt"]);
}

#[test]
fn two_days_from_the_offer_to_the_bundle() {
    let mut play = Play::new();
    play.day("2026-09-01");
    let offer =
        ["offer", "new", "riverside", "--organisation", "Riverside", "--title", "Shift planner in two days"];
    let facts =
        ["--from", "2026-09-03", "--to", "2026-09-04", "--mentor", "Priya Nair <priya.nair@acme.example>"];
    let answers = [
        "--answer",
        "hours=14",
        "--answer",
        "ownership=me",
        "--answer",
        "naming=yes",
        "--answer",
        "reuse=yes",
    ];
    let more = ["--answer", "export=yes", "--answer", "confidentiality=no", "--answer", "report=yes"];
    play.types(&[&offer[..], &facts, &answers, &more].concat(), 0);
    play.types(&["offer", "accept", "riverside"], 0);
    play.day("2026-09-03");
    let brief = ["placement", "brief", "riverside", "--deliverable", "Plan for one week"];
    play.types(&[&brief[..], &["--accepted-when", "no shift is empty"]].concat(), 0);
    play.types(&["placement", "brief", "freeze", "riverside"], 0);
    play.day("2026-09-04");
    let met = ["placement", "checkpoint", "add", "riverside", "--minutes", "30", "--decided", "nights first"];
    play.types(&met, 0);
    play.types(&["add", "../hand-over.md", "--for", "1", "--result", "no shift is empty"], 0);
    play.types(&with_pass(&["request", "riverside"]), 0);
    let request = "requests/riverside-for-priya-nair/riverside-for-priya-nair.request.zip";
    let sign = ["sign", request, "--key", "priya", "-o", "../reply.json", "--passphrase-file", "../pass"];
    play.desk.set("PORTFOLIO_HOME", "priya-home");
    play.sits(&sign, &["", "met", "daily", "Priya Nair, Riverside", "2029-09-04", "sign"]);
    play.desk.set("PORTFOLIO_HOME", "");
    play.types(&["collect", "../reply.json", "--yes"], 0);
    play.types(&with_pass(&["bundle"]), 0);
    play.types(&["verify", "alex-rivera.zip"], 3);
    play.types(&["show", "../reply.json"], 0);
    play.types(&["placement", "close", "riverside", "--export-on", "2026-09-04", "--yes"], 0);
    assert_data_eq!(play.page, file!["transcripts/two_days.txt"]);
}
