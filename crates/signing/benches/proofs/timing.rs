//! Timing one operation in many short batches.

use std::time::Instant;

use crate::Outcome;

/// About how long one batch is to last, in microseconds.
const BATCH_TIME: f64 = 1000.0;

/// One thing to time.
pub(crate) struct Operation<'a> {
    /// Ends in the credential's name.
    pub(crate) name: String,
    /// The beginning of the name of the bare operation that it is compared with.
    pub(crate) bare: Option<&'static str>,
    run: Box<dyn Fn() -> bool + 'a>,
    /// Microseconds per operation in each batch so far.
    batches: Vec<f64>,
    /// The shortest of them, by which the next batch is measured out.
    shortest: f64,
}

impl<'a> Operation<'a> {
    /// `run` answers whether it succeeded.
    pub(crate) fn new(name: String, run: impl Fn() -> bool + 'a) -> Self {
        Self { name, bare: None, run: Box::new(run), batches: Vec::new(), shortest: BATCH_TIME }
    }

    /// Compares it with the operation of that name for the same credential.
    pub(crate) fn beside(self, bare: &'static str) -> Self {
        Self { bare: Some(bare), ..self }
    }

    /// One batch; an operation that fails must not look fast.
    pub(crate) fn time(&mut self) -> Outcome<()> {
        let mut done = 0.0;
        let start = Instant::now();
        while done * self.shortest < BATCH_TIME {
            if !(self.run)() {
                return Err(format!("{} failed", self.name).into());
            }
            done += 1.0;
        }
        let each = start.elapsed().as_secs_f64() * 1e6 / done;
        self.batches.push(each);
        self.shortest = self.shortest.min(each);
        Ok(())
    }

    /// Microseconds per operation when nothing else goes on: a tenth of the batches were shorter. Longer ones tell of other
    /// programs, and the very shortest of a moment in which the processor ran faster than it does.
    pub(crate) fn undisturbed(&self) -> f64 {
        let mut batches = self.batches.clone();
        batches.sort_by(f64::total_cmp);
        batches.get(batches.len() / 10).copied().unwrap_or(self.shortest)
    }
}
