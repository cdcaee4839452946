//! `check --privacy`: what the files of a bundle would tell beside what they are meant to say.

use std::path::Path;

use portfolio::disk;
use portfolio::holder::{CheckCode, Checked, Finding, HolderFault, Portfolio, public_part};
use portfolio::render::traces::{Trace, TraceKind, traces};
use portfolio::time::Date;

/// Larger files are not looked into.
const MOST: u64 = 64 << 20;

/// Looks into every file that a bundle of everything would take today.
pub fn look(folder: &Portfolio, today: Date) -> Result<Checked, HolderFault> {
    let mut done = Checked::default();
    for (id, artifact) in folder.artifacts()? {
        if artifact.confidential.as_ref().is_some_and(|confidential| confidential.holds_on(today)) {
            continue;
        }
        for file in &artifact.files {
            let path = format!("artifacts/{id}/{}", file.name);
            look_into(folder, &path, &mut done);
        }
        let record = format!("artifacts/{id}/artifact.json");
        look_into(folder, &record, &mut done);
    }
    for deposit in folder.deposited()? {
        if deposit.record.confidential.is_some_and(|confidential| confidential.holds_on(today)) {
            continue;
        }
        for file in &deposit.record.files {
            look_into(folder, &format!("deposits/{}/{}", deposit.id, file.name), &mut done);
        }
    }
    for story in folder.stories()? {
        let path = format!("stories/{}.md", story.id);
        if let Ok(bytes) = disk::read_bounded(&folder.root().join(&path), MOST) {
            let public = public_part(&String::from_utf8_lossy(&bytes));
            tell(folder, &path, public.as_bytes(), &mut done);
        }
    }
    Ok(done)
}

fn look_into(folder: &Portfolio, path: &str, done: &mut Checked) {
    match disk::read_bounded(&folder.root().join(Path::new(path)), MOST) {
        Ok(bytes) => tell(folder, path, &bytes, done),
        Err(fault) => {
            let fact = format!("was not looked into: {fault}");
            let finding =
                Finding { code: CheckCode::NotReadable, path: path.to_owned(), line: 0, column: 0, fact };
            done.findings.push(finding);
        }
    }
}

fn tell(folder: &Portfolio, path: &str, bytes: &[u8], done: &mut Checked) {
    done.files += 1;
    for trace in traces(bytes) {
        if is_expected(&trace, folder) {
            continue;
        }
        let (line, column) = trace.place.unwrap_or_default();
        let (code, fact) = words(&trace);
        done.findings.push(Finding { code, path: path.to_owned(), line, column, fact });
    }
}

/// The student's own name and this program are in every bundle anyway.
fn is_expected(trace: &Trace, folder: &Portfolio) -> bool {
    let own = folder.about();
    match trace.kind {
        TraceKind::PdfAuthor | TraceKind::DocumentAuthor => trace.says == own.name,
        TraceKind::PdfProgram => trace.says == "portfolio",
        _ => false,
    }
}

fn words(trace: &Trace) -> (CheckCode, String) {
    let says = &trace.says;
    match trace.kind {
        TraceKind::PdfAuthor => (CheckCode::PdfAuthor, format!("names its author: {says}")),
        TraceKind::PdfProgram => (CheckCode::PdfProgram, format!("names the program that made it: {says}")),
        TraceKind::DocumentAuthor => {
            (CheckCode::DocumentAuthor, format!("names who wrote or saved it: {says}"))
        }
        TraceKind::PicturePlace => (CheckCode::PicturePlace, format!("says {says}")),
        TraceKind::PictureOrigin => (CheckCode::PictureOrigin, format!("says where it comes from: {says}")),
        TraceKind::Path => (CheckCode::PathInText, format!("holds a path of a computer: {says}")),
        TraceKind::Email => (CheckCode::EmailInText, format!("holds an e-mail address: {says}")),
    }
}
