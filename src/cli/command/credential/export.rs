//! `credential export`: one sign-off as a badge file, a picture or a JWT; the whole portfolio as JSON Resume.

use std::path::{Path, PathBuf};

use portfolio::credential::baked::{into_png, into_svg};
use portfolio::disk::{self, Mode};
use portfolio::holder::{Portfolio, Use};
use portfolio::issuer;
use portfolio::proof::did;
use portfolio::render::badge;
use portfolio::render::naming::{shell_word, size};

use super::chosen::{self, Chosen};
use super::resume;
use crate::command::permission::Permission;
use crate::person::passphrase::Source;
use crate::person::signing_keys;
use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::words::disk_words::{refusal, shown};
use crate::words::folder_words;
use crate::words::replacing::may_replace;

/// What `credential export` is told.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The sign-off: its id, or a file that holds one
    #[arg(
        value_name = "ID",
        required_if_eq_any = [("form", "open-badge"), ("form", "vc-jwt"), ("form", "baked-png"), ("form", "baked-svg")]
    )]
    pub which: Option<String>,
    /// The form to write
    #[arg(long = "as", value_name = "FORM", value_enum)]
    pub form: Form,
    /// Where to write it; - for the standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// With vc-jwt: the signer's own key, where it is not found by itself
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    #[command(flatten)]
    pub permission: Permission,
    #[command(flatten)]
    pub passphrase: Source,
}

/// A form that other software reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// The sign-off as it was signed, an Open Badges 3.0 credential
    OpenBadge,
    /// A VC-JWT, which only the signer's own key can make
    VcJwt,
    /// A PNG picture with the sign-off inside
    BakedPng,
    /// An SVG picture with the sign-off inside
    BakedSvg,
    /// Your placements, work and sign-offs as JSON Resume
    JsonResume,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Form::OpenBadge => "open-badge",
            Form::VcJwt => "vc-jwt",
            Form::BakedPng => "baked-png",
            Form::BakedSvg => "baked-svg",
            Form::JsonResume => "json-resume",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Form::OpenBadge | Form::JsonResume => "json",
            Form::VcJwt => "jwt",
            Form::BakedPng => "png",
            Form::BakedSvg => "svg",
        }
    }
}

const UNDONE: &str = "Nothing was written.";

/// Runs the command.
pub fn run(args: &Export, world: &World, screen: &mut Screen) -> Outcome {
    let chosen = match &args.which {
        Some(which) if args.form == Form::JsonResume => return Err(resume::of_all(which, UNDONE)),
        Some(which) => Some(chosen::find(which, world, UNDONE)?),
        None => None,
    };
    let to_screen = args.output.as_deref() == Some(Path::new("-"));
    let stem = chosen.as_ref().map_or("resume", |chosen| chosen.id.as_str());
    let name = PathBuf::from(format!("{stem}.{}", args.form.ending()));
    let output = world.at(args.output.as_ref().unwrap_or(&name));
    let undone = format!("{} was not written; nothing else changed.", shown(&output, world));
    if !to_screen {
        refuse_records(&output, &undone, world)?;
    }
    let placements = match &chosen {
        Some(chosen) => chosen.placement.iter().cloned().collect(),
        None => resume::placements(world, UNDONE)?,
    };
    args.permission.require(&placements, Use::HandingOn, &undone, world, screen)?;
    if screen.manner.dry_run {
        screen.say(&format!("Would write {}", shown(&output, world)));
        return Ok(exit::DONE);
    }
    let replace = !to_screen && may_replace(&output, &undone, world, screen)?;
    let bytes = match &chosen {
        Some(chosen) => written(args, chosen, world, screen)?,
        None => resume::write(world, UNDONE)?,
    };
    if to_screen {
        screen.raw(&bytes);
        return Ok(exit::DONE);
    }
    let write = if replace { disk::replace } else { disk::write_new };
    write(&output, &bytes, Mode::Shared).map_err(|fault| refusal(fault, world, &undone))?;
    tell(args.form, chosen.as_ref(), &output, bytes.len() as u64, world, screen);
    Ok(exit::DONE)
}

/// A file among the records would be taken for one of them.
fn refuse_records(output: &Path, undone: &str, world: &World) -> Result<(), Trouble> {
    let Ok(folder) = Portfolio::find(world.folder()) else { return Ok(()) };
    folder.refuse_output(output).map_err(|fault| {
        let trouble = folder_words::refusal(fault, world, undone);
        if trouble.kind == "output-inside" {
            trouble.hint("write it somewhere else: --output FILE")
        } else {
            trouble
        }
    })
}

fn written(args: &Export, chosen: &Chosen, world: &World, screen: &mut Screen) -> Result<Vec<u8>, Trouble> {
    let not_drawn =
        || Trouble::new(exit::NO, "not-baked", "the sign-off does not go into a picture").fact(UNDONE);
    match args.form {
        Form::BakedPng => {
            let picture = badge::png().map_err(|fault| not_drawn().because(fault))?;
            into_png(&picture, &chosen.text).map_err(|fault| not_drawn().because(fault))
        }
        Form::BakedSvg => {
            let picture = badge::svg(&chosen.sign_off.claims.title);
            let baked = into_svg(&picture, &chosen.text).map_err(|fault| not_drawn().because(fault))?;
            Ok(baked.into_bytes())
        }
        Form::VcJwt => as_jwt(args, chosen, world, screen),
        Form::OpenBadge | Form::JsonResume => Ok(chosen.text.clone().into_bytes()),
    }
}

/// A JWT is a new signature over the same statement: nobody but its signer can give it.
fn as_jwt(args: &Export, chosen: &Chosen, world: &World, screen: &mut Screen) -> Result<Vec<u8>, Trouble> {
    let sign_off = &chosen.sign_off;
    let public = did::parse(&sign_off.issuer_id).map_err(|fault| {
        Trouble::new(exit::NO, "not-a-sign-off", "this does not name a key of ours")
            .fact(UNDONE)
            .because(fault)
    })?;
    let key = match &args.key {
        Some(wanted) => Some(signing_keys::named(wanted, world)?),
        None => signing_keys::with_public(&public, world)?,
    };
    let key = key.filter(|key| key.public == public).ok_or_else(|| {
        Trouble::new(exit::NO, "not-the-signer", "only the signer's own key can write this as vc-jwt")
            .fact(format!(
                "That form carries a signature of its own. It would have to come from key {}, which is not here. Your \
                 sign-off is good as it is. {UNDONE}",
                public.fingerprint()
            ))
            .hint("write it with --as open-badge, or ask the signer to run this on their .reply.json")
    })?;
    let signer = key.open(&args.passphrase, world, screen)?;
    let jwt = issuer::jwt::sign(&chosen.document, signer.as_ref()).map_err(|fault| {
        Trouble::new(exit::NO, "not-signed", "the key did not sign").fact(UNDONE).because(fault)
    })?;
    Ok(jwt.into_bytes())
}

fn tell(form: Form, chosen: Option<&Chosen>, output: &Path, length: u64, world: &World, screen: &mut Screen) {
    let path = shown(output, world);
    if screen.manner.json {
        screen.json(&serde_json::json!({
            "type": "CredentialExported",
            "form": form.name(),
            "file": path,
            "size": length,
            "credential": chosen.map(|chosen| chosen.sign_off.id.as_str()),
        }));
        return;
    }
    if screen.manner.plain {
        screen.line(&format!("{path}\t{length}\t{}", form.name()));
        return;
    }
    if screen.manner.quiet {
        return;
    }
    screen.line(&format!("Wrote {path} ({})", size(length)));
    screen.gap();
    let command =
        format!("portfolio verify {}", shell_word(&output.file_name().unwrap_or_default().to_string_lossy()));
    match form {
        Form::OpenBadge => screen.say(&format!(
            "It is the statement alone, as it was signed. The files that it is about are not in it, so whoever runs \
             “{command}” sees who signed what, and not the work."
        )),
        Form::BakedPng | Form::BakedSvg => {
            screen.say(&format!(
                "The sign-off is inside the picture, and the picture shows nothing by itself: anybody can draw it. \
                 Whoever gets the file checks it with “{command}”."
            ));
            screen.hint("send it as a file, since chat apps and photo services strip what is inside a picture");
        }
        Form::VcJwt => screen.say(
            "It is signed with Ed25519 (alg EdDSA), the key that signed the statement. Some readers of this form know \
             only RS256 and ES256.",
        ),
        Form::JsonResume => screen.say(
            "It is your own account and carries no signature. Confidential work is not in it. Send your bundle with it \
             for those who want to check.",
        ),
    }
}
