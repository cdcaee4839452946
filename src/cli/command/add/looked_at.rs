//! What a file handed in is, by its content, and what may therefore become of it.

use std::path::Path;

use portfolio::holder::{Incoming, Role};
use portfolio::render::escape::quoted;
use portfolio::render::kind::{HEAD_BYTES, Kind, NotPdf, TAIL_BYTES, kind_of, looks_like_pdf};
use portfolio::source::Source;

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::words::folder_words::name_of;

use super::UNDONE;

/// Larger text is kept as it is behind a cover page: nobody reads it as a document.
const MOST_TEXT: u64 = portfolio::render::pdf::MOST_TEXT as u64;
/// Larger pictures likewise.
const MOST_PICTURE: u64 = 64 << 20;

/// What a file is.
pub struct LookedAt {
    /// What it becomes: the document itself, what the document is made from, or an attachment.
    pub role: Role,
    /// Its media type.
    pub media_type: String,
    /// What people call it: `PDF`, `Markdown`, `ZIP`.
    pub words: String,
}

impl LookedAt {
    /// Looks at the first and last bytes. A `.pdf` that is none is refused unless a type was given.
    pub fn of(
        incoming: &Incoming,
        path: &Path,
        given: Option<&str>,
        world: &World,
    ) -> Result<LookedAt, Trouble> {
        let source = incoming.source();
        let name = incoming.name().as_str();
        let length = source.len();
        let head = piece(source, 0, length.min(HEAD_BYTES as u64), path, world)?;
        let tail_length = length.min(TAIL_BYTES as u64);
        let tail = piece(source, length - tail_length, tail_length, path, world)?;
        let kind = kind_of(&head);
        if kind == Kind::Empty {
            return Err(
                Trouble::new(exit::NO, "empty-file", format!("{} is empty", name_of(path))).fact(UNDONE)
            );
        }
        if let Some(given) = given {
            return LookedAt::typed(given, kind, name);
        }
        let is_named_pdf =
            incoming.name().extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
        if kind == Kind::Pdf || is_named_pdf {
            looks_like_pdf(&head, &tail, length)
                .map_err(|fault| not_a_pdf(&fault, path, kind, is_named_pdf))?;
        }
        if kind == Kind::LfsPointer {
            return Err(pointer(path));
        }
        let media_type = kind.media_type(name).to_owned();
        let role = match (kind, media_type.as_str()) {
            (Kind::Pdf, _) => Role::Document,
            (Kind::Png | Kind::Jpeg, _) if length <= MOST_PICTURE => Role::Source,
            (Kind::Text, "text/markdown" | "text/plain") if length <= MOST_TEXT => Role::Source,
            _ => Role::Attachment,
        };
        Ok(LookedAt { role, words: called(&media_type, name), media_type })
    }

    /// The type that the person says; only what really is a PDF can be the document.
    fn typed(given: &str, kind: Kind, name: &str) -> Result<LookedAt, Trouble> {
        let part = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
        };
        let whole =
            given.split_once('/').is_some_and(|(kind, rest)| part(kind) && part(rest)) && given.len() <= 127;
        if !whole {
            return Err(Trouble::usage(format!("--type {} is not a media type", quoted(given)))
                .fact(format!("One looks like text/html. {UNDONE}")));
        }
        let given = given.to_ascii_lowercase();
        if given == "application/pdf" && kind != Kind::Pdf {
            return Err(Trouble::new(
                exit::NO,
                "not-a-pdf",
                format!("{} is not a PDF", portfolio::render::naming::file(name)),
            )
            .fact(format!("It is {kind}. {UNDONE}")));
        }
        let role = match (kind, given.as_str()) {
            (Kind::Pdf, "application/pdf") => Role::Document,
            (Kind::Png, "image/png") | (Kind::Jpeg, "image/jpeg") => Role::Source,
            (Kind::Text, "text/markdown" | "text/plain") => Role::Source,
            _ => Role::Attachment,
        };
        Ok(LookedAt { role, words: called(&given, name), media_type: given })
    }
}

fn piece(
    source: &dyn Source,
    from: u64,
    length: u64,
    path: &Path,
    world: &World,
) -> Result<Vec<u8>, Trouble> {
    let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
    source.read_exact_at(from, &mut bytes).map_err(|cause| {
        let fault = portfolio::disk::DiskFault::from_io(&world.at(path), cause);
        crate::words::disk_words::refusal(fault, world, UNDONE)
    })?;
    Ok(bytes)
}

/// Names the evidence, so that the reader can believe it, and the usual cause.
fn not_a_pdf(fault: &NotPdf, path: &Path, kind: Kind, is_named_pdf: bool) -> Trouble {
    let name = name_of(path);
    if kind == Kind::LfsPointer {
        return pointer(path);
    }
    let trouble = match fault {
        NotPdf::OtherKind { kind, starts } => {
            let start = if starts.is_empty() {
                String::new()
            } else {
                format!("starts with {}: it ", quoted(starts))
            };
            Trouble::new(exit::NO, "not-a-pdf", format!("{name} is not a PDF"))
                .fact(format!("Its name ends in .pdf, but it {start}is {kind}."))
        }
        _ => Trouble::new(exit::NO, "damaged-pdf", format!("{name} is not a whole PDF"))
            .fact(format!("{}.", crate::words::folder_words::capital(&fault.to_string()))),
    };
    let cause = match kind {
        Kind::WebPage => Some("This happens when a download link wanted a login."),
        Kind::Pdf => Some("This happens when a download or a copy stopped half-way."),
        _ => None,
    };
    let trouble = cause.into_iter().fold(trouble, Trouble::fact).fact(UNDONE);
    if is_named_pdf && kind != Kind::Pdf {
        let kept_as = kind.media_type("");
        return trouble
            .hint(format!("save the real PDF and add that, or keep this one with: --type {kept_as}"));
    }
    trouble.hint("get the file again and add that")
}

fn pointer(path: &Path) -> Trouble {
    Trouble::new(exit::NO, "lfs-pointer", format!("{} is not the file itself", name_of(path)))
        .fact("It is a Git LFS pointer: three lines that say where the file is.")
        .fact(UNDONE)
        .hint("get the file with: git lfs pull")
}

/// What people call a file of this type.
fn called(media_type: &str, name: &str) -> String {
    let known = match media_type {
        "application/pdf" => "PDF",
        "text/markdown" => "Markdown",
        "text/plain" => "text",
        "text/html" => "web page",
        "text/csv" => "CSV",
        "image/png" => "PNG",
        "image/jpeg" => "JPEG",
        "application/zip" => "ZIP",
        "application/json" => "JSON",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_uppercase());
    match ending.filter(|ending| ending.len() <= 5 && ending.chars().all(char::is_alphanumeric)) {
        Some(ending) => ending,
        None => media_type.to_owned(),
    }
}
