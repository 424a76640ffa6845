//! `everyleaf preview`

use std::path::PathBuf;

use clap::Args;

use super::{Common, Ended, Judging, Stop};
use crate::diagnostic::Severity;
use crate::pipeline::{self, Options, Plan};
use crate::report::tally;

/// Draw an edition's pages as pictures, for people who would rather look.
#[derive(Debug, Args)]
pub(super) struct Preview {
    /// The page's short name, or its file
    page: String,
    /// The edition
    #[arg(short, long, value_name = "EDITION")]
    edition: String,
    /// The folder for the pictures, one a page
    #[arg(long, value_name = "DIR")]
    png: PathBuf,
    /// Dots to the inch: 40 to 400
    #[arg(long, default_value_t = 100, value_name = "DPI", value_parser = clap::value_parser!(u16).range(40..=400))]
    dpi: u16,
    /// Body size in points, for large print
    #[arg(long, value_name = "POINTS")]
    size: Option<f64>,
    #[command(flatten)]
    judging: Judging,
}

impl Preview {
    pub(super) fn run(&self, common: &Common) -> Ended {
        let Some((project, pages)) = common.choose(std::slice::from_ref(&self.page))? else { return Ok(2) };
        let Some(page) = pages.first() else { return Ok(2) };
        let options = Options {
            editions: vec![self.edition.clone()],
            size: self.size,
            as_of: self.judging.as_of()?,
            allow_overdue: self.judging.allowed()?,
            quantity: None,
        };
        let plan = Plan::new(&project, options).map_err(|e| e.0)?;
        let (said, pictures) = pipeline::preview(&project, page, plan, &self.edition, f64::from(self.dpi) / 72.0);
        common.say(&said)?;
        let Some(pictures) = pictures else {
            if said.iter().any(|part| part.sink.has_errors()) {
                return Ok(1);
            }
            let why = format!("`{}` has no pages to draw; build it and open the file instead", self.edition);
            return Err(Stop::CannotRun(why));
        };
        let dir = project.here().join(&self.png);
        for (index, bytes) in pictures.iter().enumerate() {
            let path = dir.join(format!("{}-{}-{:02}.png", page.slug, self.edition, index + 1));
            crate::output::write(&path, bytes).map_err(|e| format!("{} cannot be written: {e}", path.display()))?;
        }
        let count = |s| said.iter().map(|part| part.sink.count(s)).sum();
        let tally = tally(count(Severity::Error), count(Severity::Warning));
        let after = if tally.is_empty() { String::new() } else { format!("; {tally}") };
        let what = if pictures.len() == 1 { "1 picture".to_string() } else { format!("{} pictures", pictures.len()) };
        common.tell(&format!("{what} written to {}{after}", project.display(&dir)))?;
        Ok(common.verdict(&said))
    }
}
