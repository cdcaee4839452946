//! The pages of help: one screen each, the standard flags on the first alone.

use crate::misread;
use crate::terminal::error::Trouble;

const PAGE: &str = "{about}\n\nExamples:\n{before-help}\nUsage: {usage}\n\n{all-args}{after-help}\n\n\
                    The options of every command: portfolio --help";
const INNER_PAGE: &str =
    "{about}\n\nUsage: {usage}\n\n{all-args}\n\nThe options of every command: portfolio --help";

/// The command tree as help shows it: one screen a page, the standard flags on the first alone.
pub fn laid_out(mut tree: clap::Command) -> clap::Command {
    tree.build();
    tree.mut_subcommands(one_screen)
}

fn one_screen(command: clap::Command) -> clap::Command {
    let page = if command.get_before_help().is_some() { PAGE } else { INNER_PAGE };
    command
        .help_template(page)
        .arg_required_else_help(false)
        .mut_args(|arg| if arg.is_global_set() { arg.hide(true) } else { arg })
        .mut_subcommands(one_screen)
}

/// The help of the command named by `words`; of the whole program if there are none.
pub fn page(tree: clap::Command, words: &[String]) -> Result<String, Trouble> {
    let mut tree = laid_out(tree);
    let mut command = &mut tree;
    for word in words {
        command = command.find_subcommand_mut(word).ok_or_else(|| misread::unknown(word))?;
    }
    Ok(printed(&command.render_help()))
}

/// Help as text: no space at the end of a line, no two empty lines together.
pub fn printed(text: &clap::builder::StyledStr) -> String {
    let mut page = String::new();
    for line in text.ansi().to_string().lines().map(str::trim_end) {
        if !(line.is_empty() && page.ends_with("\n\n")) {
            page.push_str(line);
            page.push('\n');
        }
    }
    page.trim_end().to_owned()
}
