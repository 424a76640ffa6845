//! `everyleaf check`

use clap::Args;

use super::{Common, Ended, Judging, Stop};
use crate::check::ALLOW_FILE;
use crate::diagnostic::Severity;
use crate::pipeline::{self, Options, Plan};
use crate::report::tally;

/// Judge pages without making anything.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Pages by short name, or a page's file; default: every page
    pages: Vec<String>,
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
            quantity: None,
        };
        let plan = Plan::new(&project, options).map_err(|e| e.0)?;
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
