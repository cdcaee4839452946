//! What a file is, told from its first and last bytes and never from its name alone.
//!
//! A report saved from a browser is often a sign-in page with `.pdf` at the end of its name, and a file from
//! Git LFS may be three lines that point at the report. Both would be signed for as if they were the work, so
//! what is taken in is looked at first.

use std::fmt;

/// How many bytes from the start [`kind_of`] wants to see; fewer only when the file is shorter.
pub const HEAD_BYTES: usize = 1024;

/// How many bytes from the end [`looks_like_pdf`] wants to see; fewer only when the file is shorter.
pub const TAIL_BYTES: usize = 1024;

/// What the bytes are, as far as their start tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// No bytes at all.
    Empty,
    /// `%PDF-` (ISO 32000-1, 7.5.2).
    Pdf,
    /// HTML.
    WebPage,
    /// SVG, whatever stands before its root.
    Svg,
    /// The three lines Git LFS keeps in place of a file.
    LfsPointer,
    /// PNG (ISO/IEC 15948).
    Png,
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// A zip archive, and so also the office formats that are zip archives inside.
    Zip,
    /// A program for Linux, Windows or macOS.
    Program,
    /// A private key: OpenSSH, PEM, PuTTY or age.
    Secret,
    /// UTF-8 text without control characters.
    Text,
    /// Anything else.
    Binary,
}

impl Kind {
    /// What people read after "it is": `a web page`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Empty => "an empty file",
            Self::Pdf => "a PDF",
            Self::WebPage => "a web page",
            Self::Svg => "an SVG picture",
            Self::LfsPointer => "a Git LFS pointer, not the file itself",
            Self::Png => "a PNG picture",
            Self::Jpeg => "a JPEG picture",
            Self::Zip => "a ZIP archive",
            Self::Program => "a program",
            Self::Secret => "a private key",
            Self::Text => "plain text",
            Self::Binary => "a binary file",
        }
    }

    /// The media type of a file of this kind with this name. The content decides; the name only tells apart
    /// what looks alike from the start, such as Markdown and plain text.
    pub fn media_type(self, name: &str) -> &'static str {
        let extension = name.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
        match self {
            Self::Pdf => "application/pdf",
            Self::WebPage => "text/html",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Zip => zip_type(&extension),
            Self::Text | Self::LfsPointer | Self::Secret => text_type(&extension),
            Self::Binary | Self::Program | Self::Empty => binary_type(&extension),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// Why bytes are not taken for a PDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotPdf {
    /// It starts as something else.
    #[error("it is {kind}")]
    OtherKind {
        /// What it is instead.
        kind: Kind,
        /// The start of it, raw: escape it before showing it.
        starts: String,
    },
    /// The start of a PDF without its end: most often half a download.
    #[error("it starts like a PDF but has no %%EOF near its end")]
    NoEnd,
    /// No `startxref` line before the end.
    #[error("it starts like a PDF but does not say where its table of contents is")]
    NoTable,
    /// The table would lie outside the file: bytes are missing.
    #[error("its table of contents should be at byte {at}, and it has {length} bytes")]
    TableOutside {
        /// Where the file says the cross-reference table starts.
        at: u64,
        /// The length of the file in bytes.
        length: u64,
    },
}

/// Tells what a file is from its first bytes, at best [`HEAD_BYTES`] of them.
pub fn kind_of(head: &[u8]) -> Kind {
    if head.is_empty() {
        return Kind::Empty;
    }
    const MAGIC: [(&[u8], Kind); 11] = [
        (b"%PDF-", Kind::Pdf),
        (b"\x89PNG\r\n\x1a\n", Kind::Png),
        (b"\xff\xd8\xff", Kind::Jpeg),
        (b"PK\x03\x04", Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"\x7fELF", Kind::Program),
        (b"MZ", Kind::Program),
        (b"\xfe\xed\xfa\xcf", Kind::Program),
        (b"\xcf\xfa\xed\xfe", Kind::Program),
        (b"\xca\xfe\xba\xbe", Kind::Program),
        (b"openssh-key-v1\0", Kind::Secret),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic))
        && (*kind != Kind::Program || !is_text(head))
    {
        return *kind;
    }
    if is_text(head) {
        let text = String::from_utf8_lossy(head);
        let start = first_element(&text);
        return if text.starts_with("version https://git-lfs.github.com/spec/") {
            Kind::LfsPointer
        } else if is_svg(&start) {
            Kind::Svg
        } else if is_web_page(&start) {
            Kind::WebPage
        } else if text.lines().any(is_key_line) {
            Kind::Secret
        } else {
            Kind::Text
        };
    }
    // Readers accept a few stray bytes before the magic (ISO 32000-1, annex H.3, note 13).
    let near = &head[..head.len().min(HEAD_BYTES)];
    if near.windows(5).any(|w| w == b"%PDF-") { Kind::Pdf } else { Kind::Binary }
}

/// Whether the bytes have a PDF's start, end and cross-reference offset. `head` and `tail` are the first and
/// last bytes, at best [`HEAD_BYTES`] and [`TAIL_BYTES`] of them; `length` is that of the whole file.
pub fn looks_like_pdf(head: &[u8], tail: &[u8], length: u64) -> Result<(), NotPdf> {
    let kind = kind_of(head);
    if kind != Kind::Pdf {
        return Err(NotPdf::OtherKind { kind, starts: first_words(head) });
    }
    let end = find_last(tail, b"%%EOF").ok_or(NotPdf::NoEnd)?;
    let line = find_last(&tail[..end], b"startxref").ok_or(NotPdf::NoTable)?;
    let digits: String = tail[line + b"startxref".len()..end]
        .iter()
        .skip_while(|b| b.is_ascii_whitespace())
        .take_while(|b| b.is_ascii_digit())
        .map(|b| char::from(*b))
        .collect();
    let at: u64 = digits.parse().map_err(|_| NotPdf::NoTable)?;
    if at == 0 || at >= length { Err(NotPdf::TableOutside { at, length }) } else { Ok(()) }
}

/// The start of the file for a message such as: it starts with “<!DOCTYPE html>”. At most 40 characters of the
/// first line that has any, as they are: escaping is the caller's.
pub fn first_words(head: &[u8]) -> String {
    let text = String::from_utf8_lossy(&head[..head.len().min(HEAD_BYTES)]);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    let line = line.trim_start_matches('\u{feff}');
    match line.split_once('>') {
        Some((tag, _)) if line.starts_with('<') && tag.chars().count() < 40 => format!("{tag}>"),
        _ => line.chars().take(40).collect(),
    }
}

fn is_text(head: &[u8]) -> bool {
    let whole = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end inside a character; anything else is not UTF-8.
        Err(e) if e.error_len().is_none() => std::str::from_utf8(&head[..e.valid_up_to()]).unwrap_or(""),
        Err(_) => return false,
    };
    !whole.is_empty() && whole.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\x0c'))
}

/// The first 200 characters of the first element, in lower case: what stands before it is left out.
fn first_element(text: &str) -> String {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    let around = [("<!--", "-->"), ("<?", "?>")];
    while let Some(after) = around.iter().find_map(|(opens, closes)| {
        rest.strip_prefix(opens).and_then(|rest| rest.split_once(closes)).map(|(_, after)| after)
    }) {
        rest = after.trim_start();
    }
    rest.chars().take(200).collect::<String>().to_ascii_lowercase()
}

fn is_web_page(start: &str) -> bool {
    ["<!doctype html", "<html", "<head", "<body", "<script", "<title"]
        .iter()
        .any(|tag| start.starts_with(tag))
}

fn is_svg(start: &str) -> bool {
    let ends = [' ', '\t', '\r', '\n', '>', '/'];
    start.starts_with("<!doctype svg")
        || start.strip_prefix("<svg").is_some_and(|rest| rest.starts_with(ends))
}

fn is_key_line(line: &str) -> bool {
    (line.starts_with("-----BEGIN ") && line.trim_end().ends_with("PRIVATE KEY-----"))
        || line.starts_with("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY")
        || line.starts_with("PuTTY-User-Key-File-")
        || line.starts_with("AGE-SECRET-KEY-1")
}

fn find_last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|w| w == word)
}

fn zip_type(extension: &str) -> &'static str {
    match extension {
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "epub" => "application/epub+zip",
        "jar" => "application/java-archive",
        _ => "application/zip",
    }
}

fn text_type(extension: &str) -> &'static str {
    match extension {
        "md" | "markdown" => "text/markdown",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "json" | "ipynb" | "geojson" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "html" | "htm" => "text/html",
        "css" => "text/css",
        "js" | "mjs" => "text/javascript",
        "yaml" | "yml" => "application/yaml",
        "toml" => "application/toml",
        "sql" => "application/sql",
        "tex" => "application/x-tex",
        _ => "text/plain",
    }
}

fn binary_type(extension: &str) -> &'static str {
    match extension {
        "gz" | "tgz" => "application/gzip",
        "xz" => "application/x-xz",
        "zst" => "application/zstd",
        "7z" => "application/x-7z-compressed",
        "tar" => "application/x-tar",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "tif" | "tiff" => "image/tiff",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "parquet" => "application/vnd.apache.parquet",
        "sqlite" | "db" => "application/vnd.sqlite3",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, NotPdf, first_words, kind_of, looks_like_pdf};

    #[test]
    fn content_decides() {
        let cases: [(&[u8], Kind, &str); 22] = [
            (b"", Kind::Empty, "application/octet-stream"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", Kind::Pdf, "application/pdf"),
            (b"\xef\xbb\xbf\xff%PDF-1.4\n", Kind::Pdf, "application/pdf"),
            (b"<!DOCTYPE html>\n<p>Sign in</p>", Kind::WebPage, "text/html"),
            (b"\xef\xbb\xbf  <HTML><body>", Kind::WebPage, "text/html"),
            (b"<!-- saved --> <!-- twice -->\n<html>", Kind::WebPage, "text/html"),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Kind::Svg, "image/svg+xml"),
            (b"<?xml version=\"1.0\"?>\n<!-- a badge -->\n<svg>", Kind::Svg, "image/svg+xml"),
            (
                b"<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"x\" \"y\">\n<svg>",
                Kind::Svg,
                "image/svg+xml",
            ),
            (b"<?xml version=\"1.0\"?>\n<svgs/>", Kind::Text, "text/plain"),
            (b"version https://git-lfs.github.com/spec/v1\noid", Kind::LfsPointer, "text/plain"),
            (b"\x89PNG\r\n\x1a\n\0\0", Kind::Png, "image/png"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Kind::Jpeg, "image/jpeg"),
            (b"PK\x03\x04\x14\0", Kind::Zip, "application/zip"),
            (b"\x7fELF\x02\x01", Kind::Program, "application/octet-stream"),
            (b"MZ\x90\0\x03", Kind::Program, "application/octet-stream"),
            (b"MZ stands for Mark Zbikowski.", Kind::Text, "text/plain"),
            (b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", Kind::Secret, "text/plain"),
            (b"Bag\n-----BEGIN PRIVATE KEY-----\nMIIE", Kind::Secret, "text/plain"),
            (b"-----BEGIN PUBLIC KEY-----\nMIIE", Kind::Text, "text/plain"),
            (b"# Notes\n\nHello", Kind::Text, "text/plain"),
            (b"\0\x01\x02", Kind::Binary, "application/octet-stream"),
        ];
        for (bytes, kind, media_type) in cases {
            assert_eq!(kind_of(bytes), kind, "{}", first_words(bytes));
            assert_eq!(kind.media_type("report"), media_type, "{}", first_words(bytes));
        }
    }

    #[test]
    fn a_cut_character_is_still_text() {
        let text = "Πρόβλεψη ζήτησης".as_bytes();
        assert_eq!(kind_of(&text[..text.len() - 1]), Kind::Text);
        assert_eq!(kind_of(b"caf\xe9 au lait"), Kind::Binary);
    }

    #[test]
    fn the_name_only_refines() {
        assert_eq!(Kind::Text.media_type("notes.md"), "text/markdown");
        assert_eq!(Kind::Text.media_type("sales.CSV"), "text/csv");
        assert_eq!(Kind::Zip.media_type("slides.pptx").rsplit('.').next(), Some("presentation"));
        assert_eq!(Kind::Binary.media_type("data.parquet"), "application/vnd.apache.parquet");
        assert_eq!(Kind::WebPage.media_type("report.pdf"), "text/html");
    }

    #[test]
    fn start_end_and_table_make_a_pdf() {
        let head = b"%PDF-1.7\n";
        assert_eq!(looks_like_pdf(head, b"trailer\nstartxref\n512\n%%EOF\n", 600), Ok(()));
        assert_eq!(looks_like_pdf(head, b"startxref\r\n512\r\n%%EOF\r\n\0\0", 600), Ok(()));
        assert_eq!(looks_like_pdf(head, b"stream of bytes", 600), Err(NotPdf::NoEnd));
        assert_eq!(looks_like_pdf(head, b"trailer\n%%EOF", 600), Err(NotPdf::NoTable));
        assert_eq!(looks_like_pdf(head, b"startxref\nx\n%%EOF", 600), Err(NotPdf::NoTable));
        let outside = NotPdf::TableOutside { at: 600, length: 600 };
        assert_eq!(looks_like_pdf(head, b"startxref\n600\n%%EOF", 600), Err(outside));
        let page = NotPdf::OtherKind { kind: Kind::WebPage, starts: "<!DOCTYPE html>".into() };
        assert_eq!(looks_like_pdf(b"<!DOCTYPE html><title>x", b"", 20), Err(page));
    }

    #[test]
    fn the_first_words_are_short_and_raw() {
        assert_eq!(first_words(b"\n  <!DOCTYPE html><html lang=en>"), "<!DOCTYPE html>");
        assert_eq!(first_words("ж".repeat(90).as_bytes()), "ж".repeat(40));
        assert_eq!(first_words(b"\x1b[31mred"), "\u{1b}[31mred");
        assert_eq!(first_words(b""), "");
    }
}
