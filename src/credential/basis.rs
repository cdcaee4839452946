//! How a signer knows the work, as a sentence of the statement, so that whoever reads it later can weigh it.

/// One way in which a signer knows the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// They worked together daily.
    Daily,
    /// They had weekly check-ins.
    Weekly,
    /// The signer reviewed the output.
    Output,
}

impl Basis {
    /// All of them, from the closest look to the least.
    pub const ALL: [Self; 3] = [Self::Daily, Self::Weekly, Self::Output];

    /// The words of one, after *because*.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Daily => "we worked together daily",
            Self::Weekly => "we had weekly check-ins",
            Self::Output => "I reviewed the output",
        }
    }
}

/// The sentence that says how the signer knows; nothing where there is nothing to say.
#[must_use]
pub fn sentence(how: &[Basis]) -> Option<String> {
    let words: Vec<&str> =
        Basis::ALL.into_iter().filter(|basis| how.contains(basis)).map(Basis::words).collect();
    let joined = match words.as_slice() {
        [] => return None,
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    Some(format!("I know this because {joined}."))
}

/// The statement with the sentence at its end.
#[must_use]
pub fn added_to(statement: &str, how: &[Basis]) -> String {
    sentence(how).map_or_else(|| statement.to_owned(), |sentence| format!("{statement} {sentence}"))
}

/// What was added to a statement, if it is such a sentence and nothing else.
#[must_use]
pub fn added<'a>(before: &str, now: &'a str) -> Option<&'a str> {
    let rest = now.strip_prefix(before)?.strip_prefix(' ')?;
    let every = (1..8u8).map(|bits| {
        let how: Vec<Basis> = Basis::ALL
            .into_iter()
            .enumerate()
            .filter(|(place, _)| bits & (1 << place) != 0)
            .map(|(_, basis)| basis)
            .collect();
        sentence(&how)
    });
    every.flatten().any(|sentence| sentence == rest).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_goes_from_the_closest_look_to_the_least() {
        let both = [Basis::Output, Basis::Daily];
        let expected = "I know this because we worked together daily and I reviewed the output.";
        assert_eq!(sentence(&both).as_deref(), Some(expected));
        assert_eq!(added("It was good.", &added_to("It was good.", &both)), Some(expected));
        assert_eq!(sentence(&[]), None);
        assert_eq!(added("It was good.", "It was good. Very."), None);
        assert_eq!(added("It was good.", &format!("It was good. {expected} Really.")), None);
    }
}
