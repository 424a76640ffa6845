//! `everyleaf build`

use std::path::PathBuf;

use clap::Args;

use super::{Common, Ended, Judging, Stop};
use crate::diagnostic::Severity;
use crate::output::Lock;
use crate::pipeline::{self, Options, Plan};
use crate::report::tally;

/// Make editions: every page in its readers' editions, unless you name some.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Pages by short name, or a page's file; default: every page
    pages: Vec<String>,
    /// Editions, separated by commas
    #[arg(short, long, value_delimiter = ',', value_name = "EDITION")]
    editions: Vec<String>,
    /// Body size in points, for large print: a whole number from 16 to 36
    #[arg(long, value_name = "POINTS")]
    size: Option<f64>,
    /// How many copies are to be printed; the job ticket says so
    #[arg(long, value_name = "COPIES", value_parser = clap::value_parser!(u32).range(1..))]
    quantity: Option<u32>,
    /// Where the editions go; default: output/ in the project
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// How many threads; default: one for each core
    #[arg(short = 'j', long, value_name = "N", env = "EVERYLEAF_JOBS")]
    jobs: Option<usize>,
    #[command(flatten)]
    judging: Judging,
}

impl Build {
    pub(super) fn run(&self, common: &Common) -> Ended {
        let Some((project, pages)) = common.choose(&self.pages)? else { return Ok(2) };
        if pages.is_empty() {
            let why = if project.root().is_some() {
                "the project has no pages yet; `everyleaf new NAME` starts one"
            } else {
                "there is no project here; name a page's file, or start a project with `everyleaf init DIR`"
            };
            return Err(Stop::CannotRun(why.into()));
        }
        let options = Options {
            editions: self.editions.iter().map(|e| e.trim().to_string()).filter(|e| !e.is_empty()).collect(),
            size: self.size,
            as_of: self.judging.as_of()?,
            allow_overdue: self.judging.allowed()?,
            quantity: self.quantity,
        };
        let out = self.output.clone().map_or_else(|| project.output(), |dir| project.here().join(dir));
        if let Some(0) = self.jobs {
            return Err(Stop::CannotRun("-j needs at least one thread".into()));
        }
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(self.jobs.unwrap_or(0))
            // typst lays out deep structures by recursion
            .stack_size(16 << 20)
            .build()
            .map_err(|e| e.to_string())?;
        let outcome = threads.install(|| -> Result<_, Stop> {
            let plan = Plan::new(&project, options).map_err(|e| e.0)?;
            if !plan.usable {
                common.say(&[plan.into_said()])?;
                return Ok(None);
            }
            let cannot = |e: std::io::Error| format!("{} cannot be written: {e}", out.display());
            let _lock = Lock::take(&out).map_err(cannot)?;
            Ok(Some(pipeline::build(&project, &pages, plan, &out).map_err(cannot)?))
        })?;
        let Some(outcome) = outcome else { return Ok(2) };
        common.say(&outcome.said)?;
        let mut words = format!("{} files written to {}", outcome.written.len(), project.display(&out));
        if outcome.written.len() == 1 {
            words = format!("1 file written: {}", project.display(&outcome.written[0]));
        }
        if outcome.failed > 0 {
            words.push_str(&format!("; {} not made because of errors", editions(outcome.failed)));
        }
        if outcome.skipped > 0 {
            words.push_str(&format!("; {} skipped", editions(outcome.skipped)));
        }
        let tally = tally(outcome.count(Severity::Error), outcome.count(Severity::Warning));
        if !tally.is_empty() {
            words.push_str(&format!("; {tally}"));
        }
        common.tell(&words)?;
        Ok(common.verdict(&outcome.said))
    }
}

fn editions(n: usize) -> String {
    if n == 1 { "1 edition".into() } else { format!("{n} editions") }
}
