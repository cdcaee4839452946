//! A request that arrived: opened, checked as its asker made it, or refused with what is the matter.

use std::path::Path;

use portfolio::bundle::{self, Input};
use portfolio::credential::request;
use portfolio::json;
use portfolio::path::RelPath;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::{file, first_name, shell_word};
use portfolio::verifier::request::CheckedRequest;
use portfolio::verifier::{Code, Failure, Finding, Unread, Weight};

use crate::reading::subject::Subject;
use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};

const NOTHING_SIGNED: &str = "Nothing was signed.";

/// A request that may be acted on.
pub struct Received {
    /// What is asked, and the files it is about.
    pub checked: CheckedRequest,
    /// The name of its folder inside.
    pub top: String,
}

impl Received {
    /// Opens and checks what lies under `path`.
    pub fn open(path: &Path, world: &World) -> Result<Received, Trouble> {
        let full = world.at(path);
        let subject = Subject::open(&full).map_err(|fault| refusal(fault, world, NOTHING_SIGNED))?;
        let name = file(&shown(&full, world));
        let Some(input) = subject.input() else { return Err(not_a_request(&name)) };
        let checked = portfolio::verifier::request::check(input, world.threads(), &|_| ())
            .map_err(|findings| refused(&findings, input, path, &name))?;
        let top = bundle::open(input).map(|opened| opened.top().to_owned()).unwrap_or_default();
        Ok(Received { checked, top })
    }

    /// The short name of the placement, as the request's folder has it.
    pub fn placement(&self) -> &str {
        self.top.split("-for-").next().unwrap_or(&self.top)
    }

    /// What to call the person who asks.
    pub fn first_name(&self) -> String {
        first_name(&self.checked.request().from.name)
    }
}

fn not_a_request(name: &str) -> Trouble {
    Trouble::new(exit::NO, "not-a-request", format!("there is no request in {name}"))
        .fact(NOTHING_SIGNED)
        .hint("ask for the file that ends in .request.zip")
}

fn refused(findings: &[Finding], input: Input<'_>, path: &Path, name: &str) -> Trouble {
    let has = |wanted: Weight| findings.iter().any(|finding| finding.code.weight() == wanted);
    let repacked = findings.iter().any(|finding| finding.code == Code::ArchiveRepacked);
    if has(Weight::Unread(Unread::TooNew)) {
        return Trouble::new(exit::TOO_NEW, "too-new", "this request is newer than this program")
            .fact(format!("This program, {}, reads format 1. {NOTHING_SIGNED}", env!("CARGO_PKG_VERSION")))
            .hint("get a newer version from the project's own page");
    }
    if repacked {
        return Trouble::new(exit::DISK, "repacked", format!("{name} was packed again by another program"))
            .fact(NOTHING_SIGNED)
            .hint("unpack it, then: portfolio sign FOLDER");
    }
    if is_bundle(input) {
        return Trouble::new(exit::NO, "not-a-request", format!("{name} is a bundle, not a request"))
            .fact(NOTHING_SIGNED)
            .hint(format!("to check it: portfolio verify {}", shell_word(&path.to_string_lossy())));
    }
    if has(Weight::Unread(Unread::Damaged)) || has(Weight::Unread(Unread::NothingToCheck)) {
        let mut trouble =
            Trouble::new(exit::DISK, "unreadable", format!("{name} cannot be read as a request"));
        for finding in findings.iter().take(3) {
            trouble = trouble.fact(told(finding));
        }
        return trouble.fact(NOTHING_SIGNED).hint("ask for it to be sent again");
    }
    let asker = asker(input);
    let title = match has(Weight::Fails(Failure::Format)) && !has(Weight::Fails(Failure::Hash)) {
        true => "this request is not in the form of one".to_owned(),
        false => format!("this request is not the one {asker} made"),
    };
    let mut trouble = Trouble::new(exit::NO, "request-altered", title);
    let mut facts: Vec<String> = Vec::new();
    // A file that differs is found twice: by the list of all files and by the draft. Once is enough.
    let paths: Vec<&str> = changed(findings).collect();
    let twice = |finding: &Finding| {
        let name = finding.about.as_deref().filter(|_| finding.code == Code::RequestFiles);
        name.is_some_and(|name| paths.iter().any(|path| path.rsplit('/').next() == Some(name)))
    };
    for fact in findings.iter().filter(|finding| !twice(finding)).map(told) {
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    let more = facts.len().saturating_sub(3);
    for fact in facts.into_iter().take(3) {
        trouble = trouble.fact(fact);
    }
    if more > 0 {
        trouble = trouble.fact(format!("And {more} more."));
    }
    trouble.fact(NOTHING_SIGNED).hint(format!("ask {asker} to send a new request"))
}

fn changed(findings: &[Finding]) -> impl Iterator<Item = &str> {
    findings
        .iter()
        .filter(|finding| finding.code == Code::FileChanged)
        .filter_map(|finding| finding.about.as_deref())
}

/// One finding as a sentence about a file.
fn told(finding: &Finding) -> String {
    let about = finding.about.as_deref().map(|about| file(about.strip_prefix("data/").unwrap_or(about)));
    match (finding.code, about) {
        (Code::FileChanged | Code::RequestFiles, Some(name)) => {
            format!("{name} differs from the file the request lists.")
        }
        (Code::FileAbsent, Some(name)) => format!("{name} is not here, and the request lists it."),
        (Code::FileUnlisted, Some(name)) => format!("{name} is here, and the request does not list it."),
        (_, Some(name)) => format!("{name}: {}.", visible(finding.detail.trim_end_matches('.'))),
        (_, None) => format!("It says: {}.", quoted(&finding.detail)),
    }
}

fn is_bundle(input: Input<'_>) -> bool {
    let Ok(opened) = bundle::open(input) else { return false };
    let has = |name: &str| opened.entries().iter().any(|entry| entry.path.as_str() == name);
    has(bundle::BUNDLE.statement) && !has(bundle::REQUEST.statement)
}

/// Who says they ask, if that can be read at all: a name to address a question to, and nothing more.
fn asker(input: Input<'_>) -> String {
    let read = || {
        let opened = bundle::open(input).ok()?;
        let path = RelPath::parse(bundle::REQUEST.statement).ok()?;
        let bytes = opened.read(&path, json::PRESENTATION.bytes as u64).ok()?;
        let document = json::parse(&bytes, &json::PRESENTATION).ok()?;
        Some(first_name(&request::read(&document).ok()?.from.name))
    };
    read().unwrap_or_else(|| "the student".to_owned())
}
