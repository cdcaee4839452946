//! A desk to run the program at: an empty environment, a home of its own, a fixed clock, 80 columns.
#![allow(dead_code, reason = "each test program uses its own part of the desk")]

use std::ffi::OsString;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

use portfolio::render::pdf::{Facts, from_text};

/// 24 July 2026, 15:02:40 UTC.
pub const NOW: i64 = 1_784_905_360;

/// The passphrase of every key at a desk.
pub const PASSPHRASE: &str = "kettle orchard marble";

/// The key that leaves a program at once.
pub const CTRL_C: &str = "\u{3}";

/// One person's computer: a home folder with a folder `work` in it, where commands run.
pub struct Desk {
    root: tempfile::TempDir,
    variables: Vec<(String, OsString)>,
    folder: PathBuf,
}

/// What a command showed, with the desk's own folder written as `/desk`.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Desk {
    /// An empty desk on 24 July 2026.
    pub fn new() -> Desk {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("work");
        std::fs::create_dir(&folder).unwrap();
        let mut desk = Desk { variables: Vec::new(), folder, root };
        let home = desk.root.path().to_owned();
        desk.set("HOME", home.as_os_str());
        desk.set("LANG", "C.UTF-8");
        desk.set("TERM", "xterm");
        desk.set("NO_COLOR", "1");
        desk.set("SOURCE_DATE_EPOCH", NOW.to_string());
        desk
    }

    /// A desk with the key `alex-rivera`, the same one every time, and its passphrase in the file `pass`.
    pub fn with_key() -> Desk {
        static THINGS: OnceLock<Things> = OnceLock::new();
        let mut desk = Desk::furnished(&THINGS, Desk::keyed);
        desk.go("");
        desk
    }

    fn keyed() -> Desk {
        let desk = Desk::new();
        desk.put_private("pass", PASSPHRASE);
        desk.put_private("words", format!("{} art", ["abandon"; 23].join(" ")));
        desk.done(&["key", "restore", "alex-rivera", "--words-file", "words", "--passphrase-file", "pass"]);
        std::fs::remove_file(desk.at("words")).unwrap();
        desk
    }

    /// A desk with everything that `make` puts on one, made once in a run: encrypting a key is slow on purpose.
    fn furnished(things: &OnceLock<Things>, make: fn() -> Desk) -> Desk {
        let mut desk = Desk::new();
        let root = desk.root.path().to_owned();
        for (path, mode, bytes) in things.get_or_init(|| things_below(make().root.path())) {
            let path = root.join(path);
            match bytes {
                None => std::fs::create_dir_all(&path).unwrap(),
                Some(bytes) => std::fs::write(&path, bytes).unwrap(),
            }
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(*mode)).unwrap();
        }
        desk.go("portfolio");
        desk
    }

    /// A desk at which Alex Rivera has a portfolio in `work/portfolio`, and works there; the passphrase is in `../pass`.
    pub fn with_portfolio() -> Desk {
        let mut desk = Desk::with_key();
        desk.go("portfolio");
        let flags = ["--name", "Alex Rivera", "--email", "alex@rivera.example", "--key", "alex-rivera"];
        desk.done(&[&["init"], flags.as_slice()].concat());
        desk
    }

    /// The same with the placement `acme-forecasting`, not yet briefed.
    pub fn with_placement() -> Desk {
        let desk = Desk::with_portfolio();
        let mentor = "Priya Nair <priya.nair@acme.example>";
        let days = ["--from", "2026-06-01", "--to", "2026-07-24", "--mentor", mentor];
        let facts = ["--organisation", "Acme Retail Ltd", "--title", "Demand forecasting co-lab"];
        desk.done(&[&["placement", "new", "acme-forecasting"], facts.as_slice(), &days].concat());
        desk
    }

    /// The same with its brief: three deliverables.
    pub fn with_brief() -> Desk {
        static THINGS: OnceLock<Things> = OnceLock::new();
        Desk::furnished(&THINGS, Desk::briefed)
    }

    fn briefed() -> Desk {
        let desk = Desk::with_placement();
        let asked = [
            ("Forecast report", "error under 12 % on the held-out month"),
            ("Hand-over notes", "another analyst reruns it unaided"),
            ("Model code", "it passes the team's test suite"),
        ];
        let flags = asked.map(|(title, condition)| ["--deliverable", title, "--accepted-when", condition]);
        desk.done(&[&["placement", "brief", "acme-forecasting"], flags.as_flattened()].concat());
        desk
    }

    /// The same with a report, notes and confidential code added.
    pub fn with_work() -> Desk {
        static THINGS: OnceLock<Things> = OnceLock::new();
        Desk::furnished(&THINGS, Desk::worked)
    }

    fn worked() -> Desk {
        let desk = Desk::with_brief();
        desk.put("../forecast-report.pdf", Desk::pdf());
        desk.put("../hand-over.md", "# Hand-over\n\nRun `make`, then wait 40 minutes.\n");
        desk.put("../model-code.zip", [b"PK\x03\x04".as_slice(), &[7; 90_000]].concat());
        desk.done(&["add", "../forecast-report.pdf", "--for", "1", "--result", "9.8 %, was 14.2 %"]);
        desk.done(&["add", "../hand-over.md", "--for", "2", "--result", "done in 40 min"]);
        let secret = ["--confidential", "--until", "2027-07-24", "--result", "61 of 64 tests"];
        desk.done(&[&["add", "../model-code.zip", "--for", "3"], secret.as_slice()].concat());
        desk
    }

    /// A report as a student has it.
    pub fn pdf() -> Vec<u8> {
        let facts = Facts { title: "Forecast report", author: "Alex Rivera", language: "en", date: None };
        from_text("The error fell from 14.2 % to 9.8 %.\n", &facts, &mut |_| ()).unwrap().bytes
    }

    /// Runs a command that must do what it was asked.
    pub fn done(&self, words: &[&str]) -> Shown {
        let shown = self.run(words);
        assert_eq!(shown.code, 0, "{words:?}: {}", shown.page());
        shown
    }

    /// Sets a variable of the environment; an empty value takes it away.
    pub fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.variables.retain(|(known, _)| known != name);
        let value = value.into();
        if !value.is_empty() {
            self.variables.push((name.to_owned(), value));
        }
    }

    /// Sets the clock, in seconds since 1970.
    pub fn set_clock(&mut self, seconds: i64) {
        self.set("SOURCE_DATE_EPOCH", seconds.to_string());
    }

    /// Goes to another folder below `work`, made if it is missing.
    pub fn go(&mut self, folder: &str) {
        self.folder = self.root.path().join("work").join(folder);
        std::fs::create_dir_all(&self.folder).unwrap();
    }

    /// A path seen from where commands run.
    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// The home folder.
    pub fn home(&self) -> &Path {
        self.root.path()
    }

    /// Writes a file for the command to find.
    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).unwrap();
    }

    /// Writes a file that nobody else can read.
    pub fn put_private(&self, path: &str, bytes: impl AsRef<[u8]>) {
        self.put(path, bytes);
        std::fs::set_permissions(self.at(path), std::fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// Everything at this desk: path, permissions and content.
    pub fn things(&self) -> Things {
        let mut things = things_below(self.root.path());
        things.sort();
        things
    }

    /// The whole of a file.
    pub fn read(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.at(path)).unwrap_or_else(|fault| panic!("{path}: {fault}"))
    }

    /// A file as text, the desk's own folder written as `/desk`.
    pub fn read_text(&self, path: &str) -> String {
        self.tidy(&self.read(path))
    }

    /// The command, not yet started: no terminal, nothing to read.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = self.command_of(env!("CARGO_BIN_EXE_portfolio"));
        command.args(words);
        command
    }

    /// Any program, at this desk.
    pub fn command_of(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        self.furnish(&mut command);
        command
    }

    /// Runs a command without a terminal.
    pub fn run(&self, words: &[&str]) -> Shown {
        self.shown(&mut self.command(words))
    }

    /// What a command shows.
    pub fn shown(&self, command: &mut Command) -> Shown {
        let output = command.output().unwrap();
        Shown {
            out: self.tidy(&output.stdout),
            err: self.tidy(&output.stderr),
            code: output.status.code().unwrap_or(-1),
        }
    }

    /// Runs a command and keeps reading none of its output.
    pub fn run_into_a_closed_pipe(&self, words: &[&str]) -> Shown {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = self.command(words).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        Shown { out: String::new(), err: self.tidy(&output.stderr), code: output.status.code().unwrap_or(-1) }
    }

    /// Runs a command at a terminal of its own and types an answer at each question, as a person would. What is
    /// shown is the terminal's page, both streams and the typed text in order. The answer [`CTRL_C`] is the key, and
    /// what it kills ends with 130, as a shell says it.
    pub fn sit(&self, words: &[&str], answers: &[&str]) -> Shown {
        let (mut keys, terminal) = terminal();
        let mut command = Command::new("setsid");
        self.furnish(&mut command);
        command.args(["--ctty", "--wait", env!("CARGO_BIN_EXE_portfolio")]).args(words);
        command.stdin(terminal.try_clone().unwrap()).stdout(terminal.try_clone().unwrap()).stderr(terminal);
        let mut child = command.spawn().unwrap();
        drop(command);
        let page = self.converse(&mut keys, answers);
        let status = child.wait().unwrap();
        let code = status.code().or(status.signal().map(|signal| 128 + signal)).unwrap_or(-1);
        Shown { out: self.tidy(page.as_slice()).replace("\r\n", "\n"), err: String::new(), code }
    }

    /// Reads the page until the command ends; a line that rests at `: ` is a question.
    fn converse(&self, keys: &mut std::fs::File, answers: &[&str]) -> Vec<u8> {
        let (sender, chunks) = mpsc::channel();
        let mut reader = keys.try_clone().unwrap();
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            // A terminal whose last writer has left reports an error: that is its end.
            while let Ok(length @ 1..) = reader.read(&mut chunk) {
                if sender.send(chunk[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
        let mut answers = answers.iter();
        let mut page = Vec::new();
        let mut answered = 0;
        loop {
            match chunks.recv_timeout(Duration::from_millis(60)) {
                Ok(chunk) => page.extend(chunk),
                Err(mpsc::RecvTimeoutError::Disconnected) => return page,
                Err(mpsc::RecvTimeoutError::Timeout) if page.ends_with(b": ") && page.len() > answered => {
                    answered = page.len();
                    match answers.next() {
                        Some(&CTRL_C) => keys.write_all(CTRL_C.as_bytes()).unwrap(),
                        Some(answer) => keys.write_all(format!("{answer}\n").as_bytes()).unwrap(),
                        // The end of the input, as Ctrl-D gives it.
                        None => keys.write_all(&[4]).unwrap(),
                    }
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn furnish(&self, command: &mut Command) {
        command.current_dir(&self.folder).env_clear().stdin(Stdio::null());
        command.env("PATH", "/usr/bin:/bin").envs(self.variables.iter().map(|(name, value)| (name, value)));
    }

    fn tidy(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
        text.replace(&self.root.path().display().to_string(), "/desk")
    }
}

impl Shown {
    /// Everything on one page, to compare whole: standard output, then the error stream, then the exit code.
    pub fn page(&self) -> String {
        let mut page = self.out.clone();
        if !self.err.is_empty() {
            page.push_str("--- stderr\n");
            page.push_str(&self.err);
        }
        if !page.is_empty() && !page.ends_with('\n') {
            page.push('\n');
        }
        page.push_str(&format!("--- exit {}\n", self.code));
        page
    }
}

/// Path, permissions and content of each thing in a folder; a folder has no content.
pub type Things = Vec<(PathBuf, u32, Option<Vec<u8>>)>;

fn things_below(root: &Path) -> Things {
    let mut things = Things::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let facts = std::fs::metadata(&path).unwrap();
            let bytes = (!facts.is_dir()).then(|| std::fs::read(&path).unwrap());
            let below = path.strip_prefix(root).unwrap().to_owned();
            things.push((below, facts.permissions().mode(), bytes));
            if facts.is_dir() {
                open.push(path);
            }
        }
    }
    things
}

/// A new terminal: our side of it, and the side that programs see.
fn terminal() -> (std::fs::File, std::fs::File) {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
    let theirs = std::fs::OpenOptions::new().read(true).write(true).open(name).unwrap();
    (std::fs::File::from(ours), theirs)
}
