//! The credential in an SVG: one element `credential` of the Open Badges namespace, right below the root.
//!
//! It is found by its namespace and never by its prefix. A document type or an entity is refused: it could make the
//! same bytes say one thing here and another elsewhere.

use super::xml::{Reader, Scopes, Token};
use super::{BakedFault, CREDENTIAL_BYTES, NAMESPACE, PICTURE_BYTES};

const SVG: &str = "http://www.w3.org/2000/svg";

/// The credential baked into an SVG, a compact JWS or JSON; `None` if it is a sound picture without one.
///
/// # Errors
/// A picture that is not well-formed or declares a document type, or that holds a credential in more than one place
/// or in another form.
pub fn from_svg(picture: &[u8]) -> Result<Option<String>, BakedFault> {
    let text = text_of(picture)?;
    let mut reader = Reader::new(text);
    let mut scopes = Scopes::default();
    let mut found: Option<Found> = None;
    let mut root_seen = false;
    while let Some(token) = reader.next()? {
        let inside = found.as_mut().filter(|found| found.open);
        match token {
            Token::Aside => {}
            Token::Text(text) => match inside {
                Some(found) => found.body.push_str(&text),
                None if scopes.depth() == 0 && !text.trim().is_empty() => return Err(reader.broken()),
                None => {}
            },
            Token::Open { name, attributes, closed } => {
                if inside.is_some() {
                    return Err(BakedFault::BadForm);
                }
                let depth = scopes.depth();
                if !scopes.enter(name, &attributes) || (depth == 0 && root_seen) {
                    return Err(reader.broken());
                }
                let expanded = scopes.expand(name).ok_or(reader.broken())?;
                if depth == 0 && expanded != (SVG, "svg") {
                    return Err(BakedFault::NotA("an SVG"));
                }
                root_seen = true;
                if expanded == (NAMESPACE, "credential") {
                    if depth != 1 {
                        return Err(BakedFault::Misplaced);
                    }
                    let jws = attributes.into_iter().find(|(name, _)| *name == "verify").map(|(_, jws)| jws);
                    if found.replace(Found { jws, body: String::new(), open: !closed }).is_some() {
                        return Err(BakedFault::Several);
                    }
                }
                if closed {
                    scopes.leave(name);
                }
            }
            Token::Close { name } => {
                if let Some(found) = inside {
                    found.open = false;
                }
                if !scopes.leave(name) {
                    return Err(reader.broken());
                }
            }
        }
    }
    if scopes.depth() > 0 || !root_seen {
        return Err(BakedFault::Truncated { at: text.len() });
    }
    found.map(Found::credential).transpose()
}

/// The picture with the credential baked in, right after its root's tag. What XML cannot hold is written as the JSON
/// escape of the same character.
///
/// # Errors
/// A picture that is not a sound SVG or holds a credential already; a credential that is too large.
pub fn into_svg(picture: &str, credential: &str) -> Result<String, BakedFault> {
    if from_svg(picture.as_bytes())?.is_some() {
        return Err(BakedFault::Occupied);
    }
    if credential.len() > CREDENTIAL_BYTES {
        return Err(BakedFault::CredentialTooLarge { found: credential.len() });
    }
    let mut reader = Reader::new(picture);
    loop {
        let (before, token) = (reader.at(), reader.next()?);
        match token {
            Some(Token::Open { name, closed: false, .. }) => {
                let (head, tail) = picture.split_at(reader.at());
                let (head, end) = head.split_at(before + 1 + name.len());
                let inside = credential
                    .replace('\u{fffe}', "\\ufffe")
                    .replace('\u{ffff}', "\\uffff")
                    .replace("]]>", "]]]]><![CDATA[>");
                let baked = format!(
                    "{head} xmlns:openbadges=\"{NAMESPACE}\"{end}\n<openbadges:credential><![CDATA[{inside}]]></openbadges:credential>{tail}"
                );
                // A root that binds the prefix already would bind it twice.
                return from_svg(baked.as_bytes()).map(|_| baked);
            }
            Some(Token::Open { .. }) | None => return Err(reader.broken()),
            Some(_) => {}
        }
    }
}

/// The element while it is read.
struct Found {
    jws: Option<String>,
    body: String,
    open: bool,
}

impl Found {
    fn credential(self) -> Result<String, BakedFault> {
        let body = self.body.trim_start_matches(char::is_whitespace);
        let text = match (self.jws, body.is_empty()) {
            (Some(jws), true) if !jws.trim().is_empty() => jws.trim().to_owned(),
            (None, false) => body.to_owned(),
            _ => return Err(BakedFault::BadForm),
        };
        if text.len() > CREDENTIAL_BYTES {
            return Err(BakedFault::CredentialTooLarge { found: text.len() });
        }
        Ok(text)
    }
}

fn text_of(picture: &[u8]) -> Result<&str, BakedFault> {
    if picture.len() > PICTURE_BYTES {
        return Err(BakedFault::PictureTooLarge { found: picture.len() });
    }
    let picture = picture.strip_prefix(b"\xef\xbb\xbf").unwrap_or(picture);
    std::str::from_utf8(picture).map_err(|fault| BakedFault::NotXml { at: fault.valid_up_to() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "<?xml version=\"1.0\"?>\n<!-- a badge --><svg xmlns=\"http://www.w3.org/2000/svg\" width='9'><g a=\"&lt;\"/></svg>\n";
    const CREDENTIAL: &str = "{\n  \"name\": \"Zoë ]]> <& \u{ffff}\"\n}\n";

    fn svg(inside: &str) -> Vec<u8> {
        let open = format!("<svg xmlns=\"{SVG}\" xmlns:ob=\"{NAMESPACE}\">");
        format!("{open}{inside}</svg>").into_bytes()
    }

    #[test]
    fn what_goes_in_comes_out() {
        let baked = into_svg(EMPTY, CREDENTIAL).unwrap();
        let same = CREDENTIAL.replace('\u{ffff}', "\\uffff");
        assert_eq!(from_svg(baked.as_bytes()).unwrap(), Some(same));
        assert_eq!(from_svg(EMPTY.as_bytes()), Ok(None));
        assert_eq!(into_svg(&baked, CREDENTIAL), Err(BakedFault::Occupied));
        let bound = EMPTY.replace("<svg ", "<svg xmlns:openbadges='https://example.org/' ");
        assert!(matches!(into_svg(&bound, CREDENTIAL), Err(BakedFault::NotXml { .. })));
        assert!(baked.contains("<svg xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\" xmlns=\"http"));
    }

    #[test]
    fn it_is_found_by_its_namespace() {
        let found = |inside: &str| from_svg(&svg(inside));
        let jws = || Ok(Some("a.b.c".to_owned()));
        assert_eq!(found("<ob:credential verify=\"a.b.c\"/>"), jws());
        assert_eq!(found("<ob:credential verify='a.b.c'></ob:credential>"), jws());
        assert_eq!(found(&format!("<credential xmlns='{NAMESPACE}' verify='a.b.c'/>")), jws());
        assert_eq!(found("<ob:credential>\n{&quot;a&quot;:1}</ob:credential>"), Ok(Some("{\"a\":1}".into())));
        assert_eq!(found("<credential verify='a.b.c'/>"), Ok(None));
        assert_eq!(found("<ob:credential xmlns:ob='https://example.org/' verify='a.b.c'/>"), Ok(None));
        assert_eq!(found("<!-- <ob:credential verify='a.b.c'/> -->"), Ok(None));
    }

    #[test]
    fn exactly_one_place_counts() {
        let found = |inside: &str| from_svg(&svg(inside)).unwrap_err();
        let one = "<ob:credential verify='a.b.c'/>";
        assert_eq!(found(&format!("{one}{one}")), BakedFault::Several);
        assert_eq!(found(&format!("<g>{one}</g>")), BakedFault::Misplaced);
        assert_eq!(found("<ob:credential verify='a.b.c'>{}</ob:credential>"), BakedFault::BadForm);
        assert_eq!(found("<ob:credential/>"), BakedFault::BadForm);
        assert_eq!(found("<ob:credential><g/></ob:credential>"), BakedFault::BadForm);
        let large = " ".repeat(CREDENTIAL_BYTES);
        assert_eq!(
            found(&format!("<ob:credential>{{}}{large}</ob:credential>")),
            BakedFault::CredentialTooLarge { found: CREDENTIAL_BYTES + 2 }
        );
    }

    #[test]
    fn nothing_can_be_declared() {
        let with = |before: &str| format!("{before}{EMPTY}").replace("<?xml version=\"1.0\"?>\n", "");
        let entity = "<!DOCTYPE svg [<!ENTITY a \"b\">]>";
        assert_eq!(from_svg(with(entity).as_bytes()), Err(BakedFault::Declares));
        assert_eq!(from_svg(with("<!doctype svg>").as_bytes()), Err(BakedFault::Declares));
        assert!(matches!(
            from_svg(&svg("<ob:credential>&a;</ob:credential>")),
            Err(BakedFault::NotXml { .. })
        ));
    }

    #[test]
    fn what_is_not_well_formed_gives_nothing() {
        for text in [
            "<g></h>",
            "<g>",
            "</g>",
            "<g a=1/>",
            "<g a='1' a='2'/>",
            "<g a='1'b='2'/>",
            "<x:g/>",
            "<g a='<'/>",
            "<!-- -- -->",
            "<![CDATA[",
            "]]>",
            "<1/>",
            "<a:b:c/>",
        ] {
            assert!(from_svg(&svg(text)).is_err(), "{text}");
        }
        for text in ["", "text", "<html/>", "<svg/>"] {
            assert!(from_svg(text.as_bytes()).is_err(), "{text}");
        }
        let twice = [svg(""), svg("")].concat();
        assert!(matches!(from_svg(&twice), Err(BakedFault::NotXml { .. })));
        let deep = "<g>".repeat(100_000);
        assert!(matches!(from_svg(&svg(&deep)), Err(BakedFault::NotXml { .. })));
        let many = |count: usize| (0..count).map(|n| format!(" xmlns:n{n}='x'")).collect::<String>();
        assert_eq!(from_svg(&svg(&format!("<g{}/>", many(62)))), Ok(None));
        assert!(matches!(from_svg(&svg(&format!("<g{}/>", many(63)))), Err(BakedFault::NotXml { .. })));
        let attributes = |count: usize| (0..count).map(|n| format!(" a{n}=''")).collect::<String>();
        assert_eq!(from_svg(&svg(&format!("<g{}/>", attributes(128)))), Ok(None));
        assert!(matches!(
            from_svg(&svg(&format!("<g{}/>", attributes(129)))),
            Err(BakedFault::NotXml { .. })
        ));
        assert!(matches!(from_svg(b"<svg \xff/>"), Err(BakedFault::NotXml { at: 5 })));
        let baked = into_svg(EMPTY, CREDENTIAL).unwrap();
        let end = baked.trim_end().len();
        for length in (0..end).filter(|length| baked.is_char_boundary(*length)) {
            assert!(from_svg(&baked.as_bytes()[..length]).is_err(), "{length}");
        }
    }
}
