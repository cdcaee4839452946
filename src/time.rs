//! Points in time and calendar days, as the formats spell them and as people read them.
//!
//! What we write is `YYYY-MM-DDThh:mm:ssZ` in the years 2000 to 2199; what we read from others is any RFC 3339
//! date-time. Nothing here reads a clock: a point in time is always somebody's argument.

use std::fmt;

use jiff::civil;
use jiff::tz::Offset;

/// The first year that a date of ours may name: older than any sign-off.
pub const FIRST_YEAR: i16 = 2000;
/// The last year that a date of ours may name: later ones are a mistake or a trick.
pub const LAST_YEAR: i16 = 2199;

/// A point in time to the second, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// What is wrong with a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeFault {
    /// Not `YYYY-MM-DDThh:mm:ssZ`, or no such moment.
    #[error("not a date and time of the form YYYY-MM-DDThh:mm:ssZ")]
    NotATimestamp,
    /// Not `YYYY-MM-DD`, or no such day.
    #[error("not a date of the form YYYY-MM-DD")]
    NotADate,
    /// A real moment in a year that no record of ours can be from.
    #[error("the year {0} is outside {FIRST_YEAR} to {LAST_YEAR}")]
    YearOutOfRange(i16),
}

impl Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z, not counting leap seconds. A count that no calendar holds is brought
    /// to the nearest end of it.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Self {
        let (least, most) = (jiff::Timestamp::MIN.as_second(), jiff::Timestamp::MAX.as_second());
        Self(seconds.clamp(least, most))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix(self) -> i64 {
        self.0
    }

    /// Reads the one spelling that our own formats use: `YYYY-MM-DDThh:mm:ssZ`, years 2000 to 2199.
    pub fn parse_ours(text: &str) -> Result<Self, TimeFault> {
        let shape = b"dddd-dd-ddTdd:dd:ddZ";
        let fits = text.len() == shape.len()
            && text.bytes().zip(shape).all(|(byte, &shape)| match shape {
                b'd' => byte.is_ascii_digit(),
                other => byte == other,
            });
        if !fits || text.ends_with(":60Z") {
            return Err(TimeFault::NotATimestamp);
        }
        let moment: jiff::Timestamp = text.parse().map_err(|_| TimeFault::NotATimestamp)?;
        let this = Self(moment.as_second());
        this.date().within_our_years()?;
        Ok(this)
    }

    /// Reads any date-time that a third party may have written (RFC 3339, and XML Schema's `dateTimeStamp` as VC Data
    /// Model 2.0 section 5.8 has it): fractions of a second of any length are dropped, an offset is applied, a
    /// missing one means UTC, `24:00:00` is the next day's first second, and a year beyond the calendar's end is its
    /// end. A second 60 is refused.
    pub fn parse_rfc3339(text: &str) -> Result<Self, TimeFault> {
        foreign_moment(text).ok_or(TimeFault::NotATimestamp)
    }

    /// The calendar day in UTC.
    #[must_use]
    pub fn date(self) -> Date {
        Date(self.civil().date())
    }

    /// This many seconds later, or earlier if negative.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_unix(self.0.saturating_add(seconds))
    }

    /// Reads `YYYY-MM-DD` as the first moment of that day, or a whole timestamp as it stands: what `--at` takes.
    pub fn parse_day_or_moment(text: &str) -> Result<Self, TimeFault> {
        Date::parse(text).map(Date::start).or_else(|_| Self::parse_rfc3339(text))
    }

    fn civil(self) -> civil::DateTime {
        let moment = jiff::Timestamp::from_second(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        Offset::UTC.to_datetime(moment)
    }
}

impl Date {
    /// Reads `YYYY-MM-DD`, years 2000 to 2199.
    pub fn parse(text: &str) -> Result<Self, TimeFault> {
        let shape = b"dddd-dd-dd";
        let fits = text.len() == shape.len()
            && text.bytes().zip(shape).all(|(byte, &shape)| match shape {
                b'd' => byte.is_ascii_digit(),
                other => byte == other,
            });
        if !fits {
            return Err(TimeFault::NotADate);
        }
        let date = Self(text.parse().map_err(|_| TimeFault::NotADate)?);
        date.within_our_years()?;
        Ok(date)
    }

    /// As people read it in a line: `24 Jul 2026`.
    #[must_use]
    pub fn people(self) -> String {
        let month = &MONTHS[usize::from(self.0.month().unsigned_abs()) - 1];
        format!("{} {} {}", self.0.day(), &month[..3], self.0.year())
    }

    /// As people read it in a statement: `24 July 2026`.
    #[must_use]
    pub fn people_long(self) -> String {
        let month = MONTHS[usize::from(self.0.month().unsigned_abs()) - 1];
        format!("{} {month} {}", self.0.day(), self.0.year())
    }

    /// Whole days from this day to `later`; negative if that day is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        (later.start().0 - self.start().0).div_euclid(DAY)
    }

    /// The first second of the day in UTC.
    #[must_use]
    pub fn start(self) -> Timestamp {
        let midnight = self.0.at(0, 0, 0, 0);
        Timestamp(Offset::UTC.to_timestamp(midnight).map_or(0, |moment| moment.as_second()))
    }

    /// The last second of the day in UTC.
    #[must_use]
    pub fn end(self) -> Timestamp {
        Timestamp(self.start().0 + DAY - 1)
    }

    fn within_our_years(self) -> Result<(), TimeFault> {
        let year = self.0.year();
        if (FIRST_YEAR..=LAST_YEAR).contains(&year) { Ok(()) } else { Err(TimeFault::YearOutOfRange(year)) }
    }
}

/// A span of days as a statement gives it: `1 June to 24 July 2026`, with what both ends share said once.
#[must_use]
pub fn span(from: Date, to: Date) -> String {
    let same_year = from.0.year() == to.0.year();
    if from == to {
        from.people_long()
    } else if same_year && from.0.month() == to.0.month() {
        format!("{} to {}", from.0.day(), to.people_long())
    } else if same_year {
        let start = from.people_long();
        format!(
            "{} to {}",
            start.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '),
            to.people_long()
        )
    } else {
        format!("{} to {}", from.people_long(), to.people_long())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = self.civil();
        write!(f, "{}T{:02}:{:02}:{:02}Z", moment.date(), moment.hour(), moment.minute(), moment.second())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A date-time of somebody else's.
fn foreign_moment(text: &str) -> Option<Timestamp> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, rest) = text.split_once('-').filter(|(year, _)| year.len() >= 4 && digits(year))?;
    let (date, rest) = rest.split_once(['T', 't']).filter(|(date, _)| date.len() == 5)?;
    let (clock, rest) = rest.split_at_checked(8)?;
    let shaped = |text: &str, shape: &[u8]| {
        text.len() == shape.len()
            && text
                .bytes()
                .zip(shape)
                .all(|(byte, &shape)| byte == shape || shape == b'd' && byte.is_ascii_digit())
    };
    if !shaped(date, b"dd-dd") || !shaped(clock, b"dd:dd:dd") || clock.ends_with("60") {
        return None;
    }
    let zone = rest.strip_prefix('.').map_or(Some(rest), |rest| {
        let zone = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        (zone.len() < rest.len()).then_some(zone)
    })?;
    let has_fraction = rest[..rest.len() - zone.len()].bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let zone = match zone {
        "" | "Z" | "z" => "Z",
        offset if shaped(offset.get(1..)?, b"dd:dd") && offset.starts_with(['+', '-']) => offset,
        _ => return None,
    };
    let (clock, later) = match clock {
        "24:00:00" if !has_fraction => ("00:00:00", DAY),
        clock => (clock, 0),
    };
    // the calendar repeats every 400 years, so a far year has the leap days of one near by
    let (year, is_far) = match year.len() {
        4 => (year.to_owned(), false),
        _ if year.starts_with('0') => return None,
        length => (format!("{}", 2000 + year[length - 4..].parse::<u32>().ok()? % 400), true),
    };
    let moment: jiff::Timestamp = format!("{year}-{date}T{clock}{zone}").parse().ok()?;
    Some(Timestamp::from_unix(if is_far { i64::MAX } else { moment.as_second() + later }))
}

const DAY: i64 = 86_400;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn our_spelling_is_read_and_written_the_same() {
        for text in ["2026-07-24T15:02:40Z", "2000-01-01T00:00:00Z", "2199-12-31T23:59:59Z"] {
            assert_eq!(Timestamp::parse_ours(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn every_other_spelling_of_ours_is_refused() {
        for text in [
            "2026-07-24T15:02:40",
            "2026-07-24t15:02:40z",
            "2026-07-24T15:02:40.0Z",
            "2026-07-24T15:02:40+00:00",
            "2026-07-24T24:00:00Z",
            "2026-07-24T15:02:60Z",
            "2026-02-30T00:00:00Z",
            "2026-7-24T15:02:40Z",
            " 2026-07-24T15:02:4Z",
            "",
        ] {
            assert_eq!(Timestamp::parse_ours(text), Err(TimeFault::NotATimestamp), "{text}");
        }
        assert_eq!(Timestamp::parse_ours("1999-12-31T23:59:59Z"), Err(TimeFault::YearOutOfRange(1999)));
        assert_eq!(Timestamp::parse_ours("2200-01-01T00:00:00Z"), Err(TimeFault::YearOutOfRange(2200)));
    }

    #[test]
    fn others_may_write_offsets_fractions_and_nothing_at_all() {
        let noon = Timestamp::parse_ours("2026-07-24T12:00:00Z").unwrap();
        for text in [
            "2026-07-24T12:00:00Z",
            "2026-07-24T12:00:00",
            "2026-07-24T12:00:00.999Z",
            "2026-07-24T14:00:00+02:00",
            "2026-07-24t12:00:00z",
            &format!("2026-07-24T12:00:00.{}-00:00", "3".repeat(1000)),
        ] {
            assert_eq!(Timestamp::parse_rfc3339(text), Ok(noon), "{text}");
        }
        let midnight = Timestamp::parse_ours("2027-01-01T00:00:00Z");
        assert_eq!(Timestamp::parse_rfc3339("2026-12-31T24:00:00Z"), midnight);
        assert_eq!(Timestamp::parse_rfc3339("2026-12-31T24:00:00.000Z"), midnight);
        let last = Timestamp::from_unix(i64::MAX);
        assert_eq!(Timestamp::parse_rfc3339("10000-02-29T00:00:00Z"), Ok(last));
        assert_eq!(Timestamp::parse_rfc3339("123456-07-24T00:00:00Z"), Ok(last));
        for text in [
            "2026-07-24",
            "2026-07-24 12:00:00Z",
            "2026-07-24T12:00:60Z",
            "2026-02-30T12:00:00Z",
            "2026-07-24T24:00:01Z",
            "2026-07-24T24:00:00.5Z",
            "2026-07-24T12:00:00.Z",
            "2026-07-24T12:00:00,5Z",
            "2026-07-24T12:00:00+99:00",
            "2026-07-24T12:00:00+1:00",
            "2026-07-24T12:00:00Z[UTC]",
            "2026-07-24T12:00Z",
            "10001-02-29T00:00:00Z",
            "012026-07-24T00:00:00Z",
            "-2026-07-24T00:00:00Z",
            "2026-07-24T12:00:00Ω",
            "x",
        ] {
            assert_eq!(Timestamp::parse_rfc3339(text), Err(TimeFault::NotATimestamp), "{text}");
        }
    }

    #[test]
    fn a_day_starts_and_ends_in_utc() {
        assert_eq!(day("2029-07-24").end().to_string(), "2029-07-24T23:59:59Z");
        assert_eq!(day("2029-07-24").end().date(), day("2029-07-24"));
        assert_eq!(day("2024-02-28").days_until(day("2024-03-01")), 2);
        assert_eq!(day("2024-03-01").days_until(day("2024-02-28")), -2);
    }

    #[test]
    fn people_read_months_in_letters() {
        assert_eq!(day("2026-07-24").people(), "24 Jul 2026");
        assert_eq!(day("2026-07-04").people_long(), "4 July 2026");
        assert_eq!(span(day("2026-06-01"), day("2026-07-24")), "1 June to 24 July 2026");
        assert_eq!(span(day("2026-06-01"), day("2026-06-24")), "1 to 24 June 2026");
        assert_eq!(span(day("2025-12-01"), day("2026-01-24")), "1 December 2025 to 24 January 2026");
        assert_eq!(span(day("2026-06-01"), day("2026-06-01")), "1 June 2026");
    }

    #[test]
    fn a_count_beyond_the_calendar_is_brought_to_its_end() {
        assert_eq!(Timestamp::from_unix(i64::MAX).plus_seconds(1), Timestamp::from_unix(i64::MAX));
    }
}
