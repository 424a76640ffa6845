//! Runs the stages, in parallel; holds no policy of its own.

mod built;
mod page_job;
mod plan;

pub use built::built;
pub use plan::{Plan, PlanError};
pub(crate) use plan::{templates, typefaces};

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::check::{Allowances, Allowed};
use crate::date::Date;
use crate::diagnostic::{Severity, Sink};
use crate::manifest::{FILE, Manifest, Override};
use crate::project::{PageFile, Project};
use crate::render::typst::forget;
use crate::source::Sources;

/// How many pages are set between two clearings of typst's memory (measured: fastest and small).
const BATCH: usize = 20;
/// How many clearings a memory survives unused.
const AGE: usize = 5;

/// What to build.
#[derive(Debug, Clone)]
pub struct Options {
    /// The editions named; empty: each page's own, else the readers'.
    pub editions: Vec<String>,
    /// Body size in points, for editions that can be chosen in size.
    pub size: Option<f64>,
    /// The day by which reviews are judged.
    pub as_of: Date,
    /// Who lets overdue pages through, and why.
    pub allow_overdue: Option<Override>,
    /// How many copies are to be printed, for the job ticket.
    pub quantity: Option<u32>,
}

/// What one page gave: its texts and what was said of them.
#[derive(Debug, Default)]
pub struct Said {
    /// The texts that the places point into.
    pub sources: Sources,
    /// What was said.
    pub sink: Sink,
    /// Findings that the project allows.
    pub allowed: Vec<Allowed>,
}

impl Said {
    /// Takes out the findings that the project allows.
    fn allow(&mut self, allowances: &Allowances, page: &str, as_of: Date) {
        self.allowed.extend(allowances.apply(page, &self.sources, as_of, &mut self.sink));
    }
}

/// What a build gave.
#[derive(Debug)]
pub struct Outcome {
    /// What was said of the project, then of each page in order.
    pub said: Vec<Said>,
    /// Paths of the files written, in order.
    pub written: Vec<PathBuf>,
    /// Editions that failed.
    pub failed: usize,
    /// Editions that were skipped.
    pub skipped: usize,
}

impl Outcome {
    /// How many findings the project allows.
    pub fn allowed(&self) -> usize {
        self.said.iter().map(|s| s.allowed.len()).sum()
    }

    /// How much of a severity was said.
    pub fn count(&self, severity: Severity) -> usize {
        self.said.iter().map(|s| s.sink.count(severity)).sum()
    }
}

/// Builds pages into a folder and writes the manifest last.
pub fn build(project: &Project, pages: &[PageFile], plan: Plan, out: &Path) -> std::io::Result<Outcome> {
    let mut plan = plan;
    plan.allow();
    let Plan { shared, said, .. } = plan;
    let shared = Arc::new(shared);
    let mut manifest = Manifest::read(out, &shared.options.as_of.to_string());
    let mut outcome = Outcome { said: vec![said], written: Vec::new(), failed: 0, skipped: 0 };
    for batch in pages.chunks(BATCH) {
        let done: Vec<page_job::Done> =
            batch.par_iter().with_max_len(1).map(|page| page_job::run(project, page, &shared, Some(out))).collect();
        for page in done {
            for (edition, result) in page.results {
                manifest.forget(&page.slug, &edition);
                match result {
                    page_job::Result::Made(entry) => {
                        outcome.written.push(out.join(&entry.path));
                        manifest.add(*entry);
                    }
                    page_job::Result::Skipped(reason) => {
                        outcome.skipped += 1;
                        manifest.skip(&page.slug, &edition, reason);
                    }
                    page_job::Result::Failed(codes) => {
                        outcome.failed += 1;
                        manifest.fail(&page.slug, &edition, codes);
                    }
                }
            }
            outcome.said.push(page.said);
        }
        forget(AGE);
    }
    let bytes = manifest.to_bytes().map_err(std::io::Error::other)?;
    crate::output::write(&out.join(FILE), &bytes)?;
    Ok(outcome)
}

/// Draws the pages of one page's edition, as PNG pictures in order; `scale` pixels to the point.
///
/// None: the page or the edition has an error, or the edition has no pages; what was said tells which.
pub fn preview(
    project: &Project,
    page: &PageFile,
    plan: Plan,
    name: &str,
    scale: f64,
) -> (Vec<Said>, Option<Vec<Vec<u8>>>) {
    let Plan { shared, said, .. } = plan;
    let (page_said, pictures) = page_job::preview(project, page, &shared, name, scale);
    (vec![said, page_said], pictures)
}

/// Judges pages without making anything.
pub fn check(project: &Project, pages: &[PageFile], mut plan: Plan) -> Outcome {
    plan.judge_project();
    plan.judge_pages(project, pages);
    plan.allow();
    let Plan { shared, mut said, .. } = plan;
    let judged: Vec<Said> = pages.par_iter().map(|page| page_job::judge(project, page, &shared)).collect();
    judge_allowances(project, pages, &shared, &mut said, &judged, false);
    let mut all = vec![said];
    all.extend(judged);
    Outcome { said: all, written: Vec::new(), failed: 0, skipped: 0 }
}

/// Complains of allowances that have expired or that nothing needs.
fn judge_allowances(
    project: &Project,
    pages: &[PageFile],
    shared: &plan::Shared,
    said: &mut Said,
    judged: &[Said],
    built: bool,
) {
    let allowed: Vec<&Allowed> = said.allowed.iter().chain(judged.iter().flat_map(|page| &page.allowed)).collect();
    let slugs: BTreeSet<&str> = pages.iter().map(|page| page.slug.as_str()).collect();
    let all_pages = project.pages().iter().all(|page| slugs.contains(page.slug.as_str()));
    let mut sink = Sink::default();
    shared.judging.allowances.judge(&allowed, (&slugs, all_pages), built, shared.options.as_of, &mut sink);
    said.sink.extend(sink);
    said.sink.sort();
}
