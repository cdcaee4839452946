//! Who wrote a document, what it is called and when: as PDF says it (the information dictionary and XMP).

use lopdf::{Dictionary, Object, StringFormat, dictionary};

/// What a document says about itself.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Shown as the window's title, and at the head of every page but the first.
    pub title: &'a str,
    /// Shown at the foot of every page; may be empty.
    pub author: &'a str,
    /// The language the text is in (BCP 47), for voices that read it: `en`.
    pub language: &'a str,
    /// The day it is from, `YYYY-MM-DD`.
    pub date: Option<&'a str>,
}

/// What both places name as the producer.
const PRODUCER: &str = "portfolio";

/// The information dictionary (ISO 32000-1, 14.3.3).
pub(super) fn info(facts: &Facts<'_>) -> Dictionary {
    let text = |text: &str| Object::String(utf16(text), StringFormat::Hexadecimal);
    let mut info =
        dictionary! { "Title" => text(facts.title), "Producer" => Object::string_literal(PRODUCER) };
    if !facts.author.is_empty() {
        info.set("Author", text(facts.author));
    }
    if let Some(date) = facts.date {
        let digits: String = date.chars().filter(char::is_ascii_digit).collect();
        info.set("CreationDate", Object::string_literal(format!("D:{digits}")));
    }
    info
}

/// The same in XMP (ISO 16684-1).
pub(super) fn xmp(facts: &Facts<'_>) -> String {
    let author = match facts.author {
        "" => String::new(),
        author => {
            format!("   <dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n", escaped(author))
        }
    };
    let date = facts
        .date
        .map_or(String::new(), |date| format!("   <xmp:CreateDate>{}</xmp:CreateDate>\n", escaped(date)));
    let title = escaped(facts.title);
    let language = escaped(facts.language);
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n \
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n  \
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n   \
         <dc:format>application/pdf</dc:format>\n   \
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         {author}   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n\
         {date}   <pdf:Producer>{PRODUCER}</pdf:Producer>\n  \
         </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

/// Text for XML: what XML 1.0 cannot hold is replaced.
fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '"' => made.push_str("&quot;"),
            '\t' | '\n' | '\r' => made.push(' '),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => made.push('\u{fffd}'),
            _ => made.push(c),
        }
    }
    made
}

/// A text string (ISO 32000-1, 7.9.2.2) in UTF-16.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Facts, xmp};

    #[test]
    fn names_cannot_break_out_of_the_xml() {
        let facts =
            Facts { title: "A & <B>\u{1}", author: "\"C\"", language: "en", date: Some("2026-07-24") };
        let xmp = xmp(&facts);
        assert!(xmp.contains(">A &amp; &lt;B&gt;\u{fffd}<"));
        assert!(xmp.contains("<rdf:li>&quot;C&quot;</rdf:li>"));
        assert!(xmp.contains("<xmp:CreateDate>2026-07-24</xmp:CreateDate>"));
    }
}
