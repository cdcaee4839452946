//! Rust source split into code, string literals and documentation, as far as the rules of the house need it.

use std::path::{Path, PathBuf};

/// One file below `src`, taken apart.
pub struct SourceText {
    /// The path below the package, with `/` between the parts.
    pub name: String,
    /// The file as it stands.
    pub text: String,
    /// The text with comments and the insides of string literals blanked; lines and columns are kept.
    pub code: String,
    /// Each string literal's inside, with the line it begins on.
    pub literals: Vec<(usize, String)>,
    /// Each line of `///` documentation.
    pub docs: Vec<(usize, String)>,
}

/// Every Rust file below `folder` of the package, in the order of their names.
pub fn read_below(folder: &str) -> Vec<SourceText> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join(folder), &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "no Rust files below {folder}");
    paths
        .iter()
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            take_apart(name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            collect(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// Splits one file. Char literals count as code, and are told from lifetimes by their closing quote.
pub fn take_apart(name: String, text: String) -> SourceText {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let (mut literals, mut docs) = (Vec::new(), Vec::new());
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let rest = &chars[at..];
        let end = match rest {
            ['/', '/', ..] => {
                let end = at + rest.iter().position(|&c| c == '\n').unwrap_or(rest.len());
                let comment: String = chars[at..end].iter().collect();
                if let Some(doc) = comment.strip_prefix("///") {
                    docs.push((line, doc.trim().to_owned()));
                }
                end
            }
            ['/', '*', ..] => block_comment_end(&chars, at),
            ['\'', '\\', ..] => at + 3 + rest[3..].iter().position(|&c| c == '\'').unwrap(),
            ['\'', _, '\'', ..] => at + 3,
            _ => match literal_at(&chars, at) {
                Some((inside, end)) => {
                    literals.push((line, inside));
                    end
                }
                None => {
                    code.push(chars[at]);
                    line += usize::from(chars[at] == '\n');
                    at += 1;
                    continue;
                }
            },
        };
        let end = end.min(chars.len());
        for &c in &chars[at..end] {
            code.push(if c == '\n' { '\n' } else { ' ' });
            line += usize::from(c == '\n');
        }
        at = end;
    }
    SourceText { name, text, code, literals, docs }
}

fn block_comment_end(chars: &[char], start: usize) -> usize {
    let (mut depth, mut at) = (0, start);
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

/// The inside and the end of the string literal that begins at `start`, plain, byte, C or raw.
fn literal_at(chars: &[char], start: usize) -> Option<(String, usize)> {
    let in_word = start > 0 && (chars[start - 1].is_alphanumeric() || chars[start - 1] == '_');
    let mut at = start;
    if !in_word && matches!(chars[at], 'b' | 'c') {
        at += 1;
    }
    let raw = !in_word && chars.get(at) == Some(&'r');
    at += usize::from(raw);
    let hashes = chars[at..].iter().take_while(|&&c| raw && c == '#').count();
    at += hashes;
    if chars.get(at) != Some(&'"') || (at > start && in_word) {
        return None;
    }
    at += 1;
    let inside_start = at;
    while at < chars.len() {
        let closes =
            chars[at] == '"' && chars[at + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes;
        if closes {
            return Some((chars[inside_start..at].iter().collect(), at + 1 + hashes));
        }
        at += if !raw && chars[at] == '\\' { 2 } else { 1 };
    }
    None
}

#[test]
fn strings_comments_and_lifetimes_are_told_apart() {
    let text = "fn a<'x>(b: &'x str) { let c = '\"'; /* \"no\" */ f(\"one \\\" two\", r#\"raw \" q\"#, '\\''); } // \"no\"\n/// words\nuse x;";
    let parts = take_apart("t.rs".to_owned(), text.to_owned());
    let insides: Vec<&str> = parts.literals.iter().map(|(_, inside)| inside.as_str()).collect();
    assert_eq!(insides, ["one \\\" two", "raw \" q"]);
    assert_eq!(parts.docs, [(2, "words".to_owned())]);
    assert_eq!(parts.code.lines().nth(2), Some("use x;"));
    assert!(!parts.code.contains("no"), "{}", parts.code);
}
