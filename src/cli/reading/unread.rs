//! What could not be checked, and why, in people's words: not a bundle, damaged, packed again, too new.

use portfolio::bundle;
use portfolio::credential::baked::BakedFault;
use portfolio::credential::recognise::Envelope;
use portfolio::disk::DiskFault;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::kind::Kind;
use portfolio::render::naming::{file, shell_word};
use portfolio::render::recognised::form;
use portfolio::time::Timestamp;
use portfolio::verifier::{Code, Finding, Outcome, Report, SourceFacts, Step, StepState, Unread};

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::disk_words;

const ASK_FOR_ANOTHER: &str = "ask for the bundle (.zip) or the signed record (.json)";
const NOT_CHECKED: &str = "It has not been checked: that is neither good nor bad.";

/// What stood between the name and a check.
pub enum Obstacle {
    /// The disk.
    Disk(DiskFault),
    /// It is something else.
    Other(Kind),
    /// It is in a signed or encrypted form that is not read here.
    Form(Envelope),
    /// A folder or an archive in which nothing is as in a bundle.
    NotABundle,
    /// A request: nobody has signed it yet.
    Request,
    /// It is an SSH signature, and what it signs is not beside it.
    LoneSignature,
    /// It is an SSH signature made for this purpose, over a file that is no statement.
    OtherSignature(String),
    /// It is a picture, and the credential in it is not in the one way that counts.
    Picture(BakedFault),
}

/// The report about something that no check could start on.
pub fn report(name: &str, obstacle: &Obstacle, at: Timestamp) -> Report {
    let (unread, code, detail) = match obstacle {
        Obstacle::Disk(fault) => (Unread::Damaged, Code::SourceUnreadable, fault.to_string()),
        Obstacle::Form(envelope) => (
            Unread::NothingToCheck,
            Code::NotABundle,
            format!("a form that is not read: {}", envelope.as_str()),
        ),
        Obstacle::NotABundle => {
            (Unread::NothingToCheck, Code::NotABundle, "nothing in it is as in a bundle".to_owned())
        }
        Obstacle::Request => {
            (Unread::NothingToCheck, Code::NotABundle, "it is a request, which nobody has signed".to_owned())
        }
        Obstacle::LoneSignature => {
            (Unread::NothingToCheck, Code::NotABundle, "a signature without what it signs".to_owned())
        }
        Obstacle::OtherSignature(purpose) => {
            (Unread::NothingToCheck, Code::NotABundle, format!("a signature for {purpose}"))
        }
        Obstacle::Picture(fault) => (Unread::Damaged, Code::SourceUnreadable, fault.to_string()),
        Obstacle::Other(kind) => {
            (Unread::NothingToCheck, Code::NotABundle, format!("it is {}", kind.words()))
        }
    };
    let outcome = Outcome::Unreadable(unread);
    Report {
        source: SourceFacts {
            name: name.to_owned(),
            len: None,
            digest: None,
            manifest_digest: None,
            media_type: "application/octet-stream",
        },
        at,
        outcome,
        reasons: vec![outcome],
        steps: Step::ALL.into_iter().map(|step| (step, StepState::NotAnswered)).collect(),
        holder: None,
        credentials: Vec::new(),
        foreign: None,
        deposits: Vec::new(),
        not_signed: Vec::new(),
        findings: vec![Finding { code, about: None, detail, compared: None }],
        format_found: None,
    }
}

/// What a report is really about, if not about a bundle: none of a bundle's own files is there, or those of a request.
pub fn obstacle(report: &Report) -> Option<Obstacle> {
    let found = |code, name: &str| {
        let mut findings = report.findings.iter();
        findings.any(|finding| finding.code == code && finding.about.as_deref() == Some(name))
    };
    if !found(Code::TagFileAbsent, bundle::BUNDLE.statement) {
        return None;
    }
    if found(Code::FileUnlisted, bundle::REQUEST.statement) {
        return Some(Obstacle::Request);
    }
    let bare = found(Code::TagFileAbsent, bundle::MANIFEST) && found(Code::TagFileAbsent, "bagit.txt");
    bare.then_some(Obstacle::NotABundle)
}

/// The message for something that was not checked; `None` if it was.
pub fn trouble(typed: &str, report: &Report, obstacle: Option<Obstacle>, world: &World) -> Option<Trouble> {
    let name = file(typed);
    if let Some(Obstacle::Disk(fault)) = obstacle {
        return Some(disk_words::refusal(fault, world, "Nothing was checked."));
    }
    if let Some(Obstacle::Request) = obstacle {
        let command = format!("portfolio sign {}", shell_word(typed));
        return Some(
            nothing_in(&name)
                .fact("It is a request: it asks for a sign-off, and nobody has given one yet.")
                .hint(format!("to read it, then sign or not: {command}")),
        );
    }
    if let Some(Obstacle::Form(envelope)) = obstacle {
        return Some(
            nothing_in(&name)
                .fact(format!("It is {}, a form that is not read here.", form(envelope)))
                .fact(NOT_CHECKED)
                .hint(ASK_FOR_ANOTHER),
        );
    }
    if let Some(Obstacle::LoneSignature) = obstacle {
        return Some(
            Trouble::new(exit::NO, "nothing-to-check", format!("the text that {name} signs is not here"))
                .fact("It is an SSH signature; what it signs lies beside it, under its name without .sig.")
                .fact(NOT_CHECKED)
                .hint("put the two files side by side, with the names they came under"),
        );
    }
    if let Some(Obstacle::OtherSignature(purpose)) = &obstacle {
        return Some(
            nothing_in(&name)
                .fact(format!(
                    "It is an SSH signature for {}, over a file that is no sign-off.",
                    quoted(purpose)
                ))
                .fact(NOT_CHECKED)
                .hint("whether it fits its file, OpenSSH can tell: ssh-keygen -Y verify"),
        );
    }
    if let Some(Obstacle::Picture(fault)) = &obstacle {
        let title = format!("the sign-off in {name} cannot be taken out");
        return Some(
            Trouble::new(exit::DISK, "unreadable", title)
                .fact(format!("{}.", sentence(&fault.to_string())))
                .fact(NOT_CHECKED)
                .hint("ask for the picture to be sent as a file, or for the signed record (.json)"),
        );
    }
    let Outcome::Unreadable(unread) = report.outcome else { return None };
    let kind = match obstacle {
        Some(Obstacle::Other(kind)) => Some(kind),
        _ => None,
    };
    Some(match unread {
        Unread::NothingToCheck if kind.is_none() && is_bundle(report) => unsigned_bundle(&name),
        Unread::NothingToCheck => nothing_to_check(&name, kind),
        Unread::TooNew => too_new(report),
        Unread::Damaged => damaged(&name, report),
    })
}

fn nothing_in(name: &str) -> Trouble {
    Trouble::new(exit::NO, "nothing-to-check", format!("there is nothing to check in {name}"))
}

fn nothing_to_check(name: &str, kind: Option<Kind>) -> Trouble {
    let trouble = nothing_in(name);
    let fact = match kind {
        Some(kind @ (Kind::Png | Kind::Jpeg | Kind::Svg)) => {
            format!("It is {}. A picture of a certificate carries no signature.", kind.words())
        }
        Some(Kind::Pdf) => {
            "It is a PDF, and no signed record is inside it that this program reads.".to_owned()
        }
        Some(kind) => format!("It is {}, and carries no sign-off.", kind.words()),
        None => "It carries no sign-off.".to_owned(),
    };
    trouble.fact(fact).hint(ASK_FOR_ANOTHER)
}

fn is_bundle(report: &Report) -> bool {
    matches!(report.source.media_type, "application/zip" | "inode/directory") && report.holder.is_some()
}

/// A bundle whose sender signed it, and nobody else anything in it.
fn unsigned_bundle(name: &str) -> Trouble {
    nothing_in(name)
        .fact("It is a bundle, and nobody but its sender has signed anything in it.")
        .hint("ask the sender whether somebody signed for this work")
}

fn too_new(report: &Report) -> Trouble {
    let trouble = Trouble::new(exit::TOO_NEW, "too-new", "this bundle is newer than this program");
    let version = env!("CARGO_PKG_VERSION");
    let fact = match report.format_found {
        Some(found) => format!("It has format {found}; this program, {version}, reads format 1."),
        None => format!("It is secured in a way that this program, {version}, does not know."),
    };
    trouble
        .fact(fact)
        .fact(NOT_CHECKED)
        .hint("get a newer version from the project's own page, then check again")
}

fn damaged(name: &str, report: &Report) -> Trouble {
    let repacked = report.findings.iter().any(|finding| finding.code == Code::ArchiveRepacked);
    if repacked {
        return Trouble::new(exit::DISK, "repacked", format!("{name} was packed again by another program"))
            .fact("The files in it may be just as they were, but this is not the archive that was made.")
            .fact("Nothing was checked.")
            .hint("unpack it, then check the folder: portfolio verify FOLDER");
    }
    let mut trouble = Trouble::new(exit::DISK, "unreadable", format!("{name} cannot be read as a bundle"));
    for finding in report.findings.iter().take(3) {
        let about = finding.about.as_deref().map(|about| format!("{}: ", file(about))).unwrap_or_default();
        trouble = trouble.fact(format!("{about}{}.", sentence(&visible(&finding.detail))));
    }
    trouble.fact(NOT_CHECKED).hint("ask for it to be sent again")
}

/// With a capital letter and no full stop of its own.
fn sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// Why dates could not be judged, if they could not: told before the result, which follows.
pub fn clock_doubt(report: &Report) -> Option<Trouble> {
    let code = report.findings.iter().map(|finding| finding.code);
    let code = code.clone().find(|code| matches!(code, Code::ClockUnusable | Code::SignedInFuture))?;
    let clock = report.at.date().people();
    let signed =
        report.credentials.iter().filter_map(|one| one.sign_off.as_ref()).map(|signed| signed.valid_from);
    let signed = signed.max().map(|moment| moment.date().people());
    let says = signed.map(|day| format!("The statement says it was signed on {day}. ")).unwrap_or_default();
    let (kind, title) = match code {
        Code::ClockUnusable => {
            ("clock-not-set", format!("this computer's clock says {clock}, so dates cannot be judged"))
        }
        _ => ("signed-in-future", "signed in days to come, by the signer's clock or by yours".to_owned()),
    };
    let yours = if code == Code::SignedInFuture {
        format!("This computer's clock says {clock}. ")
    } else {
        String::new()
    };
    Some(
        Trouble::new(exit::NOT_ESTABLISHED, kind, title)
            .fact(format!("{says}{yours}Everything else is checked below; “In force” is left open."))
            .hint("set the clock, or say which day to judge by: --at YYYY-MM-DD"),
    )
}
