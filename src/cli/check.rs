//! `everyleaf check`

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::{Common, Ended, Judging, Stop};
use crate::check::ALLOW_FILE;
use crate::diagnostic::Severity;
use crate::intake::reach::Tried;
use crate::pipeline::{self, Options, Plan};
use crate::report::tally;

/// Judge pages without making anything.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Pages by short name, or a page's file; default: every page
    pages: Vec<String>,
    /// Try the addresses of links; only then is the network used
    #[arg(long)]
    links: bool,
    /// How many seconds an address may take
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
    /// Judge the files that were built, from their bytes, and not the sources
    #[arg(long)]
    built: bool,
    /// With --built: where the files are; default: output/ in the project
    #[arg(short, long, value_name = "DIR", requires = "built")]
    output: Option<PathBuf>,
    #[command(flatten)]
    judging: Judging,
}

impl Check {
    pub(super) fn run(&self, common: &Common) -> Ended {
        let Some((project, pages)) = common.choose(&self.pages)? else { return Ok(2) };
        if pages.is_empty() && !self.built {
            return Err(Stop::CannotRun("there is no page here to check; name a page's file".into()));
        }
        let options = Options {
            editions: Vec::new(),
            size: None,
            as_of: self.judging.as_of()?,
            allow_overdue: self.judging.allowed()?,
        };
        let mut plan = Plan::new(&project, options).map_err(|e| e.0)?;
        if self.links {
            let (tried, time) = (Tried::default(), Duration::from_secs(self.timeout));
            plan.reach(Arc::new(move |addresses: &[&str]| tried.all(addresses, time)));
        }
        let (outcome, checked) = if self.built {
            let out = self.output.clone().map_or_else(|| project.output(), |dir| project.here().join(dir));
            let judged = pipeline::built(&project, &pages, self.pages.is_empty(), plan, &out);
            let cannot = |why| format!("there is no record of a build in {}: {why}", project.display(&out));
            let (outcome, files) = judged.map_err(cannot)?;
            (outcome, count(files, "file"))
        } else {
            (pipeline::check(&project, &pages, plan), count(pages.len(), "page"))
        };
        common.say(&outcome.said)?;
        let tally = tally(outcome.count(Severity::Error), outcome.count(Severity::Warning));
        let mut words = format!("{checked} checked: {}", if tally.is_empty() { "nothing wrong".into() } else { tally });
        if outcome.allowed() > 0 {
            words.push_str(&format!("; {} allowed by {ALLOW_FILE}", outcome.allowed()));
        }
        common.tell(&words)?;
        Ok(common.verdict(&outcome.said))
    }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
