//! `check --pdf`: whether the title, names, days and numbers of a record stand in its document.

use portfolio::disk;
use portfolio::holder::{Artifact, CheckCode, Checked, Finding, HolderFault, Portfolio, Role};
use portfolio::json::{Step, place_of};
use portfolio::render::naming::short_firm;
use portfolio::render::pdf::reading;
use portfolio::time::Date;

/// Larger documents are not read.
const MOST: u64 = 64 << 20;

/// Compares every artifact's record with the text of its PDF.
pub fn compare(folder: &Portfolio) -> Result<Checked, HolderFault> {
    let mut done = Checked::default();
    for (id, artifact) in folder.artifacts()? {
        // The page that stands before a file which is no document says nothing about its content.
        if artifact.files.iter().any(|file| file.role == Role::Attachment) {
            continue;
        }
        let record = format!("artifacts/{id}/artifact.json");
        let document = format!("artifacts/{id}/{}", artifact.document);
        done.records += 1;
        let organisation = match &artifact.placement {
            Some(placement) => folder.placement(placement).ok().and_then(|placement| placement.organisation),
            None => None,
        };
        let bytes = disk::read_bounded(&folder.root().join(&record), MOST).unwrap_or_default();
        let text = match text_of(folder, &document) {
            Ok(text) => text,
            Err(fact) => {
                done.findings.push(finding(CheckCode::PdfNotRead, &document, (0, 0), fact));
                continue;
            }
        };
        done.files += 1;
        for (code, member, what) in wanted(&artifact, &folder.about().name, organisation.as_deref()) {
            if !text.holds(code, &what) {
                let place = member.and_then(|member| place_of(&bytes, &[Step::Member(member.to_owned())]));
                let fact = format!("gives “{what}”, which {} does not say", artifact.document);
                done.findings.push(finding(code, &record, place.unwrap_or_default(), fact));
            }
        }
    }
    Ok(done)
}

fn finding(code: CheckCode, path: &str, (line, column): (usize, usize), fact: String) -> Finding {
    Finding { code, path: path.to_owned(), line, column, fact }
}

/// The text of a document, once as words and once without any space.
struct Text {
    words: String,
    packed: String,
}

fn text_of(folder: &Portfolio, document: &str) -> Result<Text, String> {
    let bytes = disk::read_bounded(&folder.root().join(document), MOST)
        .map_err(|_| "cannot be read from the disk".to_owned())?;
    let reading = reading::read(&bytes).map_err(|fault| format!("cannot be compared: {fault}"))?;
    let words = folded(&reading.text);
    let packed: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    if packed.is_empty() {
        return Err("has no text that can be copied, so nothing was compared".to_owned());
    }
    Ok(Text { words, packed })
}

/// Letters as they compare: small, dashes and spaces of one kind, no soft hyphens.
fn folded(text: &str) -> String {
    let one = |c: char| match c {
        '\u{ad}' => None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{2018}' | '\u{2019}' => Some('\''),
        '\u{fb01}' => Some('\u{fb01}'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    };
    let text: String = text.replace('\u{fb01}', "fi").replace('\u{fb02}', "fl").replace('\u{fb00}', "ff");
    text.chars().filter_map(one).collect::<String>().to_lowercase()
}

impl Text {
    fn holds(&self, code: CheckCode, what: &str) -> bool {
        match code {
            CheckCode::NumberNotInPdf => self.holds_number(what),
            CheckCode::DateNotInPdf => spellings(what).iter().any(|day| self.holds_words(day)),
            _ => self.holds_words(what),
        }
    }

    /// A document may break a line, and so its text, anywhere.
    fn holds_words(&self, what: &str) -> bool {
        let packed: String = folded(what).chars().filter(|c| !c.is_whitespace()).collect();
        self.packed.contains(&packed)
    }

    /// As a number of its own: `9.8` is not in `19.85`.
    fn holds_number(&self, number: &str) -> bool {
        [&self.words, &self.packed].iter().any(|text| {
            text.match_indices(number).any(|(at, _)| {
                let of_number = |c: char| c.is_ascii_digit();
                let before: Vec<char> = text[..at].chars().rev().take(2).collect();
                let began = match before[..] {
                    [c, ..] if of_number(c) => true,
                    ['.' | ',', c] => of_number(c),
                    _ => false,
                };
                let after: Vec<char> = text[at + number.len()..].chars().take(2).collect();
                let goes_on = match after[..] {
                    [c, ..] if of_number(c) => true,
                    ['.' | ',', c] => of_number(c),
                    _ => false,
                };
                !began && !goes_on
            })
        })
    }
}

/// What the record says that its document should say too: the finding, the member, the words.
fn wanted(
    artifact: &Artifact,
    name: &str,
    organisation: Option<&str>,
) -> Vec<(CheckCode, Option<&'static str>, String)> {
    let mut all = vec![
        (CheckCode::TitleNotInPdf, Some("title"), artifact.title.clone()),
        (CheckCode::NameNotInPdf, None, name.to_owned()),
    ];
    let firm = organisation.map(short_firm);
    all.extend(firm.map(|firm| (CheckCode::NameNotInPdf, Some("placement"), firm.to_owned())));
    let texts = [
        ("title", Some(&artifact.title)),
        ("description", artifact.description.as_ref()),
        ("result", artifact.result.as_ref()),
    ];
    for (member, text) in texts {
        for word in text.map(|text| numbers(text)).unwrap_or_default() {
            let code =
                if Date::parse(&word).is_ok() { CheckCode::DateNotInPdf } else { CheckCode::NumberNotInPdf };
            if !all.iter().any(|(known, _, what)| *known == code && *what == word) {
                all.push((code, Some(member), word));
            }
        }
    }
    all
}

/// The numbers and days in a text.
fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() || (!word.is_empty() && ".,-".contains(c)) {
            word.push(c);
            continue;
        }
        let whole = word.trim_end_matches(['.', ',', '-']).to_owned();
        word.clear();
        if Date::parse(&whole).is_ok() {
            found.push(whole);
        } else {
            found.extend(whole.split('-').filter(|part| !part.is_empty()).map(str::to_owned));
        }
    }
    found
}

/// A day as people write it.
fn spellings(day: &str) -> Vec<String> {
    let Ok(date) = Date::parse(day) else { return vec![day.to_owned()] };
    let long = date.people_long();
    let parts: Vec<&str> = long.split(' ').collect();
    let american = match parts[..] {
        [day, month, year] => format!("{month} {day}, {year}"),
        _ => long.clone(),
    };
    vec![day.to_owned(), date.people(), long, american]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Text {
        let words = folded(words);
        let packed = words.chars().filter(|c| !c.is_whitespace()).collect();
        Text { words, packed }
    }

    #[test]
    fn numbers_are_compared_whole_and_words_across_line_breaks() {
        let text = text("The Forecast\nReport: from 14.2 % to 9.8 % on 24 July 2026, 1,200 rows of 19.85");
        assert!(text.holds(CheckCode::TitleNotInPdf, "forecast report"));
        for number in ["14.2", "9.8", "1,200", "19.85"] {
            assert!(text.holds(CheckCode::NumberNotInPdf, number), "{number}");
        }
        for number in ["4.2", "9.85", "1", "200", "19", "9"] {
            assert!(!text.holds(CheckCode::NumberNotInPdf, number), "{number}");
        }
        assert!(text.holds(CheckCode::DateNotInPdf, "2026-07-24"));
        assert!(!text.holds(CheckCode::DateNotInPdf, "2026-07-25"));
    }

    #[test]
    fn numbers_and_days_are_taken_from_words() {
        assert_eq!(
            numbers("9.8 %, was 14.2 % on 2026-07-24; 3-4 of 61."),
            ["9.8", "14.2", "2026-07-24", "3", "4", "61"]
        );
    }
}
