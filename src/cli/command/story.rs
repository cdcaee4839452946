//! `story`: reflections and case studies about a piece of work or a sign-off.

use clap::Subcommand;
use portfolio::holder::{On, Story, StoryKind};
use portfolio::path::Slug;
use portfolio::render::escape::{quoted, visible};

use crate::terminal::error::{Outcome, Trouble, exit};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::World;
use crate::terminal::wrap::{pad, width};
use crate::words::answers;
use crate::words::folder_words::{self, Waiting};

/// What `story` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = "  portfolio story new case-study --on forecast-report\n  portfolio story list")]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub deed: Deed,
}

/// What to do with stories.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// Begin a story from a template
    New(New),
    /// List your stories
    List,
}

/// What `story new` is told.
#[derive(Debug, clap::Args)]
pub struct New {
    /// reflection or case-study
    #[arg(value_name = "KIND")]
    pub kind: String,
    /// The piece of work or the sign-off it is about
    #[arg(long, value_name = "ID")]
    pub on: Option<String>,
    /// Its title, if not that of what it is about
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Whether to wait.
    #[command(flatten)]
    pub waiting: Waiting,
}

const UNDONE: &str = "Nothing was written.";

/// Runs the command.
pub fn run(args: &Args, world: &World, screen: &mut Screen) -> Outcome {
    match &args.deed {
        Deed::New(new) => begin(new, world, screen),
        Deed::List => list(world, screen),
    }
}

fn begin(args: &New, world: &World, screen: &mut Screen) -> Outcome {
    let refused = |fault| folder_words::refusal(fault, world, UNDONE);
    let kind = StoryKind::named(&args.kind).ok_or_else(|| {
        Trouble::usage(format!("{} is no kind of story", quoted(&args.kind)))
            .fact(format!("There are: reflection, case-study. {UNDONE}"))
    })?;
    let title = args.title.as_deref().map(answers::name).transpose();
    let title = title.map_err(|why| Trouble::usage("--title cannot be used").fact(why).fact(UNDONE))?;
    let locked = folder_words::lock("story new", args.waiting, world, UNDONE)?;
    let named = answers::given_or_asked(
        args.on.as_deref(),
        "The piece of work or the sign-off it is about: ",
        "--on ID",
        answers::name,
        screen,
    )?;
    let on = Slug::parse(&named).map_err(|fault| {
        Trouble::usage(format!("{} is no id of a piece of work or a sign-off", quoted(&named)))
            .fact(UNDONE)
            .hint("see what there is: portfolio status -v")
            .because(fault)
    })?;
    let on = locked.story_subject(&on).map_err(refused)?;
    if screen.manner.dry_run {
        screen.say(&format!("Would begin a {} about {}", args.kind, on.id()));
        return Ok(exit::DONE);
    }
    let story = locked.new_story(kind, &on, title.as_deref(), world.now()).map_err(refused)?;
    if screen.manner.json {
        screen.json(&serde_json::json!({ "type": "StoryWritten", "story": as_json(&story) }));
        return Ok(exit::DONE);
    }
    screen.settle();
    let path = path(&story);
    screen.line(&format!("Wrote {path}"));
    screen.say("Write under its headings; a number names its evidence, an id in brackets behind it. What stands below the line marked gated never leaves this folder.");
    screen.next(&format!("portfolio add {path}, when it is written"));
    Ok(exit::DONE)
}

fn list(world: &World, screen: &mut Screen) -> Outcome {
    let undone = "Nothing was shown.";
    let folder = folder_words::find(world, undone)?;
    let all = folder.stories().map_err(|fault| folder_words::refusal(fault, world, undone))?;
    if screen.manner.json {
        let list: Vec<_> = all.iter().map(as_json).collect();
        screen.json(&serde_json::json!({ "type": "StoryList", "stories": list }));
    } else if screen.manner.plain {
        all.iter().for_each(|story| screen.line(&plain(story)));
    } else if all.is_empty() {
        screen.line("There is no story yet.");
        screen.next("portfolio story new case-study --on ID");
    } else {
        let widest = all.iter().map(|story| width(story.id.as_str())).max().unwrap_or(0);
        for story in &all {
            let gated = if story.gated.as_ref().is_some_and(|half| !half.is_empty()) {
                ", part of it gated"
            } else {
                ""
            };
            let text = format!(
                "{}, a {} about {}{gated}",
                visible(&story.title),
                kind_words(story.kind),
                story.on.id()
            );
            screen.say_under(
                &format!("{}  ", pad(story.id.as_str(), widest)),
                &" ".repeat(widest + 2),
                &text,
            );
        }
    }
    Ok(exit::DONE)
}

fn kind_words(kind: StoryKind) -> &'static str {
    match kind {
        StoryKind::Reflection => "reflection",
        StoryKind::CaseStudy => "case study",
    }
}

fn path(story: &Story) -> String {
    format!("stories/{}.md", story.id)
}

/// One line for programs: id, kind, what it is about, its id, title, when it was begun.
fn plain(story: &Story) -> String {
    let fields = [
        story.id.as_str().to_owned(),
        story.kind.as_str().to_owned(),
        story.on.word().to_owned(),
        story.on.id().to_string(),
        visible(&story.title),
        story.created.to_string(),
    ];
    fields.join("\t")
}

fn as_json(story: &Story) -> serde_json::Value {
    let (artifact, credential) = match &story.on {
        On::Artifact(id) => (Some(id.as_str()), None),
        On::Credential(id) => (None, Some(id.as_str())),
    };
    let mut value = serde_json::json!({
        "id": story.id.as_str(),
        "path": path(story),
        "kind": story.kind.as_str(),
        "title": story.title,
        "created": story.created.to_string(),
        "gated": story.gated.as_ref().is_some_and(|half| !half.is_empty()),
    });
    for (name, id) in [("artifact", artifact), ("credential", credential)] {
        if let Some(id) = id {
            value[name] = id.into();
        }
    }
    value
}
