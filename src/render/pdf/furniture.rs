//! What every page carries besides its text: the title that runs along and the page's number.

use super::compose::Composer;
use super::faces::Face;
use super::facts::Facts;
use super::ink::Inked;
use super::look::{FOLIO, LEFT, RUNNING, RUNNING_TITLE, THIRD, WIDTH};
use super::pages::Book;
use super::shape::{Style, Text};

/// Adds "n of m" and the author at the foot of every page, and the title at the head of those from `from` on.
pub(super) fn furnish(composer: &mut Composer, book: &mut Book, facts: &Facts<'_>, from: usize) {
    let upright = Style::plain(Face::Roman, RUNNING.size, THIRD, None);
    let slanted = Style { face: Face::Italic, ..upright.clone() };
    let count = book.pages.len();
    let title = composer.fitted(&one_line(facts.title), &slanted, LEFT, WIDTH, RUNNING_TITLE);
    let author = composer.fitted(&one_line(facts.author), &upright, LEFT, WIDTH * 0.7, FOLIO);
    for (i, page) in book.pages.iter_mut().enumerate() {
        let number = format!("{} of {count}", i + 1);
        let (_, width) = composer.single(Text::of(&number, upright.clone()), 0.0, 0.0);
        let (number, _) = composer.single(Text::of(&number, upright.clone()), LEFT + WIDTH - width, FOLIO);
        let mut furniture: Vec<Inked> = Vec::new();
        if i >= from {
            furniture.extend(title.iter().cloned());
        }
        let mut foot: Vec<Inked> = author.clone();
        foot.extend(number);
        furniture.append(page);
        furniture.append(&mut foot);
        *page = furniture;
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
