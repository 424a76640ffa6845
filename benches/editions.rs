//! How long one page takes: `cargo bench`.
//!
//! typst's memory is emptied before each round, so that the figures are those
//! of a page that was never set before.

use std::path::{Path, PathBuf};

use everyleaf::date::Date;
use everyleaf::pipeline::{Options, Plan, build, check};
use everyleaf::project::{PageFile, Project};
use everyleaf::render::typst::forget;

fn main() {
    divan::main();
}

/// The project is this repository, with its samples.
fn project() -> (Project, Vec<PageFile>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::find(root, Some(root)).expect("the repository is a project");
    let pages = project.pages();
    (project, pages)
}

fn only(slug: &str) -> (Project, Vec<PageFile>) {
    let (project, mut pages) = project();
    pages.retain(|page| page.slug == slug);
    assert_eq!(pages.len(), 1, "the sample {slug} is there");
    (project, pages)
}

fn options(editions: &[&str]) -> Options {
    Options {
        editions: editions.iter().map(|e| (*e).to_string()).collect(),
        size: None,
        as_of: Date { year: 2026, month: 11, day: 23 },
        allow_overdue: None,
        quantity: None,
    }
}

fn out() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-output")
}

fn run(bencher: divan::Bencher<'_, '_>, slug: &str, editions: &[&str]) {
    let (project, pages) = only(slug);
    let out = out();
    bencher.with_inputs(|| forget(0)).bench_local_values(|()| {
        let plan = Plan::new(&project, options(editions)).expect("a plan");
        build(&project, &pages, plan, &out).expect("a build").written.len()
    });
}

#[divan::bench(args = ["aatd-at-a-glance", "treatments-for-aatd", "living-with-aatd"])]
fn all_editions(bencher: divan::Bencher<'_, '_>, slug: &str) {
    run(bencher, slug, &[]);
}

#[divan::bench(args = ["a5", "dl", "a4", "large-print", "epub", "html"])]
fn one_edition(bencher: divan::Bencher<'_, '_>, edition: &str) {
    // a rack's leaflet is for short pages
    let slug = if edition == "dl" { "aatd-at-a-glance" } else { "treatments-for-aatd" };
    run(bencher, slug, &[edition]);
}

#[divan::bench]
fn plan(bencher: divan::Bencher<'_, '_>) {
    let (project, _) = project();
    bencher.bench_local(|| Plan::new(&project, options(&[])).is_ok());
}

#[divan::bench]
fn check_all(bencher: divan::Bencher<'_, '_>) {
    let (project, pages) = project();
    bencher.bench_local(|| {
        let plan = Plan::new(&project, options(&[])).expect("a plan");
        check(&project, &pages, plan).said.len()
    });
}
