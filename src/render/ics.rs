//! Days as a calendar file (RFC 5545): whole-day events, the same bytes for the same days.

use crate::time::{Date, Timestamp};

/// Longest line in octets, its end not counted (RFC 5545 section 3.1).
const LINE_OCTETS: usize = 75;

/// One day to remember.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    /// What names it for ever, so that a calendar takes a second import for the same: `checkpoint-2026-06-03`.
    pub id: &'a str,
    /// The day.
    pub on: Date,
    /// What a calendar shows.
    pub summary: &'a str,
    /// More about it; may be empty.
    pub description: &'a str,
}

/// The file, with CR LF at the end of each line; `made` is its time stamp, for every event.
#[must_use]
pub fn calendar(days: &[Day<'_>], made: Timestamp) -> String {
    let mut file = String::new();
    let stamp: String = made.to_string().chars().filter(|c| !"-:".contains(*c)).collect();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//portfolio//portfolio//EN"] {
        put(&mut file, line);
    }
    for day in days {
        put(&mut file, "BEGIN:VEVENT");
        put(&mut file, &format!("UID:{}@portfolio", escaped(day.id)));
        put(&mut file, &format!("DTSTAMP:{stamp}"));
        put(&mut file, &format!("DTSTART;VALUE=DATE:{}", day.on.to_string().replace('-', "")));
        put(&mut file, &format!("SUMMARY:{}", escaped(day.summary)));
        if !day.description.is_empty() {
            put(&mut file, &format!("DESCRIPTION:{}", escaped(day.description)));
        }
        put(&mut file, "TRANSP:TRANSPARENT");
        put(&mut file, "END:VEVENT");
    }
    put(&mut file, "END:VCALENDAR");
    file
}

/// Text as a property holds it (section 3.3.11); other control characters have no place in one.
fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => made.extend(['\\', c]),
            '\n' => made.push_str("\\n"),
            c if c.is_control() => made.push('\u{fffd}'),
            c => made.push(c),
        }
    }
    made
}

/// One line, folded between characters where it is too long.
fn put(file: &mut String, line: &str) {
    let mut room = LINE_OCTETS;
    for c in line.chars() {
        if c.len_utf8() > room {
            file.push_str("\r\n ");
            room = LINE_OCTETS - 1;
        }
        file.push(c);
        room -= c.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_an_event_and_long_lines_are_folded() {
        let on = Date::parse("2026-06-03").unwrap();
        let summary = format!("Check-in; with “Priya”, {}", "ä".repeat(40));
        let day = Day { id: "c-1", on, summary: &summary, description: "one\ntwo\u{7}" };
        let file = calendar(&[day], Timestamp::parse_ours("2026-06-01T09:00:00Z").unwrap());
        assert!(
            file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && file.ends_with("END:VCALENDAR\r\n")
        );
        for line in [
            "UID:c-1@portfolio",
            "DTSTAMP:20260601T090000Z",
            "DTSTART;VALUE=DATE:20260603",
            "DESCRIPTION:one\\ntwo\u{fffd}",
        ] {
            assert!(file.contains(&format!("\r\n{line}\r\n")), "{line}: {file}");
        }
        assert!(file.split("\r\n").all(|line| line.len() <= LINE_OCTETS && !line.contains(['\r', '\n'])));
        assert!(
            file.replace("\r\n ", "")
                .contains(&format!("SUMMARY:Check-in\\; with “Priya”\\, {}\r\n", "ä".repeat(40)))
        );
    }
}
