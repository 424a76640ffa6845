//! The command side of the import: what is named -> pages in `sources/`.
//!
//! The way: names -> inputs (`gather`, `fetch`) -> [`crate::import`] -> the
//! order of a series (`series`), one page of several (`booklet`) -> the page
//! that an input belongs to (`place`, by its `record`) -> written, or compared
//! with the last import and merged (`merge`). An editor's work is never
//! written over: what is there is changed only where `--accept` was given, and
//! then only where the editor had changed nothing.

pub mod fetch;
pub mod gather;
pub mod merge;
pub mod pictures;
pub mod reach;
pub mod record;

mod booklet;
mod front;
mod place;
mod series;
mod show;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use url::Url;

use crate::diagnostic::{Diagnostic, Sink};
use crate::import::{self, Imported, Options, Receipt, Rules};
use crate::project::Project;
use fetch::Limits;
use pictures::{Found, Origin};
use place::Identity;

/// The largest input, in bytes.
pub const LARGEST: u64 = 16 << 20;

/// What to import, and how.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Files, folders, addresses; `-` is standard input.
    pub named: Vec<PathBuf>,
    /// The address of the one page; default: where it was fetched from, else not known.
    pub address: Option<String>,
    /// The short name of the one page; default: the importer's.
    pub slug: Option<String>,
    /// The short name of the one page that all inputs become; default: a page each.
    pub booklet: Option<String>,
    /// The booklet's title; default: the topic that its pages share.
    pub title: Option<String>,
    /// The pages' language; default: what each page says itself.
    pub language: Option<String>,
    /// Whether changes on the web are taken into pages that are there.
    pub accept: bool,
    /// Whether pictures on the web are fetched too.
    pub fetch: bool,
    /// How far a fetch may go.
    pub limits: Limits,
}

/// What became of an input, or of a booklet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A page was written.
    New,
    /// The page was there with the same words; its record was written.
    Known,
    /// The web has not changed since the last import.
    Unchanged,
    /// The web has changed; nothing was written.
    Changed,
    /// What changed on the web was taken over.
    Merged,
    /// Nothing was written; why was said.
    Refused,
}

/// One page, or one refused input.
#[derive(Debug)]
pub struct Done {
    /// The input's name; of a booklet its short name.
    pub name: String,
    /// The page's file, as messages show it; empty for a refused input.
    pub page: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What became of every line, for each input.
    pub receipts: Vec<Receipt>,
    /// What changed on the web, a line each.
    pub changes: Vec<String>,
    /// What was said of it.
    pub sink: Sink,
}

/// What an import did.
#[derive(Debug, Default)]
pub struct Report {
    /// What was said of the names and of the series.
    pub sink: Sink,
    /// The pages, in the order of the inputs.
    pub done: Vec<Done>,
    /// The series of more than one page, by their short names, in order.
    pub series: Vec<Vec<String>>,
}

/// An input's text as a page, with what its record will hold.
struct Ready {
    page: Imported,
    identity: Identity,
    bytes: Vec<u8>,
    options: Options,
    folder: Option<PathBuf>,
    /// The pictures that can be had.
    found: Vec<Found>,
}

impl Ready {
    /// Finds the page's pictures, to stand beside the page in `into`, and puts them in their places.
    ///
    /// `taken`: the file names of the chapters before, and then its own too.
    fn illustrate(&mut self, request: &Request, into: &Path, taken: &mut BTreeSet<String>) {
        if self.page.pictures.is_empty() {
            return;
        }
        let address = self.options.address.as_deref().and_then(|a| Url::parse(a).ok());
        let origin = Origin {
            folder: self.folder.as_deref(),
            address: address.as_ref(),
            fetch: request.fetch.then_some(&request.limits),
        };
        let found = pictures::find(&self.page.pictures, &origin, into, taken);
        let file = |found: &Result<Found, String>| found.as_ref().map(|f| f.file.clone()).map_err(Clone::clone);
        self.options.pictures = found.iter().map(|(src, found)| (src.clone(), file(found))).collect();
        self.options.taken = std::mem::take(taken);
        self.found = found.into_values().filter_map(Result::ok).collect();
        // it was imported with the same words before
        if let Ok(page) = import::import(&self.bytes, &self.options) {
            self.page = Imported { slug: std::mem::take(&mut self.page.slug), ..page };
        }
        *taken = self.options.taken.clone();
        let placed =
            self.page.text.split("){.figure").filter_map(|before| before.rsplit_once("](")).map(|(_, file)| file);
        taken.extend(placed.map(str::to_string));
    }
}

/// The project's rules for imports; each file's mistake is said.
pub fn rules(project: &Project, sink: &mut Sink) -> Vec<Rules> {
    let mut all = Vec::new();
    for (name, text) in project.import_rules() {
        match Rules::parse(&text, &format!("layouts/import/{name}")) {
            Ok(rules) => all.push(rules),
            Err(fault) => sink.push(*fault),
        }
    }
    all
}

/// Imports what was named into a project.
///
/// # Errors
/// If the request cannot be meant, such as one address for several pages.
pub fn run(project: &Project, request: &Request, rules: &[Rules]) -> Result<Report, String> {
    let mut report = Report::default();
    let inputs = gather::inputs(&request.named, project.here(), &mut report.sink);
    if inputs.len() > 1 && (request.address.is_some() || request.slug.is_some()) {
        return Err("--address and --as name one page; import the pages one by one, or use --booklet".into());
    }
    let mut read: Vec<(String, Result<Ready, Vec<Diagnostic>>)> = Vec::new();
    for input in &inputs {
        read.push((input.name(), ready(input, request, rules)));
    }
    let pages: Vec<&Imported> = read.iter().filter_map(|(_, ready)| ready.as_ref().ok()).map(|r| &r.page).collect();
    let mut series = series::order(&pages, request.booklet.is_some());
    if request.booklet.is_none() {
        // the pages are whole without each other
        for said in series.said.drain(..) {
            report.sink.push(said.severity(crate::diagnostic::Severity::Note));
        }
    }
    match &request.booklet {
        None => each(project, request, read, &series, &mut report),
        Some(slug) => together(project, request, slug, read, series, &mut report),
    }
    Ok(report)
}

fn ready(input: &gather::Input, request: &Request, rules: &[Rules]) -> Result<Ready, Vec<Diagnostic>> {
    let name = input.name();
    let read = input.read(&request.limits).map_err(|fault| vec![*fault])?;
    let options = Options {
        name: name.clone(),
        address: request.address.clone().or(read.address),
        slug: None,
        rules: rules.to_vec(),
        language: request.language.clone(),
        charset: read.charset,
        ..Options::default()
    };
    let page = import::import(&read.bytes, &options)?;
    let identity = Identity { input: name, address: options.address.clone(), name: page.slug.clone(), booklet: false };
    Ok(Ready { page, identity, bytes: read.bytes, options, folder: read.folder, found: Vec::new() })
}

/// Each input becomes a page of its own.
fn each(
    project: &Project,
    request: &Request,
    read: Vec<(String, Result<Ready, Vec<Diagnostic>>)>,
    series: &series::Series,
    report: &mut Report,
) {
    let mut slugs: Vec<Option<String>> = Vec::new();
    let mut placed: Vec<String> = Vec::new();
    for (name, ready) in read {
        match ready {
            Err(faults) => report.done.push(refused(name, faults)),
            Ok(mut ready) => {
                let wanted = request.slug.as_deref().map(import::slug).filter(|slug| !slug.is_empty());
                let into = place::folder(project, &ready, wanted.as_deref(), &placed);
                ready.illustrate(request, &into, &mut BTreeSet::new());
                let done = place::put(project, &mut ready, wanted.as_deref(), request.accept, &placed);
                placed.push(ready.page.slug.clone());
                slugs.push((done.outcome != Outcome::Refused).then(|| ready.page.slug.clone()));
                report.done.push(done);
            }
        }
    }
    let tied = series.chains.iter().filter(|chain| chain.len() > 1);
    let name = |i: &usize| slugs.get(*i).cloned().flatten();
    report.series = tied.map(|chain| chain.iter().filter_map(name).collect()).collect();
}

/// All inputs become one page.
fn together(
    project: &Project,
    request: &Request,
    slug: &str,
    read: Vec<(String, Result<Ready, Vec<Diagnostic>>)>,
    series: series::Series,
    report: &mut Report,
) {
    let mut all: Vec<Ready> = Vec::new();
    let missing = read.iter().filter(|(_, ready)| ready.is_err()).count();
    for (name, ready) in read {
        match ready {
            Err(faults) => report.done.push(refused(name, faults)),
            Ok(ready) => all.push(ready),
        }
    }
    if missing > 0 || report.sink.has_errors() {
        report.sink.push(booklet::incomplete(missing.max(1)));
        return;
    }
    if all.is_empty() {
        return;
    }
    let mut sink = Sink::default();
    series.said.into_iter().for_each(|said| sink.push(said));
    let order: Vec<usize> = series.chains.iter().flatten().copied().collect();
    if series.chains.len() > 1 {
        let names: Vec<&str> = order.iter().filter_map(|i| all.get(*i)).map(|r| r.identity.input.as_str()).collect();
        sink.push(series::untied(&names));
    }
    let slug = Some(import::slug(slug)).filter(|s| !s.is_empty()).unwrap_or_else(|| "booklet".into());
    let into = place::beside(project, &slug);
    let mut taken = BTreeSet::new();
    for i in &order {
        if let Some(ready) = all.get_mut(*i) {
            ready.illustrate(request, &into, &mut taken);
        }
    }
    let chapters: Vec<&Imported> = order.iter().filter_map(|i| all.get(*i)).map(|ready| &ready.page).collect();
    let made = match booklet::booklet(&chapters, request.title.as_deref()) {
        Ok(made) => made,
        Err(fault) => {
            report.done.push(refused(slug, vec![*fault]));
            return;
        }
    };
    let mut receipts: Vec<Receipt> = chapters.iter().map(|page| page.receipt.clone()).collect();
    for (receipt, (now, before)) in receipts.iter_mut().zip(&made.lines) {
        receipt.output = format!("sources/{slug}/page.md");
        for kept in &mut receipt.kept {
            kept.at = kept.at.map(|at| (at + now).saturating_sub(*before));
        }
    }
    let mut diagnostics: Vec<Diagnostic> = chapters.iter().flat_map(|page| page.diagnostics.clone()).collect();
    diagnostics.extend(made.said);
    let names: Vec<String> = order.iter().filter_map(|i| all.get(*i)).map(|r| r.identity.input.clone()).collect();
    let identity = Identity {
        input: names.join("\n"),
        address: order.first().and_then(|i| all.get(*i)).and_then(|r| r.identity.address.clone()),
        name: slug.clone(),
        booklet: true,
    };
    let bytes = order.iter().filter_map(|i| all.get(*i)).flat_map(|r| r.bytes.iter().copied()).collect();
    let receipt = receipts.first().cloned().unwrap_or_default();
    let pictures = chapters.iter().flat_map(|page| page.pictures.clone()).collect();
    let page = Imported { slug: slug.clone(), text: made.text, receipt, diagnostics, pictures };
    let found = order.iter().filter_map(|i| all.get(*i)).flat_map(|r| r.found.iter().cloned()).collect();
    let whole = Ready { page, identity, bytes, options: Options::default(), folder: None, found };
    let mut done = place::put(project, &mut { whole }, Some(&slug), request.accept, &[]);
    let mut whole = sink;
    whole.extend(std::mem::take(&mut done.sink));
    report.series.push(names);
    report.done.push(Done { name: slug, receipts, sink: whole, ..done });
}

fn refused(name: String, faults: Vec<Diagnostic>) -> Done {
    let mut sink = Sink::default();
    faults.into_iter().for_each(|fault| sink.push(fault));
    Done { name, page: String::new(), outcome: Outcome::Refused, receipts: Vec::new(), changes: Vec::new(), sink }
}
