//! Markdown read into blocks: CommonMark with tables, task lists, strike-through and footnotes.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;

/// How deep lists and quotes may nest; what lies deeper is shown at this depth.
const DEEPEST: usize = 12;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Bit {
    Text(String, Look),
    /// A line ends here by the writer's will.
    Break,
    /// A reference to the footnote with this label.
    Note(String),
}

/// The cells of a table's row.
pub(super) type Row = Vec<Vec<Bit>>;

/// How a piece of text is meant to look.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Look {
    pub(super) strong: bool,
    pub(super) emphatic: bool,
    pub(super) struck: bool,
    pub(super) code: bool,
    /// Which link of the document it is in, and where that leads.
    pub(super) link: Option<(usize, String)>,
}

/// A block of a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    Heading(usize, Vec<Bit>),
    Paragraph(Vec<Bit>),
    Code(String),
    Rule,
    Picture { path: String, alternative: String, title: String },
    Quote(Option<&'static str>, Vec<Block>),
    List { first: Option<u64>, items: Vec<Item> },
    Table { aligns: Vec<Alignment>, head: Row, rows: Vec<Row> },
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Item {
    /// For a task: whether it is done.
    pub(super) task: Option<bool>,
    pub(super) blocks: Vec<Block>,
}

/// A document as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Source {
    pub(super) blocks: Vec<Block>,
    /// Footnotes by label.
    pub(super) notes: BTreeMap<String, Vec<Block>>,
}

/// Reads Markdown. HTML is not interpreted but for `<br>`; other tags are shown as they are written.
pub(super) fn read(text: &str) -> Source {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader { open: vec![Open::default()], ..Reader::default() };
    for event in Parser::new_ext(text, options) {
        reader.take(event);
    }
    reader.close_paragraph();
    while reader.open.len() > 1 {
        reader.close();
    }
    Source { blocks: reader.open.swap_remove(0).blocks, notes: reader.notes }
}

/// A container that is still open.
#[derive(Default)]
struct Open {
    kind: Kind,
    blocks: Vec<Block>,
}

#[derive(Default)]
enum Kind {
    #[default]
    Document,
    Quote(Option<&'static str>),
    List(Option<u64>, Vec<Item>),
    Item(Option<bool>),
    Note(String),
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    notes: BTreeMap<String, Vec<Block>>,
    /// Containers left out because they lie too deep.
    beyond: usize,
    bits: Vec<Bit>,
    look: Look,
    strong: usize,
    emphatic: usize,
    links: usize,
    code: Option<String>,
    picture: Option<(String, String, String)>,
    table: Option<(Vec<Alignment>, Vec<Row>)>,
    hidden: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.coded(&text),
            Event::InlineHtml(html) | Event::Html(html) => self.html(&html),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.bits.push(Bit::Break),
            Event::FootnoteReference(label) => self.bits.push(Bit::Note(label.into_string())),
            Event::Rule => self.block(Block::Rule),
            Event::TaskListMarker(done) => {
                if let Some(Open { kind: Kind::Item(task), .. }) = self.open.last_mut() {
                    *task = Some(done);
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.coded(&text),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::BlockQuote(kind) => {
                use pulldown_cmark::BlockQuoteKind as Q;
                self.nest(Kind::Quote(kind.map(|kind| match kind {
                    Q::Note => "Note",
                    Q::Tip => "Tip",
                    Q::Important => "Important",
                    Q::Warning => "Warning",
                    Q::Caution => "Caution",
                })));
            }
            Tag::List(first) => self.nest(Kind::List(first, Vec::new())),
            Tag::Item => self.nest(Kind::Item(None)),
            Tag::FootnoteDefinition(label) => self.nest(Kind::Note(label.into_string())),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) | Tag::HtmlBlock => {
                self.close_paragraph();
                self.code = Some(String::new());
            }
            Tag::Heading { .. } | Tag::Paragraph => self.close_paragraph(),
            Tag::Table(aligns) => {
                self.close_paragraph();
                self.table = Some((aligns, Vec::new()));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some((_, rows)) = &mut self.table {
                    rows.push(Vec::new());
                }
            }
            Tag::Emphasis => self.emphatic += 1,
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.look.struck = true,
            Tag::Link { dest_url, .. } => {
                self.links += 1;
                self.look.link = Some((self.links, dest_url.into_string()));
            }
            Tag::Image { dest_url, title, .. } => {
                self.picture = Some((dest_url.into_string(), String::new(), title.into_string()));
            }
            Tag::MetadataBlock(_) => self.hidden = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.close_paragraph(),
            TagEnd::Heading(level) => {
                let bits = std::mem::take(&mut self.bits);
                self.block(Block::Heading(level_of(level), bits));
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.close_paragraph();
                if self.beyond > 0 { self.beyond -= 1 } else { self.close() }
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                let code = self.code.take().unwrap_or_default();
                let comment = tag == TagEnd::HtmlBlock
                    && code.trim_start().starts_with("<!--")
                    && code.trim_end().ends_with("-->");
                if !comment {
                    self.block(Block::Code(code.trim_end_matches('\n').to_owned()));
                }
            }
            TagEnd::Table => {
                if let Some((aligns, mut rows)) = self.table.take() {
                    let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
                    self.block(Block::Table { aligns, head, rows });
                }
            }
            TagEnd::TableCell => {
                let bits = std::mem::take(&mut self.bits);
                if let Some(row) = self.table.as_mut().and_then(|(_, rows)| rows.last_mut()) {
                    row.push(bits);
                }
            }
            TagEnd::Emphasis => self.emphatic = self.emphatic.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Strikethrough => self.look.struck = false,
            TagEnd::Link => self.look.link = None,
            TagEnd::Image => self.end_picture(),
            TagEnd::MetadataBlock(_) => self.hidden = false,
            _ => {}
        }
    }

    /// A picture in a sentence or a cell stays there by its words; one in a paragraph of its own is shown.
    fn end_picture(&mut self) {
        let Some((path, alternative, title)) = self.picture.take() else { return };
        if self.table.is_some() {
            self.text(&format!("[picture: {}]", if alternative.is_empty() { &path } else { &alternative }));
        } else {
            self.close_paragraph();
            self.block(Block::Picture { path, alternative, title });
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden {
            return;
        }
        if let Some(code) = &mut self.code {
            code.push_str(text);
        } else if let Some((_, alternative, _)) = &mut self.picture {
            alternative.push_str(text);
        } else if text != " " || !self.bits.is_empty() {
            let (strong, emphatic) = (self.strong > 0, self.emphatic > 0);
            let look = Look { strong, emphatic, ..self.look.clone() };
            match self.bits.last_mut() {
                Some(Bit::Text(before, same)) if *same == look => before.push_str(text),
                _ => self.bits.push(Bit::Text(text.to_owned(), look)),
            }
        }
    }

    fn coded(&mut self, text: &str) {
        if let Some((_, alternative, _)) = &mut self.picture {
            alternative.push_str(text);
            return;
        }
        let (strong, emphatic) = (self.strong > 0, self.emphatic > 0);
        let look = Look { strong, emphatic, code: true, ..self.look.clone() };
        self.bits.push(Bit::Text(text.to_owned(), look));
    }

    fn html(&mut self, html: &str) {
        let tag: String = html.chars().filter(|c| !c.is_whitespace()).collect();
        if self.code.is_some() {
            self.text(html);
        } else if matches!(tag.to_ascii_lowercase().as_str(), "<br>" | "<br/>") {
            self.bits.push(Bit::Break);
        } else if !tag.starts_with("<!--") {
            self.coded(html);
        }
    }

    fn nest(&mut self, kind: Kind) {
        self.close_paragraph();
        if self.open.len() > DEEPEST {
            self.beyond += 1;
        } else {
            self.open.push(Open { kind, blocks: Vec::new() });
        }
    }

    fn block(&mut self, block: Block) {
        match self.open.last_mut() {
            // Only items lie in a list; anything else there came from beyond the deepest level.
            Some(Open { kind: Kind::List(_, items), .. }) => {
                items.push(Item { task: None, blocks: vec![block] });
            }
            Some(open) => open.blocks.push(block),
            None => {}
        }
    }

    fn close_paragraph(&mut self) {
        let bits = std::mem::take(&mut self.bits);
        if bits.iter().any(|bit| !matches!(bit, Bit::Text(text, _) if text.trim().is_empty())) {
            self.block(Block::Paragraph(bits));
        }
    }

    fn close(&mut self) {
        let Some(Open { kind, blocks }) = self.open.pop() else { return };
        match kind {
            Kind::Document => self.open.push(Open { kind, blocks }),
            Kind::Quote(word) => self.block(Block::Quote(word, blocks)),
            Kind::List(first, items) => self.block(Block::List { first, items }),
            Kind::Note(label) => {
                self.notes.entry(label).or_insert(blocks);
            }
            Kind::Item(task) => {
                if let Some(Open { kind: Kind::List(_, items), .. }) = self.open.last_mut() {
                    items.push(Item { task, blocks });
                }
            }
        }
    }
}

fn level_of(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::{Bit, Block, DEEPEST, Item, Look, read};

    fn text(words: &str) -> Bit {
        Bit::Text(words.to_owned(), Look::default())
    }

    fn paragraph(words: &str) -> Block {
        Block::Paragraph(vec![text(words)])
    }

    #[test]
    fn tight_and_loose_items_hold_paragraphs() {
        let item = |task, blocks| Item { task, blocks };
        let inner = Block::List { first: Some(3), items: vec![item(None, vec![paragraph("c")])] };
        let expected = Block::List {
            first: None,
            items: vec![item(Some(true), vec![paragraph("a")]), item(None, vec![paragraph("b"), inner])],
        };
        assert_eq!(read("- [x] a\n- b\n\n  3. c\n").blocks, [expected]);
    }

    #[test]
    fn pictures_stand_between_paragraphs_and_by_their_words_in_cells() {
        let picture = |alternative: &str| Block::Picture {
            path: "p.png".into(),
            alternative: alternative.into(),
            title: "t".into(),
        };
        let blocks = read("one ![*a* `b`](p.png \"t\")\ntwo").blocks;
        assert_eq!(blocks, [paragraph("one "), picture("a b"), paragraph("two")]);
        let Block::Table { rows, .. } = &read("|h|\n|-|\n|![x](p.png)|").blocks[0] else { panic!("a table") };
        assert_eq!(rows[0][0], [text("[picture: x]")]);
    }

    #[test]
    fn html_is_shown_and_comments_and_front_matter_are_not() {
        let source = read("---\ntitle: x\n---\na<br>b <!-- c -->\n\n<!-- d -->\n\n<div>\n");
        let first = Block::Paragraph(vec![text("a"), Bit::Break, text("b ")]);
        assert_eq!(source.blocks, [first, Block::Code("<div>".into())]);
    }

    #[test]
    fn footnotes_are_found_wherever_they_are() {
        let source = read("a[^1]\n\n[^1]: b\n");
        assert_eq!(source.blocks, [Block::Paragraph(vec![text("a"), Bit::Note("1".into())])]);
        assert_eq!(source.notes["1"], [paragraph("b")]);
    }

    #[test]
    fn nesting_ends_at_some_depth_and_loses_nothing() {
        let mut blocks = read(&format!("{}deep", "> ".repeat(5000))).blocks;
        let mut depth = 0;
        while let [Block::Quote(_, inner)] = &blocks[..] {
            blocks = inner.clone();
            depth += 1;
        }
        assert_eq!((depth, blocks), (DEEPEST, vec![paragraph("deep")]));
    }
}
