//! What was agreed, as people type it and read it: states, sources, pay, and the clauses of the terms.

use portfolio::holder::{Agreed, Clause, Condition, Forbidden, Narrator, Origin, OriginKind, Owner, State};
use portfolio::render::escape::{quoted, visible};
use portfolio::time::Date;

use crate::terminal::wrap::hold;

/// A state in a word.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::Unknown => "unknown",
        State::Yes => "yes",
        State::No => "no",
        State::Partly => "partly",
    }
}

/// A state as typed; nothing is unknown.
pub fn read_state(text: &str) -> Option<State> {
    match text.to_lowercase().as_str() {
        "" | "unknown" | "?" => Some(State::Unknown),
        "yes" | "y" => Some(State::Yes),
        "no" | "n" => Some(State::No),
        "partly" | "part" => Some(State::Partly),
        _ => None,
    }
}

/// Where an answer comes from: `contract, page 3`, `e-mail of 20 May 2026`, `said aloud by Priya on 20 May 2026`.
pub fn source(origin: &Origin) -> String {
    let place = origin.place.as_deref().map(visible);
    let day = origin.day.map(|day| hold(&day.people()));
    let (mut words, by, on) = match origin.kind {
        OriginKind::Contract => ("contract".to_owned(), ", ", " of "),
        OriginKind::EMail => ("e-mail".to_owned(), " from ", " of "),
        OriginKind::Said => ("said aloud".to_owned(), " by ", " on "),
        OriginKind::Other => (String::new(), "", ", "),
    };
    if let Some(place) = place {
        words += &format!("{by}{place}");
    }
    if let Some(day) = day {
        words += &if words.is_empty() { day } else { format!("{on}{day}") };
    }
    if words.is_empty() { "no source".to_owned() } else { words }
}

/// A source as typed: `contract page 3`, `e-mail from Priya 2026-05-20`, `said by Priya 2026-05-20`.
pub fn read_source(text: &str) -> Result<Origin, String> {
    let text = crate::words::answers::words(text)?;
    let mut words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let day = words.last().and_then(|last| Date::parse(last).ok());
    if day.is_some() {
        words.pop();
        if matches!(words.last(), Some(&("of" | "on"))) {
            words.pop();
        }
    }
    let first = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
    let kind = match first.as_str() {
        "contract" => OriginKind::Contract,
        "e-mail" | "email" | "mail" => OriginKind::EMail,
        "said" => OriginKind::Said,
        "" if day.is_none() => {
            return Err(
                "A source is contract, e-mail or said, with the page, the person or the day: contract page 3"
                    .to_owned(),
            );
        }
        _ => OriginKind::Other,
    };
    if kind != OriginKind::Other {
        words.remove(0);
        let fillers = ["aloud", "by", "from"];
        while words.first().is_some_and(|word| fillers.contains(&word.to_lowercase().as_str())) {
            words.remove(0);
        }
    }
    let place = Some(words.join(" ")).filter(|place| !place.is_empty());
    Ok(Origin { kind, place, day, other: Default::default() })
}

/// What an answer amounts to, on one line: `yes, 2400 GBP per placement`, `them, once you are paid`.
pub fn gist(answer: &Agreed) -> String {
    let mut parts = Vec::new();
    match (answer.owner, answer.by, answer.hours) {
        (Some(owner), ..) => parts.push(owner_word(owner).to_owned()),
        (_, Some(by), _) => parts.push(narrator_word(by).to_owned()),
        (_, _, Some(hours)) => parts.push(format!("{hours} hours")),
        _ => parts.push(state_word(answer.state).to_owned()),
    }
    match answer.depends_on {
        Some(Condition::Payment) => parts.push("once you are paid".to_owned()),
        Some(Condition::Credential) => parts.push("once you have the credential".to_owned()),
        Some(Condition::Nothing) | None => {}
    }
    if let Some(amount) = &answer.amount {
        let currency = answer.currency.as_deref().map(|text| format!(" {}", visible(text)));
        let per = answer.per.as_deref().map(|text| format!(" per {}", visible(text)));
        parts.push(hold(&format!(
            "{}{}{}",
            visible(amount),
            currency.unwrap_or_default(),
            per.unwrap_or_default()
        )));
    }
    if let Some(until) = answer.until {
        parts.push(format!("until {}", hold(&until.people())));
    }
    parts.join(", ")
}

/// Who owns the work, in a word.
pub fn owner_word(owner: Owner) -> &'static str {
    match owner {
        Owner::Me => "me",
        Owner::Them => "them",
        Owner::Shared => "shared",
    }
}

/// Who controls the story, in a word.
pub fn narrator_word(by: Narrator) -> &'static str {
    match by {
        Narrator::Student => "student",
        Narrator::Mentor => "mentor",
        Narrator::Platform => "platform",
    }
}

/// What a clause is about, for the head of a line.
pub fn clause_title(clause: Clause) -> &'static str {
    match clause {
        Clause::Ownership => "Ownership",
        Clause::Naming => "Naming",
        Clause::Export => "Export",
        Clause::Confidentiality => "Confidential",
        Clause::Reuse => "Reuse",
    }
}

/// Why a clause forbids something, with its words and where they stand: one sentence.
pub fn why_forbidden(forbidden: &Forbidden) -> String {
    let answer = &forbidden.answer;
    let until = answer.until.map(|until| format!(" before {}", hold(&until.people()))).unwrap_or_default();
    let fact = match forbidden.clause {
        Clause::Ownership => "the work is theirs, and nothing says that you may show it".to_owned(),
        Clause::Naming => format!("it may not be named in public{until}"),
        Clause::Confidentiality => match answer.until {
            Some(until) => format!("confidential until {}", hold(&until.people())),
            None => "confidential, with no end".to_owned(),
        },
        Clause::Reuse => format!("the work may not be shown or used again{until}"),
        Clause::Export => "there is no export".to_owned(),
    };
    let words = answer.words.as_deref().map(|words| format!(": {}", quoted(words))).unwrap_or_default();
    let origin = match &answer.source {
        Some(origin) => format!(" ({})", source(origin)),
        None => " (no source written down)".to_owned(),
    };
    format!("{}: {fact}{words}{origin}.", clause_title(forbidden.clause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_read_as_it_is_shown() {
        let read = |text: &str| source(&read_source(text).unwrap()).replace('\u{a0}', " ");
        assert_eq!(read("contract page 3"), "contract, page 3");
        assert_eq!(read("e-mail from Priya Nair 2026-05-20"), "e-mail from Priya Nair of 20 May 2026");
        assert_eq!(read("email of 2026-05-20"), "e-mail of 20 May 2026");
        assert_eq!(read("said aloud by Priya on 2026-05-20"), "said aloud by Priya on 20 May 2026");
        assert_eq!(read("the intranet 2026-05-20"), "the intranet, 20 May 2026");
        assert!(read_source("").is_err());
    }

    #[test]
    fn states_are_few() {
        assert_eq!(read_state("Yes"), Some(State::Yes));
        assert_eq!(read_state(""), Some(State::Unknown));
        assert_eq!(read_state("perhaps"), None);
    }
}
