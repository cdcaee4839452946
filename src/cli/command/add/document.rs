//! The PDF beside a file that is none: set from text, made of a picture, or a page that stands before the rest.

use std::error::Error;
use std::path::{Path, PathBuf};

use portfolio::disk;
use portfolio::holder::{Role, Staged};
use portfolio::path::RelPath;
use portfolio::render::naming::{file, some_of};
use portfolio::render::pdf::{self, Cover, Facts, Made};
use portfolio::time::Date;

use crate::terminal::screen::Screen;
use crate::terminal::surroundings::{Stopwatch, World};

/// Largest picture taken into a document, in bytes.
const PICTURE_BYTES: u64 = 64 << 20;
/// How many missing characters are named.
const NAMED: usize = 8;

/// Makes the PDF, and remembers what the person should know about it.
pub struct Maker<'a> {
    folder: PathBuf,
    author: &'a str,
    until: Option<Date>,
    world: &'a World,
    screen: &'a mut Screen,
    notes: Vec<String>,
}

impl<'a> Maker<'a> {
    /// For the file at `path`; pictures that its text names are looked for beside it.
    pub fn new(
        path: &Path,
        author: &'a str,
        until: Option<Date>,
        world: &'a World,
        screen: &'a mut Screen,
    ) -> Maker<'a> {
        let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
        Maker { folder, author, until, world, screen, notes: Vec::new() }
    }

    /// Makes the document of what was kept.
    pub fn make(&mut self, staged: &Staged<'_>) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        let date = self.world.now().date().to_string();
        let facts = Facts { title: staged.title, author: self.author, language: "en", date: Some(&date) };
        let made = match (staged.file.role, staged.file.media_type.as_str()) {
            (Role::Source, "image/png" | "image/jpeg") => pdf::from_picture(&whole(staged)?, &facts)?,
            (Role::Source, media_type) => {
                let bytes = whole(staged)?;
                let text = std::str::from_utf8(&bytes).map_err(|_| "the text is not UTF-8")?;
                self.typeset(text, media_type == "text/markdown", &facts)?
            }
            _ => {
                let until = self.until.map(Date::people);
                pdf::cover_sheet(
                    &Cover {
                        title: staged.title,
                        description: staged.description.unwrap_or_default(),
                        file_name: staged.file.name.as_str(),
                        size: staged.file.size,
                        media_type: &staged.file.media_type,
                        sha256: *staged.file.sha256.as_bytes(),
                        confidential_until: until.as_deref(),
                    },
                    &facts,
                )?
            }
        };
        self.remember(&made);
        Ok(made.bytes)
    }

    /// What the person should know about the document: sentences.
    pub fn finish(self) -> Vec<String> {
        self.screen.progress_done(self.world);
        self.notes
    }

    fn typeset(&mut self, text: &str, markdown: bool, facts: &Facts<'_>) -> Result<Made, pdf::PdfFault> {
        let working = Stopwatch::start();
        let (screen, world, folder) = (&mut *self.screen, self.world, &self.folder);
        let mut progress = |pages: usize| screen.progress(&format!("Setting page {pages} …"), world, working);
        if markdown {
            pdf::from_markdown(text, facts, &|named| picture(folder, named), &mut progress)
        } else {
            pdf::from_text(text, facts, &mut progress)
        }
    }

    fn remember(&mut self, made: &Made) {
        if !made.left_out.is_empty() {
            let names: Vec<String> = made.left_out.iter().map(|left| file(&left.path)).collect();
            self.notes.push(super::sentence(&format!("the PDF shows no picture for {}", some_of(&names))));
        }
        if !made.missing.is_empty() {
            let named: String = made.missing.iter().take(NAMED).collect();
            let shown = portfolio::render::escape::quoted(&named);
            self.notes.push(super::sentence(&format!(
                "the PDF has a sign in place of letters it has no shapes for: {shown}"
            )));
        }
    }
}

fn whole(staged: &Staged<'_>) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let mut bytes = vec![0; usize::try_from(staged.source.len())?];
    staged.source.read_exact_at(0, &mut bytes)?;
    Ok(bytes)
}

/// A picture that a text names by a safe path below its own folder.
fn picture(folder: &Path, named: &str) -> Option<Vec<u8>> {
    let path = RelPath::parse(named).ok()?;
    disk::read_bounded(&folder.join(path.as_str()), PICTURE_BYTES).ok()
}
