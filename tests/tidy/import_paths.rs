//! Which of our modules a file names: every `crate::`, `super::` and `portfolio::` path in its code.

use super::source_text::SourceText;

/// The module paths that a file names, as parts from the root of the library, such as `["bundle", "bag"]`.
///
/// Braces after a path are opened, and `super` is followed to where it leads. For the program, `portfolio::` is the
/// library's root and `crate::` its own.
pub fn named_modules(file: &SourceText) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let here = module_of(&file.name);
    // The program has rooms of its own, some with the name of a room of the library.
    let own =
        if here.first().is_some_and(|room| room == "cli") { vec!["cli".to_owned()] } else { Vec::new() };
    for (keyword, root) in [("crate", own), ("portfolio", Vec::new())] {
        for start in word_starts(&file.code, keyword) {
            follow(&file.code[start + keyword.len()..], root.clone(), &mut found);
        }
    }
    for start in word_starts(&file.code, "super") {
        // The inline test module is one step further down than the file.
        let mut parent = here.clone();
        let in_tests = file.code[..start].contains("mod tests {");
        if !in_tests {
            parent.pop();
        }
        follow(&file.code[start + "super".len()..], parent, &mut found);
    }
    found
}

/// Where the module of `src/bundle/bag.rs` sits: `["bundle", "bag"]`.
pub fn module_of(name: &str) -> Vec<String> {
    let inner = name.trim_start_matches("src/").trim_end_matches(".rs");
    let mut parts: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib" || last == "main") {
        parts.pop();
    }
    parts
}

fn word_starts<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        let before = code[..at].chars().next_back();
        // `super::super` is followed from its first word.
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '$')
            && code[at + word.len()..].starts_with("::")
    })
}

fn follow(rest: &str, mut path: Vec<String>, found: &mut Vec<Vec<String>>) {
    let mut rest = rest;
    while let Some(next) = rest.strip_prefix("::") {
        let next = next.trim_start();
        if let Some(inside) = next.strip_prefix('{') {
            for item in split_group(inside) {
                follow(&format!("::{}", item.trim()), path.clone(), found);
            }
            return;
        }
        let length = next.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(next.len());
        match &next[..length] {
            "super" => {
                path.pop();
            }
            "self" | "" => {}
            word => path.push(word.to_owned()),
        }
        rest = &next[length..];
    }
    found.push(path);
}

/// The items of a brace group, of which the opening brace is already gone.
fn split_group(inside: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(&inside[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.retain(|item| !item.trim().is_empty());
    items
}

#[test]
fn groups_and_super_are_followed() {
    let text = "use crate::{digest::{Digest, Hasher}, path};\nuse super::archive::Entry;\nfn a() { super::super::json::parse() }\n\
                mod tests { use super::Bag; }";
    let file = super::source_text::take_apart("src/bundle/bag.rs".to_owned(), text.to_owned());
    let named: Vec<String> = named_modules(&file).iter().map(|path| path.join("::")).collect();
    let expected = [
        "digest::Digest",
        "digest::Hasher",
        "path",
        "bundle::archive::Entry",
        "json::parse",
        "bundle::bag::Bag",
    ];
    assert_eq!(named, expected);
}
