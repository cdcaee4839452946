//! Plain text as pages: its own lines, in letters of one width.

use super::blocks::without_tabs;
use super::compose::{Composer, baseline, column};
use super::faces::Face;
use super::flow::{Align, code_lines, set};
use super::look::{INK, LEFT, Measure, WIDTH};
use super::parts::Parts;
use super::shape::{Style, Text};
use super::slab::Slab;

/// Eighty columns fit the measure.
const PLAIN: Measure = Measure { size: 8.36, leading: 12.2 };
const TAB: usize = 8;
/// How far what is left of a long line is set in: two columns.
const HANG: f32 = 2.0 * PLAIN.size * 0.602;

/// Lays text out line by line; lines that are too long go on below, set in a little.
pub(super) fn lay_out(composer: &mut Composer, text: &str) {
    let frame = column(INK);
    let text = without_tabs(&text.replace('\x0c', "\n"), TAB);
    let mut rest = text.trim_end_matches('\n');
    while !rest.is_empty() {
        // A paragraph of its own ends at an empty line.
        let blank = rest.len() - rest.trim_start_matches('\n').len();
        if blank > 0 {
            let slabs = (0..blank).map(|_| Slab { height: PLAIN.leading, ..Slab::default() }).collect();
            composer.put(slabs, &frame, 0.0, 0.0);
            rest = &rest[blank..];
            continue;
        }
        let end = rest.find("\n\n").unwrap_or(rest.len());
        let part = composer.parts.add("P", Parts::DOCUMENT);
        let style = Style::plain(Face::Mono, PLAIN.size, INK, Some(part));
        let shaped = composer.shape(Text::of(&rest[..end], style));
        let mut slabs = Vec::new();
        for (line, indent) in code_lines(&shaped, WIDTH, HANG) {
            let inks = set(&shaped, &line, LEFT + indent, WIDTH, baseline(PLAIN), Align::Start);
            slabs.push(Slab { height: PLAIN.leading, inks, ..Slab::default() });
        }
        composer.put(slabs, &frame, 0.0, 0.0);
        rest = rest[end..].strip_prefix('\n').unwrap_or("");
    }
}
