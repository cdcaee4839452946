//! Reading a PDF back: what it says about itself, and the text that can be copied from it.

use lopdf::{Document, LoadOptions, Object, decode_text_string};

use super::tables::{self, STREAM_BYTES};

/// Most that one page may unfold to, in bytes: text, not pictures.
const PAGE_BYTES: usize = 16 << 20;

/// What a PDF says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its title, by the information dictionary.
    pub title: Option<String>,
    /// Who wrote it, by the information dictionary or XMP.
    pub authors: Vec<String>,
    /// The programs that made it.
    pub programs: Vec<String>,
    /// The text of all pages, as far as its fonts say which letters they show.
    pub text: String,
    /// How many pages there are.
    pub pages: usize,
}

/// Why a PDF was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadingFault {
    /// It cannot be taken apart.
    #[error("it is damaged, or no PDF")]
    Damaged,
    /// It says that it has more parts than any document has.
    #[error("it asks for more memory than a document needs")]
    TooMuch,
    /// It asks for a password.
    #[error("it is locked with a password")]
    Locked,
}

/// Reads a PDF. A page whose text cannot be read leaves nothing behind.
///
/// # Errors
/// A file that cannot be opened at all.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadingFault> {
    if !tables::are_bounded(bytes) {
        return Err(ReadingFault::TooMuch);
    }
    let options = LoadOptions { max_decompressed_size: Some(STREAM_BYTES), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|_| ReadingFault::Damaged)?;
    if document.is_encrypted() {
        return Err(ReadingFault::Locked);
    }
    let mut reading = Reading { pages: document.get_pages().len(), ..Reading::default() };
    let info = document.trailer.get(b"Info").ok().and_then(|info| document.dereference(info).ok());
    if let Some(Ok(info)) = info.map(|(_, info)| info.as_dict()) {
        let field = |name: &[u8]| {
            let (_, value) = document.dereference(info.get(name).ok()?).ok()?;
            decode_text_string(value).ok().filter(|text| !text.trim().is_empty())
        };
        reading.title = field(b"Title");
        reading.authors.extend(field(b"Author"));
        reading.programs.extend([field(b"Creator"), field(b"Producer")].into_iter().flatten());
    }
    let xmp = xmp(&document).unwrap_or_default();
    reading.authors.extend(values(&xmp, "dc:creator"));
    reading.programs.extend(values(&xmp, "xmp:CreatorTool"));
    reading.programs.extend(values(&xmp, "pdf:Producer"));
    said_once(&mut reading.authors);
    said_once(&mut reading.programs);
    for page in document.get_pages().into_keys() {
        let chunks = document.extract_text_chunks_with_limit(&[page], PAGE_BYTES);
        chunks.into_iter().flatten().for_each(|chunk| reading.text.push_str(&chunk));
        reading.text.push('\n');
    }
    Ok(reading)
}

/// The names in their order, each once.
fn said_once(names: &mut Vec<String>) {
    let mut seen: Vec<String> = Vec::new();
    names.retain(|name| {
        let is_new = !seen.contains(name);
        seen.push(name.clone());
        is_new
    });
}

/// The document's XMP packet (ISO 16684-1).
fn xmp(document: &Document) -> Option<String> {
    let (_, metadata) = document.dereference(document.catalog().ok()?.get(b"Metadata").ok()?).ok()?;
    let Object::Stream(stream) = metadata else { return None };
    let bytes = stream.get_plain_content_with_limit(PAGE_BYTES).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// What stands between the tags of that name, the tags inside taken out.
fn values(xmp: &str, tag: &str) -> Vec<String> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut found = Vec::new();
    let mut rest = xmp;
    while let Some((_, after)) = rest.split_once(&open) {
        let Some((inside, left)) = after.split_once(&close) else { break };
        rest = left;
        let mut text = String::new();
        let mut in_tag = true;
        for c in inside.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                c if !in_tag => text.push(c),
                _ => {}
            }
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text =
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        found.extend(Some(text).filter(|text| !text.is_empty()));
    }
    found
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::{ReadingFault, STREAM_BYTES, read};
    use crate::render::pdf::{Facts, from_markdown};

    #[test]
    fn what_was_set_is_read_back() {
        let facts = Facts { title: "Forecast & <report>", author: "Alex Rivera", language: "en", date: None };
        let text = "# Forecast report\n\nThe error fell from 14.2 % to 9.8 %, in München.\n";
        let made = from_markdown(text, &facts, &|_| None, &mut |_| ()).unwrap();
        let reading = read(&made.bytes).unwrap();
        assert_eq!(reading.title.as_deref(), Some("Forecast & <report>"));
        assert_eq!(
            (reading.authors, reading.programs),
            (vec!["Alex Rivera".to_owned()], vec!["portfolio".to_owned()])
        );
        assert_eq!(reading.pages, 1);
        let text: String = reading.text.split_whitespace().collect();
        assert!(text.contains("Theerrorfellfrom14.2%to9.8%,inMünchen."), "{}", reading.text);
    }

    /// A document that ends in a cross-reference stream with this dictionary and body.
    fn with_table(dictionary: &str, body: &[u8]) -> Vec<u8> {
        let mut pdf = b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n".to_vec();
        pdf.extend(b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n");
        let start = pdf.len();
        pdf.extend(format!("3 0 obj\n<</Type/XRef/Root 1 0 R/Length {}{dictionary}>>\n", body.len()).bytes());
        pdf.extend([b"stream\n", body, b"\nendstream\nendobj\nstartxref\n"].concat());
        pdf.extend(format!("{start}\n%%EOF\n").bytes());
        pdf
    }

    #[test]
    fn a_table_that_asks_for_all_memory_is_not_read() {
        let sound = [[0; 4], [1, 0, 9, 0], [1, 0, 54, 0]].concat();
        let pages = |dictionary, body| read(&with_table(dictionary, body)).map(|reading| reading.pages);
        assert_eq!(pages("/Size 3/W[1 2 1]", &sound), Ok(0));
        assert_eq!(pages("/Size 3/W[9999999999 2 1]", &sound), Err(ReadingFault::TooMuch));
        assert_eq!(pages("/Size 3/W[0 0 0]/Index[0 999999]", &sound), Err(ReadingFault::TooMuch));
        assert_eq!(pages("/Size 9999999999/W[1 2 1]", &sound), Err(ReadingFault::TooMuch));
        let rows =
            "/Size 3/W[1 2 1]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 99999999999/Colors 9>>";
        assert_eq!(pages(rows, &sound), Err(ReadingFault::TooMuch));
    }

    #[test]
    fn a_table_that_unfolds_without_end_is_not_read() {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(&vec![0; STREAM_BYTES + 1]).unwrap();
        let body = packer.finish().unwrap();
        let read = read(&with_table("/Size 3/W[1 2 1]/Filter/FlateDecode", &body));
        assert_eq!(read, Err(ReadingFault::Damaged));
    }

    #[test]
    fn what_is_no_pdf_is_not_read() {
        assert_eq!(read(b"%PDF-1.7\nnothing"), Err(ReadingFault::Damaged));
        assert_eq!(read(b""), Err(ReadingFault::Damaged));
    }
}
