//! `everyleaf check`

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
    #[command(flatten)]
    judging: Judging,
}

impl Check {
    pub(super) fn run(&self, common: &Common) -> Ended {
        let Some((project, pages)) = common.choose(&self.pages)? else { return Ok(2) };
        if pages.is_empty() {
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
        let outcome = pipeline::check(&project, &pages, plan);
        common.say(&outcome.said)?;
        let tally = tally(outcome.count(Severity::Error), outcome.count(Severity::Warning));
        let pages = if pages.len() == 1 { "1 page".to_string() } else { format!("{} pages", pages.len()) };
        let mut words = format!("{pages} checked: {}", if tally.is_empty() { "nothing wrong".into() } else { tally });
        if outcome.allowed() > 0 {
            words.push_str(&format!("; {} allowed by {ALLOW_FILE}", outcome.allowed()));
        }
        common.tell(&words)?;
        Ok(common.verdict(&outcome.said))
    }
}
