//! The student's signature over a bundle: a VC Data Model 2.0 `VerifiablePresentation` with one cover credential.
//!
//! The cover credential names the digest of `manifest-sha256.txt`, so one signature binds every path and every byte.

use serde_json::{Value, json};

use super::fields::{CredentialFault, Fact, Members, Survey};
use super::id::urn_uuid;
use crate::digest::Digest;
use crate::time::Timestamp;

/// The one `@context` of a presentation and of its cover credential.
pub const CONTEXT: [&str; 1] = ["https://www.w3.org/ns/credentials/v2"];

/// A presentation as read. Whether the holder signed it is for `proof` to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presentation {
    /// The student's key as `did:key`.
    pub holder: String,
    /// The name the student gave.
    pub name: String,
    /// When the bundle was made, by the student's clock.
    pub created: Timestamp,
    /// Digest of `manifest-sha256.txt`.
    pub manifest_digest: Digest,
}

/// The presentation as JSON, without its proof. An audience and a challenge go into the proof, not here.
#[must_use]
pub fn build(presentation: &Presentation) -> Value {
    let created = presentation.created.to_string();
    let digest = presentation.manifest_digest;
    let parts: [&[u8]; 3] = [presentation.holder.as_bytes(), digest.as_bytes(), created.as_bytes()];
    json!({
        "@context": CONTEXT,
        "id": urn_uuid("presentation", &parts),
        "type": ["VerifiablePresentation"],
        "holder": presentation.holder,
        "verifiableCredential": [{
            "@context": CONTEXT,
            "id": urn_uuid("cover", &parts),
            "type": ["VerifiableCredential"],
            "name": format!("Bundle of {}", presentation.name),
            "issuer": presentation.holder,
            "validFrom": created,
            "credentialSubject": { "id": presentation.holder, "name": presentation.name },
            "relatedResource": [{
                "id": digest.ni(),
                "name": "manifest-sha256.txt",
                "mediaType": "text/plain",
                "digestMultibase": digest.multibase(),
            }],
        }],
    })
}

/// Reads a presentation. The holder, the cover's issuer and its subject must be one key.
pub fn read(document: &Value) -> Result<Presentation, Vec<CredentialFault>> {
    let survey = Survey::default();
    let found = survey.document(document).and_then(|top| {
        top.fixed_list("@context", &CONTEXT);
        top.fixed_list("type", &["VerifiablePresentation"]);
        top.urn_uuid("id");
        top.raw("proof");
        let holder = top.did("holder");
        let mut covers = top.objects("verifiableCredential", 1);
        let Some(cover) = covers.pop() else {
            top.fault("verifiableCredential", Fact::Missing);
            return None;
        };
        read_cover(&cover, holder?)
    });
    survey.finish()?;
    found.ok_or_else(|| vec![CredentialFault { path: String::new(), fact: Fact::NotA("a presentation") }])
}

fn read_cover(cover: &Members<'_>, holder: &str) -> Option<Presentation> {
    cover.fixed_list("@context", &CONTEXT);
    cover.fixed_list("type", &["VerifiableCredential"]);
    cover.urn_uuid("id");
    cover.text("name");
    let created = cover.moment("validFrom");
    if cover.did("issuer").is_some_and(|issuer| issuer != holder) {
        cover.fault("issuer", Fact::Contradicts("/holder"));
    }
    let mut resources = cover.objects("relatedResource", 1);
    let digest = resources.pop().and_then(|resource| {
        resource.fixed("name", "manifest-sha256.txt");
        resource.fixed("mediaType", "text/plain");
        let digest = resource.digest("digestMultibase");
        if digest.map(|digest| digest.ni()).as_deref() != resource.text("id") {
            resource.fault("id", Fact::Contradicts("digestMultibase"));
        }
        digest
    });
    if digest.is_none() && !cover.has("relatedResource") {
        cover.fault("relatedResource", Fact::Missing);
    }
    let subject = cover.object("credentialSubject")?;
    if subject.did("id").is_some_and(|id| id != holder) {
        subject.fault("id", Fact::Contradicts("/holder"));
    }
    let name = subject.text("name")?.to_owned();
    Some(Presentation { holder: holder.to_owned(), name, created: created?, manifest_digest: digest? })
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn presentation() -> Presentation {
        Presentation {
            holder: sample::STUDENT.into(),
            name: "Alex Rivera".into(),
            created: sample::moment("2026-07-25T10:00:00Z"),
            manifest_digest: Digest::of(b"manifest"),
        }
    }

    #[test]
    fn what_is_built_is_read_back() {
        assert_eq!(read(&build(&presentation())), Ok(presentation()));
    }

    #[test]
    fn holder_issuer_and_subject_must_be_one_key() {
        for pointer in ["/verifiableCredential/0/issuer", "/verifiableCredential/0/credentialSubject/id"] {
            let mut document = build(&presentation());
            *document.pointer_mut(pointer).unwrap() = sample::MENTOR.into();
            let fault = CredentialFault { path: pointer.into(), fact: Fact::Contradicts("/holder") };
            assert_eq!(read(&document), Err(vec![fault]));
        }
    }

    #[test]
    fn a_presentation_without_holder_or_cover_is_none() {
        let mut document = build(&presentation());
        document.as_object_mut().unwrap().remove("holder");
        assert_eq!(
            read(&document).unwrap_err()[0],
            CredentialFault { path: "/holder".into(), fact: Fact::Missing }
        );
        document = build(&presentation());
        document.as_object_mut().unwrap().remove("verifiableCredential");
        let fault = CredentialFault { path: "/verifiableCredential".into(), fact: Fact::Missing };
        assert_eq!(read(&document), Err(vec![fault]));
    }
}
