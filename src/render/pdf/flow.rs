//! Shaped text broken into lines of even length, and lines laid down as ink in visual order.

use super::ink::{Area, Ink, Inked, Run, Target};
use super::shape::{Break, Cluster, Shaped};
use std::ops::Range;
use std::rc::Rc;

/// Some of a text's clusters on one line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) clusters: Range<usize>,
    /// Points, without the spaces at the end.
    pub(super) width: f32,
}

/// Where a line stands in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// Where reading starts: left, or right in text that runs from the right.
    Start,
    Centre,
    Right,
}

/// A stretch that is not broken unless it alone is wider than a line.
struct Word {
    clusters: Range<usize>,
    full: f32,
    /// Without its trailing spaces.
    visible: f32,
    forced: bool,
}

/// Breaks text into lines no wider than `width`, as even as they can be made without dividing words.
pub(super) fn lines(shaped: &Shaped, width: f32) -> Vec<Line> {
    let words = words(shaped, width);
    let mut made = Vec::new();
    for segment in words.split_inclusive(|word| word.forced) {
        made.extend(even(segment, width));
    }
    made
}

/// Breaks code into lines: it keeps its own, and one that is too wide goes on below, set in by `hang` more than it
/// was. Each line comes with how far it is set in by that.
pub(super) fn code_lines(shaped: &Shaped, width: f32, hang: f32) -> Vec<(Line, f32)> {
    let mut made = Vec::new();
    let mut from = 0;
    for (i, cluster) in shaped.clusters.iter().enumerate() {
        if cluster.after == Break::Must || i + 1 == shaped.clusters.len() {
            code_line(&mut made, &shaped.clusters[from..=i], from, width, hang);
            from = i + 1;
        }
    }
    made
}

fn code_line(made: &mut Vec<(Line, f32)>, all: &[Cluster], first: usize, width: f32, hang: f32) {
    let own: f32 = all.iter().take_while(|c| c.space).map(|c| c.advance).sum();
    let hang = own.min(width / 2.0) + hang;
    let (mut from, mut indent) = (0, 0.0);
    loop {
        let mut sum = 0.0;
        let fits = all[from..].iter().take_while(|c| {
            sum += c.advance;
            sum <= width - indent + 0.01 || c.space
        });
        let full = from + fits.count().max(1);
        let mut end = full;
        if full < all.len() {
            // A space in the last third is a better place than the middle of a word.
            let late = from + (full - from) * 2 / 3;
            end = (late..full).rev().find(|i| all[*i].space).map_or(full, |i| i + 1);
        }
        let line_width = all[from..end].iter().map(|c| c.advance).sum();
        made.push((Line { clusters: first + from..first + end, width: line_width }, indent));
        (from, indent) = (end, hang);
        if from >= all.len() {
            return;
        }
    }
}

/// The widest word and the widest line if nothing is broken; what a table column needs and would like.
pub(super) fn extent(shaped: &Shaped) -> (f32, f32) {
    let words = words(shaped, f32::INFINITY);
    let widest = words.iter().map(|w| w.visible).fold(0.0, f32::max);
    let line = |segment: &[Word]| {
        segment.iter().map(|w| w.full).sum::<f32>() - segment.last().map_or(0.0, |w| w.full - w.visible)
    };
    (widest, words.split_inclusive(|w| w.forced).map(line).fold(0.0, f32::max))
}

fn words(shaped: &Shaped, width: f32) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = 0;
    for (i, cluster) in shaped.clusters.iter().enumerate() {
        if cluster.after != Break::No || i + 1 == shaped.clusters.len() {
            let all = &shaped.clusters[from..=i];
            push_word(&mut words, all, from, width, cluster.after == Break::Must);
            from = i + 1;
        }
    }
    words
}

fn push_word(words: &mut Vec<Word>, all: &[Cluster], from: usize, width: f32, forced: bool) {
    let trailing = all.iter().rev().take_while(|c| c.space).count();
    let full: f32 = all.iter().map(|c| c.advance).sum();
    let visible: f32 = all[..all.len() - trailing].iter().map(|c| c.advance).sum();
    if visible <= width {
        words.push(Word { clusters: from..from + all.len(), full, visible, forced });
        return;
    }
    // Too wide for any line, such as a long address: divided where it must be.
    let (mut start, mut sum) = (0, 0.0);
    for (i, cluster) in all.iter().enumerate() {
        if sum + cluster.advance > width && i > start && !cluster.space {
            words.push(Word { clusters: from + start..from + i, full: sum, visible: sum, forced: false });
            (start, sum) = (i, 0.0);
        }
        sum += cluster.advance;
    }
    let visible = sum - (full - all[..all.len() - trailing].iter().map(|c| c.advance).sum::<f32>());
    words.push(Word { clusters: from + start..from + all.len(), full: sum, visible, forced });
}

/// Chooses the breaks of one paragraph together, so that the lines differ least (after Knuth and Plass, 1981).
fn even(words: &[Word], width: f32) -> Vec<Line> {
    // A last line shorter than this looks lonely, the more so the shorter it is.
    const LONELY: f32 = 0.3;
    let n = words.len();
    let mut best = vec![(f32::INFINITY, 0usize); n + 1];
    best[0].0 = 0.0;
    for end in 1..=n {
        let mut sum = 0.0;
        for start in (0..end).rev() {
            let last = &words[end - 1];
            let visible = if start == end - 1 { last.visible } else { sum + words[start].full };
            sum = if start == end - 1 { last.visible } else { visible };
            if visible > width + 0.01 && start < end - 1 {
                break;
            }
            let slack = ((width - visible) / width).max(0.0);
            let cost = match end == n {
                false => 1.0 + 60.0 * slack * slack,
                true if start > 0 => 3.0 * (1.0 - visible / (LONELY * width)).max(0.0),
                true => 0.0,
            };
            if best[start].0 + cost < best[end].0 {
                best[end] = (best[start].0 + cost, start);
            }
        }
    }
    let mut made = Vec::new();
    let mut end = n;
    while end > 0 {
        let start = best[end].1;
        let full: f32 = words[start..end].iter().map(|w| w.full).sum();
        let last = &words[end - 1];
        let clusters = words[start].clusters.start..last.clusters.end;
        made.push(Line { clusters, width: full - (last.full - last.visible) });
        end = start;
    }
    made.reverse();
    made
}

/// Lays one line down: `x` and `width` are its column, `y` its baseline.
pub(super) fn set(shaped: &Shaped, line: &Line, x: f32, width: f32, y: f32, align: Align) -> Vec<Inked> {
    let all = &shaped.clusters[line.clusters.clone()];
    let trailing = all.iter().rev().take_while(|c| c.space).count();
    let shown = &all[..all.len() - trailing];
    let room = width - line.width;
    let left = match (align, shaped.right_to_left) {
        (Align::Start, false) => x,
        (Align::Start, true) | (Align::Right, _) => x + room,
        (Align::Centre, _) => x + room / 2.0,
    };
    // One space stays at the end, unseen, so that whoever copies the text finds the words apart.
    let kept = usize::from(trailing > 0 && !shaped.right_to_left && all[shown.len()].advance > 0.0);
    let order = visual_order(shown).into_iter().chain(shown.len()..shown.len() + kept);
    lay(shaped, all, &order.collect::<Vec<_>>(), left, y)
}

fn lay(shaped: &Shaped, all: &[Cluster], order: &[usize], left: f32, y: f32) -> Vec<Inked> {
    let mut under = Vec::new();
    let mut runs: Vec<Inked> = Vec::new();
    let mut links: Vec<(Area, Rc<Target>, Inked)> = Vec::new();
    let mut pen = left;
    let mut at = 0;
    while at < order.len() {
        let first = &all[order[at]];
        let style = &shaped.styles[first.style];
        let mut run = Run {
            x: pen,
            y: y - style.rise,
            face: first.face,
            size: style.size,
            colour: style.colour,
            glyphs: Vec::new(),
            text: String::new(),
            clusters: Vec::new(),
        };
        let mut seen = pen;
        while let Some(cluster) =
            order.get(at).map(|i| &all[*i]).filter(|c| c.style == first.style && c.face == first.face)
        {
            // Word joiners did their work when lines were broken.
            run.text.extend(shaped.text[cluster.bytes.clone()].chars().filter(|c| *c != '\u{2060}'));
            run.glyphs.extend_from_slice(&shaped.glyphs[cluster.glyphs.clone()]);
            run.clusters.push((run.text.len(), run.glyphs.len()));
            pen += cluster.advance;
            at += 1;
            // The space at a line's end is there and not seen.
            if !(cluster.space && at == order.len()) {
                seen = pen;
            }
        }
        let area = Area { x: run.x, y: run.y - 0.72 * run.size, width: seen - run.x, height: run.size };
        if style.shaded && area.width > 0.0 {
            let padded =
                Area { x: area.x - 1.2, y: area.y - 1.2, width: area.width + 2.4, height: area.height + 2.2 };
            under.push(Inked::decoration(Ink::Fill(padded, super::look::SHADE)));
        }
        if style.struck {
            let stroke = Area { y: run.y - 0.25 * run.size, height: 0.6, ..area };
            under.push(Inked::decoration(Ink::Fill(stroke, style.colour)));
        }
        if let Some(target) = &style.link {
            match links.last_mut() {
                Some((whole, same, _)) if Rc::ptr_eq(same, target) => whole.width = seen - whole.x,
                _ => {
                    let ink = Inked { part: style.part, ink: Ink::Presence };
                    links.push((area, Rc::clone(target), ink));
                }
            }
        }
        if !run.glyphs.is_empty() {
            runs.push(Inked { part: style.part, ink: Ink::Run(run) });
        }
    }
    for (area, target, mut inked) in links {
        inked.ink = Ink::Link(area, target);
        runs.push(inked);
    }
    under.append(&mut runs);
    under
}

/// The order from left to right of clusters in reading order (UAX #9, rule L2).
fn visual_order(clusters: &[Cluster]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..clusters.len()).collect();
    let highest = clusters.iter().map(|c| c.level).max().unwrap_or(0);
    for level in (1..=highest).rev() {
        let mut at = 0;
        while at < order.len() {
            let end = order[at..].iter().take_while(|i| clusters[**i].level >= level).count() + at;
            order[at..end].reverse();
            at = end + 1;
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{Align, code_lines, extent, lines, set};
    use crate::render::pdf::faces::{Face, Faces};
    use crate::render::pdf::ink::Ink;
    use crate::render::pdf::look::INK;
    use crate::render::pdf::shape::{Shaped, Style, Text, shape};
    use std::collections::BTreeSet;

    fn shaped(text: &str, face: Face) -> Shaped {
        let text = Text::of(text, Style::plain(face, 10.0, INK, None));
        shape(&Faces::default(), text, &mut BTreeSet::new())
    }

    fn broken(text: &str, width: f32) -> Vec<String> {
        let shaped = shaped(text, Face::Mono);
        let line = |l: &super::Line| {
            let clusters = &shaped.clusters[l.clusters.clone()];
            clusters.iter().map(|c| &shaped.text[c.bytes.clone()]).collect()
        };
        lines(&shaped, width).iter().map(line).collect()
    }

    #[test]
    fn lines_are_even_rather_than_filled_at_once() {
        // Ten letters of 6.02 points fit; filling each line first would leave "dddddd" short.
        assert_eq!(broken("aaaa bbb c dddddd eeeeeeee", 61.0), ["aaaa bbb ", "c dddddd ", "eeeeeeee"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_divided() {
        assert_eq!(broken("x abcdefghijklmn", 61.0), ["x ", "abcdefghij", "klmn"]);
    }

    #[test]
    fn forced_breaks_are_kept() {
        assert_eq!(broken("a\n\nb", 61.0), ["a\n", "\n", "b"]);
    }

    #[test]
    fn code_goes_on_below_at_a_space_and_set_in() {
        let shaped = shaped("  0123456789abc\n a bcdefg hij\nd", Face::Mono);
        let lines = code_lines(&shaped, 61.0, 6.0);
        let made: Vec<(usize, i32)> = lines.iter().map(|(l, x)| (l.clusters.end, x.round() as i32)).collect();
        assert_eq!(made, [(10, 0), (16, 18), (26, 0), (30, 12), (31, 0)]);
    }

    #[test]
    fn columns_know_what_they_need() {
        let (least, most) = extent(&shaped("aa bbbb", Face::Mono));
        assert!((least - 24.08).abs() < 0.01 && (most - 42.14).abs() < 0.01, "{least} {most}");
    }

    #[test]
    fn right_to_left_text_is_laid_in_visual_order() {
        let shaped = shaped("אב 12", Face::Roman);
        let line = &lines(&shaped, 100.0)[0];
        let inks = set(&shaped, line, 0.0, 100.0, 10.0, Align::Start);
        let Ink::Run(run) = &inks[0].ink else { panic!("a run first") };
        assert_eq!(run.text, "12 בא");
        assert!((run.x + line.width - 100.0).abs() < 0.01);
    }
}
