//! Long work with a line that tells how far it is: nothing in the first second, then now and again.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::terminal::screen::Screen;
use crate::terminal::surroundings::{Stopwatch, World};

/// How often the line is thought about.
const TICK: Duration = Duration::from_millis(100);

/// Does `work` on a thread of its own while this one tells `how_far`. A panic over there goes on here.
pub fn tell_while<T: Send>(
    how_far: &dyn Fn() -> String,
    world: &World,
    screen: &mut Screen,
    work: impl FnOnce() -> T + Send,
) -> T {
    let working = Stopwatch::start();
    std::thread::scope(|scope| {
        let (sender, finished) = channel();
        let worker = scope.spawn(move || {
            let result = work();
            // Whoever waits may have gone only together with this thread.
            let _ = sender.send(());
            result
        });
        while let Err(RecvTimeoutError::Timeout) = finished.recv_timeout(TICK) {
            screen.progress(&how_far(), world, working);
        }
        screen.progress_done(world);
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use portfolio::time::Timestamp;

    use super::*;

    #[test]
    fn short_work_says_nothing_and_long_work_says_so_once_in_a_while() {
        let world = World::sample(Path::new("/sample"), Path::new("/home"), Timestamp::from_unix(0), [0; 32]);
        let mut screen = Screen::recording(&[]);
        assert_eq!(tell_while(&|| "Writing …".to_owned(), &world, &mut screen, || 7), 7);
        assert_eq!(screen.transcript(), "");
        let long = || std::thread::sleep(Duration::from_millis(1500));
        tell_while(&|| "Writing …".to_owned(), &world, &mut screen, long);
        assert_eq!(screen.transcript(), "Writing …\n");
    }
}
