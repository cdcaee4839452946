//! Answers that must have a form: names, addresses, days, people; from a flag or from a question.

use portfolio::path::Slug;
use portfolio::render::escape::quoted;
use portfolio::time::Date;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::screen::Screen;

/// Longest name or title, in characters: more does not fit a sign-off.
const NAME_CHARS: usize = 200;
/// Longest text of a few words, in characters.
const TEXT_CHARS: usize = 2000;

/// The flag's value if there is one, else the answer to a question that must be answered.
pub fn given_or_asked<T>(
    given: Option<&str>,
    question: &str,
    flag: &str,
    read: fn(&str) -> Result<T, String>,
    screen: &mut Screen,
) -> Result<T, Trouble> {
    match given {
        Some(text) => from_flag(text, flag, read),
        None => screen.ask_until(question, flag, read),
    }
}

/// The same for a question that may be skipped: with Enter, or because nobody is there to answer.
pub fn given_or_skipped<T>(
    given: Option<&str>,
    question: &str,
    flag: &str,
    read: fn(&str) -> Result<T, String>,
    screen: &mut Screen,
) -> Result<Option<T>, Trouble> {
    match given {
        Some(text) => from_flag(text, flag, read).map(Some),
        None if !screen.can_ask() => Ok(None),
        None => screen.ask_until(question, flag, |answer| {
            if answer.is_empty() { Ok(None) } else { read(answer).map(Some) }
        }),
    }
}

fn from_flag<T>(text: &str, flag: &str, read: fn(&str) -> Result<T, String>) -> Result<T, Trouble> {
    read(text.trim()).map_err(|why| {
        Trouble::usage(format!("{flag} cannot be used")).fact(why).fact("Nothing was written.")
    })
}

/// A name or title: one line, not empty.
pub fn name(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("Please type a name.".to_owned());
    }
    within(text, NAME_CHARS)
}

/// A few words.
pub fn words(text: &str) -> Result<String, String> {
    within(text, TEXT_CHARS)
}

/// An e-mail address, looked at only for what would make it useless.
pub fn email(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('@').collect();
    let whole = matches!(parts[..], [local, domain] if !local.is_empty() && domain.contains('.'));
    if !whole || text.contains(|c: char| c.is_whitespace() || "<>(),;:\"".contains(c)) {
        return Err("An address looks like alex@rivera.example.".to_owned());
    }
    within(text, NAME_CHARS)
}

/// A day.
pub fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|_| "A day looks like 2026-07-24.".to_owned())
}

/// A person, with an address or without: `Priya Nair <priya.nair@acme.example>`.
pub fn person(text: &str) -> Result<(String, Option<String>), String> {
    match text.split_once('<') {
        None if text.contains('@') => {
            Err("Name and address look like: Priya Nair <priya@acme.example>".to_owned())
        }
        None => Ok((name(text)?, None)),
        Some((before, rest)) => {
            let address = rest.trim().strip_suffix('>').ok_or("The address ends with >.")?;
            Ok((name(before.trim())?, Some(email(address)?)))
        }
    }
}

/// What an organisation promises to give at the end.
pub fn evidence(text: &str) -> Result<Vec<String>, String> {
    let mut promised = Vec::new();
    for word in text.split([',', ' ']).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if !["report", "artifact", "credential"].contains(&word.as_str()) {
            return Err("Any of: report, artifact, credential.".to_owned());
        }
        if !promised.contains(&word) {
            promised.push(word);
        }
    }
    Ok(promised)
}

fn within(text: &str, most: usize) -> Result<String, String> {
    if text.chars().any(char::is_control) {
        return Err("That holds a character that cannot be shown.".to_owned());
    }
    let found = text.chars().count();
    if found > most {
        Err(format!("That has {found} characters; at most {most} fit."))
    } else {
        Ok(text.to_owned())
    }
}

/// Refuses a last day before the first, where both are known.
pub fn days_in_order(starts: Option<Date>, ends: Option<Date>, undone: &str) -> Result<(), Trouble> {
    match (starts, ends) {
        (Some(starts), Some(ends)) if ends < starts => {
            Err(Trouble::new(exit::NO, "days-reversed", "the last day is before the first")
                .fact(format!("From {starts} to {ends}. {undone}")))
        }
        _ => Ok(()),
    }
}

/// A placement's short name as typed.
pub fn placement_id(name: &str) -> Result<Slug, Trouble> {
    Slug::parse(name).map_err(|fault| {
        Trouble::usage(format!("{} cannot be the short name of a placement", quoted(name)))
            .fact("It has small letters, digits and hyphens: acme-forecasting. Nothing was written.")
            .because(fault)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_have_a_name_and_maybe_an_address() {
        let priya = person("Priya Nair <priya.nair@acme.example>").unwrap();
        assert_eq!(priya, ("Priya Nair".to_owned(), Some("priya.nair@acme.example".to_owned())));
        assert_eq!(person("Priya Nair").unwrap(), ("Priya Nair".to_owned(), None));
        assert!(person("priya.nair@acme.example").is_err());
        assert!(person("Priya <priya.nair>").is_err());
        assert!(person("<priya.nair@acme.example>").is_err());
    }

    #[test]
    fn addresses_and_promises_are_looked_at() {
        assert!(email("alex@rivera.example").is_ok());
        for bad in ["", "alex", "alex@", "@rivera.example", "a b@rivera.example", "a@b@c.d", "a@b.c\u{7}"] {
            assert!(email(bad).is_err(), "{bad}");
        }
        assert_eq!(evidence("report, credential report").unwrap(), ["report", "credential"]);
        assert!(evidence("report, money").is_err());
    }
}
