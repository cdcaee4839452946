//! The whole journey by flags alone: a student, a mentor and a recruiter, each with a home of their own.

use std::path::{Path, PathBuf};

use super::program::{Place, shown};

/// The day of the month in July 2026 on which something happens, as `SOURCE_DATE_EPOCH`.
fn july(day: i64) -> String {
    (1_782_907_200 + (day - 1) * 86_400).to_string()
}

/// Who is at work, in a folder and with keys of their own.
#[derive(Clone, Copy)]
pub struct Person {
    pub folder: &'static str,
}

pub const ALEX: Person = Person { folder: "alex" };
pub const PRIYA: Person = Person { folder: "priya" };
pub const RECRUITER: Person = Person { folder: "recruiter" };

/// The journey's place and what has come of it.
pub struct Journey {
    pub place: Place,
}

impl Journey {
    /// A place with the three folders, a passphrase and two files of work; nobody has done anything yet.
    pub fn new() -> Journey {
        let place = Place::new();
        for person in [ALEX, PRIYA, RECRUITER] {
            std::fs::create_dir_all(place.join(person.folder)).unwrap();
        }
        let passphrase = place.join("passphrase");
        std::fs::write(&passphrase, "kettle orchard marble lantern\n").unwrap();
        let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(&passphrase, owner_only).unwrap();
        std::fs::write(place.join("alex/notes.md"), "# Hand-over notes\n\nRerun it with *make*.\n").unwrap();
        std::fs::write(place.join("alex/model.bin"), [0, 159, 146, 150, 7]).unwrap();
        Journey { place }
    }

    /// One command on that day in July, by that person; it must end with `code`. Gives what it printed.
    pub fn run(&self, person: Person, day: i64, line: &[&str], code: i32) -> String {
        let output = self.command(person, day, line).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "portfolio {line:?}: {}", shown(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The same, not yet started.
    pub fn command(&self, person: Person, day: i64, line: &[&str]) -> std::process::Command {
        let mut command = self.place.command(env!("CARGO_BIN_EXE_portfolio"));
        command
            .args(line)
            .env("PORTFOLIO_HOME", self.place.join("homes").join(person.folder))
            .env("SOURCE_DATE_EPOCH", july(day))
            .current_dir(self.place.join(person.folder));
        command
    }

    /// The student up to the request; gives the request's path.
    pub fn ask(&self) -> PathBuf {
        let pass = ["--passphrase-file", "../passphrase"];
        self.run(
            ALEX,
            1,
            &[&["init", "--name", "Alex Rivera", "--email", "alex@rivera.example"], &pass[..]].concat(),
            0,
        );
        let placement = [
            "placement",
            "new",
            "acme-forecasting",
            "--organisation",
            "Acme Retail Ltd",
            "--title",
            "Demand forecasting co-lab",
            "--from",
            "2026-06-01",
            "--to",
            "2026-07-24",
            "--mentor",
            "Priya Nair <priya.nair@acme.example>",
            "--evidence",
            "report",
        ];
        self.run(ALEX, 1, &placement, 0);
        let brief = [
            "placement",
            "brief",
            "acme-forecasting",
            "--deliverable",
            "Hand-over notes",
            "--accepted-when",
            "another analyst reruns it unaided",
            "--deliverable",
            "Model code",
        ];
        self.run(ALEX, 1, &brief, 0);
        self.run(
            ALEX,
            20,
            &["add", "acme-forecasting", "notes.md", "--for", "1", "--result", "done in 40 min"],
            0,
        );
        let model =
            ["add", "acme-forecasting", "model.bin", "--for", "2", "--confidential", "--until", "2027-07-24"];
        self.run(ALEX, 20, &model, 0);
        self.run(ALEX, 22, &[&["request", "acme-forecasting"], &pass[..]].concat(), 0);
        self.one_file(ALEX, "requests", ".request.zip")
    }

    /// A second request, for a second placement; gives its path.
    pub fn ask_again(&self) -> PathBuf {
        let placement = [
            "placement",
            "new",
            "shifts",
            "--title",
            "Shift planner",
            "--mentor",
            "Priya Nair <priya.nair@acme.example>",
        ];
        self.run(ALEX, 26, &placement, 0);
        self.run(ALEX, 26, &["placement", "brief", "shifts", "--deliverable", "Planner"], 0);
        self.run(ALEX, 26, &["placement", "brief", "freeze", "shifts"], 0);
        for day in ["2026-07-20", "2026-07-24"] {
            let met = ["placement", "checkpoint", "add", "shifts", "--date", day, "--minutes", "45"];
            self.run(ALEX, 26, &[&met[..], &["--decided", "half the roster first"]].concat(), 0);
        }
        std::fs::write(self.place.join("alex/plan.txt"), "Monday: nobody\n").unwrap();
        self.run(ALEX, 26, &["add", "shifts", "plan.txt", "--for", "1"], 0);
        self.run(ALEX, 26, &["request", "shifts", "--passphrase-file", "../passphrase"], 0);
        self.one_file(ALEX, "requests", "shifts-for-priya-nair.request.zip")
    }

    /// The mentor's answer to a request; gives its path.
    pub fn answer(&self, request: &Path) -> PathBuf {
        let pass = ["--passphrase-file", "../passphrase"];
        self.run(PRIYA, 24, &[&["key", "new", "priya"], &pass[..]].concat(), 0);
        let request = request.to_str().unwrap();
        let how = [
            "sign",
            request,
            "--marks",
            "met,partly",
            "--as",
            "Priya Nair, Acme Retail Ltd",
            "--key",
            "priya",
        ];
        let how = [&how[..], &["--good-until", "2029-07-24", "-o", "answer.json"]].concat();
        let text = self.run(PRIYA, 24, &[&how[..], &["--dry-run"]].concat(), 0);
        let expected = text
            .lines()
            .rev()
            .find_map(|line| line.strip_prefix("Text: "))
            .unwrap_or_else(|| panic!("{text}"));
        self.run(PRIYA, 24, &[&how[..], &["--yes", "--expect", expected], &pass[..]].concat(), 0);
        self.place.join("priya/answer.json")
    }

    /// The answer taken in and everything packed; gives the bundle's path.
    pub fn pack(&self, answer: &Path) -> PathBuf {
        self.run(ALEX, 25, &["collect", answer.to_str().unwrap(), "--yes"], 0);
        self.run(ALEX, 25, &["bundle", "--passphrase-file", "../passphrase"], 0);
        self.place.join("alex/alex-rivera.zip")
    }

    /// From an empty folder to a bundle whose signer the recruiter knows; gives the bundle's path.
    pub fn whole(&self) -> PathBuf {
        let bundle = self.pack(&self.answer(&self.ask()));
        let file = bundle.to_str().unwrap();
        let words = self.run(PRIYA, 26, &["key", "show", "priya", "--json"], 0);
        let words: serde_json::Value = serde_json::from_str(&words).unwrap();
        let words = words["words"].as_str().unwrap_or_else(|| panic!("{words}"));
        let add = [
            "trust",
            "add",
            file,
            "--as",
            "Priya Nair, Acme Retail Ltd",
            "--basis",
            "phoned the switchboard",
            "--words",
        ];
        self.run(RECRUITER, 27, &[&add[..], &[words]].concat(), 0);
        bundle
    }

    fn one_file(&self, person: Person, below: &str, ending: &str) -> PathBuf {
        let files = super::program::files_below(&self.place.join(person.folder).join(below));
        let mut fitting = files.into_iter().filter(|path| path.to_str().unwrap().ends_with(ending));
        let found = fitting.next().unwrap_or_else(|| panic!("no {ending} below {below}"));
        assert_eq!(fitting.next(), None);
        found
    }
}
