//! A voucher that came: whose key it is about and who says so, shown before it is kept.

use portfolio::holder::{Locked, TakenVoucher};
use portfolio::proof::did;
use portfolio::render::escape::quoted;

use super::UNDONE;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::palette::Symbol;
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::hold;
use crate::words::disk_words::shown;
use crate::words::folder_words;

/// Shows it, asks, keeps it.
pub fn take_in(taken: &TakenVoucher, locked: &Locked, world: &World, screen: &mut Screen) -> Outcome {
    if !screen.manner.json && !screen.manner.quiet {
        show(taken, screen);
    }
    if screen.manner.dry_run {
        screen.say(&format!("Would ask whether to keep it. {UNDONE}"));
        return Ok(exit::DONE);
    }
    if !screen.agree("Keep this voucher")? {
        return Err(Trouble::stopped(UNDONE));
    }
    let path = locked.keep_voucher(taken).map_err(|fault| folder_words::refusal(fault, world, UNDONE))?;
    let path = shown(&path, world);
    if screen.manner.json {
        let voucher = &taken.voucher;
        screen.json(&serde_json::json!({
            "type": "VoucherKept", "file": path, "new": true, "key": voucher.key, "as": voucher.words,
            "issuer": { "id": voucher.issuer_id, "name": voucher.issuer_name },
            "validUntil": voucher.valid_until.map(|until| until.to_string()),
        }));
        return Ok(exit::DONE);
    }
    screen.line(&format!("Saved as {path}"));
    screen.next("portfolio bundle");
    Ok(exit::DONE)
}

fn show(taken: &TakenVoucher, screen: &mut Screen) {
    let voucher = &taken.voucher;
    let fingerprint = |did: &str| did::parse(did).map_or_else(|_| String::new(), |key| key.fingerprint());
    let made = hold(&voucher.valid_from.date().people());
    let until = voucher.valid_until.map(|until| format!(", good until {}", hold(&until.date().people())));
    screen.say(&format!(
        "A voucher of {made}{}: a key that calls itself {} says whose the key below is.",
        until.unwrap_or_default(),
        quoted(&voucher.issuer_name)
    ));
    screen.gap();
    let row = |symbol: Symbol, text: &str, screen: &mut Screen| {
        let mark = screen.symbol(symbol);
        screen.say_under(&format!("  {mark} "), "    ", text);
    };
    row(Symbol::Good, &format!("signed by key {}", fingerprint(&voucher.issuer_id)), screen);
    let about = format!("key {} is that of {}", fingerprint(&voucher.key), quoted(&voucher.words));
    row(Symbol::Silent, &about, screen);
    if !taken.is_of_a_signer {
        row(Symbol::Ask, "no sign-off here is signed by that key, so bundles leave it out", screen);
    }
    screen.gap();
}
