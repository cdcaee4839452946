//! What one part of a path may hold, and when two names fall together.

use unicode_normalization::char::is_public_assigned;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{PART_BYTES, PathFault};

/// Characters that show nothing: general category Cf and what Unicode calls default ignorable.
const HIDDEN: [(char, char); 33] = [
    ('\u{00AD}', '\u{00AD}'),
    ('\u{034F}', '\u{034F}'),
    ('\u{0600}', '\u{0605}'),
    ('\u{061C}', '\u{061C}'),
    ('\u{06DD}', '\u{06DD}'),
    ('\u{070F}', '\u{070F}'),
    ('\u{0890}', '\u{0891}'),
    ('\u{08E2}', '\u{08E2}'),
    ('\u{115F}', '\u{1160}'),
    ('\u{17B4}', '\u{17B5}'),
    ('\u{180B}', '\u{180F}'),
    ('\u{200B}', '\u{200F}'),
    ('\u{2028}', '\u{202E}'),
    ('\u{2060}', '\u{206F}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{FEFF}', '\u{FEFF}'),
    ('\u{FFA0}', '\u{FFA0}'),
    ('\u{FFF0}', '\u{FFFB}'),
    ('\u{110BD}', '\u{110BD}'),
    ('\u{110CD}', '\u{110CD}'),
    ('\u{13430}', '\u{1343F}'),
    ('\u{1BCA0}', '\u{1BCA3}'),
    ('\u{1D159}', '\u{1D159}'),
    ('\u{1D173}', '\u{1D17A}'),
    ('\u{E0000}', '\u{E0FFF}'),
    ('\u{F0000}', '\u{FFFFF}'),
    ('\u{100000}', '\u{10FFFF}'),
    ('\u{E000}', '\u{F8FF}'),
    ('\u{FDD0}', '\u{FDEF}'),
    ('\u{FFFE}', '\u{FFFF}'),
    ('\u{FFFD}', '\u{FFFD}'),
];

/// Checks one part, which is not empty and holds no `/`.
pub(super) fn check_part(part: &str) -> Result<(), PathFault> {
    if part.len() > PART_BYTES {
        return Err(PathFault::PartTooLong { bytes: part.len() });
    }
    for character in part.chars() {
        check_character(character)?;
    }
    check_shape(part)?;
    if part.is_ascii() {
        return Ok(());
    }
    if !is_nfc(part) {
        return Err(PathFault::NotNormalised);
    }
    // Some systems compare or unpack under compatibility forms: what a name turns into must be harmless too.
    let compatible: String = part.nfkc().collect();
    if let Some(source) = part.chars().find(|c| std::iter::once(*c).nfkc().any(|d| matches!(d, '/' | '\\'))) {
        return Err(PathFault::Separator(source));
    }
    check_ends(part)?;
    check_compatible(&compatible)
}

fn check_character(character: char) -> Result<(), PathFault> {
    match character {
        c if c.is_control() => Err(PathFault::Control(c)),
        '%' | '\\' | ':' | '<' | '>' | '|' | '?' | '*' | '"' => Err(PathFault::Reserved(character)),
        c if c.is_ascii() => Ok(()),
        c if is_hidden(c) => Err(PathFault::Hidden(c)),
        _ => Ok(()),
    }
}

fn is_hidden(character: char) -> bool {
    HIDDEN.iter().any(|(first, last)| (*first..=*last).contains(&character)) || !is_public_assigned(character)
}

fn check_shape(part: &str) -> Result<(), PathFault> {
    if part.bytes().all(|byte| byte == b'.') {
        return Err(PathFault::DotPart);
    }
    check_ends(part)?;
    if part.starts_with('-') {
        return Err(PathFault::LeadingDash);
    }
    if part.starts_with('~') || part.as_bytes().windows(2).any(|w| w[0] == b'~' && w[1].is_ascii_digit()) {
        return Err(PathFault::Tilde);
    }
    if part.eq_ignore_ascii_case(".git") {
        return Err(PathFault::DotGit);
    }
    check_device(part)
}

fn check_ends(part: &str) -> Result<(), PathFault> {
    if part.ends_with('.') || part.ends_with(char::is_whitespace) {
        return Err(PathFault::TrailingDotOrSpace);
    }
    if part.starts_with(char::is_whitespace) {
        return Err(PathFault::LeadingSpace);
    }
    Ok(())
}

/// Fullwidth brackets and colons stay allowed, so only shapes are looked at, not single characters.
fn check_compatible(part: &str) -> Result<(), PathFault> {
    if part.bytes().all(|byte| byte == b'.') {
        return Err(PathFault::DotPart);
    }
    if part.starts_with('~') || part.as_bytes().windows(2).any(|w| w[0] == b'~' && w[1].is_ascii_digit()) {
        return Err(PathFault::Tilde);
    }
    if fold(part) == ".git" {
        return Err(PathFault::DotGit);
    }
    check_device(part)
}

/// Windows takes these for devices whatever follows the first dot, and with superscript digits too.
fn check_device(part: &str) -> Result<(), PathFault> {
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    let upper = stem.to_ascii_uppercase();
    let numbered = |prefix: &str| {
        upper.strip_prefix(prefix).is_some_and(|digit| {
            matches!(digit, "\u{b9}" | "\u{b2}" | "\u{b3}")
                || (digit.len() == 1 && digit.bytes().all(|byte| byte.is_ascii_digit()))
        })
    };
    let named = matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$");
    if named || numbered("COM") || numbered("LPT") {
        return Err(PathFault::WindowsDevice(stem.to_owned()));
    }
    Ok(())
}

/// NFC: the spelling in which names are kept here.
pub(super) fn composed(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}

/// NFKC, full case folding, NFKC again (Unicode 3.13, D146 without the ignorables, which no name here holds).
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let compatible: String = text.nfkc().collect();
    unicase::UniCase::unicode(compatible).to_folded_case().nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bad_part_names_its_fault() {
        let device = |name: &str| PathFault::WindowsDevice(name.to_owned());
        let cases = [
            ("a\nb", PathFault::Control('\n')),
            ("a\0b", PathFault::Control('\0')),
            ("a\u{85}b", PathFault::Control('\u{85}')),
            ("gpj.\u{202e}fdp", PathFault::Hidden('\u{202e}')),
            ("a\u{200d}b", PathFault::Hidden('\u{200d}')),
            ("a\u{2028}b", PathFault::Hidden('\u{2028}')),
            ("a\u{e000}b", PathFault::Hidden('\u{e000}')),
            ("a\u{0378}b", PathFault::Hidden('\u{0378}')),
            ("a\u{fffd}b", PathFault::Hidden('\u{fffd}')),
            ("50%25", PathFault::Reserved('%')),
            ("c:x", PathFault::Reserved(':')),
            ("a\\b", PathFault::Reserved('\\')),
            ("wh?t", PathFault::Reserved('?')),
            ("...", PathFault::DotPart),
            ("\u{ff0e}\u{ff0e}", PathFault::DotPart),
            ("a\u{ff0f}b", PathFault::Separator('\u{ff0f}')),
            ("\u{2100}", PathFault::Separator('\u{2100}')),
            ("end.", PathFault::TrailingDotOrSpace),
            ("end ", PathFault::TrailingDotOrSpace),
            ("end\u{a0}", PathFault::TrailingDotOrSpace),
            (" start", PathFault::LeadingSpace),
            ("-rf", PathFault::LeadingDash),
            ("~root", PathFault::Tilde),
            ("GIT~1", PathFault::Tilde),
            (".GiT", PathFault::DotGit),
            (".g\u{ff49}t", PathFault::DotGit),
            ("con", device("con")),
            ("Nul.tar.gz", device("Nul")),
            ("com1", device("com1")),
            ("LPT\u{b2}.txt", device("LPT\u{b2}")),
            ("CONIN$", device("CONIN$")),
            ("\u{ff23}\u{ff2f}\u{ff2e}", device("CON")),
            ("e\u{301}", PathFault::NotNormalised),
        ];
        for (part, fault) in cases {
            assert_eq!(check_part(part), Err(fault), "{part:?}");
        }
    }

    #[test]
    fn names_that_fall_together_have_one_key() {
        for (one, other) in [
            ("README", "readme"),
            ("Stra\u{df}e", "STRASSE"),
            ("\u{fb01}le", "file"),
            ("\u{212b}", "\u{e5}"),
            ("\u{3a3}\u{3c2}", "\u{3c3}\u{3c3}"),
            ("\u{ff21}", "a"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("\u{131}"), fold("i"), "the dotless i is a letter of its own");
    }
}
