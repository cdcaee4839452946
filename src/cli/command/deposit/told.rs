//! What a deposit turned out to be, on the screen: what it is, who signed it, and what nobody can tell.

use std::path::Path;

use portfolio::holder::Deposited;
use portfolio::proof::others::Origin;
use portfolio::render::answers::known_as;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::kind::{Kind, kind_of};
use portfolio::render::naming::{file, issuer_known_as, shell_word, size};
use portfolio::render::recognised::{described, limits, noun};
use portfolio::verifier::foreign::{Answer, Asked, ForeignCode, ForeignReport, Known, check};
use portfolio::verifier::{Outcome, TrustList, Unread};
use serde_json::{Value, json};

use crate::terminal::palette::Symbol;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;

use super::beside::Brought;
use super::looked_at::LookedAt;

/// Whether people are told.
pub fn is_loud(screen: &Screen) -> bool {
    !(screen.manner.json || screen.manner.quiet || screen.manner.plain)
}

/// `skillforge-badge.png: an Open Badge 3.0 inside a picture, issued by “SkillForge Academy” for “alex@…”`.
pub fn heading(name: &str, looked: &LookedAt) -> String {
    let says = looked.says();
    let issuer = says.issuer.map(|issuer| format!(", issued by {}", quoted(&issuer))).unwrap_or_default();
    let about = says.about.filter(|_| !issuer.is_empty());
    let about = about.map(|about| format!(" for {}", quoted(&about))).unwrap_or_default();
    format!("{}: {}{issuer}{about}", file(name), described(looked.found.what, &looked.head))
}

/// Tells what was deposited.
pub fn tell(
    done: &Deposited,
    looked: &LookedAt,
    brought: &Brought,
    trust: &TrustList,
    world: &World,
    screen: &mut Screen,
) {
    let original = done.record.originals().next().map(|kept| kept.name.as_str()).unwrap_or_default();
    let name = original.split('/').next().unwrap_or_default();
    if screen.manner.plain {
        let outcome = checked(looked, brought, trust, world).map_or("-", |report| report.outcome.as_str());
        screen.line(&format!("{}\t{}\t{outcome}\t{}", done.id, done.record.kind, visible(name)));
        return;
    }
    if !is_loud(screen) {
        return;
    }
    let text = match looked.found.record {
        Some(_) => format!("Deposited {}.", heading(name, looked)),
        None => {
            let bytes: u64 = done.record.originals().map(|kept| kept.size).sum();
            let what = described(looked.found.what, &looked.head);
            let limits = limits(looked.found.what);
            format!("Deposited {} as {}: {what}, {}. {limits}", file(name), done.id, hold(&size(bytes)))
        }
    };
    screen.say(&text);
    if let Some(fault) = &looked.found.fault {
        let mark = screen.symbol(Symbol::Alert);
        screen.say_under(
            &format!("  {mark} "),
            "    ",
            &format!("{}.", crate::words::folder_words::capital(&fault.to_string())),
        );
    }
    if let Some(ending) = login_page(name, looked) {
        let mark = screen.symbol(Symbol::Alert);
        let text = format!(
            "Its name ends in .{ending}, but it is a web page. This happens when a download link wanted a login."
        );
        screen.say_under(&format!("  {mark} "), "    ", &text);
    }
    rows(looked, brought, trust, world, screen);
}

/// The ending of a name that a web page should not have.
fn login_page<'a>(name: &'a str, looked: &LookedAt) -> Option<&'a str> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending)?;
    let is_other =
        ["png", "svg", "pdf", "json", "jwt", "zip", "eml"].contains(&ending.to_ascii_lowercase().as_str());
    (kind_of(&looked.head) == Kind::WebPage && is_other && looked.found.record.is_none()).then_some(ending)
}

/// The answers that a check gives here and now, to the student.
pub fn rows(looked: &LookedAt, brought: &Brought, trust: &TrustList, world: &World, screen: &mut Screen) {
    let Some(report) = checked(looked, brought, trust, world) else { return };
    let mut row = |symbol: Symbol, label: &str, text: &str| {
        let mark = screen.symbol(symbol);
        let width = if screen.manner.ascii { 18 } else { 15 };
        screen.say_under(&format!("  {mark} {label:<11}"), &" ".repeat(width), text);
    };
    let (symbol, text) = signed(&report, looked);
    row(symbol, "Signed", &text);
    if let Some((symbol, text)) = signer(&report) {
        row(symbol, "Signer", &text);
    }
    if let Some((symbol, text)) = in_force(&report) {
        row(symbol, "In force", &text);
    }
}

fn checked(looked: &LookedAt, brought: &Brought, trust: &TrustList, world: &World) -> Option<ForeignReport> {
    let record = looked.found.record.as_ref()?;
    let (pins, lists) = brought.for_check();
    Some(check(record, &Asked { pins: &pins, snapshots: &lists, at: world.now(), trust }))
}

fn signed(report: &ForeignReport, looked: &LookedAt) -> (Symbol, String) {
    let found = report.findings.first();
    let meaning = found.map(|found| lower(found.code.explain())).unwrap_or_default();
    match (report.unchanged, &report.key) {
        (_, Some(key)) if key.origin == Origin::Itself => {
            (Symbol::Good, format!("by a key that is inside {}", noun(looked.found.what)))
        }
        (_, Some(_)) => (Symbol::Good, "by a key that is among those you chose for its issuer".to_owned()),
        (Answer::No, None) => (Symbol::Bad, format!("no: {meaning}")),
        (_, None) if report.outcome == Outcome::Unreadable(Unread::NothingToCheck) => {
            (Symbol::Silent, "by nobody: only its issuer's page could tell whether it stands".to_owned())
        }
        (_, None) => (Symbol::Silent, format!("not checked: {meaning}")),
    }
}

fn signer(report: &ForeignReport) -> Option<(Symbol, String)> {
    let key = report.key.as_ref()?;
    Some(match &report.known {
        Some(Known::Listed(entry)) => (Symbol::Good, format!("{}, on your trust list", known_as(entry))),
        Some(Known::Issuer(entry)) => {
            (Symbol::Good, format!("{}, on your trust list", issuer_known_as(entry)))
        }
        _ if key.origin != Origin::Itself => {
            let text =
                format!("{}, by keys that you chose; a reader sees that it was you", quoted(&key.controller));
            (Symbol::Ask, text)
        }
        _ => (Symbol::Ask, "not on your trust list".to_owned()),
    })
}

fn in_force(report: &ForeignReport) -> Option<(Symbol, String)> {
    report.key.as_ref()?;
    let has = |code| report.findings.iter().find(|found| found.code == code);
    Some(match report.in_force {
        Answer::Yes => {
            let until = report.credential.as_ref().and_then(|says| says.valid_until);
            let until = until.map_or("it names no end".to_owned(), |until| {
                format!("until {}", hold(&until.date().people()))
            });
            let list = report
                .status_as_of
                .map(|day| format!("; not taken back as of {}", hold(&day.date().people())));
            (Symbol::Good, format!("{until}{}", list.unwrap_or_default()))
        }
        Answer::No => {
            let told = report.findings.iter().find(|found| found.code.outcome() == Some(report.outcome));
            let told = told.map(|told| lower(told.code.explain())).unwrap_or_default();
            (Symbol::Alert, format!("no: {told}"))
        }
        Answer::CannotTell if has(ForeignCode::StatusNotHere).is_some() => {
            (Symbol::Silent, "its status list is on the web, and this program stays offline".to_owned())
        }
        Answer::CannotTell => {
            let unusable = has(ForeignCode::StatusUnusable).or(has(ForeignCode::StatusNotSupported));
            let why = unusable.map(|found| format!(" ({})", visible(&found.detail))).unwrap_or_default();
            (Symbol::Ask, format!("not known{why}"))
        }
    })
}

/// One thing to do next.
pub fn hint(
    looked: &LookedAt,
    path: &Path,
    brought: &Brought,
    trust: &TrustList,
    world: &World,
) -> Option<String> {
    if let Some(report) = checked(looked, brought, trust, world) {
        let has = |code| report.findings.iter().any(|found| found.code == code);
        return if has(ForeignCode::StatusNotHere) {
            Some("save that list while it exists, then: portfolio deposit --status FILE".to_owned())
        } else if has(ForeignCode::KeyNotKnown) {
            Some(
                "save its issuer's published keys while they exist, then: portfolio deposit --did FILE"
                    .to_owned(),
            )
        } else {
            None
        };
    }
    let looks_own = looked.found.fault.is_none()
        && looked.found.what.as_str() == "capture"
        && !matches!(kind_of(&looked.head), Kind::WebPage);
    let command = format!("portfolio add {}", shell_word(&path.to_string_lossy()));
    looks_own.then(|| format!("if you made it yourself, add it as your work: {command}"))
}

/// The deposit for programs.
pub fn as_json(
    done: &Deposited,
    looked: &LookedAt,
    brought: &Brought,
    trust: &TrustList,
    world: &World,
) -> Value {
    let report = checked(looked, brought, trust, world);
    let codes = report.iter().flat_map(|report| &report.findings).map(|found| found.code.as_str());
    json!({
        "id": done.id.as_str(),
        "record": portfolio::credential::deposit::build(&done.record),
        "outcome": report.as_ref().map(|report| report.outcome.as_str()),
        "findings": codes.collect::<Vec<_>>(),
    })
}

/// The first sentence of an explanation, to go on in the middle of one.
fn lower(text: &str) -> String {
    let text = text.split(['.', ':']).next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
