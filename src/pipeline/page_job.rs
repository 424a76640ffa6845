//! One page through all its stages.

mod desk;
mod expect;

use std::collections::BTreeMap;
use std::path::Path;

use super::Said;
use super::built::Source;
use super::plan::Shared;
use crate::check::{self, When};
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::document::{Context, Document, resolve};
use crate::edition::{Edition, Input, Layout, Made, Request};
use crate::furnish::{Parts, furnish};
use crate::furniture::Furniture;
use crate::hyphen::Hyphenator;
use crate::judge::{self, Facts, File, Reference};
use crate::manifest::{Entry, Review, sha256};
use crate::page;
use crate::project::{PageFile, Project};
use crate::source::{FileId, Sources, Span};
use desk::{Before, editions};
pub(super) use expect::expected;

/// What became of a page.
pub(super) struct Done {
    pub(super) slug: String,
    pub(super) said: Said,
    pub(super) results: Vec<(String, Result)>,
}

/// What became of an edition.
pub(super) enum Result {
    Made(Box<Entry>),
    Skipped(String),
    Failed(Vec<String>),
}

/// A page that was read and judged.
struct Read {
    document: Document,
    words: crate::words::Words,
    requests: Vec<Request>,
    /// The editions that the page has when nobody names any.
    usual: Vec<Request>,
    overdue: bool,
    /// Where the date of the next review stands, else the page's first line.
    place: Span,
    /// Where words may be divided, unless the project wants none divided.
    hyphens: Option<Hyphenator>,
    /// Digest of all the files it was made from.
    digest: String,
    /// Its words, for the editions to be compared with.
    reference: Reference,
}

/// A page's source as it stands, for its files to be compared with; none where it cannot be read.
pub(super) fn source(project: &Project, file: &PageFile, shared: &Shared) -> Option<Source> {
    let read = read(project, file, shared, When::Build, &mut Said::default())?;
    let evaluated = read.document.meta.evaluation.is_some();
    Some(Source { digest: read.digest, title: read.document.meta.title, evaluated, reference: read.reference })
}

/// Judges a page.
pub(super) fn judge(project: &Project, file: &PageFile, shared: &Shared) -> Said {
    let mut said = Said::default();
    read(project, file, shared, When::Check, &mut said);
    finish(&file.slug, shared, &mut said);
    said
}

/// Builds a page.
pub(super) fn run(project: &Project, file: &PageFile, shared: &Shared, out: Option<&Path>) -> Done {
    let mut said = Said::default();
    let read = read(project, file, shared, When::Build, &mut said);
    finish(&file.slug, shared, &mut said);
    let mut results = Vec::new();
    match read {
        None => results.extend(fallback(shared).into_iter().map(|name| (name, Result::Failed(codes(&said.sink))))),
        Some(read) if said.sink.has_errors() => {
            let names = if read.requests.is_empty() { fallback(shared) } else { names(&read.requests) };
            results.extend(names.into_iter().map(|name| (name, Result::Failed(codes(&said.sink)))));
        }
        Some(read) => {
            results = editions(&read, shared, out, &mut said);
        }
    }
    Done { slug: file.slug.clone(), said, results }
}

fn names(requests: &[Request]) -> Vec<String> {
    requests.iter().map(|r| r.name.clone()).collect()
}

/// The editions of a page that could not even be read.
fn fallback(shared: &Shared) -> Vec<String> {
    names(&shared.requests(&page::Front::default(), &mut Sink::default()))
}

fn codes(sink: &Sink) -> Vec<String> {
    let mut codes: Vec<String> =
        sink.all().iter().filter(|d| d.severity == Severity::Error).map(|d| d.code.to_string()).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// Puts what was said in order and takes out what the project allows.
fn finish(slug: &str, shared: &Shared, said: &mut Said) {
    said.sink.sort();
    said.allow(&shared.judging.allowances, slug, shared.options.as_of);
}

fn read(project: &Project, file: &PageFile, shared: &Shared, now: When, said: &mut Said) -> Option<Read> {
    let id = project.read_text(&file.path, &mut said.sources, &mut said.sink)?;
    let page = page::parse(id, &said.sources, &mut said.sink);
    let dir = file.path.parent().unwrap_or(Path::new("."));
    let mut texts = vec![id];
    let mut chapters = Vec::new();
    for name in &page.front.chapters {
        // a chapter lies inside the project, like a picture
        let inside = project.picture(dir, &name.value).is_ok();
        let chapter = if inside { chapter(project, &dir.join(&name.value), said) } else { None };
        match chapter {
            Some((chapter_id, chapter)) => {
                texts.push(chapter_id);
                chapters.push(chapter);
            }
            None => said.sink.push(
                Diagnostic::new(Code::CHAPTER_MISSING, format!("the chapter `{}` cannot be read", name.value))
                    .at(name.span)
                    .help("put the file beside the page, and check its name letter by letter"),
            ),
        }
    }
    let language = page.front.language.as_ref().map_or("en-GB", |l| l.value.as_str());
    let words = project.words(language, &mut said.sources, &mut said.sink);
    let hyphens = shared
        .settings
        .divide_words
        .then(|| Hyphenator::new(language, project.hyphen_exceptions(language, &mut said.sources, &mut said.sink)));
    let values = shared.brand.values(language);
    let load = |path: &str| project.picture(dir, path);
    let context = Context { slug: &file.slug, sources: &said.sources, values: &values, load: &load };
    let document = resolve(&page, &chapters, &context, &mut said.sink);
    let overdue = document.meta.next_review.is_some_and(|due| shared.options.as_of > due);
    let fence = said.sources.get(id).line(1).len();
    let place = page.front.next_review.as_ref().map_or(Span::new(id, 0, fence), |d| d.span);
    check::check(
        &check::Context {
            written: &page,
            chapters: &chapters,
            document: &document,
            sources: &said.sources,
            page: place,
            covers: &|c| shared.typefaces.covers(c),
            as_of: shared.options.as_of,
            overdue,
            overdue_severity: shared.settings.overdue,
            overridden: shared.options.allow_overdue.is_some(),
            brand: &shared.brand,
            lists: shared.judging.lists(language),
            others: &shared.judging.others(language),
            house: &shared.judging.house,
            thresholds: &shared.judging.thresholds,
            reach: shared.judging.reach.as_deref(),
        },
        now,
        &mut said.sink,
    );
    let requests = shared.requests(&page.front, &mut said.sink);
    let usual = shared.usual(&page.front, &mut Sink::default());
    let mut whole = Vec::new();
    for text in texts {
        whole.extend_from_slice(said.sources.get(text).text().as_bytes());
    }
    for asset in &document.assets {
        whole.extend_from_slice(&asset.bytes);
    }
    let reference = judge::reference(&document);
    Some(Read { document, words, requests, usual, overdue, place, hyphens, digest: sha256(&whole), reference })
}

fn chapter(project: &Project, path: &Path, said: &mut Said) -> Option<(FileId, page::Chapter)> {
    let id = project.read_text(path, &mut said.sources, &mut said.sink)?;
    Some((id, page::parse_chapter(id, &said.sources, &mut said.sink)))
}

/// Draws an edition's pages.
pub(super) fn preview(
    project: &Project,
    file: &PageFile,
    shared: &Shared,
    name: &str,
    scale: f64,
) -> (Said, Option<Vec<Vec<u8>>>) {
    let mut said = Said::default();
    let read = read(project, file, shared, When::Build, &mut said).filter(|_| !said.sink.has_errors());
    let request = shared.request(name, true).ok();
    let pictures = read.zip(request).and_then(|(read, request)| {
        let edition = shared.registry.find(&request.edition)?;
        let (furniture, layout) = (furniture(&read, shared), layout(shared, edition));
        let (made, skipped) = (BTreeMap::new(), BTreeMap::new());
        let input = input(&request, (&read, &said.sources), &furniture, &layout, shared, (&made, &skipped));
        let pages = edition.pages(&input, &mut said.sink)?;
        (0..pages.pages()).map(|page| pages.png(page, scale)).collect()
    });
    said.sink.sort();
    (said, pictures)
}

fn layout(shared: &Shared, edition: &dyn crate::edition::Edition) -> Layout {
    shared.layouts.get(edition.layout()).cloned().unwrap_or_else(Layout::flowing)
}

fn furniture(read: &Read, shared: &Shared) -> Furniture {
    furnish(
        &read.document,
        Parts {
            brand: &shared.brand,
            imprint: &shared.imprint,
            words: &read.words,
            overdue: read.overdue,
            fonts: shared.typefaces.families().to_vec(),
            logo: shared.logo.as_ref().map(|(name, _)| name.clone()),
        },
    )
}

fn input<'a>(
    request: &'a Request,
    (read, sources): (&'a Read, &'a Sources),
    furniture: &'a Furniture,
    layout: &'a Layout,
    shared: &'a Shared,
    (needed, skipped): Before<'a>,
) -> Input<'a> {
    Input {
        document: &read.document,
        sources,
        furniture,
        request,
        layout,
        typefaces: &shared.typefaces,
        fonts: &shared.fonts,
        templates: &shared.templates,
        logo: shared.logo.as_ref(),
        needed,
        skipped,
        place: read.place,
        as_of: shared.options.as_of,
        quantity: shared.options.quantity,
        cover_heights: &shared.settings.cover_heights,
        sheets: shared.settings.sheets,
        overdue: read.overdue,
        allowed: shared.options.allow_overdue.as_ref(),
        press: false,
        hyphens: read.hyphens.as_ref(),
    }
}

/// Reads an artifact and the files that belong to it back, judges them, writes them and states their facts. What has an
/// error is not written.
fn keep(
    request: &Request,
    made: &Made,
    read: &Read,
    shared: &Shared,
    out: Option<&Path>,
    sink: &mut Sink,
) -> Vec<Result> {
    let Some(edition) = shared.registry.find(&request.edition) else { return vec![Result::Failed(Vec::new())] };
    let name = edition.file_name(&read.document.slug, request);
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let own = (name.clone(), edition.media_type(), made.bytes.as_slice());
    let more = made.more.iter().map(|more| (format!("{stem}{}", more.ending), more.media_type, more.bytes.as_slice()));
    std::iter::once(own).chain(more).map(|file| keep_one(request, edition, file, read, shared, out, sink)).collect()
}

fn keep_one(
    request: &Request,
    edition: &dyn Edition,
    (name, media_type, bytes): (String, &str, &[u8]),
    read: &Read,
    shared: &Shared,
    out: Option<&Path>,
    sink: &mut Sink,
) -> Result {
    let document = &read.document;
    let path = format!("{}/{name}", document.slug);
    let facts = match Facts::read(media_type, bytes) {
        Ok(facts) => facts,
        Err(error) => {
            let message = format!("{}: the file that was made cannot be read back: {error}", request.name);
            sink.push(Diagnostic::new(Code::LAYOUT_FAILED, message).in_file(format!("page {}", document.slug)));
            return Result::Failed(codes(sink));
        }
    };
    let meta = &document.meta;
    let expected = expected(shared, &request.name, &meta.language, Some(&meta.title), meta.evaluation.is_some());
    let file = File { edition: &request.name, path: &path, expected: &expected, facts: &facts };
    let mut found = Sink::default();
    judge::judge(&file, &shared.judging.thresholds, &mut found);
    judge::compare(&file, &read.reference, &mut found);
    // What a guideline asks is told by `check --built`: a build stops for what breaks an edition.
    for fault in found.take().into_iter().filter(|fault| fault.severity == Severity::Error) {
        sink.push(fault);
    }
    if sink.has_errors() {
        return Result::Failed(codes(sink));
    }
    let pages = facts.pages();
    if let Some(out) = out
        && let Err(error) = crate::output::write(&out.join(&path), bytes)
    {
        sink.push(Diagnostic::new(Code::OUTPUT_FAILED, format!("{path} cannot be written: {error}")).in_file(path));
        return Result::Failed(codes(sink));
    }
    let date = |d: Option<crate::date::Date>| d.map(|d| d.to_string());
    let meta = &document.meta;
    let undated = edition.for_press() && (meta.reviewed.is_none() || meta.next_review.is_none());
    let overridden = shared.options.allow_overdue.clone().filter(|_| read.overdue || undated);
    Result::Made(Box::new(Entry {
        page: document.slug.clone(),
        edition: request.name.clone(),
        language: document.meta.language.clone(),
        path,
        media_type: media_type.to_string(),
        bytes: bytes.len(),
        sha256: sha256(bytes),
        pages,
        source_sha256: read.digest.clone(),
        review: Review {
            reviewed: date(document.meta.reviewed),
            next_review: date(document.meta.next_review),
            overdue: read.overdue,
        },
        on_request: request.on_request,
        r#override: overridden,
        beyond: edition.beyond().iter().map(|s| (*s).to_string()).collect(),
    }))
}
