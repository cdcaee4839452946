//! How a placement went, as lines to print: the brief as it was frozen and changed, and the check-ins.

use portfolio::credential::course::{CheckIn, Course};
use portfolio::render::escape::visible;

use crate::terminal::wrap::hold;

/// A line and how deep it stands.
pub struct Told {
    /// The space before it.
    pub indent: &'static str,
    /// The line, escaped.
    pub text: String,
}

/// What the records say, line by line; nothing where there are none.
pub fn lines(course: &Course) -> Vec<Told> {
    let mut lines = Vec::new();
    for (place, brief) in course.briefs.iter().enumerate() {
        let day = hold(&brief.frozen.date().people());
        let Some(before) = place.checked_sub(1).map(|place| &course.briefs[place]) else {
            let count = brief.deliverables.len();
            let things = if count == 1 { "deliverable" } else { "deliverables" };
            lines.push(Told { indent: "  ", text: format!("Brief frozen on {day}, {count} {things}.") });
            continue;
        };
        lines.push(Told { indent: "  ", text: format!("Brief changed on {day}:") });
        let changed = changes(&before.deliverables, &brief.deliverables).into_iter();
        lines.extend(changed.map(|text| Told { indent: "    ", text }));
    }
    if !course.check_ins.is_empty() {
        let count = course.check_ins.len();
        let things = if count == 1 { "check-in" } else { "check-ins" };
        lines
            .push(Told { indent: "  ", text: format!("{count} {things}, {} min in all:", course.minutes()) });
        lines.extend(course.check_ins.iter().map(|check_in| Told { indent: "    ", text: one(check_in) }));
    }
    lines
}

/// What differs, a line for each: `- 2  Notes: clear`, `+ 2  Notes: another analyst reruns it`.
fn changes(before: &[(String, String)], now: &[(String, String)]) -> Vec<String> {
    let mut lines = Vec::new();
    for place in 0..before.len().max(now.len()) {
        let (old, new) = (before.get(place), now.get(place));
        if old == new {
            continue;
        }
        for (mark, one) in [("-", old), ("+", new)] {
            let Some((title, accepted)) = one else { continue };
            let accepted =
                if accepted.is_empty() { String::new() } else { format!(": {}", visible(accepted)) };
            lines.push(format!("{mark} {}  {}{accepted}", place + 1, visible(title)));
        }
    }
    lines
}

/// One check-in on a line.
fn one(check_in: &CheckIn) -> String {
    let mut line = hold(&format!("{}, {} min", check_in.date.people(), check_in.minutes));
    if !check_in.who.is_empty() {
        let who: Vec<String> = check_in.who.iter().map(|name| visible(name)).collect();
        line += &format!(", with {}", who.join(", "));
    }
    if let Some(decided) = &check_in.decided {
        line += &format!(". Decided: {}", visible(decided));
    }
    if let Some(next) = &check_in.next {
        line += &format!(". Next: {}", visible(next));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_deliverable_is_a_line_before_and_a_line_after() {
        let one = |title: &str, accepted: &str| (title.to_owned(), accepted.to_owned());
        let before = [one("Report", "12 pages"), one("Notes", "")];
        let now = [one("Report", "8 pages"), one("Notes", "")];
        assert_eq!(changes(&before, &now), ["- 1  Report: 12 pages", "+ 1  Report: 8 pages"]);
    }
}
