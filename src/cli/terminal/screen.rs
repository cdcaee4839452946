//! What people see: two streams, colour where it is welcome, symbols or letters, 80 columns.
//!
//! Text may carry the colours of [`style`]; they are taken out where colour is off. Text of a
//! stranger has been escaped before it comes here.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;

use crate::terminal::error::{Trouble, UNANSWERED, exit};
use crate::terminal::keyboard::Keyboard;
use crate::terminal::manner::{Manner, speaks_utf8, wants_colour};
use crate::terminal::palette::{Symbol, drawn, in_ascii, style};
use crate::terminal::surroundings::{Stopwatch, World};
use crate::terminal::wrap;

/// Widest line, in columns.
pub const COLUMNS: usize = 80;

/// The terminal, or what stands for it.
pub struct Screen {
    out: Stream,
    err: Stream,
    /// Who answers questions.
    pub keyboard: Keyboard,
    /// The standard flags of the command that runs.
    pub manner: Manner,
    asked: bool,
    gone: bool,
    failed: Option<io::Error>,
    progress: Option<Stopwatch>,
}

struct Stream {
    sink: Sink,
    terminal: bool,
    coloured: bool,
}

enum Sink {
    Writer(Box<dyn Write>),
    Transcript(Rc<RefCell<Vec<u8>>>),
}

impl Screen {
    /// The streams of this process.
    pub fn of_this_process() -> Screen {
        let (out, err) = (io::stdout(), io::stderr());
        let (out_terminal, err_terminal) = (out.is_terminal(), err.is_terminal());
        let out = Stream::new(Sink::Writer(Box::new(io::BufWriter::new(out))), out_terminal);
        let err = Stream::new(Sink::Writer(Box::new(err)), err_terminal);
        Screen::over(out, err, Keyboard::of_this_process())
    }

    /// A screen that keeps everything as one transcript, with questions answered from `answers` in turn.
    pub fn recording(answers: &[&str]) -> Screen {
        let page = Rc::new(RefCell::new(Vec::new()));
        let out = Stream::new(Sink::Transcript(Rc::clone(&page)), false);
        Screen::over(out, Stream::new(Sink::Transcript(page), false), Keyboard::script(answers))
    }

    fn over(out: Stream, err: Stream, keyboard: Keyboard) -> Screen {
        let manner = Manner { hints: true, ..Manner::default() };
        Screen { out, err, keyboard, manner, asked: false, gone: false, failed: None, progress: None }
    }

    /// What a recording screen has kept so far; empty for one that writes to streams.
    pub fn transcript(&self) -> String {
        match &self.out.sink {
            Sink::Transcript(page) => String::from_utf8_lossy(&page.borrow()).into_owned(),
            Sink::Writer(_) => String::new(),
        }
    }

    /// Takes on a command's standard flags; colour and symbols follow them and the surroundings.
    pub fn adopt(&mut self, manner: Manner, world: &World) {
        self.manner = manner;
        self.manner.ascii |= !speaks_utf8(world) && matches!(self.out.sink, Sink::Writer(_));
        for stream in [&mut self.out, &mut self.err] {
            stream.coloured = wants_colour(manner.colour, stream.terminal, world);
        }
    }

    /// Prints a line of the result as it is.
    pub fn line(&mut self, text: &str) {
        let text = self.shaped(text, self.out.coloured) + "\n";
        self.put_out(text.as_bytes());
    }

    /// Prints an empty line of the result.
    pub fn gap(&mut self) {
        self.line("");
    }

    /// Prints a paragraph of the result, wrapped.
    pub fn say(&mut self, text: &str) {
        self.say_under("", "", text);
    }

    /// Prints `first` and then `text`, wrapped; further lines begin with `rest`.
    pub fn say_under(&mut self, first: &str, rest: &str, text: &str) {
        for line in wrap::fill(COLUMNS, first, rest, text) {
            self.line(&line);
        }
    }

    /// Prints the one command that goes on, set apart.
    pub fn next(&mut self, command: &str) {
        self.gap();
        self.line(&format!("Next: {0}{command}{0:#}", style::CODE));
    }

    /// Prints bytes of the result untouched: a document, a completion script.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.put_out(bytes);
    }

    /// Prints one JSON document.
    pub fn json(&mut self, value: &serde_json::Value) {
        let text = portfolio::render::escape::json_text(value);
        self.put_out(text.as_bytes());
    }

    /// Says a line of the conversation, on the error stream, as it is.
    pub fn tell_line(&mut self, text: &str) {
        let text = self.shaped(text, self.err.coloured) + "\n";
        self.put_err(text.as_bytes());
    }

    /// Says a paragraph of the conversation, on the error stream, wrapped.
    pub fn tell(&mut self, text: &str) {
        self.tell_under("", "", text);
    }

    /// Says `first` and then `text` on the error stream, wrapped; further lines begin with `rest`.
    pub fn tell_under(&mut self, first: &str, rest: &str, text: &str) {
        for line in wrap::fill(COLUMNS, first, rest, text) {
            self.tell_line(&line);
        }
    }

    /// Sets the result apart from the questions before it, if there were any.
    pub fn settle(&mut self) {
        if std::mem::take(&mut self.asked) {
            self.tell_line("");
        }
    }

    /// Begins a question: the line stays open for the answer.
    pub fn prompt(&mut self, text: &str) {
        self.asked = true;
        let text = self.shaped(text, self.err.coloured);
        self.put_err(text.as_bytes());
    }

    /// Notes an answer that nobody typed, so that a transcript reads as on a terminal.
    pub fn echo(&mut self, answer: &str) {
        self.put_err(format!("{answer}\n").as_bytes());
    }

    /// Gives a hint, if they are wanted: one thing to do next.
    pub fn hint(&mut self, text: &str) {
        if self.manner.hints && !self.manner.quiet && !self.manner.json {
            self.give_hint(text);
        }
    }

    fn give_hint(&mut self, text: &str) {
        // A command stays on one line where it fits, so that it can be copied whole.
        let text = match text.rsplit_once(": ") {
            Some((reason, command)) if wrap::width(command) + 2 <= COLUMNS => {
                format!("{reason}: {}", wrap::hold(command))
            }
            _ => text.to_owned(),
        };
        self.tell_under(&format!("{0}hint:{0:#} ", style::CODE), "  ", &text);
    }

    /// Prints why the command could not do it.
    pub fn trouble(&mut self, trouble: &Trouble) {
        if self.manner.json {
            self.json(&serde_json::json!({ "type": "Problem", "error": trouble.to_json() }));
            return;
        }
        self.tell_under(&format!("{0}error:{0:#} ", style::BAD), "  ", &trouble.title);
        for fact in &trouble.facts {
            self.tell_under("  ", "  ", fact);
        }
        match &trouble.hint {
            // The flag that answers is what was asked for, not advice.
            Some(hint) if trouble.kind == UNANSWERED => self.give_hint(hint),
            Some(hint) => self.hint(hint),
            None => {}
        }
        if let (true, Some(cause)) = (self.manner.verbose, &trouble.cause) {
            for inner in cause.chain() {
                self.tell_under("cause: ", "  ", &portfolio::render::escape::visible(&inner.to_string()));
            }
        }
    }

    /// The mark in front of a line, coloured.
    pub fn symbol(&self, symbol: Symbol) -> String {
        drawn(symbol, self.manner.ascii)
    }

    /// Tells how far long work has come: nothing in the first second, then one line now and again.
    pub fn progress(&mut self, text: &str, world: &World, working: Stopwatch) {
        if working.elapsed().as_secs() < 1 || self.manner.quiet || self.manner.json {
            return;
        }
        let redraw = self.err.terminal && world.variable("ACCESSIBLE").is_none();
        let pause = if redraw { 0.1 } else { 5.0 };
        if self.progress.is_some_and(|last| last.elapsed().as_secs_f64() < pause) {
            return;
        }
        let again = self.progress.is_some();
        self.progress = Some(Stopwatch::start());
        match (redraw, again) {
            (true, _) => self.put_err(format!("\r{text}\u{1b}[K").as_bytes()),
            (false, _) => self.tell_line(text),
        }
    }

    /// Clears the progress line.
    pub fn progress_done(&mut self, world: &World) {
        if self.progress.take().is_some() && self.err.terminal && world.variable("ACCESSIBLE").is_none() {
            self.put_err(b"\r\x1b[K");
        }
    }

    /// Sends everything on its way and settles the exit code: a reader that went away is a quiet stop.
    pub fn finish(&mut self, code: u8) -> u8 {
        self.flush();
        if let Some(cause) = self.failed.take() {
            let trouble = Trouble::new(exit::DISK, "output-failed", "the output could not be written");
            self.trouble(&trouble.because(cause));
            return exit::DISK;
        }
        if self.gone { exit::CLOSED_PIPE } else { code }
    }

    fn shaped(&self, text: &str, coloured: bool) -> String {
        let text = if coloured { text.to_owned() } else { anstream::adapter::strip_str(text).to_string() };
        if self.manner.ascii { in_ascii(&text) } else { text }
    }

    fn put_out(&mut self, bytes: &[u8]) {
        if !self.gone && self.failed.is_none() {
            let result = self.out.write(bytes);
            self.note(result);
        }
    }

    fn put_err(&mut self, bytes: &[u8]) {
        self.flush();
        // Where nobody listens to errors there is nobody to tell.
        let _ = self.err.write(bytes).and_then(|()| self.err.flush());
    }

    fn flush(&mut self) {
        if !self.gone && self.failed.is_none() {
            let result = self.out.flush();
            self.note(result);
        }
    }

    fn note(&mut self, result: io::Result<()>) {
        match result {
            Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => self.gone = true,
            Err(fault) => self.failed = Some(fault),
            Ok(()) => {}
        }
    }
}

impl Stream {
    fn new(sink: Sink, terminal: bool) -> Stream {
        Stream { sink, terminal, coloured: false }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.sink {
            Sink::Writer(writer) => writer.write_all(bytes),
            Sink::Transcript(page) => {
                page.borrow_mut().extend_from_slice(bytes);
                Ok(())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Writer(writer) => writer.flush(),
            Sink::Transcript(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_keeps_both_streams_in_order_and_without_colour() {
        let mut screen = Screen::recording(&[]);
        screen.say(&format!("{0}bold{0:#} words", style::HEAD));
        screen.hint("look here");
        screen.line("end");
        assert_eq!(screen.transcript(), "bold words\nhint: look here\nend\n");
    }

    #[test]
    fn an_error_has_three_parts_and_quiet_drops_the_hint() {
        let trouble = Trouble::new(exit::NO, "x", "there is no portfolio here").fact("Looked.").hint("go");
        let mut screen = Screen::recording(&[]);
        screen.trouble(&trouble);
        assert_eq!(screen.transcript(), "error: there is no portfolio here\n  Looked.\nhint: go\n");
        let mut screen = Screen::recording(&[]);
        screen.manner.quiet = true;
        screen.trouble(&trouble);
        assert_eq!(screen.transcript(), "error: there is no portfolio here\n  Looked.\n");
    }
}
