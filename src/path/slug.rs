//! Ids that are folder names: `[a-z0-9][a-z0-9-]{0,63}`.

use unicode_normalization::UnicodeNormalization;

use super::{FileName, PathFault, rules};

/// Longest id: it stays readable in a listing, and leaves room for `-2` within a part.
const SLUG_BYTES: usize = 64;

/// An id made of lower-case letters, digits and dashes, the first one no dash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Takes an id exactly as it stands, or says why not.
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        match text.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-')) {
            None if text.is_empty() => Err(PathFault::Empty),
            None if text.starts_with('-') => Err(PathFault::LeadingDash),
            None if text.len() > SLUG_BYTES => Err(PathFault::PartTooLong { bytes: text.len() }),
            None => {
                rules::check_part(text)?;
                Ok(Self(text.to_owned()))
            }
            Some(c) if c.is_control() => Err(PathFault::Control(c)),
            Some(c) => Err(PathFault::Reserved(c)),
        }
    }

    /// An id from a title: letters folded to ASCII, everything else a dash; `x` where nothing is left.
    pub fn from_title(title: &str) -> Self {
        let mut slug = String::new();
        for character in title.nfkd().flat_map(char::to_lowercase) {
            match character {
                'a'..='z' | '0'..='9' => slug.push(character),
                '\u{df}' => slug.push_str("ss"),
                '\u{e6}' => slug.push_str("ae"),
                '\u{f8}' => slug.push('o'),
                '\u{142}' => slug.push('l'),
                '\u{300}'..='\u{36f}' | '\'' | '\u{2019}' => {}
                _ if slug.ends_with('-') || slug.is_empty() => {}
                _ => slug.push('-'),
            }
        }
        Self::cut(&slug, SLUG_BYTES)
    }

    /// This id with `-2`, `-3` … behind it, shortened where that is needed.
    pub fn numbered(&self, number: usize) -> Self {
        let suffix = format!("-{number}");
        let Self(stem) = Self::cut(&self.0, SLUG_BYTES.saturating_sub(suffix.len()));
        Self(stem + &suffix)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn cut(text: &str, most: usize) -> Self {
        let kept = text.get(..most.min(text.len())).unwrap_or(text).trim_end_matches('-');
        match kept {
            "" => Self("x".to_owned()),
            // `con`, `nul` and the like are no folder on Windows.
            device if rules::check_part(device).is_err() => Self(format!("{device}-x")),
            kept => Self(kept.to_owned()),
        }
    }
}

impl From<Slug> for FileName {
    fn from(slug: Slug) -> Self {
        Self(slug.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_ids() {
        for (title, slug) in [
            ("Demand forecasting co-lab", "demand-forecasting-co-lab"),
            ("  Émile's  café: Straße ", "emiles-cafe-strasse"),
            ("\u{ff21}\u{ff22} 12 %", "ab-12"),
            ("отчёт", "x"),
            ("", "x"),
            ("Con", "con-x"),
        ] {
            let made = Slug::from_title(title);
            assert_eq!(made.as_str(), slug, "{title}");
            assert_eq!(Slug::parse(made.as_str()), Ok(made));
        }
    }

    #[test]
    fn a_long_title_and_its_number_stay_within_the_bound() {
        let slug = Slug::from_title(&"word ".repeat(40));
        assert!(slug.as_str().len() <= SLUG_BYTES && !slug.as_str().ends_with('-'));
        let second = slug.numbered(12);
        assert!(second.as_str().ends_with("-12"));
        assert_eq!(Slug::parse(second.as_str()), Ok(second.clone()));
    }

    #[test]
    fn anything_else_is_refused() {
        assert_eq!(Slug::parse(""), Err(PathFault::Empty));
        assert_eq!(Slug::parse("-a"), Err(PathFault::LeadingDash));
        assert_eq!(Slug::parse("a_b"), Err(PathFault::Reserved('_')));
        assert_eq!(Slug::parse("nul"), Err(PathFault::WindowsDevice("nul".to_owned())));
        assert!(Slug::parse(&"a".repeat(64)).is_ok());
        assert_eq!(Slug::parse(&"a".repeat(65)), Err(PathFault::PartTooLong { bytes: 65 }));
    }
}
