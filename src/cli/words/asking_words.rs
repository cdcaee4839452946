//! What stands in the way of asking, collecting and bundling, in people's words.

use portfolio::credential::plain_text::NAMESPACE;
use portfolio::holder::{Differing, HolderFault};
use portfolio::json::JsonFault;
use portfolio::proof::KeyFault;
use portfolio::proof::sshsig::SshSignatureFault;
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::{file, some_of};

use crate::terminal::error::{Trouble, exit};
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::disk_words::shown;
use crate::words::key_words::kind_of_key;

/// The error for `fault`, if it is one of these.
pub fn refusal(fault: &HolderFault, world: &World, undone: &str) -> Option<Trouble> {
    let no = |kind, title: &str| Trouble::new(exit::NO, kind, title);
    Some(match fault {
        HolderFault::NothingToAsk(placement) => {
            no("nothing-to-ask", &format!("nothing was added to {placement} yet"))
                .fact(format!("A mentor signs for files, so there must be one. {undone}"))
                .hint(format!("add one: portfolio add {placement} FILE --for 1"))
        }
        HolderFault::NobodyToAsk(placement) => {
            no("nobody-to-ask", &format!("{placement} names nobody to ask"))
                .fact(undone)
                .hint("say whom: --to \"Priya Nair <priya@acme.example>\"")
        }
        HolderFault::ChangedMeanwhile => no("changed-meanwhile", "a file changed while it was being packed")
            .fact(undone)
            .hint("run this again"),
        HolderFault::NotADraft(faults) => {
            let first =
                faults.first().map(|fault| format!("{}. ", visible(&fault.to_string()))).unwrap_or_default();
            no("not-a-draft", "the mentor's program would not read this request")
                .fact(format!("{first}{undone}"))
        }
        HolderFault::OtherKey { .. } => {
            no("other-key", "this is not the key that the portfolio is about").fact(undone)
        }
        HolderFault::Sign(_) => no("not-signed", "the key did not sign").fact(undone),
        HolderFault::NotAnAnswer(_) => no("not-an-answer", "this file is not an answer to a request")
            .fact(format!("It is neither a sign-off nor a refusal to sign. {undone}"))
            .hint("an answer is one small file, such as acme-forecasting.reply.json"),
        HolderFault::AnswerJson(fault) => not_json(fault).fact(undone),
        HolderFault::AnswerNotSigned(_) => {
            no("answer-not-signed", "the signature in this answer does not fit")
                .fact(format!(
                    "It was changed after it was signed, or signed with another key than it names. {undone}"
                ))
                .hint("ask for the file again, as it was written")
        }
        HolderFault::SshSignature(fault) => ssh_signature(fault).fact(undone),
        HolderFault::NoSuchStatement => {
            no("no-such-statement", "this signature fits no statement that you sent")
                .fact(format!("It was made over other words than a request of this portfolio has. {undone}"))
                .hint("ask for the statement to be signed as it came, or collect it where it was asked for")
        }
        HolderFault::SignedByOneself => no("signed-by-oneself", "this is signed by your own key")
            .fact(format!("Nobody can sign off their own work. {undone}")),
        HolderFault::AboutSomebodyElse { .. } => {
            no("about-somebody-else", "this answer is about somebody else's key")
                .fact(format!("The portfolio here is about another one. {undone}"))
                .hint("go to the portfolio that asked, and collect it there")
        }
        HolderFault::NoSuchRequest => no("no-such-request", "you have not asked for this sign-off here")
            .fact(format!("No request in this portfolio fits it. {undone}"))
            .hint("go to the portfolio that asked, and collect it there"),
        HolderFault::OtherFiles { request, files, added } => other_files(files, added, undone).hint(format!(
            "put the old file back, or ask again: portfolio request {}",
            placement_of(request.as_str())
        )),
        HolderFault::IdTaken { credential, .. } => {
            no("id-taken", "you have another sign-off with the same id")
                .fact(format!("It is credentials/{credential}.json, and it was left as it is. {undone}"))
        }
        HolderFault::NothingToBundle => no("nothing-to-bundle", "there is nothing to bundle yet")
            .fact(undone)
            .hint("add a piece of work: portfolio add FILE"),
        HolderFault::MayNotBeWithheld { artifact, credential } => no(
            "may-not-be-withheld",
            &format!("{artifact} is confidential, and its sign-off does not allow leaving it out"),
        )
        .fact(format!(
            "It is credentials/{credential}.json. Readers would see that a file is missing. {undone}"
        ))
        .hint(format!("put it in all the same: portfolio bundle --include {artifact}")),
        HolderFault::OutputInside(path) => no(
            "output-inside",
            &format!("{} would lie among the portfolio's own records", shown(path, world)),
        )
        .fact(undone)
        .hint("write it somewhere else: portfolio bundle -o FILE"),
        HolderFault::Bag(fact) => {
            no("bag", "the bundle could not be put together").fact(format!("{}. {undone}", visible(fact)))
        }
        _ => return None,
    })
}

/// The commonest honest reason for an altered bundle, caught before a recruiter sees it.
fn other_files(files: &[Differing], added: &[String], undone: &str) -> Trouble {
    let trouble = Trouble::new(exit::NO, "other-files", "this answer is about files you do not have");
    if let ([], names) = (files, added) {
        let names: Vec<String> = names.iter().map(|name| file(name)).collect();
        return trouble
            .fact(format!("It was signed for {} too, which you did not send. {undone}", some_of(&names)));
    }
    let mut told: Vec<String> = files.iter().take(3).map(|differing| {
        let name = file(&differing.name);
        match (&differing.here, differing.changed) {
            (None, _) => format!("It was signed for {name}, which is not here any more."),
            (Some(_), Some(day)) => format!(
                "It was signed for a {name} that differs from yours, which changed on {}, after you asked.",
                hold(&day.people())
            ),
            (Some(_), None) => format!("It was signed for a {name} that differs from the one you sent."),
        }
    }).collect();
    if files.len() > told.len() {
        told.push(format!("And {} more.", files.len() - told.len()));
    }
    trouble.fact(format!("{} {undone}", told.join(" ")))
}

/// Why an SSH signature is no answer.
fn ssh_signature(fault: &SshSignatureFault) -> Trouble {
    let (title, fact) = match fault {
        SshSignatureFault::Key(KeyFault::OtherAlgorithm { algorithm }) => (
            "this kind of SSH key cannot sign here".to_owned(),
            format!("It was signed with {}. Sign-offs use Ed25519 keys.", kind_of_key(algorithm)),
        ),
        SshSignatureFault::OtherNamespace { found, .. } => (
            "this signature was made for something else".to_owned(),
            format!("It was made for {}, not for {}.", quoted(found), quoted(NAMESPACE)),
        ),
        other => (
            "this SSH signature cannot be read".to_owned(),
            format!("It is {}.", visible(&other.to_string())),
        ),
    };
    let command = format!("ssh-keygen -Y sign -n {NAMESPACE} -f KEY statement.txt");
    Trouble::new(exit::NO, "not-an-answer", title)
        .fact(fact)
        .hint(format!("ask for it to be signed like this: {command}"))
}

fn not_json(fault: &JsonFault) -> Trouble {
    Trouble::new(exit::NO, "not-an-answer", "this file is not an answer to a request")
        .fact(format!("Line {}, column {}: {}.", fault.line, fault.column, visible(&fault.kind.to_string())))
        .hint("an answer is one small file, such as acme-forecasting.reply.json")
}

/// The placement that a request's id begins with, for a command to paste.
fn placement_of(request: &str) -> &str {
    request.split("-for-").next().unwrap_or(request)
}
