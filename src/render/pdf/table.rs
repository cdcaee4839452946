//! Tables: columns as wide as their words want, cells that wrap, and a head that comes again on every page.

use super::blocks::{Layout, strong_rule};
use super::compose::{Frame, baseline, rule};
use super::faces::Face;
use super::flow::{Align, Line, extent, lines, set};
use super::ink::{Ink, Inked};
use super::look::{HAIR, HAIRLINE, TABLE};
use super::markdown::Row;
use super::parts::Part;
use super::shape::Shaped;
use super::slab::Slab;
use super::words::Voice;
use pulldown_cmark::Alignment;
use std::rc::Rc;

/// Space between columns, and above and below the words of a row.
const GUTTER: f32 = 14.0;
const PAD: f32 = 3.4;
/// The same where there are many columns.
const NARROW_GUTTER: f32 = 9.0;
/// Rows of more lines than this may be divided between pages.
const TALL: usize = 14;

/// A cell ready to be broken into lines.
struct Cell {
    part: Part,
    shaped: Shaped,
}

/// A column: where it is, how wide, and how it is aligned.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Column {
    x: f32,
    width: f32,
    align: Align,
}

impl Layout<'_> {
    pub(super) fn table(&mut self, aligns: &[Alignment], head: &Row, rows: &[Row], frame: &Frame) {
        let table = self.composer.parts.add("Table", frame.part);
        let head = self.row(head, table, true);
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| self.row(row, table, false)).collect();
        let columns = columns(&head, &rows, aligns, frame);
        let width = columns.last().map_or(frame.width, |last| last.x + last.width - frame.x);
        let mut all = slabs_of(&head, &columns, PAD + 0.5);
        if let Some(top) = all.first_mut() {
            top.inks.push(strong_rule(frame.x, 0.0, width));
        }
        if let Some(low) = all.last_mut() {
            low.inks.push(rule(frame.x, low.height - 0.5, width, 0.5, super::look::INK));
        }
        all.iter_mut().for_each(|slab| slab.keep = true);
        // A head as tall as that would leave no room for what it heads.
        let repeated = (all.len() == 1).then(|| Rc::new(all[0].clone()));
        let count = rows.len();
        for (i, row) in rows.iter().enumerate() {
            let mut slabs = slabs_of(row, &columns, PAD);
            if let Some(low) = slabs.last_mut() {
                low.inks.push(if i + 1 == count {
                    strong_rule(frame.x, low.height - 0.8, width)
                } else {
                    rule(frame.x, low.height - HAIRLINE, width, HAIRLINE, HAIR)
                });
            }
            for slab in &mut slabs {
                slab.head.clone_from(&repeated);
                // The last row does not stand alone under a repeated head.
                slab.keep = count > 2 && i + 2 == count;
            }
            all.append(&mut slabs);
        }
        self.composer.put(all, frame, 14.0, 16.0);
    }

    fn row(&mut self, cells: &Row, table: Part, head: bool) -> Vec<Cell> {
        let row = self.composer.parts.add("TR", table);
        let mut made = Vec::new();
        for bits in cells {
            let part = self.composer.parts.add(if head { "TH" } else { "TD" }, row);
            self.composer.parts.get_mut(part).heads_column = head;
            let mut voice = Voice { tabular: true, ..Voice::text(TABLE, super::look::INK) };
            if head {
                voice.faces = (Face::Semibold, Face::SemiboldItalic);
            }
            let text = self.words(bits, voice, part);
            made.push(Cell { part, shaped: self.composer.shape(text) });
        }
        made
    }
}

fn columns(head: &[Cell], rows: &[Vec<Cell>], aligns: &[Alignment], frame: &Frame) -> Vec<Column> {
    let count = head.len().max(1);
    let mut wants = vec![(4.0_f32, 4.0_f32); count];
    for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
        for (want, cell) in wants.iter_mut().zip(row) {
            let (least, most) = extent(&cell.shaped);
            *want = (want.0.max(least), want.1.max(most));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "columns are few")]
    let room = (frame.width - gutter(count) * (count - 1) as f32).max(count as f32);
    let widths = share(&wants, room);
    let mut x = frame.x;
    let mut made = Vec::new();
    for (i, width) in widths.into_iter().enumerate() {
        let align = match aligns.get(i) {
            Some(Alignment::Center) => Align::Centre,
            Some(Alignment::Right) => Align::Right,
            _ => Align::Start,
        };
        made.push(Column { x, width, align });
        x += width + gutter(count);
    }
    made
}

fn gutter(columns: usize) -> f32 {
    if columns > 5 { NARROW_GUTTER } else { GUTTER }
}

/// Shares `room` out among columns that each need the first width and would like the second.
fn share(wants: &[(f32, f32)], room: f32) -> Vec<f32> {
    let least: f32 = wants.iter().map(|w| w.0).sum();
    let most: f32 = wants.iter().map(|w| w.1).sum();
    if most <= room {
        return wants.iter().map(|w| w.1 + 0.02).collect();
    }
    if least >= room {
        return ration(wants, room);
    }
    // A column that would take little more than its words gets it; the long ones share what is left.
    let mut given: Vec<Option<f32>> = vec![None; wants.len()];
    loop {
        let open: Vec<usize> = (0..wants.len()).filter(|i| given[*i].is_none()).collect();
        let left = room - given.iter().flatten().sum::<f32>();
        let asked: f32 = open.iter().map(|i| wants[*i].1).sum();
        let settled = open.iter().copied().find_map(|i| {
            let fair = left * wants[i].1 / asked;
            #[expect(clippy::cast_precision_loss, reason = "columns are few")]
            let even = left / open.len() as f32;
            if wants[i].1 <= even {
                Some((i, wants[i].1))
            } else if fair < wants[i].0 {
                Some((i, wants[i].0))
            } else {
                None
            }
        });
        match settled {
            Some((i, width)) => given[i] = Some(width + 0.02),
            None => {
                let rest = |i: usize| given[i].unwrap_or(left * wants[i].1 / asked);
                return (0..wants.len()).map(rest).collect();
            }
        }
    }
}

/// Too little room for every column's longest word: short words stay whole as long as an even share allows, and
/// the longest ones, code and addresses mostly, are divided.
fn ration(wants: &[(f32, f32)], room: f32) -> Vec<f32> {
    let mut needs: Vec<f32> = wants.iter().map(|w| w.0 + 0.02).collect();
    let mut sorted = needs.clone();
    sorted.sort_by(f32::total_cmp);
    let (mut left, mut share) = (room, room);
    for (i, need) in sorted.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "columns are few")]
        let even = left / (sorted.len() - i) as f32;
        share = even;
        if *need > even {
            break;
        }
        left -= need;
    }
    needs.iter_mut().for_each(|need| *need = need.min(share));
    needs
}

/// A row as one slab; a very tall one as a slab for each line, so that it can be divided.
fn slabs_of(row: &[Cell], columns: &[Column], pad: f32) -> Vec<Slab> {
    let broken: Vec<Vec<Line>> =
        row.iter().zip(columns).map(|(cell, column)| lines(&cell.shaped, column.width)).collect();
    let count = broken.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let tall = count > TALL;
    let mut slabs = vec![Slab::default(); if tall { count } else { 1 }];
    for line in 0..count {
        slabs[if tall { line } else { 0 }].height += TABLE.leading;
    }
    slabs[0].height += pad;
    if let Some(last) = slabs.last_mut() {
        last.height += pad;
    }
    // Cell after cell, as whoever reads aloud wants them.
    for ((cell, column), lines) in row.iter().zip(columns).zip(&broken) {
        slabs[0].inks.push(Inked { part: Some(cell.part), ink: Ink::Presence });
        let mut y = pad;
        for (i, line) in lines.iter().enumerate() {
            let slab = &mut slabs[if tall { i } else { 0 }];
            let base = baseline(TABLE) + if tall && i > 0 { 0.0 } else { y };
            slab.inks.extend(set(&cell.shaped, line, column.x, column.width, base, column.align));
            let clusters = &cell.shaped.clusters[line.clusters.clone()];
            let here = |at: usize| clusters.iter().any(|c| c.bytes.contains(&at));
            slab.notes.extend(cell.shaped.notes.iter().filter(|(_, at)| here(*at)).map(|(n, _)| *n));
            y += TABLE.leading;
        }
    }
    slabs
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn columns_get_what_they_want_when_there_is_room() {
        assert_eq!(share(&[(10.0, 20.0), (5.0, 30.0)], 100.0), [20.02, 30.02]);
    }

    #[test]
    fn short_columns_are_kept_whole_and_long_ones_share() {
        let widths = share(&[(10.0, 20.0), (30.0, 300.0), (30.0, 100.0)], 200.0);
        assert!((widths[0] - 20.02).abs() < 0.01, "{widths:?}");
        assert!(widths.iter().sum::<f32>() <= 200.1, "{widths:?}");
        assert!(widths[1] > widths[2] && widths[2] >= 30.0, "{widths:?}");
    }

    #[test]
    fn too_narrow_divides_only_the_longest_words() {
        let near = |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.1);
        let widths = share(&[(20.0, 200.0), (300.0, 400.0), (100.0, 100.0), (30.0, 30.0)], 200.0);
        assert!(near(&widths, &[20.0, 75.0, 75.0, 30.0]), "{widths:?}");
    }
}
