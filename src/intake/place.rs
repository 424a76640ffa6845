//! The page that an input belongs to, and what is done with it.

use std::path::{Path, PathBuf};

use super::merge::{changes, merge, same};
use super::record::{self, Known, Record};
use super::series::same_page;
use super::{Done, Outcome, Ready, pictures, show};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::manifest::sha256;
use crate::project::{Project, read};

/// By what an input is known again.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    pub(super) input: String,
    pub(super) address: Option<String>,
    /// The short name that the input suggests.
    pub(super) name: String,
    pub(super) booklet: bool,
}

impl Identity {
    /// Whether a record is of this input: the same address, or, where one is not known, the same name.
    fn is_of(&self, record: &Record) -> bool {
        !self.booklet
            && !record.booklet
            && match (&self.address, &record.address) {
                (Some(own), Some(other)) => same_page(own) == same_page(other),
                _ => self.input == record.input && self.name == record.name,
            }
    }

    /// Whether a record may be of this input, where somebody says that it is.
    fn may_be_of(&self, record: &Record) -> bool {
        let other = match (&self.address, &record.address) {
            (Some(own), Some(other)) => same_page(own) != same_page(other),
            _ => false,
        };
        self.booklet == record.booklet && (self.booklet || !other)
    }

    fn record(&self, ready: &Ready) -> Record {
        let text = &ready.page.text;
        Record::new(&self.input, self.address.as_deref(), &self.name, self.booklet, &ready.bytes, text)
    }
}

/// What is at the place where a page goes.
enum There {
    /// Nothing.
    Nothing,
    /// The same words, without a record.
    Same,
    /// An earlier import of it.
    Import(Box<Record>, String),
}

/// Writes a page, or compares it with the one that is there; the pages `placed` belong to other inputs of this run.
pub(super) fn put(project: &Project, ready: &mut Ready, wanted: Option<&str>, accept: bool, placed: &[String]) -> Done {
    let root = project.root().unwrap_or(project.here()).to_path_buf();
    let mut done = Done {
        name: ready.identity.input.clone(),
        page: String::new(),
        outcome: Outcome::Refused,
        receipts: Vec::new(),
        changes: Vec::new(),
        sink: Sink::default(),
    };
    let Spot { slug, known, named } = locate(&root, ready, wanted, placed);
    let there = match at(project, &root, &slug, known.as_ref(), ready, named) {
        Ok(there) => there,
        Err(fault) => {
            done.sink.push(*fault);
            return done;
        }
    };
    ready.page.slug.clone_from(&slug);
    ready.page.receipt.output = format!("sources/{slug}/page.md");
    let (page_path, record_path) = record::place(&root, &slug);
    done.page = project.display(&page_path);
    let written = act(ready, there, accept, &page_path, &record_path, &mut done);
    match written {
        Ok(outcome) => {
            done.outcome = outcome;
            done.receipts.push(ready.page.receipt.clone());
        }
        Err((path, why)) => done.sink.push(
            Diagnostic::new(Code::OUTPUT_FAILED, format!("{} cannot be written: {why}", project.display(&path)))
                .in_file(project.display(&path))
                .help("check that the disk has room and that you may write there"),
        ),
    }
    done
}

/// The folder where a page will stand.
pub(super) fn folder(project: &Project, ready: &Ready, wanted: Option<&str>, placed: &[String]) -> PathBuf {
    let root = project.root().unwrap_or(project.here());
    beside(project, &locate(root, ready, wanted, placed).slug)
}

/// The folder of a page.
pub(super) fn beside(project: &Project, slug: &str) -> PathBuf {
    let (page, _) = record::place(project.root().unwrap_or(project.here()), slug);
    page.parent().map(Path::to_path_buf).unwrap_or_default()
}

type Failure = (PathBuf, String);

fn act(
    ready: &Ready,
    there: There,
    accept: bool,
    page: &Path,
    record: &Path,
    done: &mut Done,
) -> Result<Outcome, Failure> {
    let write = |path: &Path, text: &str| {
        crate::output::write(path, text.as_bytes()).map_err(|e| (path.to_path_buf(), e.to_string()))
    };
    let illustrate = |text: &str| {
        let folder = page.parent().unwrap_or(Path::new(""));
        let named = ready.found.iter().filter(|f| text.contains(&format!("]({})", f.file)));
        pictures::write(named, folder).map_err(|(path, e)| (path, e.to_string()))
    };
    let note = || {
        let text = ready.identity.record(ready).write().map_err(|e| (record.to_path_buf(), e))?;
        write(record, &text)
    };
    let text = &ready.page.text;
    let mut say = |said: &[Diagnostic]| said.iter().cloned().for_each(|d| done.sink.push(d));
    match there {
        // the pictures before the page that names them; then the page: a page without a record is never written over, and a record without its page would be
        There::Nothing => {
            illustrate(text)?;
            write(page, text)?;
            note()?;
            say(&ready.page.diagnostics);
            Ok(Outcome::New)
        }
        There::Same => {
            illustrate(text)?;
            note()?;
            say(&ready.page.diagnostics);
            Ok(Outcome::Known)
        }
        There::Import(last, _) if same(&last.text, text) => Ok(Outcome::Unchanged),
        There::Import(last, mine) => {
            let merged = merge(&last.text, &mine, text);
            if same(&merged.text, &mine) && merged.conflicts.is_empty() {
                // a run that was interrupted, or an editor, has taken it all over
                note()?;
                return Ok(Outcome::Known);
            }
            let all = changes(&last.text, text);
            done.changes = show::changes(&all);
            let count = if all.len() == 1 { "one change".to_string() } else { format!("{} changes", all.len()) };
            if !accept {
                let why = if last.input_sha256 == sha256(&ready.bytes) {
                    "the input is the same, but it is read in another way than at the last import"
                } else {
                    "the web page has changed since the last import"
                };
                let changed = Diagnostic::new(Code::IMPORT_CHANGED, format!("{why}: {count}; nothing was written"));
                let help = "import it again with --accept to take over what you have not changed yourself";
                done.sink.push(changed.in_file(&done.page).help(help));
                return Ok(Outcome::Changed);
            }
            illustrate(&merged.text)?;
            write(page, &merged.text)?;
            note()?;
            say(&ready.page.diagnostics);
            for conflict in &merged.conflicts {
                let place = format!("{}:{}", done.page, conflict.line);
                done.sink.push(
                    Diagnostic::new(Code::IMPORT_CONFLICT, show::conflict(conflict))
                        .in_file(place)
                        .help("read both and change the page if need be; the next import will not ask again"),
                );
            }
            Ok(Outcome::Merged)
        }
    }
}

/// Where a page goes.
struct Spot {
    slug: String,
    /// The record that is there.
    known: Option<Result<Record, String>>,
    /// Whether somebody, or the record, says that it is this one's.
    named: bool,
}

/// The place for a page: where it was imported to before, else a free name.
fn locate(root: &Path, ready: &Ready, wanted: Option<&str>, placed: &[String]) -> Spot {
    let known = record::all(root);
    let own = |slug: &str| known.iter().find(|k| k.slug == slug).map(|k| &k.record);
    if let Some(slug) = wanted {
        return Spot { slug: slug.to_string(), known: own(slug).cloned(), named: true };
    }
    let name = ready.page.slug.as_str();
    // two inputs of one run may have one name, in two folders
    let is_of =
        |k: &&Known| !placed.contains(&k.slug) && k.record.as_ref().is_ok_and(|record| ready.identity.is_of(record));
    // where several are of this input: the one of its address, then the one of the suggested name
    let addressed = |k: &Known| k.record.as_ref().is_ok_and(|record| record.address.is_some());
    let again =
        known.iter().filter(is_of).min_by_key(|k| (ready.identity.address.is_some() != addressed(k), k.slug != name));
    if let Some(again) = again {
        return Spot { slug: again.slug.clone(), known: Some(again.record.clone()), named: true };
    }
    for number in 1_u32.. {
        let slug = if number == 1 { name.to_string() } else { format!("{name}-{number}") };
        let taken = record::place(root, &slug).0.exists();
        match own(&slug) {
            // another input's page
            Some(Ok(_)) if taken => {}
            // only a page of the very name may be this one, made by hand or by an older version
            None if taken && number > 1 => {}
            other => return Spot { known: other.cloned(), slug, named: false },
        }
    }
    unreachable!("there are more numbers than folders")
}

fn at(
    project: &Project,
    root: &Path,
    slug: &str,
    known: Option<&Result<Record, String>>,
    ready: &Ready,
    named: bool,
) -> Result<There, Box<Diagnostic>> {
    let (page, record_path) = record::place(root, slug);
    if !page.exists() {
        return Ok(There::Nothing);
    }
    let shown = project.display(&page);
    let mine = read(&page)
        .map_err(|e| e.to_string())
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it holds bytes that are not UTF-8 text".to_string()));
    let mine = mine.map_err(|why| {
        let complaint =
            Diagnostic::new(Code::INPUT_UNREADABLE, format!("the page that is there cannot be read: {why}"));
        Box::new(complaint.in_file(&shown).help("open it in an editor and save it again with the encoding UTF-8"))
    })?;
    let exists = |message: String| {
        let help = "give the import another name with --as, or move the page away first";
        Box::new(Diagnostic::new(Code::IMPORT_EXISTS, message).in_file(&ready.identity.input).help(help))
    };
    match known {
        Some(Err(why)) => Err(Box::new(record::broken(project, &record_path, why))),
        Some(Ok(record)) if named && (ready.identity.is_of(record) || ready.identity.may_be_of(record)) => {
            Ok(There::Import(Box::new(record.clone()), mine))
        }
        Some(Ok(record)) => {
            let from = record.address.clone().unwrap_or_else(|| record.input.replace('\n', ", "));
            Err(exists(format!("{shown} is there already and came from {from}; nothing was changed")))
        }
        None if same(&mine, &ready.page.text) => Ok(There::Same),
        None => Err(exists(format!("{shown} is there already and differs; nothing was changed"))),
    }
}
