//! A line on the terminal for work that takes longer than a moment.
#![expect(
    clippy::print_stderr,
    reason = "the command line talks to the terminal"
)]

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long work may take in silence.
const MOMENT: Duration = Duration::from_millis(500);

/// Shows what is being done while it is there, once that has taken a moment and where somebody can see it.
pub(crate) struct Progress {
    worker: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts to wait for the moment.
    pub(crate) fn start(what: String) -> Self {
        if !io::stderr().is_terminal() {
            return Self { worker: None };
        }
        let (done, wait) = mpsc::channel();
        let thread = thread::spawn(move || {
            if wait.recv_timeout(MOMENT) == Err(RecvTimeoutError::Timeout) {
                eprint!("   {what} …");
                // Ends when the other side is dropped.
                let _ = wait.recv();
                eprint!("\r\u{1b}[2K");
            }
        });
        Self {
            worker: Some((done, thread)),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.worker.take() {
            drop(done);
            // A thread that only prints has nothing to tell.
            let _ = thread.join();
        }
    }
}
