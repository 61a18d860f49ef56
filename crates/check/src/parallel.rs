//! The same work for many things on several threads, its outcome in the order of the things.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The outcome of the work for each number below `count`, in their order, on up to `threads` threads. Every thread prepares
/// once what it works with. The number of threads changes nothing but the time it takes.
pub fn ordered<P, O: Send>(
    threads: NonZeroUsize,
    count: usize,
    prepare: impl Fn() -> P + Sync,
    work: impl Fn(&mut P, usize) -> O + Sync,
) -> Vec<O> {
    // Small enough that no thread is left with much when the others are done, large enough that neighbours stay together.
    let block = (count / threads.get() / 16).clamp(1, 64);
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        let mut prepared = None;
        loop {
            let from = next.fetch_add(block, Ordering::Relaxed);
            if from >= count {
                return done;
            }
            let prepared = prepared.get_or_insert_with(&prepare);
            for index in from..count.min(from + block) {
                done.push((index, work(prepared, index)));
            }
        }
    };
    let threads = threads.get().min(count.div_ceil(block));
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut done = run();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::ordered;

    #[test]
    fn outcomes_come_in_order_whatever_the_number_of_threads() {
        for threads in [1, 2, 7] {
            let threads = NonZeroUsize::new(threads).unwrap();
            for count in [0, 1, 2, 1000] {
                let prepare = Vec::new;
                let work = |seen: &mut Vec<usize>, index: usize| {
                    seen.push(index);
                    index * index
                };
                let squares: Vec<_> = (0..count).map(|index| index * index).collect();
                assert_eq!(ordered(threads, count, prepare, work), squares);
            }
        }
    }
}
