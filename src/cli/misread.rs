//! A command line that does not fit: what is wrong with it, in our own form.

use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use portfolio::render::escape::quoted;
use portfolio::render::naming::shell_word;

use crate::terminal::error::Trouble;

/// A fault of the command line in our own form: what is wrong, the usage, one hint.
pub fn trouble(fault: &clap::Error) -> Trouble {
    let word = |kind| match fault.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        Some(ContextValue::Strings(words)) => words.last().cloned(),
        _ => None,
    };
    if let (ErrorKind::InvalidSubcommand, Some(given)) = (fault.kind(), word(ContextKind::InvalidSubcommand))
    {
        let trouble = unknown(&given);
        return match word(ContextKind::SuggestedSubcommand) {
            Some(near) if trouble.hint.is_none() => trouble.hint(format!("did you mean `portfolio {near}`?")),
            _ => trouble,
        };
    }
    if let (ErrorKind::MissingSubcommand, Some(ContextValue::Strings(known))) =
        (fault.kind(), fault.get(ContextKind::ValidSubcommand))
    {
        let command = word(ContextKind::InvalidSubcommand).unwrap_or_default();
        let trouble = Trouble::usage(format!("`{command}` needs one more word"));
        return trouble
            .fact(format!("One of: {}", known.join(", ")))
            .hint(format!("see what each does: {command} --help"));
    }
    let text = fault.render().to_string().replace(|c: char| c.is_control() && c != '\n', "\u{fffd}");
    let mut parts = text.split("\n\n");
    let first = parts.next().unwrap_or_default();
    let mut lines = first.lines().map(str::trim).filter(|line| !line.is_empty());
    let title =
        lines.next().unwrap_or_default().trim_start_matches("error: ").trim_end_matches(':').to_owned();
    let mut trouble = Trouble::usage(title);
    trouble.facts.extend(lines.map(str::to_owned));
    for part in parts.map(str::trim) {
        if let Some(tip) = part.strip_prefix("tip: ") {
            let tip = tip.lines().next().unwrap_or_default().trim();
            trouble = trouble.hint(match tip.split_once("exists: ") {
                Some((_, near)) => format!("did you mean {}?", near.trim_matches('\'')),
                None => tip.to_owned(),
            });
        } else if let Some(usage) = part.strip_prefix("Usage: ") {
            trouble =
                trouble.fact(format!("Usage: {}", usage.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    if trouble.hint.is_none() { trouble.hint("all options: add --help") } else { trouble }
}

/// No such command; where it is the name of a file, what was probably meant.
pub fn unknown(given: &str) -> Trouble {
    let shown = quoted(given);
    let trouble = Trouble::usage(format!("{shown} is not a command")).fact("Nothing was done.");
    let name = Path::new(given);
    let ending = name.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let verb = match ending.as_str() {
        "zip" if given.ends_with(".request.zip") => "sign",
        "zip" | "json" | "jwt" | "png" | "svg" => "verify",
        _ if given.contains(['/', '\\']) => "verify",
        _ => return trouble,
    };
    trouble.hint(format!("did you mean `portfolio {verb} {}`?", shell_word(given)))
}
