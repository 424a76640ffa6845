//! `everyleaf check`

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::{Common, Ended, Judging, Stop, evidence};
use crate::check::ALLOW_FILE;
use crate::diagnostic::Severity;
use crate::intake::reach::Tried;
use crate::pipeline::{self, Options, Plan};
use crate::project::Project;
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
    /// Judge sources and built files, and write a page for each publication: what was checked, by which rule, and what a
    /// person still has to judge
    #[arg(long, value_name = "DIR", conflicts_with = "built")]
    evidence: Option<PathBuf>,
    /// With --built or --evidence: where the files are; default: output/ in the project
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    judging: Judging,
}

impl Check {
    pub(super) fn run(&self, common: &Common) -> Ended {
        if self.output.is_some() && !self.built && self.evidence.is_none() {
            return Err(Stop::CannotRun("--output says where built files are: give --built or --evidence too".into()));
        }
        let Some((project, pages)) = common.choose(&self.pages)? else { return Ok(2) };
        if pages.is_empty() && !self.built {
            return Err(Stop::CannotRun("there is no page here to check; name a page's file".into()));
        }
        let out = self.output.clone().map_or_else(|| project.output(), |dir| project.here().join(dir));
        let (outcome, checked) = if let Some(folder) = &self.evidence {
            let run = evidence::Run {
                project: &project,
                pages: &pages,
                out: &out,
                as_of: self.judging.as_of()?,
                links: self.links,
                folder: &project.here().join(folder),
            };
            (run.write(|| self.plan(&project))?, count(pages.len(), "publication"))
        } else if self.built {
            let judged = pipeline::built(&project, &pages, self.pages.is_empty(), self.plan(&project)?, &out);
            let cannot = |why| format!("there is no record of a build in {}: {why}", project.display(&out));
            let (outcome, files) = judged.map_err(cannot)?;
            (outcome, count(files, "file"))
        } else {
            (pipeline::check(&project, &pages, self.plan(&project)?), count(pages.len(), "page"))
        };
        common.say(&outcome.said)?;
        let tally = tally(outcome.count(Severity::Error), outcome.count(Severity::Warning));
        let mut words = format!("{checked} checked: {}", if tally.is_empty() { "nothing wrong".into() } else { tally });
        if outcome.allowed() > 0 {
            words.push_str(&format!("; {} allowed by {ALLOW_FILE}", outcome.allowed()));
        }
        if let Some(folder) = &self.evidence {
            words.push_str(&format!("\nthe evidence is in {}", folder.display()));
        }
        common.tell(&words)?;
        Ok(common.verdict(&outcome.said))
    }

    fn plan(&self, project: &Project) -> Result<Plan, Stop> {
        let options = Options {
            editions: Vec::new(),
            size: None,
            as_of: self.judging.as_of()?,
            allow_overdue: self.judging.allowed()?,
            quantity: None,
        };
        let mut plan = Plan::new(project, options).map_err(|e| e.0)?;
        if self.links {
            let (tried, time) = (Tried::default(), Duration::from_secs(self.timeout));
            plan.reach(Arc::new(move |addresses: &[&str]| tried.all(addresses, time)));
        }
        Ok(plan)
    }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
