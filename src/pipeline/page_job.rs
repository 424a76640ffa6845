//! One page through all its stages.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::Said;
use super::plan::Shared;
use crate::check::{self, When};
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::document::{Context, Document, resolve};
use crate::edition::{Input, Layout, Made, Outcome, Request};
use crate::furnish::{Parts, furnish};
use crate::furniture::Furniture;
use crate::inspect;
use crate::manifest::{Entry, Review, sha256};
use crate::page;
use crate::project::{PageFile, Project};
use crate::source::{FileId, Sources, Span};

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
    /// Digest of all the files it was made from.
    digest: String,
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
        Some(read) => results = editions(&read, shared, out, &mut said),
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
    let mut word_sources = Sources::default();
    let words = project.words(language, &mut word_sources, &mut said.sink);
    let values = shared.brand.values(language);
    let load = |path: &str| project.picture(dir, path);
    let context = Context { slug: &file.slug, sources: &said.sources, values: &values, load: &load };
    let document = resolve(&page, &chapters, &context, &mut said.sink);
    let overdue = document.meta.next_review.is_some_and(|due| shared.options.as_of > due);
    let fence = said.sources.get(id).line(1).len();
    check::check(
        &check::Context {
            written: &page,
            chapters: &chapters,
            document: &document,
            sources: &said.sources,
            page: page.front.next_review.as_ref().map_or(Span::new(id, 0, fence), |d| d.span),
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
    Some(Read { document, words, requests, usual, overdue, digest: sha256(&whole) })
}

fn chapter(project: &Project, path: &Path, said: &mut Said) -> Option<(FileId, page::Chapter)> {
    let id = project.read_text(path, &mut said.sources, &mut said.sink)?;
    Some((id, page::parse_chapter(id, &said.sources, &mut said.sink)))
}

/// Makes the editions; each begins as soon as all that it needs is there.
fn editions(read: &Read, shared: &Shared, out: Option<&Path>, said: &mut Said) -> Vec<(String, Result)> {
    let furniture = furniture(read, shared);
    // what an edition needs is made too, unseen, so that its bytes are the same whatever else is asked for
    let unseen = unseen(read, shared);
    let requests: Vec<&Request> = read.requests.iter().chain(&unseen).collect();
    let desk = Desk { read, shared, out, furniture: &furniture, sources: &said.sources, requests: &requests };
    let state = Mutex::new(State { started: vec![false; requests.len()], ..State::default() });
    rayon::scope_fifo(|scope| desk.begin(&state, scope));
    let mut results = Vec::new();
    let finished = state.into_inner().unwrap_or_else(PoisonError::into_inner).finished;
    // in the order of asking, whichever was ready first
    for (index, (outcome, sink)) in finished {
        if let Some(request) = read.requests.get(index) {
            results.push((request.name.clone(), outcome.into_result(&sink)));
        }
        said.sink.extend(sink);
    }
    results
}

/// The editions of a page, while they are made.
struct Desk<'a> {
    read: &'a Read,
    shared: &'a Shared,
    out: Option<&'a Path>,
    furniture: &'a Furniture,
    sources: &'a Sources,
    /// Those asked for, then those that only others need.
    requests: &'a [&'a Request],
}

/// How far they are.
#[derive(Default)]
struct State {
    started: Vec<bool>,
    finished: BTreeMap<usize, (End, Sink)>,
    made: BTreeMap<String, Made>,
    skipped: BTreeMap<String, String>,
}

/// What became of one.
enum End {
    Made(Option<Result>),
    Skipped(String),
    Failed,
}

impl End {
    fn into_result(self, sink: &Sink) -> Result {
        match self {
            Self::Made(Some(result)) => result,
            Self::Skipped(reason) => Result::Skipped(reason),
            Self::Made(None) | Self::Failed => Result::Failed(codes(sink)),
        }
    }
}

impl<'a> Desk<'a> {
    /// Starts all that nothing more is needed for.
    fn begin<'scope>(&'scope self, state: &'scope Mutex<State>, scope: &rayon::ScopeFifo<'scope>)
    where
        'a: 'scope,
    {
        let ready: Vec<usize> = {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            let mut ready = self.ready(&state);
            // needs that run in a circle would wait for ever; make what is left as it is
            let running = state.started.iter().filter(|started| **started).count() > state.finished.len();
            if ready.is_empty() && !running {
                ready = (0..self.requests.len()).filter(|index| state.started.get(*index) == Some(&false)).collect();
            }
            for index in &ready {
                if let Some(started) = state.started.get_mut(*index) {
                    *started = true;
                }
            }
            ready
        };
        for index in ready {
            scope.spawn_fifo(move |scope| {
                self.one(index, state);
                self.begin(state, scope);
            });
        }
    }

    /// What has not begun, and needs nothing that is not finished.
    fn ready(&self, state: &State) -> Vec<usize> {
        let met = |request: &Request| {
            needs(self.shared, request).iter().filter(|need| **need != request.name).all(|need| {
                let mut of = self.requests.iter().enumerate().filter(|(_, other)| other.name == *need);
                of.all(|(index, _)| state.finished.contains_key(&index))
            })
        };
        let waiting = self.requests.iter().enumerate().filter(|(index, _)| state.started.get(*index) == Some(&false));
        waiting.filter(|(_, request)| met(request)).map(|(index, _)| index).collect()
    }

    fn one(&self, index: usize, state: &Mutex<State>) {
        let Some(request) = self.requests.get(index).copied() else { return };
        let needs = needs(self.shared, request);
        let (made, skipped, failed) = {
            let state = state.lock().unwrap_or_else(PoisonError::into_inner);
            let made = state.made.iter().filter(|(name, _)| needs.contains(&name.as_str()));
            let made: BTreeMap<String, Made> = made.map(|(name, made)| (name.clone(), made.clone())).collect();
            let failed = needs.iter().find(|need| {
                let mut of = self.requests.iter().enumerate().filter(|(_, other)| other.name == **need);
                of.any(|(index, _)| matches!(state.finished.get(&index), Some((End::Failed, _))))
            });
            (made, state.skipped.clone(), failed)
        };
        let mut sink = Sink::default();
        let path = || format!("page {}", self.read.document.slug);
        let outcome = match failed {
            Some(need) => {
                let message = format!("{} needs the pages of {need}, which could not be made", request.name);
                sink.push(Diagnostic::new(Code::NEED_MISSING, message).in_file(path()));
                Outcome::Failed
            }
            None => {
                let page = (self.read, self.sources);
                make(request, page, self.furniture, self.shared, (&made, &skipped), &mut sink)
            }
        };
        let hidden = index >= self.read.requests.len();
        let mut kept = None;
        let end = match outcome {
            Outcome::Made(artifact) if !sink.has_errors() => {
                let result =
                    (!hidden).then(|| keep(request, &artifact.bytes, self.read, self.shared, self.out, &mut sink));
                kept = Some(artifact);
                End::Made(result)
            }
            Outcome::Skipped(reason) if !sink.has_errors() => {
                // what nobody asked for is not missed
                if !hidden {
                    let message = format!("{}: not made: {reason}", request.name);
                    sink.push(Diagnostic::new(Code::EDITION_SKIPPED, message).in_file(path()));
                }
                End::Skipped(reason)
            }
            _ => End::Failed,
        };
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(artifact) = kept {
            state.made.insert(request.name.clone(), artifact);
        }
        if let End::Skipped(reason) = &end {
            state.skipped.insert(request.name.clone(), reason.clone());
        }
        state.finished.insert(index, (end, sink));
    }
}

/// What is needed and was not asked for.
fn unseen(read: &Read, shared: &Shared) -> Vec<Request> {
    let mut unseen: Vec<Request> = Vec::new();
    for request in &read.requests {
        let whole = shared.registry.find(&request.edition).is_some_and(|edition| edition.needs_all());
        for need in needs(shared, request) {
            if read.requests.iter().chain(&unseen).any(|known| known.name == *need) {
                continue;
            }
            let usual = read.usual.iter().find(|usual| usual.name == *need).cloned();
            unseen.extend(usual.or_else(|| shared.request(need, false).ok().filter(|_| whole)));
        }
    }
    unseen
}

fn needs<'a>(shared: &'a Shared, request: &Request) -> &'a [&'static str] {
    shared.registry.find(&request.edition).map_or(&[][..], |edition| edition.needs())
}

fn make(
    request: &Request,
    page: (&Read, &Sources),
    furniture: &Furniture,
    shared: &Shared,
    before: Before<'_>,
    sink: &mut Sink,
) -> Outcome {
    let Some(edition) = shared.registry.find(&request.edition) else { return Outcome::Failed };
    let layout = layout(shared, edition);
    edition.make(&input(request, page, furniture, &layout, shared, before), sink)
}

/// What was made before, and why the rest was skipped.
type Before<'a> = (&'a BTreeMap<String, Made>, &'a BTreeMap<String, String>);

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
    }
}

/// Writes an artifact and states its facts, read back from its bytes.
fn keep(request: &Request, bytes: &[u8], read: &Read, shared: &Shared, out: Option<&Path>, sink: &mut Sink) -> Result {
    let Some(edition) = shared.registry.find(&request.edition) else { return Result::Failed(Vec::new()) };
    let document = &read.document;
    let name = edition.file_name(&document.slug, request);
    let path = format!("{}/{name}", document.slug);
    let pages = match edition.media_type() {
        "application/pdf" => match inspect::pdf::page_count(bytes) {
            Ok(pages) => Some(pages),
            Err(error) => {
                let message = format!("{}: the file that was made cannot be read back: {error}", request.name);
                sink.push(Diagnostic::new(Code::LAYOUT_FAILED, message).in_file(format!("page {}", document.slug)));
                return Result::Failed(codes(sink));
            }
        },
        _ => None,
    };
    if let Some(out) = out
        && let Err(error) = crate::output::write(&out.join(&path), bytes)
    {
        sink.push(Diagnostic::new(Code::OUTPUT_FAILED, format!("{path} cannot be written: {error}")).in_file(path));
        return Result::Failed(codes(sink));
    }
    let date = |d: Option<crate::date::Date>| d.map(|d| d.to_string());
    let overridden = shared.options.allow_overdue.clone().filter(|_| read.overdue);
    Result::Made(Box::new(Entry {
        page: document.slug.clone(),
        edition: request.name.clone(),
        language: document.meta.language.clone(),
        path,
        media_type: edition.media_type().to_string(),
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
