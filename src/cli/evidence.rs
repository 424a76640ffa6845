//! `everyleaf check --evidence`: one page for each publication.

use std::path::Path;

use super::Stop;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::manifest::{FILE, Manifest};
use crate::output;
use crate::page;
use crate::pipeline::{self, Outcome, Plan, Said};
use crate::project::{PageFile, Project};
use crate::report::evidence::{Publication, Question, evidence};
use crate::source::Sources;
use crate::strict::{Codes, parse};

/// What the evidence is gathered from, and where it goes.
pub(super) struct Run<'a> {
    pub(super) project: &'a Project,
    pub(super) pages: &'a [PageFile],
    /// Where the built files are.
    pub(super) out: &'a Path,
    pub(super) as_of: Date,
    /// Whether addresses are tried.
    pub(super) links: bool,
    /// Where the evidence goes.
    pub(super) folder: &'a Path,
}

impl Run<'_> {
    /// Judges sources and files, and writes a page for each publication.
    pub(super) fn write(&self, plan: impl Fn() -> Result<Plan, Stop>) -> Result<Outcome, Stop> {
        let first = plan()?;
        let listed = first.thresholds().listed();
        let thresholds: Vec<_> =
            listed.map(|(name, measure, source)| (name.replace('-', " "), measure, source.to_string())).collect();
        let mut source = pipeline::check(self.project, self.pages, first);
        let built = match self.out.join(FILE).is_file() {
            true => {
                let cannot = |why| format!("the record of what was built cannot be read: {why}");
                let judged = pipeline::built(self.project, self.pages, false, plan()?, self.out).map_err(cannot)?;
                Some((judged.0, Manifest::load(self.out).map_err(cannot)?))
            }
            false => None,
        };
        let mut sources = Sources::default();
        let mut sink = Sink::default();
        let questions = self.questions(&mut sources, &mut sink);
        let style = self.project.layout("evidence/style.css").unwrap_or_default();
        let style = String::from_utf8_lossy(&style);
        let nothing = Said::default();
        for (at, file) in self.pages.iter().enumerate() {
            let mut quiet = Sink::default();
            let id = self.project.read_text(&file.path, &mut sources, &mut quiet);
            let front = id.map(|id| page::parse(id, &sources, &mut quiet).front).unwrap_or_default();
            // what was said of the project stands first, then what was said of each page
            let manifest = built.as_ref().map(|(_, manifest)| manifest);
            let of_page = |page: &str| page == file.slug;
            let page = evidence(&Publication {
                slug: &file.slug,
                front: &front,
                as_of: self.as_of.to_string(),
                source: [source.said.first().unwrap_or(&nothing), source.said.get(at + 1).unwrap_or(&nothing)],
                built: built.as_ref().and_then(|(outcome, _)| outcome.said.get(at + 1)),
                files: manifest.iter().flat_map(|m| m.artifacts.iter().filter(|e| of_page(&e.page))).collect(),
                skipped: manifest.iter().flat_map(|m| m.skipped.iter().filter(|e| of_page(&e.page))).collect(),
                failed: manifest.iter().flat_map(|m| m.failed.iter().filter(|e| of_page(&e.page))).collect(),
                links_tried: self.links,
                thresholds: thresholds.clone(),
                questions: &questions,
                style: &style,
            });
            output::write(&self.folder.join(format!("{}.html", file.slug)), page.as_bytes())?;
        }
        // what both runs said of the project is said once
        source.said.extend(built.into_iter().flat_map(|(outcome, _)| outcome.said.into_iter().skip(1)));
        source.said.push(Said { sources, sink, ..Said::default() });
        Ok(source)
    }

    /// What a person has to judge: data.
    fn questions(&self, sources: &mut Sources, sink: &mut Sink) -> Vec<Question> {
        let Some(file) = self.project.layout_text("evidence/person.toml", sources) else { return Vec::new() };
        let code = Code::PROJECT_INVALID;
        let codes = Codes { syntax: code, unknown: code, value: code };
        let text = sources.get(file).text();
        let all = parse(text, file, 0, codes, sink, |keys, sink| {
            keys.list_of_tables("question", sink, |span, keys, sink| {
                let asks = keys.string("asks", sink).map(|found| found.value);
                let source = keys.string("source", sink).map_or_else(String::new, |found| found.value);
                if asks.is_none() {
                    let complaint = Diagnostic::new(code, "this question asks nothing").at(span);
                    sink.push(complaint.help("give it `asks`, and `source` for where it comes from"));
                }
                asks.map(|asks| Question { asks, source })
            })
        });
        all.into_iter().flatten().collect()
    }
}
