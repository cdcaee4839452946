//! Slabs dealt out to pages: what belongs together stays together, and notes stand at the foot of their page.

use super::ink::{Area, Ink, Inked};
use super::look::{BOTTOM, HAIRLINE, LEFT, SECOND, TOP};
use super::slab::{Band, Bookmark, Slab};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Space above the notes, with a short rule in it.
const FOOT_GAP: f32 = 16.0;
const FOOT_RULE: f32 = 72.0;

/// A document dealt out to pages.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) pages: Vec<Vec<Inked>>,
    /// Each entry of the outline with its page and its height there.
    pub(super) bookmarks: Vec<(Bookmark, usize, f32)>,
    /// Where named places are.
    pub(super) anchors: BTreeMap<String, (usize, f32)>,
}

/// Deals slabs out. `notes` are the slabs of each numbered note; `progress` hears the pages done so far.
pub(super) fn deal(slabs: Vec<Slab>, notes: Vec<Vec<Slab>>, progress: &mut dyn FnMut(usize)) -> Book {
    let mut desk = Desk { y: TOP, notes, ..Desk::default() };
    let mut slabs = slabs.into_iter().peekable();
    while slabs.peek().is_some() {
        let mut chain = Vec::new();
        while let Some(slab) = slabs.next() {
            let more = slab.keep && slabs.peek().is_some();
            chain.push(slab);
            if !more {
                break;
            }
        }
        desk.place_chain(chain, progress);
    }
    while !desk.inks.is_empty() || !desk.foot.is_empty() || !desk.carried.is_empty() {
        desk.turn(progress);
    }
    if desk.book.pages.is_empty() {
        desk.turn(progress);
    }
    desk.book
}

/// The page being filled.
#[derive(Default)]
struct Desk {
    book: Book,
    notes: Vec<Vec<Slab>>,
    noted: BTreeSet<usize>,
    inks: Vec<Inked>,
    y: f32,
    /// What the last slab wants below itself.
    after: f32,
    bands: Vec<(Band, f32, f32)>,
    foot: Vec<Slab>,
    foot_height: f32,
    /// Lines of notes that found no room on the page before.
    carried: VecDeque<Slab>,
}

impl Desk {
    fn empty(&self) -> bool {
        self.inks.is_empty()
    }

    fn space(&self, slab: &Slab) -> f32 {
        if self.empty() { 0.0 } else { self.after.max(slab.before) }
    }

    fn room(&self) -> f32 {
        BOTTOM - self.y - self.foot_height
    }

    /// The height of slabs from here down, with the notes that they bring along.
    fn need(&self, chain: &[Slab]) -> f32 {
        let (mut sum, mut after, mut empty) = (0.0, self.after, self.empty());
        let mut brought: BTreeSet<usize> = BTreeSet::new();
        for slab in chain {
            sum += slab.height + if empty { 0.0 } else { after.max(slab.before) };
            (after, empty) = (slab.after, false);
            brought.extend(slab.notes.iter().filter(|n| !self.noted.contains(*n)));
        }
        let lines = brought.iter().filter_map(|n| self.notes.get(*n)).flatten();
        let foot: f32 = lines.map(|line| line.height + line.before).sum();
        sum + foot + if foot > 0.0 && self.foot.is_empty() { FOOT_GAP } else { 0.0 }
    }

    fn place_chain(&mut self, chain: Vec<Slab>, progress: &mut dyn FnMut(usize)) {
        if self.need(&chain) > self.room() && !self.empty() {
            self.turn(progress);
        }
        if self.need(&chain) <= self.room() {
            chain.into_iter().for_each(|slab| self.place(slab));
            return;
        }
        // Longer than a page: it has to be divided somewhere.
        for slab in chain {
            if slab.height + self.space(&slab) > self.room() && !self.empty() {
                self.turn(progress);
            }
            self.place(slab);
        }
    }

    fn place(&mut self, slab: Slab) {
        if self.empty()
            && let Some(head) = &slab.head
        {
            let head = head.as_decoration();
            self.lay(head);
        }
        let brought: Vec<usize> = slab.notes.iter().copied().filter(|n| self.noted.insert(*n)).collect();
        self.lay(slab);
        for note in brought {
            let lines = self.notes.get_mut(note).map(std::mem::take).unwrap_or_default();
            self.carried.extend(lines);
        }
        self.fill_foot();
    }

    fn lay(&mut self, slab: Slab) {
        self.y += self.space(&slab);
        let top = self.y;
        let page = self.book.pages.len();
        for band in &slab.bands {
            match self.bands.iter_mut().rev().find(|(same, ..)| same.number == band.number) {
                Some((_, _, low)) => *low = top + slab.height,
                None => self.bands.push((*band, top, top + slab.height)),
            }
        }
        if let Some(bookmark) = slab.bookmark {
            self.book.bookmarks.push((bookmark, page, top));
        }
        if let Some(anchor) = slab.anchor {
            self.book.anchors.entry(anchor).or_insert((page, top));
        }
        self.inks.extend(slab.inks.into_iter().map(|ink| ink.lowered(top)));
        if slab.height > 0.0 && self.inks.is_empty() {
            self.inks.push(Inked::decoration(Ink::Presence));
        }
        self.y += slab.height;
        self.after = slab.after;
    }

    /// Moves lines of notes to the foot while there is room; one always finds it, so that notes come to an end.
    fn fill_foot(&mut self) {
        while let Some(line) = self.carried.front() {
            let gap = if self.foot.is_empty() { FOOT_GAP } else { 0.0 };
            let need = line.height + line.before + gap;
            if need > self.room() && !(self.empty() && self.foot.is_empty()) {
                break;
            }
            self.foot_height += need;
            let Some(line) = self.carried.pop_front() else { return };
            // A note may refer to further notes.
            for note in line.notes.iter().copied().filter(|n| self.noted.insert(*n)) {
                let lines = self.notes.get_mut(note).map(std::mem::take).unwrap_or_default();
                self.carried.extend(lines);
            }
            self.foot.push(line);
        }
    }

    /// Finishes the page and starts the next.
    fn turn(&mut self, progress: &mut dyn FnMut(usize)) {
        let page = self.book.pages.len();
        let ground = self.bands.drain(..).map(|(band, top, low)| {
            let area = Area {
                x: band.x,
                y: top - band.overhang,
                width: band.width,
                height: low - top + 2.0 * band.overhang,
            };
            Inked::decoration(Ink::Fill(area, band.colour))
        });
        let mut inks: Vec<Inked> = ground.collect();
        inks.append(&mut self.inks);
        let mut y = BOTTOM - self.foot_height;
        if !self.foot.is_empty() {
            let rule = Area { x: LEFT, y: y + FOOT_GAP - 6.0, width: FOOT_RULE, height: HAIRLINE };
            inks.push(Inked::decoration(Ink::Fill(rule, SECOND)));
            y += FOOT_GAP;
        }
        for line in self.foot.drain(..) {
            y += line.before;
            if let Some(anchor) = line.anchor {
                self.book.anchors.entry(anchor).or_insert((page, y));
            }
            inks.extend(line.inks.into_iter().map(|ink| ink.lowered(y)));
            y += line.height;
        }
        self.book.pages.push(inks);
        progress(self.book.pages.len());
        (self.y, self.after, self.foot_height) = (TOP, 0.0, 0.0);
        self.fill_foot();
    }
}

#[cfg(test)]
mod tests {
    use super::{Book, deal};
    use crate::render::pdf::ink::{Area, Ink, Inked};
    use crate::render::pdf::look::{BOTTOM, INK, TOP};
    use crate::render::pdf::slab::{Band, Slab};
    use std::rc::Rc;

    fn slab(height: f32) -> Slab {
        let area = Area { x: 0.0, y: 0.0, width: 1.0, height };
        Slab { height, inks: vec![Inked::decoration(Ink::Fill(area, INK))], ..Slab::default() }
    }

    fn dealt(slabs: Vec<Slab>, notes: Vec<Vec<Slab>>) -> (Book, Vec<Vec<(f32, f32)>>) {
        let book = deal(slabs, notes, &mut |_| ());
        let areas = |page: &Vec<Inked>| {
            let area = |inked: &Inked| match &inked.ink {
                Ink::Fill(area, _) => Some((area.y, area.height)),
                _ => None,
            };
            page.iter().filter_map(area).collect()
        };
        let pages = book.pages.iter().map(areas).collect();
        (book, pages)
    }

    const ALL: f32 = BOTTOM - TOP;

    #[test]
    fn what_must_stay_together_moves_together() {
        let kept = Slab { keep: true, before: 20.0, ..slab(30.0) };
        let (_, pages) = dealt(vec![slab(ALL - 70.0), kept, slab(40.0)], vec![]);
        assert_eq!(pages, [vec![(TOP, ALL - 70.0)], vec![(TOP, 30.0), (TOP + 30.0, 40.0)]]);
    }

    #[test]
    fn a_chain_longer_than_a_page_is_divided() {
        let chain = (0..3).map(|_| Slab { keep: true, ..slab(ALL / 2.0) }).collect();
        assert_eq!(dealt(chain, vec![]).1.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn notes_stand_at_the_foot_of_the_page_that_names_them() {
        let noting = Slab { notes: vec![0], ..slab(30.0) };
        let (_, pages) = dealt(vec![slab(ALL - 50.0), noting, slab(10.0)], vec![vec![slab(12.0)]]);
        assert_eq!(pages[0], [(TOP, ALL - 50.0)]);
        let note = *pages[1].last().unwrap();
        assert_eq!(note, (BOTTOM - 12.0, 12.0));
    }

    #[test]
    fn a_note_that_is_too_long_goes_on_at_the_next_foot() {
        let noting = Slab { notes: vec![0], ..slab(30.0) };
        let lines = (0..3).map(|_| slab(ALL / 2.0)).collect();
        let (_, pages) = dealt(vec![noting], vec![lines]);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2, 2]);
    }

    #[test]
    fn heads_are_repeated_and_bands_drawn_once_a_page() {
        let head = Rc::new(slab(15.0));
        let band = Band { number: 1, x: 0.0, width: 5.0, colour: INK, overhang: 2.0 };
        let row = |height| Slab { head: Some(Rc::clone(&head)), bands: vec![band], ..slab(height) };
        let (_, pages) = dealt(vec![slab(5.0), row(ALL - 10.0), row(40.0), row(10.0)], vec![]);
        assert_eq!(pages[1], [(TOP + 13.0, 54.0), (TOP, 15.0), (TOP + 15.0, 40.0), (TOP + 55.0, 10.0)]);
    }

    #[test]
    fn nothing_still_makes_a_page() {
        assert_eq!(dealt(vec![], vec![]).0.pages.len(), 1);
    }
}
