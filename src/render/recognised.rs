//! What a file from elsewhere is, in people's words: never more than its bytes show.

use super::kind::{Kind as FileKind, kind_of};
use crate::credential::foreign::{Kind, Model};
use crate::credential::recognise::{Carrier, Envelope, What};

/// What people read after "it is": `an Open Badge 3.0 inside a picture`. `head` is the start of the file.
pub fn described(what: What, head: &[u8]) -> String {
    match what {
        What::Credential { carrier, model, kind } => format!("{}{}", statement(model, kind), inside(carrier)),
        What::Spoilt(carrier) => format!("{} with a badge that cannot be taken out", around(carrier)),
        What::HostedBadge(carrier) => format!("an Open Badge 2.0{}", inside(carrier)),
        What::Bag => "a BagIt bag".to_owned(),
        What::Mail => "an e-mail as it was saved".to_owned(),
        What::SshSignature => "a signature by an SSH key over another file".to_owned(),
        What::Envelope(envelope) => form(envelope).to_owned(),
        _ => match kind_of(head) {
            FileKind::Empty => "a file".to_owned(),
            kind => kind.words().to_owned(),
        },
    }
}

/// What it is called in the middle of a sentence: `the badge`.
pub fn noun(what: What) -> &'static str {
    match what {
        What::Credential { kind: Kind::OpenBadge, .. } | What::HostedBadge(_) => "the badge",
        What::Credential { .. } => "the statement",
        _ => "it",
    }
}

/// What no check can say of a file with nothing signed in it.
pub fn limits(what: What) -> &'static str {
    match what {
        What::Credential { .. } | What::HostedBadge(_) => {
            "Nothing in it is signed: only its issuer's page could tell whether it stands."
        }
        What::Bag => "It lists its own files, and nobody signed that list.",
        What::Mail => "Who sent it cannot be checked here.",
        What::SshSignature => "It says nothing without the very file that was signed.",
        What::Spoilt(_) => "What is inside was not read: that is neither good nor bad.",
        What::Envelope(_) => "This form is not read here, so whether it is signed is not known.",
        _ => "Nothing in it is signed.",
    }
}

/// What people read after "it is", of a form that is recognised and not read.
pub fn form(envelope: Envelope) -> &'static str {
    match envelope {
        Envelope::SdJwt => "a token that shows its claims one by one",
        Envelope::Jws => "a signed token or document (JWS)",
        Envelope::Jwe => "an encrypted token or document (JWE)",
        Envelope::Cose => "a signed object (COSE)",
        Envelope::Cms => "a signed or encrypted message (CMS)",
        Envelope::OpenPgp => "a message or signature by OpenPGP",
        Envelope::Certificate => "a file that ties a key to a name (X.509)",
    }
}

fn statement(model: Model, kind: Kind) -> &'static str {
    match (model, kind) {
        (Model::OpenBadges2, _) => "an Open Badge 2.0",
        (_, Kind::OpenBadge) => "an Open Badge 3.0",
        (_, Kind::LearnerRecord) => "a learner record",
        (_, Kind::Endorsement) => "a statement about another",
        (_, Kind::StatusList) => "a list of what was taken back",
        (_, Kind::Other) => "a statement",
    }
}

fn inside(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Json => "",
        Carrier::Token => " as a token",
        Carrier::Png | Carrier::Svg => " inside a picture",
        Carrier::Pdf => " inside a PDF",
    }
}

fn around(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Png | Carrier::Svg => "a picture",
        Carrier::Pdf => "a PDF",
        Carrier::Json | Carrier::Token => "a file",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_called_more_than_it_is() {
        let badge = |carrier, model| What::Credential { carrier, model, kind: Kind::OpenBadge };
        for (what, head, words) in [
            (badge(Carrier::Png, Model::Vc2), b"".as_slice(), "an Open Badge 3.0 inside a picture"),
            (badge(Carrier::Json, Model::Vc1), b"{", "an Open Badge 3.0"),
            (badge(Carrier::Token, Model::OpenBadges2), b"e", "an Open Badge 2.0 as a token"),
            (What::Spoilt(Carrier::Pdf), b"%PDF-", "a PDF with a badge that cannot be taken out"),
            (What::HostedBadge(Carrier::Svg), b"<", "an Open Badge 2.0 inside a picture"),
            (What::Mail, b"From: ", "an e-mail as it was saved"),
            (What::Envelope(Envelope::Jwe), b"e", "an encrypted token or document (JWE)"),
            (What::Capture, b"<!DOCTYPE html>", "a web page"),
            (What::Capture, b"", "a file"),
        ] {
            assert_eq!(described(what, head), words);
        }
    }
}
