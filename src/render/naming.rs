//! How people, files and commands are named in a sentence: plain where nobody can be misled, else in “quotes”.

use super::escape::{quoted, visible};
use super::layout;
use crate::time::Date;
use crate::verifier::{IssuerEntry, TrustEntry};

/// Longest name that stands in a sentence without quotes, in columns.
const NAME_COLUMNS: usize = 40;

/// A claim from a signed statement: as it is when it comes from a signer the reader knows, else in quotes.
pub fn claim(text: &str, signer_known: bool) -> String {
    if signer_known { layout::cut(&visible(text), super::escape::QUOTED_COLUMNS) } else { quoted(text) }
}

/// The name that the reader gave a key.
pub fn known_as(entry: &TrustEntry) -> String {
    match &entry.organisation {
        Some(organisation) => format!("{}, {}", visible(&entry.name), visible(organisation)),
        None => visible(&entry.name),
    }
}

/// The name that the reader gave an issuer elsewhere.
pub fn issuer_known_as(entry: &IssuerEntry) -> String {
    match &entry.organisation {
        Some(organisation) => format!("{}, {}", visible(&entry.name), visible(organisation)),
        None => visible(&entry.name),
    }
}

/// What to call a person: the first name, or the whole in quotes where it is not just a name.
pub fn first_name(name: &str) -> String {
    let shown = someone(name);
    if shown.starts_with('“') { shown } else { shown.split(' ').next().unwrap_or(&shown).to_owned() }
}

/// A person or firm that a sentence of ours talks about. In quotes unless it looks like nothing but a name.
pub fn someone(name: &str) -> String {
    let plain = |c: char| c.is_alphabetic() || " .'’-".contains(c);
    let fits = !name.is_empty() && layout::columns(name) <= NAME_COLUMNS;
    if fits && visible(name) == name && name.chars().all(plain) { name.to_owned() } else { quoted(name) }
}

/// A file's name. In quotes unless it is one word of letters, digits and `. - _ /`.
pub fn file(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || ".-_/+@".contains(c);
    let fits = !name.is_empty() && layout::columns(name) <= super::escape::QUOTED_COLUMNS;
    if fits && visible(name) == name && name.chars().all(plain) { name.to_owned() } else { quoted(name) }
}

/// A day in a sentence, held together on one line: `24 Jul 2026`.
pub fn day(date: Date) -> String {
    layout::hold(&date.people())
}

/// A firm as people say it, without its legal form.
pub fn short_firm(firm: &str) -> &str {
    const FORMS: [&str; 8] = [" Ltd", " Ltd.", " Limited", " Inc", " Inc.", " LLC", " GmbH", " plc"];
    FORMS.iter().find_map(|form| firm.strip_suffix(form)).map_or(firm, |short| short.trim_end_matches(','))
}

/// Up to three things and how many more: `a, b, c and 7 more`.
pub fn some_of(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first} and {second}"),
        [first, second, third] => format!("{first}, {second} and {third}"),
        [first, second, third, rest @ ..] => format!("{first}, {second}, {third} and {} more", rest.len()),
    }
}

/// A word of a command, ready to paste: in straight quotes where a shell would split it.
pub fn shell_word(word: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || "-_./~:=@%+,".contains(c);
    let quotable = |c: char| !c.is_control() && !"\"$`\\!“”".contains(c);
    let shown = visible(word);
    if !shown.is_empty() && shown.chars().all(bare) {
        shown
    } else if shown == word && word.chars().all(quotable) {
        format!("\"{word}\"")
    } else {
        format!("'{}'", shown.replace('\'', r"'\''"))
    }
}

/// A size for people, in powers of 1024 as file managers count: `12 KB`, `1.4 MB`.
pub fn size(bytes: u64) -> String {
    if bytes < 1000 {
        return if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") };
    }
    // In tenths of a unit, rounded.
    let mut tenths = rounded(bytes * 10, 1024);
    let mut unit = "KB";
    for larger in ["MB", "GB"] {
        if tenths >= 10_000 {
            tenths = rounded(tenths, 1024);
            unit = larger;
        }
    }
    match (tenths / 10, tenths % 10) {
        (whole @ 0..10, tenth @ 1..) if unit != "KB" => format!("{whole}.{tenth} {unit}"),
        _ => format!("{} {unit}", rounded(tenths, 10)),
    }
}

/// A media type as people name it: `PDF`, `Markdown`, `ZIP`.
pub fn media(media_type: &str) -> String {
    let known = match media_type {
        "application/pdf" => "PDF",
        "text/markdown" => "Markdown",
        "text/plain" => "text",
        "text/csv" => "CSV",
        "text/html" => "web page",
        "application/zip" => "ZIP",
        "application/json" => "JSON",
        "image/png" => "PNG picture",
        "image/jpeg" => "JPEG picture",
        "application/octet-stream" => "file",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let kind = media_type.split('/').next().unwrap_or_default();
    match kind {
        "image" => "picture".to_owned(),
        "audio" | "video" => kind.to_owned(),
        "text" => "text".to_owned(),
        _ => "file".to_owned(),
    }
}

fn rounded(amount: u64, unit: u64) -> u64 {
    (amount + unit / 2) / unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_plain_only_if_it_is_nothing_but_a_name() {
        assert_eq!(someone("Alex Rivera"), "Alex Rivera");
        assert_eq!(someone("Zoë O'Neill-Łuk"), "Zoë O'Neill-Łuk");
        assert_eq!(someone("Alex, who is known"), "“Alex, who is known”");
        assert_eq!(someone("A\u{202e}B"), "“A\\u{202e}B”");
        assert_eq!(someone(""), "“”");
    }

    #[test]
    fn people_are_called_by_their_first_names_and_anything_else_by_the_whole() {
        assert_eq!(first_name("Alex Rivera"), "Alex");
        assert_eq!(first_name("Alex, who is known"), "“Alex, who is known”");
    }

    #[test]
    fn a_file_name_of_several_words_is_quoted() {
        assert_eq!(file("forecast-report.pdf"), "forecast-report.pdf");
        assert_eq!(file("data/thesis.pdf OK"), "“data/thesis.pdf OK”");
    }

    #[test]
    fn lists_stay_short() {
        let names: Vec<String> = (1..=10).map(|n| format!("f{n}")).collect();
        assert_eq!(some_of(&names), "f1, f2, f3 and 7 more");
        assert_eq!(some_of(&names[..2]), "f1 and f2");
    }

    #[test]
    fn commands_can_be_pasted() {
        assert_eq!(shell_word("alex-rivera.zip"), "alex-rivera.zip");
        assert_eq!(shell_word("Priya Nair, Acme"), "\"Priya Nair, Acme\"");
        assert_eq!(shell_word("$(rm -rf ~)"), "'$(rm -rf ~)'");
        assert_eq!(shell_word("it's $HOME"), r"'it'\''s $HOME'");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(0), "0 bytes");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1000), "1 KB");
        assert_eq!(size(4_000), "4 KB");
        assert_eq!(size(12_214), "12 KB");
        assert_eq!(size(90_112), "88 KB");
        assert_eq!(size(1_023_999), "1 MB");
        assert_eq!(size(1_462_201), "1.4 MB");
        assert_eq!(size(1_478_113), "1.4 MB");
        assert_eq!(size(4_000_000_000), "3.7 GB");
    }
}
