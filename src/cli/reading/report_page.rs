//! A report on the screen: the rows in their columns, the symbols in colour, one line each where there are many.

use portfolio::render::escape::visible;
use portfolio::render::headline::{self, Symbol as Mark};
use portfolio::render::layout::{TEXT_COLUMNS, columns, cut, padded, wrap};
use portfolio::render::naming::{file, shell_word};
use portfolio::render::page::{Deposited, Next, Page, Placement, Row, Setting};
use portfolio::render::{answers, rows, table};
use portfolio::verifier::{Outcome, Report};

use crate::terminal::palette::style;
use crate::terminal::screen::Screen;

/// Width of a row's word.
const LABEL: usize = 11;
/// How many deposits are shown with all their answers unless everything is asked for.
const DEPOSITS_IN_FULL: usize = 3;

/// Prints one report: its one page, or with `all` one for each sign-off.
pub fn print(report: &Report, typed: &str, day_was_named: bool, all: bool, screen: &mut Screen) {
    let setting = Setting { file: typed, day_was_named, with_next_step: !screen.manner.quiet };
    let page = rows::page(report, &setting);
    if all && !page.placements.is_empty() {
        print_head(&page, screen);
        for (index, one) in rows::pages(report, &setting).iter().enumerate() {
            if index > 0 {
                screen.gap();
            }
            print_page(one, all, screen);
        }
        print_deposits(&page.deposits, all, screen);
    } else {
        print_page(&page, all, screen);
    }
    if screen.manner.verbose {
        print_steps(report, screen);
    }
}

fn print_head(page: &Page, screen: &mut Screen) {
    if let Some((mark, sentence)) = &page.headline {
        let mark = drawn(*mark, screen);
        let indent = " ".repeat(1 + mark_columns(screen));
        for (index, line) in wrap(sentence, TEXT_COLUMNS - columns(&indent)).iter().enumerate() {
            let lead = if index == 0 { format!("{mark} ") } else { indent.clone() };
            screen.line(&format!("{lead}{0}{line}{0:#}", style::HEAD));
        }
        screen.gap();
    }
    if !page.placements.is_empty() {
        print_placements(&page.placements, screen);
        screen.gap();
    }
}

fn print_page(page: &Page, all: bool, screen: &mut Screen) {
    print_head(page, screen);
    if let Some(about) = &page.about {
        let label = format!("  {}", padded("About", LABEL + mark_columns(screen) + 1));
        print_wrapped(&label, about, screen);
        if let Some(marks) = &page.marks {
            let label = format!("  {}", padded("Marks", LABEL + mark_columns(screen) + 1));
            print_wrapped(&label, marks, screen);
        }
        screen.gap();
    }
    for row in &page.rows {
        print_row(row, "  ", screen);
    }
    print_deposits(&page.deposits, all, screen);
    if let Some(text) = &page.cannot_show {
        screen.gap();
        let lines = wrap(&format!("No check can show: {text}"), TEXT_COLUMNS - 2);
        for (index, line) in lines.iter().enumerate() {
            let shown = match line.strip_prefix("No check can show:") {
                Some(rest) if index == 0 => format!("{0}No check can show:{0:#}{rest}", style::HEAD),
                _ => line.clone(),
            };
            screen.line(&format!("  {shown}"));
        }
    }
    if let Some(remark) = &page.remark {
        screen.gap();
        for line in wrap(remark, TEXT_COLUMNS - 2) {
            screen.line(&format!("  {line}"));
        }
    }
    if let Some(next) = &page.next {
        screen.gap();
        print_next(next, screen);
    }
}

/// What others issued: in full where there are few, else a line each, the worst news first.
fn print_deposits(deposits: &[Deposited], all: bool, screen: &mut Screen) {
    if deposits.is_empty() {
        return;
    }
    let in_full = all || deposits.len() <= DEPOSITS_IN_FULL;
    screen.gap();
    screen.line("  Issued by others, and deposited by the sender");
    for one in deposits {
        let lead = format!("  {} ", drawn(one.symbol, screen));
        let indent = " ".repeat(2 + mark_columns(screen) + 1);
        for (index, line) in wrap(&one.title, TEXT_COLUMNS - columns(&indent)).iter().enumerate() {
            screen.line(&format!("{}{line}", if index == 0 { &lead } else { &indent }));
        }
        if in_full {
            for row in &one.rows {
                print_row(row, "    ", screen);
            }
        }
    }
    if !in_full {
        screen.line("    The answers about each: --all");
    }
}

fn print_row(row: &Row, margin: &str, screen: &mut Screen) {
    let lead = format!("{margin}{} {}", drawn(row.symbol, screen), padded(row.label, LABEL));
    let indent = " ".repeat(margin.len() + mark_columns(screen) + 1 + LABEL);
    let width = TEXT_COLUMNS - columns(&indent);
    for (index, line) in wrap(&row.text, width).iter().enumerate() {
        let lead = if index == 0 { &lead } else { &indent };
        screen.line(&format!("{lead}{}", with_key_coloured(line)));
    }
    for detail in &row.details {
        screen.line(&format!("{indent}  {detail}"));
    }
}

fn print_wrapped(lead: &str, text: &str, screen: &mut Screen) {
    let indent = " ".repeat(columns(lead));
    for (index, line) in wrap(text, TEXT_COLUMNS - columns(lead)).iter().enumerate() {
        screen.line(&format!("{}{line}", if index == 0 { lead } else { &indent }));
    }
}

fn print_next(next: &Next, screen: &mut Screen) {
    let command = next.command.as_ref().map(|command| format!("{0}{command}{0:#}", style::CODE));
    match command {
        Some(command) if next.inline => screen.line(&format!("{} {command}", next.text)),
        command => {
            for line in wrap(&next.text, TEXT_COLUMNS) {
                screen.line(&line);
            }
            if let Some(command) = command {
                screen.line(&format!("  {command}"));
            }
        }
    }
}

fn print_placements(placements: &[Placement], screen: &mut Screen) {
    const GAP: usize = 3;
    let widest =
        |cell: fn(&Placement) -> &String| placements.iter().map(|one| columns(cell(one))).max().unwrap_or(0);
    let until = widest(|one| &one.until);
    let room = TEXT_COLUMNS.saturating_sub(3 + mark_columns(screen) + 2 * GAP + until);
    let signer = widest(|one| &one.signer).min(room / 2);
    let title = widest(|one| &one.title).min(room - signer);
    for one in placements {
        screen.line(&format!(
            "  {} {}   {}   {}",
            drawn(one.symbol, screen),
            padded(&cut(&one.title, title), title),
            padded(&cut(&one.signer, signer), signer),
            one.until
        ));
    }
}

/// Every step with what became of it, and every finding by name: for `-v`.
fn print_steps(report: &Report, screen: &mut Screen) {
    screen.gap();
    for (step, state) in &report.steps {
        let (mark, name) = answers::step_row(*step, *state);
        screen.line(&format!("  {} {} {}", drawn(mark, screen), padded(name, LABEL), state.as_str()));
    }
    for finding in &report.findings {
        let about = finding.about.as_deref().map(|about| format!("{}: ", file(about))).unwrap_or_default();
        print_wrapped(
            &format!("  {}  ", finding.code.as_str()),
            &format!("{about}{}", cut(&visible(&finding.detail), 200)),
            screen,
        );
    }
}

/// Prints many reports: a row each, the worst last, and a sum.
pub fn print_table(reports: &[&Report], screen: &mut Screen) {
    let ellipsis = if screen.manner.ascii { "..." } else { "…" };
    let table = table::table(reports, mark_columns(screen), ellipsis);
    screen.line(&format!("{0}{1}{0:#}", style::HEAD, table.header));
    for (mark, row) in &table.rows {
        screen.line(&format!("{}  {row}", drawn(*mark, screen)));
    }
    screen.gap();
    screen.say(&table.sum);
    if let Some(worst) = &table.worst {
        let command = format!("portfolio verify {}", shell_word(worst));
        screen.line(&format!("Reasons for one: {0}{command}{0:#}", style::CODE));
    }
}

/// Prints a line for each report that does not hold, and nothing else.
pub fn print_quiet(reports: &[&Report], screen: &mut Screen) {
    for report in reports.iter().filter(|report| report.outcome != Outcome::Holds) {
        let mark = drawn(headline::symbol(report.outcome), screen);
        let clause = headline::clause_of(report);
        screen.line(&format!("{mark} {}: {clause}", file(&report.source.name)));
    }
}

fn with_key_coloured(line: &str) -> String {
    match line.strip_prefix("by key ") {
        Some(key) => format!("by key {0}{key}{0:#}", style::CODE),
        None => line.to_owned(),
    }
}

fn mark_columns(screen: &Screen) -> usize {
    if screen.manner.ascii { 4 } else { 1 }
}

fn drawn(mark: Mark, screen: &Screen) -> String {
    screen.symbol(mark)
}
