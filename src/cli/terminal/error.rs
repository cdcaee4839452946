//! Why a command could not do it: the message (`error:`, facts, `hint:`), the exit code and the stable type.

/// Exit codes, the same for every command.
pub mod exit {
    /// It did what was asked.
    pub const DONE: u8 = 0;
    /// It ran, and the answer is no, or the data does not allow it.
    pub const NO: u8 = 1;
    /// Wrong option or argument.
    pub const USAGE: u8 = 2;
    /// Nobody you know vouches for it, or a file is missing.
    pub const NOT_ESTABLISHED: u8 = 3;
    /// The person said no, or a question came up that nobody could answer.
    pub const STOPPED: u8 = 5;
    /// Another command holds the folder.
    pub const BUSY: u8 = 6;
    /// Missing file, no permission, disk full, damaged archive.
    pub const DISK: u8 = 7;
    /// A format newer than this program.
    pub const TOO_NEW: u8 = 8;
    /// A fault of this program.
    pub const BUG: u8 = 101;
    /// Whoever read the output went away.
    pub const CLOSED_PIPE: u8 = 141;
}

/// The type of the error for a question that nobody could answer.
pub const UNANSWERED: &str = "question-unanswered";

/// What a command returns: its exit code, or why it could not do what was asked.
pub type Outcome = Result<u8, Trouble>;

/// Could not do it. Texts are whole sentences for people; strangers' text in them is already escaped.
#[derive(Debug)]
pub struct Trouble {
    /// The exit code.
    pub code: u8,
    /// The stable name of this error in `--json`, such as `no-portfolio-here`.
    pub kind: &'static str,
    /// What is wrong, in the reader's words: lower case, no full stop.
    pub title: String,
    /// What was found, and what was not done: one paragraph each.
    pub facts: Vec<String>,
    /// One thing to do next.
    pub hint: Option<String>,
    /// The inner words, shown with `-v` alone.
    pub cause: Option<anyhow::Error>,
}

impl Trouble {
    /// An error with its code, type and first line.
    pub fn new(code: u8, kind: &'static str, title: impl Into<String>) -> Trouble {
        Trouble { code, kind, title: title.into(), facts: Vec::new(), hint: None, cause: None }
    }

    /// Adds what was found or not done.
    pub fn fact(mut self, fact: impl Into<String>) -> Trouble {
        self.facts.push(fact.into());
        self
    }

    /// Sets the one hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Trouble {
        self.hint = Some(hint.into());
        self
    }

    /// Keeps the inner error for `-v`.
    pub fn because(mut self, cause: impl Into<anyhow::Error>) -> Trouble {
        self.cause = Some(cause.into());
        self
    }

    /// A wrong option or argument.
    pub fn usage(title: impl Into<String>) -> Trouble {
        Trouble::new(exit::USAGE, "usage", title)
    }

    /// The person stopped; `what` says what was therefore not done.
    pub fn stopped(what: impl Into<String>) -> Trouble {
        Trouble::new(exit::STOPPED, "stopped", "stopped, as you asked").fact(what)
    }

    /// The error as a problem object (RFC 9457).
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "type": format!("tag:portfolio,2026:{}", self.kind),
            "title": self.title,
            "detail": self.facts.join(" "),
            "hint": self.hint,
            "exitCode": self.code,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_keeps_its_type_and_exit_code() {
        let trouble =
            Trouble::new(exit::NO, "no-portfolio-here", "there is no portfolio here").fact("Looked.");
        assert_eq!(trouble.to_json()["type"], "tag:portfolio,2026:no-portfolio-here");
        assert_eq!(trouble.to_json()["exitCode"], 1);
    }
}
