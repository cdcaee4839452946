//! The logical structure beside the looks: headings, paragraphs, lists, cells, in reading order.
//!
//! It becomes the structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8), which is what a screen reader
//! reads. A part joins the tree when its first ink is laid down, so the tree's order is the reading order.

/// One part of a document, by its place in [`Parts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part(usize);

/// What hangs below a part, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Child {
    Part(Part),
    /// Marked content: the page and its number there.
    Content {
        page: usize,
        number: i64,
    },
    /// The link annotation with this number in the document.
    Link(usize),
}

/// What is known of a part.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// A standard structure type: `H1`, `P`, `TD` and so on.
    pub(super) kind: &'static str,
    pub(super) parent: Option<Part>,
    /// What a voice says in place of a picture.
    pub(super) alternative: Option<String>,
    /// For cells: how many columns they span is always one; whether they head a column.
    pub(super) heads_column: bool,
    /// For lists: whether the items are numbered.
    pub(super) numbered: bool,
    pub(super) children: Vec<Child>,
    joined: bool,
}

/// All parts of a document; the first is the document itself.
#[derive(Debug)]
pub(super) struct Parts {
    all: Vec<Known>,
}

impl Parts {
    /// The whole document.
    pub(super) const DOCUMENT: Part = Part(0);

    pub(super) fn new() -> Self {
        Self { all: vec![Known { kind: "Document", joined: true, ..Known::default() }] }
    }

    pub(super) fn add(&mut self, kind: &'static str, parent: Part) -> Part {
        self.all.push(Known { kind, parent: Some(parent), ..Known::default() });
        Part(self.all.len() - 1)
    }

    pub(super) fn get(&self, part: Part) -> &Known {
        &self.all[part.0]
    }

    pub(super) fn get_mut(&mut self, part: Part) -> &mut Known {
        &mut self.all[part.0]
    }

    /// Puts the part below its parent, and that below its own, unless they are there.
    pub(super) fn join(&mut self, part: Part) {
        let mut part = part;
        while !self.all[part.0].joined {
            self.all[part.0].joined = true;
            let Some(parent) = self.all[part.0].parent else { return };
            self.all[parent.0].children.push(Child::Part(part));
            part = parent;
        }
    }

    pub(super) fn adopt(&mut self, part: Part, child: Child) {
        self.join(part);
        self.all[part.0].children.push(child);
    }

    /// The parts that made it into the document, parents before children.
    pub(super) fn joined(&self) -> Vec<Part> {
        (0..self.all.len()).map(Part).filter(|p| self.all[p.0].joined).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Child, Parts};

    #[test]
    fn the_tree_follows_the_ink() {
        let mut parts = Parts::new();
        let list = parts.add("L", Parts::DOCUMENT);
        let unused = parts.add("P", Parts::DOCUMENT);
        let item = parts.add("LI", list);
        let before = parts.add("P", Parts::DOCUMENT);
        parts.adopt(before, Child::Content { page: 0, number: 0 });
        parts.adopt(item, Child::Content { page: 0, number: 1 });
        parts.adopt(item, Child::Content { page: 1, number: 0 });
        let top = &parts.get(Parts::DOCUMENT).children;
        assert_eq!(*top, [Child::Part(before), Child::Part(list)]);
        assert_eq!(parts.get(list).children, [Child::Part(item)]);
        assert_eq!(parts.joined(), [Parts::DOCUMENT, list, item, before]);
        assert!(!parts.joined().contains(&unused));
    }
}
