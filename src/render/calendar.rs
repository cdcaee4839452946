//! Days for a calendar program: iCalendar (RFC 5545, its name as RFC 7986 has it), whole days, folded and escaped as it asks.

use crate::time::{Date, Timestamp};

/// Longest line in octets, its end not counted (RFC 5545, section 3.1).
const LINE: usize = 75;

/// One day worth a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Identifies it for good, so that a later calendar replaces it: no two events share one.
    pub uid: String,
    /// On which day.
    pub day: Date,
    /// What it is, in a line.
    pub summary: String,
    /// What else there is to know; lines are kept.
    pub description: Option<String>,
    /// Whether it is only planned.
    pub planned: bool,
}

/// The calendar of that name as text, lines ending in CRLF; `stamp` is when it is made.
#[must_use]
pub fn calendar(name: &str, events: &[Event], stamp: Timestamp) -> String {
    let mut text = String::new();
    let mut line = |content: &str| fold_into(&mut text, content);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//portfolio//portfolio-cli//EN");
    line("CALSCALE:GREGORIAN");
    line(&format!("NAME:{}", escaped(name)));
    for event in events {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}", escaped(&event.uid)));
        line(&format!("DTSTAMP:{}", compact(&stamp.to_string())));
        line(&format!("DTSTART;VALUE=DATE:{}", compact(&event.day.to_string())));
        // The end is the first day that no longer belongs to it (section 3.6.1).
        let next = event.day.end().plus_seconds(1).date();
        line(&format!("DTEND;VALUE=DATE:{}", compact(&next.to_string())));
        line(&format!("SUMMARY:{}", escaped(&event.summary)));
        if let Some(description) = &event.description {
            line(&format!("DESCRIPTION:{}", escaped(description)));
        }
        line(if event.planned { "STATUS:TENTATIVE" } else { "STATUS:CONFIRMED" });
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    text
}

/// A date or moment without what its basic form leaves out (section 3.3.4 and 3.3.5).
fn compact(text: &str) -> String {
    text.replace(['-', ':'], "")
}

/// A text value (section 3.3.11): backslash, comma, semicolon and line ends are escaped, other controls left out.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ',' | ';' => value.extend(['\\', c]),
            '\n' | '\r' => value.push_str("\\n"),
            c if c.is_control() => {}
            c => value.push(c),
        }
    }
    value
}

/// Adds a line, folded where it is too long: never inside a letter, each further line behind a space that counts.
fn fold_into(text: &mut String, content: &str) {
    let mut octets = 0;
    for c in content.chars() {
        if octets + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(summary: &str, description: Option<&str>) -> Event {
        Event {
            uid: "check-in-1@acme".into(),
            day: Date::parse("2026-12-31").unwrap(),
            summary: summary.into(),
            description: description.map(Into::into),
            planned: false,
        }
    }

    #[test]
    fn a_calendar_is_what_the_standard_says_to_the_byte() {
        let stamp = Timestamp::parse_ours("2026-06-03T09:00:00Z").unwrap();
        let text = calendar("Acme; Ltd", &[event("Check-in, 45 min", Some("one\ntwo\\three\u{7}"))], stamp);
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//portfolio//portfolio-cli//EN\r\n\
                        CALSCALE:GREGORIAN\r\nNAME:Acme\\; Ltd\r\nBEGIN:VEVENT\r\nUID:check-in-1@acme\r\n\
                        DTSTAMP:20260603T090000Z\r\nDTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n\
                        SUMMARY:Check-in\\, 45 min\r\nDESCRIPTION:one\\ntwo\\\\three\r\nSTATUS:CONFIRMED\r\n\
                        TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let stamp = Timestamp::from_unix(0);
        let long = "Prüfung der Übergabe, größer als jede Zeile: ".repeat(5);
        let text = calendar("x", &[event(&long, None)], stamp);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:{}", long.replace(',', "\\,"))), "{unfolded}");
    }
}
