//! Reports for other programs without JSON: one line each, tab-separated, words only, no header.
//!
//! Fields never move; new ones come at the end. A field with nothing to say is `-`.
//!
//! | field | content |
//! |---|---|
//! | 1 | the outcome |
//! | 2 | the name as given |
//! | 3 | the fingerprint of the key that signed; of a key that is not Ed25519 the algorithm and JWK thumbprint |
//! | 4 | the signer's name on the reader's trust list, who vouches for whom, or the issuer whose keys the reader keeps |
//! | 5 | the last day in force, `YYYY-MM-DD` |
//! | 6 | the day of the newest word on a withdrawal, `YYYY-MM-DD` |
//! | 7 | the exit code of this one alone |
//! | 8 | what each deposit that counts came to, in the order of their folders, commas between; only where there is one |

use super::answers::signer_cell;
use super::escape::visible;
use super::foreign::brief;
use super::headline;
use crate::verifier::{Policy, Report};

/// The line of one report, without a newline. Of several sign-offs the one with the worst news speaks.
pub fn line(report: &Report, policy: &Policy<'_>) -> String {
    let credential = headline::worst(report);
    let signed = credential.and_then(|credential| credential.sign_off.as_ref());
    let listed = credential.filter(|credential| credential.signer_is_known());
    let until = signed.filter(|_| listed.is_some()).and_then(|signed| signed.valid_until);
    let foreign = report.foreign.as_deref();
    let known = foreign.filter(|foreign| foreign.known.is_some());
    let fields = [
        Some(report.outcome.as_str().to_owned()),
        Some(visible(&report.source.name)),
        credential
            .and_then(|credential| credential.key.as_ref())
            .map(|key| key.fingerprint())
            .or_else(|| foreign.and_then(brief::key)),
        listed.map(signer_cell).or_else(|| foreign.and_then(brief::signer)),
        until.map(|until| until.date()).or_else(|| known.and_then(brief::until)).map(|day| day.to_string()),
        credential
            .and_then(|credential| credential.status_as_of)
            .or_else(|| foreign.and_then(|foreign| foreign.status_as_of))
            .map(|moment| moment.date().to_string()),
        Some(report.exit_code(policy).to_string()),
    ];
    let mut fields = fields.map(|field| field.unwrap_or_else(|| "-".to_owned())).to_vec();
    let deposited: Vec<&str> =
        report.deposits.iter().filter_map(|deposit| Some(deposit.outcome()?.as_str())).collect();
    if !deposited.is_empty() {
        fields.push(deposited.join(","));
    }
    fields.join("\t")
}
