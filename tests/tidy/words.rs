//! Words that promise more than a check can show: no sentence of the program or of a page it makes may use them.

use super::source_text::read_below;

/// Read by people as a guarantee of safety, as an accusation, or not at all.
const BANNED: [&str; 15] = [
    "verified",
    "unverified",
    "valid",
    "invalid",
    "authentic",
    "genuine",
    "certified",
    "certificate",
    "secure",
    "tampered",
    "trustworthy",
    "proof",
    "DID",
    "VC",
    "JWT",
];

/// Strings that no person reads as a sentence, and why: file, word, reason.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("src/cli/command/show/elsewhere.rs", "proof", "the name of a member that is looked for, never shown"),
    (
        "src/cli/reading/unread.rs",
        "certificate",
        "names what a picture shows, to say that it carries no signature",
    ),
    ("src/render/envelope.rs", "verified", "a member of the envelope, as VCALM has it"),
    ("src/render/envelope.rs", "valid", "a member of the envelope, as Bitstring Status List has it"),
    ("src/render/envelope.rs", "proof", "a member of the envelope, as VC 2.0 has it"),
    ("src/render/envelope/foreign.rs", "verified", "a member of the envelope, as VCALM has it"),
    ("src/render/envelope/foreign.rs", "valid", "a member of the envelope, as Bitstring Status List has it"),
    ("src/render/envelope/foreign.rs", "proof", "a member of the envelope, as VC 2.0 has it"),
];

#[test]
fn no_sentence_promises_more_than_a_check_can_show() {
    let mut wrong = Vec::new();
    let mut used = Vec::new();
    for file in read_below("src/cli").into_iter().chain(read_below("src/render")) {
        let production_lines = file.text.lines().take_while(|line| *line != "#[cfg(test)]").count();
        for (line, sentence) in &file.literals {
            for word in banned_in(sentence).filter(|_| *line <= production_lines) {
                match ALLOWED.iter().find(|(name, allowed, _)| *name == file.name && *allowed == word) {
                    Some(entry) => used.push(entry),
                    None => wrong.push(format!("{}:{line}: “{word}” in {sentence:?}", file.name)),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let idle: Vec<_> = ALLOWED.iter().filter(|entry| !used.contains(entry)).collect();
    assert!(idle.is_empty(), "no longer needed: {idle:?}");
}

/// Capitals count only for words that are abbreviations: `did` is also English.
fn banned_in(sentence: &str) -> impl Iterator<Item = &'static str> + '_ {
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    BANNED.into_iter().filter(move |banned| {
        let abbreviation = banned.chars().all(char::is_uppercase);
        words.iter().any(|word| if abbreviation { word == banned } else { word.eq_ignore_ascii_case(banned) })
    })
}

#[test]
fn banned_words_are_found_whole() {
    let found: Vec<_> = banned_in("Verified by a VC: validation did not fail").collect();
    assert_eq!(found, ["verified", "VC"]);
}
