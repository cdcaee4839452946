//! The questions that an offer should settle: how each is put, and how its answer is typed and read.

use portfolio::holder::{Agreed, Condition, Narrator, Owner, Question, State};
use portfolio::time::Date;

use crate::words::{agreed, answers};

/// What a question is called at the head of a row.
pub fn title(question: Question) -> &'static str {
    match question {
        Question::Hours => "Hours",
        Question::Pay => "Pay",
        Question::Share => "Share",
        Question::Site => "Remote",
        Question::Report => "Report",
        Question::Artifact => "Own copy",
        Question::Credential => "Credential",
        Question::Format => "Format",
        Question::Schema => "Schema",
        Question::Verification => "How to check",
        Question::Links => "Links live",
        Question::Narrative => "Story",
        Question::Ownership => "Ownership",
        Question::Naming => "Naming",
        Question::Export => "Export",
        Question::Confidentiality => "Confidential",
        Question::Reuse => "Reuse",
        Question::Device => "Device check",
        Question::Room => "Room check",
        Question::Retention => "Kept on you",
    }
}

/// How the student is asked, with the forms that the answer may have.
pub fn prompt(question: Question) -> &'static str {
    match question {
        Question::Hours => "Hours of work in all (a number): ",
        Question::Pay => "Pay (2400 GBP per placement, or no): ",
        Question::Share => "A share of revenue or equity (yes, no, partly): ",
        Question::Site => "Remote (yes, no for on site, partly): ",
        Question::Report => "A written report to keep (yes, no, partly): ",
        Question::Artifact => "A copy of what you make to keep (yes, no, partly): ",
        Question::Credential => "A signed credential at the end (yes, no, partly): ",
        Question::Format => "Is the credential's format said (yes, no, partly): ",
        Question::Schema => "Is its schema said (yes, no, partly): ",
        Question::Verification => "Is it said how others can check it (yes, no, partly): ",
        Question::Links => "Is it said how long its links live (yes, no, partly): ",
        Question::Narrative => "Who controls the story (student, mentor, platform): ",
        Question::Ownership => "Who owns the work (me, them, shared; them once paid): ",
        Question::Naming => "May you name it in public (yes, no, no until DAY): ",
        Question::Export => "An export of your work at the end (yes, no, partly): ",
        Question::Confidentiality => "Is anything confidential (no, partly until DAY, yes): ",
        Question::Reuse => "May you show the work again (yes, no, no until DAY): ",
        Question::Device => "Must your device be attested (yes, no, partly): ",
        Question::Room => "Is your room checked (yes, no, partly): ",
        Question::Retention => "Is it said what is kept about you (yes, no, partly): ",
    }
}

/// How the organisation is asked, as a sentence of a letter.
pub fn sentence(question: Question) -> &'static str {
    match question {
        Question::Hours => "How many hours of work is it in all?",
        Question::Pay => "Is it paid, and if so how much, in which currency, and for what?",
        Question::Share => "Is there a share of revenue or equity?",
        Question::Site => "Is the work remote, on site, or both?",
        Question::Report => "Will there be a written report that I may keep?",
        Question::Artifact => "May I keep a copy of what I make?",
        Question::Credential => "Will I get a signed credential at the end?",
        Question::Format => {
            "In which format does the credential come, and in which version (for example Open Badges 3.0)?"
        }
        Question::Schema => "Which published schema or @context does it follow? A link is enough.",
        Question::Verification => {
            "How can somebody else check it without an account with you: which kind of signature, where is the \
             signer's public key, and how is it known whether the credential was taken back?"
        }
        Question::Links => "How long will its links work, and what is left when they stop?",
        Question::Narrative => {
            "Who decides how the placement is told in public: I, my mentor, or a platform between us?"
        }
        Question::Ownership => {
            "Who owns what I make, and does that depend on payment or on the credential being given?"
        }
        Question::Naming => "May I name the placement and its credential in public?",
        Question::Export => "Do I get an export of my work at the end, and in which formats?",
        Question::Confidentiality => "What must stay confidential, and until which day?",
        Question::Reuse => "May I show the work to later employers and use it again?",
        Question::Device => "Must my device be attested or managed?",
        Question::Room => "Are there checks of my room, a camera or recordings?",
        Question::Retention => "What is kept about me, who holds it, and until when?",
    }
}

/// An answer as typed: the state or the fact itself, and for a prohibition `until DAY`.
pub fn read(question: Question, text: &str) -> Result<Agreed, String> {
    let lower = text.trim().to_lowercase();
    if let Some(state) = agreed::read_state(&lower) {
        return Ok(Agreed { state, ..Agreed::default() });
    }
    let yes = Agreed { state: State::Yes, ..Agreed::default() };
    match question {
        Question::Hours => match lower.trim_end_matches("hours").trim().parse::<u32>() {
            Ok(hours @ 1..) => Ok(Agreed { hours: Some(hours), ..yes }),
            _ => Err("Hours are a whole number, such as 120.".to_owned()),
        },
        Question::Pay => read_pay(text.trim()).map(|(amount, currency, per)| Agreed {
            amount: Some(amount),
            currency: Some(currency),
            per,
            ..yes
        }),
        Question::Narrative => match lower.as_str() {
            "student" => Ok(Agreed { by: Some(Narrator::Student), ..yes }),
            "mentor" => Ok(Agreed { by: Some(Narrator::Mentor), ..yes }),
            "platform" => Ok(Agreed { by: Some(Narrator::Platform), ..yes }),
            _ => Err("One of: student, mentor, platform.".to_owned()),
        },
        Question::Ownership => read_owner(&lower),
        Question::Naming | Question::Confidentiality | Question::Reuse => {
            let (state, until) = lower.split_once(" until ").ok_or_else(|| YES_OR_NO.to_owned())?;
            let state = agreed::read_state(state.trim()).ok_or_else(|| YES_OR_NO.to_owned())?;
            let until = Date::parse(until.trim()).map_err(|_| "A day looks like 2027-07-24.".to_owned())?;
            Ok(Agreed { state, until: Some(until), ..Agreed::default() })
        }
        _ => Err(YES_OR_NO.to_owned()),
    }
}

const YES_OR_NO: &str = "Please type yes, no or partly, or Enter if nobody has said.";

/// `2400 GBP per placement`.
fn read_pay(text: &str) -> Result<(String, String, Option<String>), String> {
    let wrong = || "Pay looks like: 2400 GBP per placement".to_owned();
    let (sum, per) = match text.split_once(" per ") {
        Some((sum, per)) => (sum, Some(answers::name(per.trim())?)),
        None => (text, None),
    };
    let (amount, currency) = sum.trim().split_once(' ').ok_or_else(wrong)?;
    let amount = amount.replace(',', "");
    let is_number = amount.split('.').count() <= 2
        && amount.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let currency = currency.trim().to_uppercase();
    let is_currency = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
    if is_number && is_currency { Ok((amount, currency, per)) } else { Err(wrong()) }
}

/// `them`, `them once paid`, `shared`, `them once I have the credential`.
fn read_owner(text: &str) -> Result<Agreed, String> {
    let (who, rest) = text.split_once(' ').unwrap_or((text, ""));
    let owner = match who {
        "me" => Owner::Me,
        "them" => Owner::Them,
        "shared" => Owner::Shared,
        _ => return Err("One of: me, them, shared; or: them once paid".to_owned()),
    };
    let depends_on = match rest {
        "" => None,
        rest if rest.contains("paid") || rest.contains("payment") => Some(Condition::Payment),
        rest if rest.contains("credential") => Some(Condition::Credential),
        _ => return Err("What it depends on is payment or the credential.".to_owned()),
    };
    Ok(Agreed { state: State::Yes, owner: Some(owner), depends_on, ..Agreed::default() })
}

/// `--answer KEY=ANSWER; WORDS; SOURCE`.
pub fn read_flag(text: &str) -> Result<(Question, Agreed), String> {
    let (key, rest) =
        text.split_once('=').ok_or("An answer looks like: naming=yes; words; contract page 3")?;
    let question = Question::named(key.trim()).ok_or_else(|| {
        let names: Vec<&str> = Question::ALL.iter().map(|question| question.name()).collect();
        format!("The questions are: {}.", names.join(", "))
    })?;
    let mut parts = rest.splitn(3, ';').map(str::trim);
    let mut answer = read(question, parts.next().unwrap_or_default())?;
    let filled = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    answer.words = filled(parts.next()).map(|text| answers::words(&text)).transpose()?;
    answer.source = filled(parts.next()).map(|text| agreed::read_source(&text)).transpose()?;
    Ok((question, answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_people_type_them() {
        let pay = read(Question::Pay, "2,400 gbp per placement").unwrap();
        assert_eq!((pay.amount.as_deref(), pay.currency.as_deref()), (Some("2400"), Some("GBP")));
        assert_eq!(pay.per.as_deref(), Some("placement"));
        assert!(read(Question::Pay, "lots").is_err());
        assert_eq!(read(Question::Hours, "120").unwrap().hours, Some(120));
        let owner = read(Question::Ownership, "them once paid").unwrap();
        assert_eq!((owner.owner, owner.depends_on), (Some(Owner::Them), Some(Condition::Payment)));
        let naming = read(Question::Naming, "no until 2027-01-01").unwrap();
        assert_eq!((naming.state, naming.until), (State::No, Date::parse("2027-01-01").ok()));
        assert_eq!(read(Question::Room, "").unwrap().state, State::Unknown);
        assert!(read(Question::Room, "sometimes").is_err());
    }

    #[test]
    fn a_flag_holds_the_answer_its_words_and_its_source() {
        let (question, answer) =
            read_flag("naming=yes; you may put us on your page; contract page 3").unwrap();
        assert_eq!(question, Question::Naming);
        assert_eq!(answer.words.as_deref(), Some("you may put us on your page"));
        assert_eq!(agreed::source(&answer.source.unwrap()), "contract, page 3");
        assert!(read_flag("colour=yes").unwrap_err().starts_with("The questions are: hours, pay"));
    }

    #[test]
    fn every_title_fits_its_column_and_every_prompt_waits() {
        for question in Question::ALL {
            assert!(title(question).chars().count() <= 12, "{}", title(question));
            assert!(prompt(question).ends_with(": "), "{}", prompt(question));
        }
    }
}
