//! Checks any number of things at once: bundles side by side on all cores, a single one with its files side by side.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use portfolio::bundle::Threads;
use portfolio::credential::plain_text;
use portfolio::disk;
use portfolio::proof::sshsig::SshSignature;
use portfolio::render::kind::Kind;
use portfolio::verifier::{self, Policy, Report};

use crate::reading::subject::Subject;
use crate::reading::unread::{self, Obstacle};
use crate::terminal::screen::Screen;
use crate::terminal::surroundings::{Stopwatch, World};

/// How often the screen is told how far it is.
const GLANCE: Duration = Duration::from_millis(200);

/// What is hashed well within a second.
const SMALL_BYTES: u64 = 64 << 20;

/// One thing checked.
pub struct Checked {
    /// The name as it was typed.
    pub typed: String,
    /// What came of it.
    pub report: Report,
    /// Why nothing was checked, where the file itself was not what it should be.
    pub obstacle: Option<Obstacle>,
}

/// Checks every file, in the order given.
pub fn check_all(files: &[PathBuf], policy: &Policy<'_>, world: &World, screen: &mut Screen) -> Vec<Checked> {
    let work: Vec<(String, PathBuf)> =
        files.iter().map(|path| (path.to_string_lossy().into_owned(), world.at(path))).collect();
    // A small one is checked before a thread for it has begun; a large one gets one, so that progress can be told.
    if let [(typed, path)] = work.as_slice()
        && is_small(path)
    {
        return vec![check(typed, path, policy)];
    }
    let threads = policy.threads.count();
    let workers = threads.min(files.len()).max(1);
    // Whole bundles side by side leave no core for the files within one.
    let policy = Policy { threads: Threads::Exactly(threads / workers), ..*policy };
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    // Nothing is sent: it closes behind the last worker, and nobody is woken for each result.
    let (open, closed) = mpsc::channel();
    let mut results: Vec<(usize, Checked)> = std::thread::scope(|scope| {
        let begin = |_| {
            let (open, next, done, work, policy) = (open.clone(), &next, &done, &work, &policy);
            scope.spawn(move || {
                let _open: mpsc::Sender<()> = open;
                let mut results = Vec::new();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((typed, path)) = work.get(index) else { return results };
                    results.push((index, check(typed, path, policy)));
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        };
        let workers: Vec<_> = (0..workers).map(begin).collect();
        drop(open);
        watch(&closed, &done, work.len(), world, screen);
        let joined = workers.into_iter().map(|worker| worker.join());
        joined.flat_map(|results| results.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, checked)| checked).collect()
}

/// Whether a check takes a moment at most.
fn is_small(path: &Path) -> bool {
    disk::stamp_of(path).is_ok_and(|stamp| stamp.len <= SMALL_BYTES)
}

/// Tells how far it is, until the workers are through.
fn watch(closed: &mpsc::Receiver<()>, done: &AtomicUsize, total: usize, world: &World, screen: &mut Screen) {
    let working = Stopwatch::start();
    while closed.recv_timeout(GLANCE) == Err(mpsc::RecvTimeoutError::Timeout) {
        match (total, done.load(Ordering::Relaxed)) {
            (1, 0) => screen.progress("Checking …", world, working),
            (total, count) if count < total => {
                screen.progress(&format!("Checking {} of {total} …", count + 1), world, working);
            }
            _ => {}
        }
    }
    screen.progress_done(world);
}

fn check(typed: &str, path: &Path, policy: &Policy<'_>) -> Checked {
    let unchecked = |obstacle| unchecked(typed, obstacle, policy);
    let subject = match Subject::open(path) {
        Ok(Subject::Other(kind)) => return unchecked(Obstacle::Other(kind)),
        Ok(Subject::Form(envelope)) => return unchecked(Obstacle::Form(envelope)),
        Ok(Subject::LoneSignature) => return unchecked(Obstacle::LoneSignature),
        Ok(Subject::Statement { text, signature })
            if let Some(purpose) = other_purpose(&text, &signature) =>
        {
            return unchecked(Obstacle::OtherSignature(purpose));
        }
        Ok(Subject::Spoilt(fault)) => return unchecked(Obstacle::Picture(fault)),
        Err(fault) => return unchecked(Obstacle::Disk(fault)),
        Ok(subject) => subject,
    };
    let report = match (&subject, subject.input()) {
        (Subject::Record(bytes), _) => verifier::verify(typed, verifier::Subject::Credential(bytes), policy),
        (Subject::Statement { text, signature }, _) => {
            verifier::verify(typed, verifier::Subject::Statement { text, signature }, policy)
        }
        (Subject::Baked { record, picture }, _) => {
            let mut report = verifier::verify(typed, verifier::Subject::Credential(record), policy);
            report.source.len = Some(picture.len);
            report.source.digest = Some(picture.digest);
            report.source.media_type = picture.media_type;
            report
        }
        (_, Some(input)) => verifier::verify(typed, verifier::Subject::Bundle(input), policy),
        (_, None) => unread::report(typed, &Obstacle::Other(Kind::Binary), policy.at),
    };
    match unread::obstacle(&report) {
        Some(obstacle) => unchecked(obstacle),
        None => Checked { typed: typed.to_owned(), report, obstacle: None },
    }
}

fn unchecked(typed: &str, obstacle: Obstacle, policy: &Policy<'_>) -> Checked {
    let report = unread::report(typed, &obstacle, policy.at);
    Checked { typed: typed.to_owned(), report, obstacle: Some(obstacle) }
}

/// What an SSH signature was made for, if neither it nor what it signs has to do with sign-offs.
fn other_purpose(text: &[u8], signature: &[u8]) -> Option<String> {
    if plain_text::begins_as_one(text) {
        return None;
    }
    let signature = SshSignature::read(signature).ok()?;
    Some(signature.namespace().to_owned()).filter(|purpose| purpose != plain_text::NAMESPACE)
}
