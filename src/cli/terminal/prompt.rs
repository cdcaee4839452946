//! Questions and answers: one plain line each, asked only where somebody can answer, every one also a flag.

use std::io;

use zeroize::Zeroizing;

use crate::terminal::error::{Trouble, UNANSWERED, exit};
use crate::terminal::keyboard::{self, Keyboard};
use crate::terminal::screen::Screen;

impl Screen {
    /// Whether a question can be answered at all.
    pub fn can_ask(&self) -> bool {
        !self.manner.no_input && !matches!(self.keyboard, Keyboard::Nobody)
    }

    /// Asks `question` and returns the answer without the space around it; an empty one stays empty. `flag`
    /// is what answers it without a terminal.
    pub fn ask(&mut self, question: &str, flag: &str) -> Result<String, Trouble> {
        if !self.can_ask() {
            return Err(nobody_to_ask(question, flag));
        }
        self.prompt(question);
        let answer = match &mut self.keyboard {
            Keyboard::Person => keyboard::typed_line().map_err(|cause| unheard(cause.into()))?,
            Keyboard::Script(answers) => answers.pop_front().map(Zeroizing::new),
            Keyboard::Nobody => None,
        };
        let Some(answer) = answer else {
            self.echo("");
            return Err(Trouble::stopped("The input ended before this question was answered."));
        };
        if matches!(self.keyboard, Keyboard::Script(_)) {
            self.echo(&answer);
        }
        Ok(answer.trim().to_owned())
    }

    /// Asks until `read` accepts the answer; what it refuses it says, and the question comes again.
    pub fn ask_until<T>(
        &mut self,
        question: &str,
        flag: &str,
        mut read: impl FnMut(&str) -> Result<T, String>,
    ) -> Result<T, Trouble> {
        loop {
            let answer = self.ask(question, flag)?;
            match read(&answer) {
                Ok(value) => return Ok(value),
                Err(why) => self.tell_under("  ", "  ", &why),
            }
        }
    }

    /// Asks for `yes` or `no`; `--yes` answers yes.
    pub fn agree(&mut self, question: &str) -> Result<bool, Trouble> {
        if self.manner.yes {
            return Ok(true);
        }
        let full = format!("{question} (yes, no): ");
        self.ask_until(&full, "--yes", |answer| match answer.to_lowercase().as_str() {
            "yes" | "y" => Ok(true),
            "no" | "n" => Ok(false),
            _ => Err("Please type yes or no.".to_owned()),
        })
    }

    /// Reads a passphrase from the terminal itself, so that pipes stay free; nothing shows while it is typed.
    pub fn secret(&mut self, question: &str) -> Result<Zeroizing<String>, Trouble> {
        if self.manner.no_input {
            return Err(nobody_to_ask(question, "--passphrase-file FILE"));
        }
        if let Keyboard::Script(answers) = &mut self.keyboard {
            let answer = answers.pop_front().unwrap_or_default();
            self.prompt(question);
            self.echo("");
            return Ok(Zeroizing::new(answer));
        }
        self.prompt("");
        match rpassword::prompt_password(question) {
            Ok(secret) => Ok(Zeroizing::new(secret)),
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {
                Err(Trouble::stopped("Nothing was written."))
            }
            Err(_) => Err(nobody_to_ask(question, "--passphrase-file FILE")),
        }
    }
}

fn nobody_to_ask(question: &str, flag: &str) -> Trouble {
    let question = question.trim().trim_end_matches(':');
    Trouble::new(exit::STOPPED, UNANSWERED, "there is a question and nobody to answer it")
        .fact(format!("It is: {question}"))
        .fact("Nothing was written.")
        .hint(format!("answer it with {flag}"))
}

fn unheard(cause: anyhow::Error) -> Trouble {
    Trouble::new(exit::DISK, "input-failed", "the answer could not be read").because(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_answers_in_turn_and_reads_like_a_terminal() {
        let mut screen = Screen::recording(&["Alex Rivera ", "maybe", "yes"]);
        assert_eq!(screen.ask("Your name: ", "--name").unwrap(), "Alex Rivera");
        assert!(screen.agree("Keep it").unwrap());
        let expected = "Your name: Alex Rivera \nKeep it (yes, no): maybe\n  Please type yes or no.\nKeep it (yes, no): yes\n";
        assert_eq!(screen.transcript(), expected);
    }

    #[test]
    fn without_input_the_flag_is_named() {
        let mut screen = Screen::recording(&["unused"]);
        screen.manner.no_input = true;
        let trouble = screen.ask("Your name: ", "--name").unwrap_err();
        assert_eq!((trouble.code, trouble.hint.as_deref()), (exit::STOPPED, Some("answer it with --name")));
    }
}
