//! `credential`: the sign-offs in the portfolio, listed, and handed on in the forms that other software reads.

mod chosen;
mod export;
mod resume;

use clap::Subcommand;
use portfolio::credential::Form;
use portfolio::render::escape::{quoted, visible};

use crate::terminal::error::{Outcome, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::{hold, pad, width};
use crate::words::folder_words;

/// What `credential` is told.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "  portfolio credential list\n  portfolio credential export acme-forecasting-priya-nair --as baked-png"
)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub deed: Deed,
}

/// What to do with sign-offs.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// List the sign-offs you have
    List,
    /// Write a sign-off in a form that other software reads
    Export(export::Export),
}

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    match &args.deed {
        Deed::List => list(world, screen),
        Deed::Export(args) => export::run(args, world, screen),
    }
}

fn list(world: &World, screen: &mut Screen) -> Outcome {
    let undone = "Nothing was shown.";
    let folder = folder_words::find(world, undone)?;
    let kept = folder.sign_offs().map_err(|fault| folder_words::refusal(fault, world, undone))?;
    let until = |one: &portfolio::holder::KeptSignOff| one.sign_off.valid_until.map(|until| until.date());
    if screen.manner.json {
        let rows = kept.iter().map(|one| {
            serde_json::json!({
                "id": one.id.as_str(),
                "form": one.sign_off.form.as_str(),
                "credential": one.sign_off.id,
                "name": one.sign_off.claims.title,
                "issuer": { "id": one.sign_off.issuer_id, "name": one.sign_off.issuer_name },
                "validFrom": one.sign_off.valid_from.to_string(),
                "validUntil": one.sign_off.valid_until.map(|until| until.to_string()),
            })
        });
        let rows: Vec<serde_json::Value> = rows.collect();
        screen.json(&serde_json::json!({ "type": "CredentialList", "credentials": rows }));
    } else if screen.manner.plain {
        for one in &kept {
            let until = until(one).map_or_else(|| "-".to_owned(), |day| day.to_string());
            let signed = one.sign_off.valid_from.date();
            let (title, signer) = (visible(&one.sign_off.claims.title), visible(&one.sign_off.issuer_name));
            screen.line(&format!("{}\t{title}\t{signer}\t{signed}\t{until}", one.id));
        }
    } else if kept.is_empty() {
        screen.line("There is no sign-off yet.");
        screen.gap();
        screen.line("Next: portfolio request PLACEMENT");
    } else {
        let widest = kept.iter().map(|one| width(one.id.as_str())).max().unwrap_or(0);
        for one in &kept {
            let signed = hold(&one.sign_off.valid_from.date().people());
            let until = until(one).map_or_else(
                || "with no end date".to_owned(),
                |day| format!("good until {}", hold(&day.people())),
            );
            let signer = quoted(&one.sign_off.issuer_name);
            let text = match one.sign_off.form {
                Form::Badge => format!("signed {signed} by a key that calls itself {signer}, {until}"),
                Form::Statement => {
                    format!("a statement, no badge, signed with an SSH key that calls itself {signer}")
                }
            };
            screen.say_under(&format!("{}  ", pad(one.id.as_str(), widest)), &" ".repeat(widest + 2), &text);
        }
    }
    Ok(exit::DONE)
}
