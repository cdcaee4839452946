//! What makes a PDF readable for everybody and the same every time: structure tree, outline, facts, fingerprint.

use super::facts::{self, Facts, utf16};
use super::outcome::PdfFault;
use super::pages::Book;
use super::parts::{Child, Part, Parts};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;

/// Adds to the document what printpdf cannot say, and writes it out.
pub(super) fn finish(
    document: Document,
    book: &Book,
    parts: &Parts,
    facts: &Facts<'_>,
) -> Result<Vec<u8>, PdfFault> {
    let mut finisher = Finisher { pages: document.page_iter().collect(), document };
    finisher.document.version = "1.7".to_owned();
    let old =
        |key: &[u8]| finisher.document.trailer.get(key).and_then(Object::as_reference).map_err(unwritten);
    // What printpdf wrote in these two places gives way.
    let (root, info) = (old(b"Root")?, old(b"Info")?);
    let catalog = finisher.catalog(book, parts, facts).map_err(unwritten)?;
    let mut document = finisher.document;
    document.set_object(root, catalog);
    document.set_object(info, facts::info(facts));
    document.trailer = dictionary! { "Root" => root, "Info" => info };
    document.compress();
    let mut fingerprint = Fingerprint(Sha256::new());
    document.save_to(&mut fingerprint).map_err(|e| PdfFault::Unwritten(e.to_string()))?;
    let id = fingerprint.0.finalize()[..16].to_vec();
    let id = Object::String(id, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|e| PdfFault::Unwritten(e.to_string()))?;
    Ok(bytes)
}

#[expect(clippy::needless_pass_by_value, reason = "it is the shape map_err asks for")]
fn unwritten(error: lopdf::Error) -> PdfFault {
    PdfFault::Unwritten(error.to_string())
}

struct Finisher {
    document: Document,
    pages: Vec<ObjectId>,
}

impl Finisher {
    fn catalog(&mut self, book: &Book, parts: &Parts, facts: &Facts<'_>) -> lopdf::Result<Dictionary> {
        let links = self.part_links()?;
        let tree = self.structure(parts, &links)?;
        let xmp = Stream::new(
            dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
            facts::xmp(facts).into_bytes(),
        );
        let xmp = self.document.add_object(xmp.with_compression(false));
        let pages = self.document.catalog()?.get(b"Pages")?.clone();
        let mut catalog = dictionary! {
            "Type" => "Catalog",
            "Pages" => pages,
            "Metadata" => xmp,
            "Lang" => Object::string_literal(facts.language),
            "MarkInfo" => dictionary! { "Marked" => true },
            "StructTreeRoot" => tree,
            "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        };
        if let Some(outline) = self.outline(book) {
            catalog.set("Outlines", outline);
        }
        Ok(catalog)
    }

    /// Makes every link annotation an object of its own, which a structure tree can point at.
    fn part_links(&mut self) -> lopdf::Result<Vec<(ObjectId, ObjectId)>> {
        let mut made = Vec::new();
        for page in self.pages.clone() {
            let annotations = self.document.get_dictionary(page)?.get(b"Annots")?.as_array()?.clone();
            let mut references = Vec::new();
            for annotation in annotations {
                let mut link = annotation.as_dict()?.clone();
                link.remove(b"C");
                link.set("F", 4);
                link.set("P", page);
                let says = match link.get(b"A").and_then(Object::as_dict).and_then(|a| a.get(b"URI")) {
                    Ok(address) => String::from_utf8_lossy(address.as_str()?).into_owned(),
                    Err(_) => "To another place in this document".to_owned(),
                };
                link.set("Contents", Object::String(utf16(&says), StringFormat::Hexadecimal));
                let id = self.document.add_object(link);
                made.push((id, page));
                references.push(Object::Reference(id));
            }
            let page = self.document.get_dictionary_mut(page)?;
            page.remove(b"Annots");
            if !references.is_empty() {
                page.set("Annots", references);
                page.set("Tabs", "S");
            }
        }
        Ok(made)
    }

    /// The structure tree (ISO 32000-1, 14.7).
    fn structure(&mut self, parts: &Parts, links: &[(ObjectId, ObjectId)]) -> lopdf::Result<ObjectId> {
        let root = self.document.new_object_id();
        let joined = parts.joined();
        let ids: BTreeMap<Part, ObjectId> =
            joined.iter().map(|part| (*part, self.document.new_object_id())).collect();
        let mut contents: Vec<Vec<Object>> = vec![Vec::new(); self.pages.len()];
        let mut owners: Vec<(i64, Object)> = Vec::new();
        for part in &joined {
            let known = parts.get(*part);
            let parent = known.parent.and_then(|p| ids.get(&p)).copied().unwrap_or(root);
            // Content on the part's own page is named by its number alone.
            let own = known.children.iter().find_map(|child| match child {
                Child::Content { page, .. } => Some(*page),
                _ => None,
            });
            let mut children: Vec<Object> = Vec::new();
            for child in &known.children {
                children.push(match child {
                    Child::Part(part) => Object::Reference(ids[part]),
                    Child::Content { page, number } => {
                        let at = usize::try_from(*number).unwrap_or(0);
                        let on_page = &mut contents[*page];
                        on_page.resize(on_page.len().max(at + 1), Object::Null);
                        on_page[at] = ids[part].into();
                        if own == Some(*page) {
                            children.push((*number).into());
                            continue;
                        }
                        dictionary! { "Type" => "MCR", "Pg" => self.pages[*page], "MCID" => *number }.into()
                    }
                    Child::Link(number) => {
                        let (link, page) = links[*number];
                        let key = number_of(self.pages.len() + number);
                        self.document.get_dictionary_mut(link)?.set("StructParent", key);
                        owners.push((key, ids[part].into()));
                        dictionary! { "Type" => "OBJR", "Obj" => link, "Pg" => page }.into()
                    }
                });
            }
            let mut element = element(known, parent, children, ids[part]);
            if let Some(page) = own {
                element.set("Pg", self.pages[page]);
            }
            self.document.set_object(ids[part], element);
        }
        let mut numbers = Vec::new();
        for (at, (page, on_page)) in self.pages.clone().into_iter().zip(contents).enumerate() {
            self.document.get_dictionary_mut(page)?.set("StructParents", number_of(at));
            let list = self.document.add_object(on_page);
            numbers.extend([number_of(at).into(), Object::Reference(list)]);
        }
        owners.sort_by_key(|(key, _)| *key);
        numbers.extend(owners.into_iter().flat_map(|(key, owner)| [key.into(), owner]));
        let by_number = self.document.add_object(dictionary! { "Nums" => numbers });
        self.document.set_object(
            root,
            dictionary! {
                "Type" => "StructTreeRoot",
                "K" => ids[&Parts::DOCUMENT],
                "ParentTree" => by_number,
                "ParentTreeNextKey" => number_of(self.pages.len() + links.len()),
            },
        );
        Ok(root)
    }

    /// The outline (ISO 32000-1, 12.3.3): headings under the headings above them.
    fn outline(&mut self, book: &Book) -> Option<ObjectId> {
        if book.bookmarks.len() < 2 {
            return None;
        }
        let root = self.document.new_object_id();
        let ids: Vec<ObjectId> = book.bookmarks.iter().map(|_| self.document.new_object_id()).collect();
        // Who stands under whom: the nearest heading before that is of a higher rank.
        let mut above: Vec<Option<usize>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (i, (bookmark, ..)) in book.bookmarks.iter().enumerate() {
            while open.last().is_some_and(|last| book.bookmarks[*last].0.level >= bookmark.level) {
                open.pop();
            }
            above.push(open.last().copied());
            open.push(i);
        }
        let mut siblings: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        let mut places = Vec::new();
        for (i, above) in above.iter().enumerate() {
            let level = siblings.entry(*above).or_default();
            places.push(level.len());
            level.push(i);
        }
        for (i, (bookmark, page, y)) in book.bookmarks.iter().enumerate() {
            let top = super::look::PAGE_HEIGHT - y + 8.0;
            let place: Vec<Object> = vec![
                self.pages[*page].into(),
                "XYZ".into(),
                Object::Null,
                Object::Real((top * 100.0).round() / 100.0),
                Object::Null,
            ];
            let mut entry = dictionary! {
                "Title" => Object::String(utf16(&bookmark.title), StringFormat::Hexadecimal),
                "Parent" => above[i].map_or(root, |a| ids[a]),
                "Dest" => place,
            };
            let level = &siblings[&above[i]];
            let here = places[i];
            if let Some(before) = here.checked_sub(1) {
                entry.set("Prev", ids[level[before]]);
            }
            if let Some(next) = level.get(here + 1) {
                entry.set("Next", ids[*next]);
            }
            if let Some(children) = siblings.get(&Some(i)) {
                entry.set("First", ids[children[0]]);
                entry.set("Last", ids[children[children.len() - 1]]);
                entry.set("Count", -number_of(children.len()));
            }
            self.document.set_object(ids[i], entry);
        }
        let top = &siblings[&None];
        let outline = dictionary! {
            "Type" => "Outlines",
            "First" => ids[*top.first()?],
            "Last" => ids[*top.last()?],
            "Count" => number_of(top.len()),
        };
        self.document.set_object(root, outline);
        Some(root)
    }
}

fn element(known: &super::parts::Known, parent: ObjectId, children: Vec<Object>, id: ObjectId) -> Dictionary {
    let mut element =
        dictionary! { "Type" => "StructElem", "S" => known.kind, "P" => parent, "K" => children };
    if let Some(alternative) = &known.alternative {
        element.set("Alt", Object::String(utf16(alternative), StringFormat::Hexadecimal));
    }
    if known.heads_column {
        element.set("A", dictionary! { "O" => "Table", "Scope" => "Column" });
    }
    if known.kind == "L" {
        let numbering = if known.numbered { "Decimal" } else { "Disc" };
        element.set("A", dictionary! { "O" => "List", "ListNumbering" => numbering });
    }
    if known.kind == "Note" {
        element.set("ID", Object::string_literal(format!("note-{}", id.0)));
    }
    element
}

fn number_of(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Takes the digest of what is written to it.
struct Fingerprint(Sha256);

impl io::Write for Fingerprint {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
