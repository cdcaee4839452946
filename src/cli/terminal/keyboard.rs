//! Who answers questions: a person at a terminal, prepared answers, or nobody.

use std::collections::VecDeque;
use std::io::{self, BufRead, IsTerminal, Read};

use zeroize::Zeroizing;

/// Longest answer, in bytes; longer ones are a pasted file, not an answer.
const ANSWER_BYTES: u64 = 64 * 1024;

/// Who answers.
pub enum Keyboard {
    /// A person at a terminal.
    Person,
    /// Prepared answers, for sample runs.
    Script(VecDeque<String>),
    /// Nobody: standard input is not a terminal.
    Nobody,
}

impl Keyboard {
    /// A person, if standard input is a terminal.
    pub fn of_this_process() -> Keyboard {
        if io::stdin().is_terminal() { Keyboard::Person } else { Keyboard::Nobody }
    }

    /// Prepared answers in the order of the questions.
    pub fn script(answers: &[&str]) -> Keyboard {
        Keyboard::Script(answers.iter().map(|answer| (*answer).to_owned()).collect())
    }
}

/// One line typed at the terminal; nothing at the end of the input.
pub fn typed_line() -> io::Result<Option<Zeroizing<String>>> {
    let mut line = Zeroizing::new(String::new());
    let read = io::stdin().lock().take(ANSWER_BYTES).read_line(&mut line)?;
    Ok((read > 0).then_some(line))
}
