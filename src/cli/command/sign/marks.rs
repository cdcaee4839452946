//! Looking and marking: which files are there, and a mark for each deliverable.

use portfolio::credential::{Claims, Mark};
use portfolio::render::escape::visible;
use portfolio::render::layout::{columns, padded};
use portfolio::render::naming;
use portfolio::time::Date;
use portfolio::verifier::request::RequestedFile;

use super::received::Received;
use crate::terminal::error::Trouble;
use crate::terminal::screen::Screen;

/// Step 1: the files, with a pause to look at them.
pub fn look(received: &Received, screen: &mut Screen) -> Result<(), Trouble> {
    screen.tell_line("Step 1 of 4. Look at the files. They are in the ZIP, in data/files.");
    let files = received.checked.files();
    let widest = files.iter().map(|one| columns(&name_of(one))).max().unwrap_or(0);
    for one in files {
        let kind = naming::media(&one.evidence.media_type);
        let mut facts = vec![kind, naming::size(one.len)];
        facts.extend(one.evidence.audience.as_deref().map(audience));
        screen.tell_line(&format!("    {}   {}", padded(&name_of(one), widest), facts.join(", ")));
    }
    screen.ask("Press Enter when you have looked: ", "--marks")?;
    screen.tell_line("");
    Ok(())
}

fn name_of(one: &RequestedFile) -> String {
    naming::file(&one.evidence.name)
}

/// Who may see a file, with its day as people write it.
fn audience(words: &str) -> String {
    let shown = visible(words);
    match shown.rsplit_once(' ').and_then(|(before, day)| Some((before, Date::parse(day).ok()?))) {
        Some((before, day)) => format!("{before} {}", day.people()),
        None => shown,
    }
}

/// Step 2: a mark for each deliverable, in the order of the brief.
pub fn ask(received: &Received, screen: &mut Screen) -> Result<Vec<Mark>, Trouble> {
    let claims = &received.checked.request().claims;
    if claims.items.is_empty() {
        screen.tell_line("Step 2 of 4. There is no deliverable to mark.");
        screen.tell_line("");
        return Ok(Vec::new());
    }
    screen.tell_line("Step 2 of 4. Mark each deliverable: met, partly, not met, or skip.");
    let mut marks = Vec::new();
    for (index, item) in claims.items.iter().enumerate() {
        let asked =
            if item.asked.is_empty() { String::new() } else { format!(". Asked: {}", visible(&item.asked)) };
        let lead = format!("  {}  ", index + 1);
        let indent = " ".repeat(lead.len());
        screen.tell_under(&lead, &indent, &format!("{}{asked}", visible(&item.title)));
        if let Some(result) = &item.result {
            screen.tell_under(
                &indent,
                &indent,
                &format!("{} says: {}", received.first_name(), visible(result)),
            );
        }
        marks.push(screen.ask_until(&format!("{indent}Your mark: "), "--marks met,partly,…", |typed| {
            read(typed).ok_or_else(|| "   Please type met, partly, not met or skip.".to_owned())
        })?);
    }
    screen.tell_line("");
    Ok(marks)
}

/// The marks of `--marks`, one for each deliverable.
pub fn given(words: &[String], claims: &Claims) -> Result<Vec<Mark>, Trouble> {
    let marks: Option<Vec<Mark>> = words.iter().map(|word| read(word)).collect();
    let trouble = match marks {
        Some(marks) if marks.len() == claims.items.len() => return Ok(marks),
        Some(marks) => Trouble::usage(format!(
            "there are {} deliverables, and --marks has {}",
            claims.items.len(),
            marks.len()
        )),
        None => Trouble::usage("a mark is one of met, partly, not-met and skip"),
    };
    Err(trouble.fact("Nothing was signed.").hint("one mark for each, in order: --marks met,partly,not-met"))
}

/// A mark as people type it.
fn read(typed: &str) -> Option<Mark> {
    match typed.trim().to_lowercase().replace('-', " ").as_str() {
        "met" => Some(Mark::Met),
        "partly" | "partly met" => Some(Mark::PartlyMet),
        "not met" | "not" => Some(Mark::NotMet),
        "skip" | "not observed" => Some(Mark::NotObserved),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_people_type_them() {
        let read_all =
            |words: &[&str]| -> Vec<Option<Mark>> { words.iter().map(|word| read(word)).collect() };
        assert_eq!(
            read_all(&["met", " Partly ", "not met", "not-met", "skip", "good"]),
            [
                Some(Mark::Met),
                Some(Mark::PartlyMet),
                Some(Mark::NotMet),
                Some(Mark::NotMet),
                Some(Mark::NotObserved),
                None
            ]
        );
    }

    #[test]
    fn a_day_in_an_audience_is_written_for_people() {
        assert_eq!(audience("confidential until 2027-07-24"), "confidential until 24 Jul 2027");
        assert_eq!(audience("confidential"), "confidential");
    }
}
