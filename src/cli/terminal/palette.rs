//! Colours, symbols and typography, and what stands for them where a console has none.

pub use portfolio::render::headline::Symbol;

/// The styles in use: they add to words and never replace them.
pub mod style {
    use anstyle::{AnsiColor, Style};

    /// It holds.
    pub const GOOD: Style = AnsiColor::Green.on_default();
    /// Not known, or not in force.
    pub const ASK: Style = AnsiColor::Yellow.on_default();
    /// Changed, or an error.
    pub const BAD: Style = AnsiColor::Red.on_default();
    /// Not answered.
    pub const DIM: Style = Style::new().dimmed();
    /// Commands, keys and paths.
    pub const CODE: Style = AnsiColor::Cyan.on_default();
    /// The headline.
    pub const HEAD: Style = Style::new().bold();
}

/// The mark of a line, coloured: a sign, or letters in brackets.
pub fn drawn(symbol: Symbol, ascii: bool) -> String {
    let (sign, letters, style) = match symbol {
        Symbol::Good => ("✓", "[ok]", style::GOOD),
        Symbol::Ask => ("?", "[??]", style::ASK),
        Symbol::Alert => ("!", "[!!]", style::ASK),
        Symbol::Bad => ("✗", "[NO]", style::BAD),
        Symbol::Silent => ("–", "[--]", style::DIM),
    };
    let mark = if ascii { letters } else { sign };
    format!("{style}{mark}{style:#}")
}

/// Typography in letters; a straight quote inside quotes is marked, so that nothing can end them early.
pub fn in_ascii(text: &str) -> String {
    let mut shaped = String::with_capacity(text.len());
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '“' | '”' => {
                quoted = c == '“';
                shaped.push('"');
            }
            '"' if quoted => shaped.push_str("\\\""),
            '’' | '‘' => shaped.push('\''),
            '–' | '—' => shaped.push('-'),
            '…' => shaped.push_str("..."),
            '\u{a0}' => shaped.push(' '),
            _ => shaped.push(c),
        }
    }
    shaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_cannot_end_a_quotation_early() {
        assert_eq!(
            in_ascii("calls itself “Alex\" says”, \"so\" … –"),
            "calls itself \"Alex\\\" says\", \"so\" ... -"
        );
    }
}
