//! A story becomes a piece of work: its public half, or all of it if asked, as a Markdown file to add.

use std::path::Path;

use crate::disk::{self, DiskFault, FileSource, Links, Mode};
use crate::holder::{HolderFault, Incoming, Locked, Story};
use crate::path::{FileName, Slug};

impl Locked {
    /// The story at `path` as a file to add, without its front matter; with its gated half only if `whole`. `None`
    /// where no story of this portfolio lies there.
    pub fn incoming_story(&self, path: &Path, whole: bool) -> Result<Option<(Incoming, Story)>, HolderFault> {
        let real = match disk::real_path(path) {
            Err(DiskFault::NotFound(_)) => return Ok(None),
            real => real?,
        };
        let Ok(name) = real.strip_prefix(self.root().join("stories")) else { return Ok(None) };
        let id =
            name.to_str().and_then(|name| name.strip_suffix(".md")).and_then(|stem| Slug::parse(stem).ok());
        let Some(id) = id else { return Ok(None) };
        let story = self.story(&id)?;
        let mut text = story.public.clone();
        if let (true, Some(gated)) = (whole, &story.gated) {
            text.push('\n');
            text.push_str(gated);
        }
        let stage = self.stage()?;
        let name = FileName::parse(&format!("{id}.md"))
            .map_err(|fault| HolderFault::BadName { name: id.to_string(), fault })?;
        let staged = stage.path().join(name.as_str());
        disk::write_new(&staged, text.as_bytes(), Mode::Shared)?;
        let source = FileSource::open(&staged, Links::Refuse)?;
        Ok(Some((Incoming::staged(source, name, stage), story)))
    }
}
