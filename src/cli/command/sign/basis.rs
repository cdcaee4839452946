//! How the mentor knows the work: asked once, kept as a sentence of the statement.

use portfolio::credential::Basis;

use crate::terminal::error::Trouble;
use crate::terminal::screen::Screen;

/// What `--knows` says, or what is typed; nothing where nobody is asked.
pub fn given_or_asked(
    given: Option<&[String]>,
    asking: bool,
    screen: &mut Screen,
) -> Result<Vec<Basis>, Trouble> {
    if let Some(words) = given {
        return read(&words.join(","))
            .map_err(|why| Trouble::usage("--knows cannot be used").fact(why).fact("Nothing was signed."));
    }
    if !asking || !screen.can_ask() {
        return Ok(Vec::new());
    }
    screen.tell("How do you know? You worked together daily, had weekly check-ins, reviewed the output.");
    let how = screen.ask_until(
        "  Type daily, weekly, output, several with commas, or Enter to say nothing: ",
        "--knows daily,weekly,output",
        read,
    )?;
    screen.tell_line("");
    Ok(how)
}

fn read(text: &str) -> Result<Vec<Basis>, String> {
    let words = text.split([',', ' ']).filter(|word| !word.is_empty());
    words
        .map(|word| match word.to_lowercase().as_str() {
            "daily" => Ok(Basis::Daily),
            "weekly" => Ok(Basis::Weekly),
            "output" => Ok(Basis::Output),
            _ => Err("Any of: daily, weekly, output.".to_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_know_are_three_words() {
        assert_eq!(read("daily, Output").unwrap(), [Basis::Daily, Basis::Output]);
        assert_eq!(read("").unwrap(), []);
        assert!(read("hearsay").is_err());
    }
}
