//! Judges what was built, from the bytes of the files that the manifest names.

use std::path::Path;

use rayon::prelude::*;

use super::page_job::{self, expected};
use super::plan::Shared;
use super::{Outcome, Plan, Said, judge_allowances};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::inspect::html;
use crate::judge::{self, Facts, File, Reference};
use crate::manifest::{Entry, Manifest, sha256};
use crate::project::{self, PageFile, Project};

/// Judges the files of some pages in a folder; nothing is made or changed.
///
/// `all`: pages that the manifest knows and the project no longer has are judged too.
///
/// # Errors
/// Why there is nothing to judge: the folder has no manifest, or it cannot be read.
pub fn built(
    project: &Project,
    pages: &[PageFile],
    all: bool,
    mut plan: Plan,
    out: &Path,
) -> Result<(Outcome, usize), String> {
    let manifest = Manifest::load(out)?;
    plan.allow();
    let Plan { shared, mut said, .. } = plan;
    let mut slugs: Vec<(&str, Option<&PageFile>)> = pages.iter().map(|page| (page.slug.as_str(), Some(page))).collect();
    if all {
        for entry in &manifest.artifacts {
            if !slugs.iter().any(|(slug, _)| *slug == entry.page) {
                slugs.push((&entry.page, None));
            }
        }
    }
    let one = |(slug, file): &(&str, Option<&PageFile>)| page(project, (slug, *file), &shared, &manifest, out);
    let judged: Vec<Said> = slugs.par_iter().with_max_len(1).map(one).collect();
    let of_them = |entry: &&Entry| slugs.iter().any(|(slug, _)| *slug == entry.page);
    let files = manifest.artifacts.iter().filter(of_them).count();
    judge_allowances(project, pages, &shared, &mut said, &judged, true);
    let mut said = vec![said];
    said.extend(judged);
    Ok((Outcome { said, written: Vec::new(), failed: 0, skipped: 0 }, files))
}

/// Judges the files of one page.
fn page(
    project: &Project,
    (slug, file): (&str, Option<&PageFile>),
    shared: &Shared,
    manifest: &Manifest,
    out: &Path,
) -> Said {
    let mut said = Said::default();
    let entries: Vec<&Entry> = manifest.artifacts.iter().filter(|entry| entry.page == slug).collect();
    // What is wrong with the source is told by `check`, not here.
    let source = file.and_then(|file| page_job::source(project, file, shared));
    // Without the source as it was, the editions are compared with each other.
    let web = entries.iter().find(|entry| entry.media_type == "text/html");
    let current = |source: &Source| web.is_some_and(|entry| entry.source_sha256 == source.digest);
    let web = web.filter(|_| !source.as_ref().is_some_and(current)).and_then(|entry| of_web(entry, out));
    let judged: Vec<Sink> = entries
        .par_iter()
        .map(|entry| {
            let mut sink = Sink::default();
            artifact(project, entry, (source.as_ref(), web.as_ref()), shared, out, &mut sink);
            sink
        })
        .collect();
    judged.into_iter().for_each(|sink| said.sink.extend(sink));
    for failed in manifest.failed.iter().filter(|failed| failed.page == slug) {
        let message = format!("{}: not made, because of {}", failed.edition, failed.codes.join(", "));
        let help = "mend what `everyleaf check` finds and build the page again";
        said.sink.push(Diagnostic::new(Code::BUILT_NOT_MADE, message).in_file(format!("page {slug}")).help(help));
    }
    if entries.is_empty() && !manifest.failed.iter().any(|failed| failed.page == slug) {
        let message = "no edition of this page has been made";
        let finding = Diagnostic::new(Code::BUILT_NOT_MADE, message).in_file(format!("page {slug}"));
        said.sink.push(finding.help(format!("build it: `everyleaf build {slug}`")));
    }
    said.allow(&shared.judging.allowances, slug, shared.options.as_of);
    said
}

/// A page's source as it stands now: its digest, its title and its words.
pub(super) struct Source {
    pub digest: String,
    pub title: String,
    pub evaluated: bool,
    pub reference: Reference,
}

/// The page's words as its web edition has them, with the digest of the source that it was made from.
fn of_web(entry: &Entry, out: &Path) -> Option<(String, Reference)> {
    let bytes = project::read(&out.join(&entry.path)).ok()?;
    let facts = html::inspect(bytes).ok()?;
    Some((entry.source_sha256.clone(), judge::reference_of_web(&facts)?))
}

fn artifact(
    project: &Project,
    entry: &Entry,
    (source, web): (Option<&Source>, Option<&(String, Reference)>),
    shared: &Shared,
    out: &Path,
    sink: &mut Sink,
) {
    let full = out.join(&entry.path);
    let shown = project.display(&full);
    let mut say = |code, message: String, help: &str| {
        let message = format!("{}: {message}", entry.edition);
        sink.push(Diagnostic::new(code, message).in_file(&shown).help(help));
    };
    let again = format!("build it again: `everyleaf build {} -e {}`", entry.page, entry.edition);
    let inside = Path::new(&entry.path).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !inside || !full.is_file() {
        return say(Code::BUILT_MISSING, "the file is not there".into(), &again);
    }
    let bytes = match project::read(&full) {
        Ok(bytes) => bytes,
        Err(error) => return say(Code::BUILT_UNREADABLE, format!("the file cannot be read: {error}"), &again),
    };
    if sha256(&bytes) != entry.sha256 {
        say(Code::BUILT_CHANGED, "the file was changed after it was built".into(), &again);
    }
    let facts = match Facts::read(&entry.media_type, &bytes) {
        Ok(facts) => facts,
        Err(error) => return say(Code::BUILT_UNREADABLE, error.to_string(), &again),
    };
    let same = source.filter(|source| source.digest == entry.source_sha256);
    if source.is_some() && same.is_none() {
        say(Code::BUILT_STALE, "the page has changed since the file was built".into(), &again);
    }
    let title = same.map(|source| source.title.as_str());
    // where the source is another one, nobody can say whether its claim was right
    let evaluated = same.is_none_or(|source| source.evaluated);
    let expected = expected(shared, &entry.edition, &entry.language, title, evaluated);
    let file = File { edition: &entry.edition, path: &shown, expected: &expected, facts: &facts };
    judge::judge(&file, &shared.judging.thresholds, sink);
    if let Some(source) = same {
        judge::compare(&file, &source.reference, sink);
    } else if let Some((_, words)) = web.filter(|(digest, _)| *digest == entry.source_sha256) {
        judge::compare(&file, words, sink);
    }
}
