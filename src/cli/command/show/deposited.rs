//! A deposit's record in people's words: what lies beside it, how it came there, and what of that is only a word.

use std::path::{Path, PathBuf};

use portfolio::credential::deposit::{self, Deposit, FileRole, RECORD};
use portfolio::credential::recognise::Envelope;
use portfolio::credential::statement::Line;
use portfolio::disk;
use portfolio::json;
use portfolio::render::escape::quoted;
use portfolio::render::naming::{file, size};
use portfolio::render::recognised::form;
use serde_json::Value;

/// The record of the deposit that a folder is, and where its original lies; `None` if it is none.
pub fn in_folder(folder: &Path) -> Option<(Vec<u8>, PathBuf)> {
    let bytes = disk::read_bounded(&folder.join(RECORD), json::OURS.bytes as u64).ok()?;
    let record = json::parse(&bytes, &json::OURS).ok().and_then(|value| deposit::read(&value).ok())?;
    let original = record.originals().next()?.name.to_string();
    Some((bytes, folder.join(original)))
}

/// Whether a document is such a record.
pub fn is_one(document: &Value) -> bool {
    ["formatVersion", "kind", "files", "captured"].iter().all(|member| document.get(member).is_some())
}

/// What it calls itself, for a heading.
pub fn described(record: &Deposit) -> String {
    let kind = match record.kind.as_str() {
        "open-badge-3.0" => "an Open Badge 3.0",
        "open-badge-2.0" => "an Open Badge 2.0",
        "learner-record" => "a learner record",
        "endorsement" => "a statement about another",
        "status-list" => "a list of what was taken back",
        "statement" => "a statement",
        "bag" => "a BagIt bag",
        "e-mail" => "an e-mail as it was saved",
        "ssh-signature" => "a signature by an SSH key over another file",
        other => Envelope::ALL
            .into_iter()
            .find(|envelope| envelope.as_str() == other)
            .map_or("a file, and no more is known of it", form),
    };
    format!("a deposit of {}: {kind}", record.captured.at.date().people())
}

/// What it says, line by line.
pub fn lines(record: &Deposit) -> Vec<Line> {
    let mut text = Vec::new();
    for kept in &record.files {
        let what = match kept.role {
            FileRole::Original => "as it came",
            FileRole::Status => "a copy of its issuer's list of what it took back",
            FileRole::Keys => "keys of its issuer, chosen by the student",
        };
        text.push(Line::Text(format!("{}, {}: {what}", file(kept.name.as_str()), size(kept.size))));
    }
    let says = &record.says;
    let said = [("issued by", &says.issuer), ("for", &says.about), ("named", &says.name)];
    let said: Vec<String> =
        said.iter().filter_map(|(word, text)| Some(format!("{word} {}", quoted(text.as_ref()?)))).collect();
    if !said.is_empty() {
        text.extend([Line::Blank, Line::Text(format!("By its own words {}.", said.join(", ")))]);
    }
    let captured = &record.captured;
    text.extend([Line::Blank, Line::Text(format!("Only the student's word: {}.", captured.how))]);
    if let Some(url) = &captured.url {
        let until = captured.expires.map(|day| format!(", a link until {}", day.people()));
        text.push(Line::Text(format!(
            "It was said to live at {}{}.",
            quoted(url),
            until.unwrap_or_default()
        )));
    }
    if let Some(note) = &captured.note {
        text.push(Line::Text(format!("They note {}.", quoted(note))));
    }
    if let Some(placement) = &record.placement {
        text.push(Line::Text(format!("It belongs to {placement}.")));
    }
    if let Some(confidential) = record.confidential {
        let until = confidential.until.map(|day| format!(" until {}", day.people()));
        text.push(Line::Text(format!("Bundles leave it out{}.", until.unwrap_or_default())));
    }
    text
}
