//! A statement under an SSH signature: whose key signed it, by its own word, and every line of the text.

use std::path::Path;

use portfolio::credential::plain_text;
use portfolio::disk;
use portfolio::proof::sshsig::{SIGNATURE_FILE_BYTES, SshSignature};
use portfolio::render::escape::{quoted, visible};
use portfolio::render::naming::file;
use serde_json::json;

use super::{head, not_checked};
use crate::terminal::error::{Trouble, exit};
use crate::terminal::palette::style;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::refusal;

/// Shows the text, with the key that the signature names.
pub fn show(
    text: &[u8],
    signature: &[u8],
    name: &str,
    path: &Path,
    screen: &mut Screen,
) -> Result<(), Trouble> {
    let signature = SshSignature::read(signature).map_err(|fault| unreadable(name, &fault.to_string()))?;
    let key = signature.key().fingerprint();
    let text = String::from_utf8_lossy(text);
    if screen.manner.json {
        let (namespace, form) = (signature.namespace(), plain_text::read(text.as_bytes()).is_ok());
        screen.json(&json!({
            "type": "Shown", "kind": "signed-statement", "fingerprint": key, "namespace": namespace,
            "isStatement": form, "text": text,
        }));
        return Ok(());
    }
    let signer = plain_text::read(text.as_bytes()).map(|read| read.signer);
    let calls = signer.map(|name| format!(" that calls itself {}", quoted(&name))).unwrap_or_default();
    head(name, &format!("a text under the signature of an SSH key{calls}"), screen);
    screen.line(&format!("  {0}{key}{0:#}", style::CODE));
    not_checked(path, screen);
    screen.gap();
    show_lines(&text, screen);
    Ok(())
}

/// Shows a statement that lies in a bundle, under its path there.
pub fn show_inside(path: &str, text: &[u8], screen: &mut Screen) {
    screen.gap();
    screen.say(&format!("{}: a statement, with the signature of an SSH key beside it", file(path)));
    screen.gap();
    show_lines(&String::from_utf8_lossy(text), screen);
}

fn show_lines(text: &str, screen: &mut Screen) {
    for line in text.lines() {
        screen.line(format!("    {}", visible(line)).trim_end());
    }
}

/// Shows what an SSH signature says without what it signs.
pub fn show_signature(path: &Path, name: &str, world: &World, screen: &mut Screen) -> Result<(), Trouble> {
    let bytes = disk::read_bounded(path, SIGNATURE_FILE_BYTES as u64)
        .map_err(|fault| refusal(fault, world, "Nothing was shown."))?;
    let signature = SshSignature::read(&bytes).map_err(|fault| unreadable(name, &fault.to_string()))?;
    let (key, namespace) = (signature.key().fingerprint(), signature.namespace());
    if screen.manner.json {
        screen.json(&json!({
            "type": "Shown", "kind": "ssh-signature", "fingerprint": key, "namespace": namespace,
        }));
        return Ok(());
    }
    head(
        name,
        &format!("an SSH signature made for {}; what it signs is not here", quoted(namespace)),
        screen,
    );
    screen.line(&format!("  {0}{key}{0:#}", style::CODE));
    Ok(())
}

fn unreadable(name: &str, why: &str) -> Trouble {
    Trouble::new(exit::NO, "unreadable", format!("the signature in {name} cannot be read"))
        .fact(format!("It is {}.", visible(why)))
}
