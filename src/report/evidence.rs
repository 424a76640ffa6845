//! The evidence page of a publication: what was checked, by which rule, and what a person still has to judge.
//!
//! It states findings and nothing more: no program can say that a publication can be read by everybody.

use std::fmt::Write;

use crate::check::Allowed;
use crate::diagnostic::{CODES, CodeInfo, Diagnostic, Severity, explanation};
use crate::manifest::{Entry, Failed, GENERATOR, Skipped};
use crate::page::Front;
use crate::pipeline::Said;
use crate::render::xhtml::{attribute, escape};
use crate::report::place;
use crate::source::Sources;

/// What is known of a publication.
#[derive(Debug)]
pub struct Publication<'a> {
    /// Its short name.
    pub slug: &'a str,
    /// What its front matter says.
    pub front: &'a Front,
    /// The day by which dates were judged.
    pub as_of: String,
    /// What was said of the project's own files and of the page's source.
    pub source: [&'a Said; 2],
    /// What was said of the finished files; none where nothing is built.
    pub built: Option<&'a Said>,
    /// Its finished files.
    pub files: Vec<&'a Entry>,
    /// Editions that were left out.
    pub skipped: Vec<&'a Skipped>,
    /// Editions that could not be made.
    pub failed: Vec<&'a Failed>,
    /// Whether the addresses of links were tried.
    pub links_tried: bool,
    /// The thresholds that were judged by: name, the words of the measure, and where it comes from.
    pub thresholds: Vec<(String, String, String)>,
    /// What a person has to judge.
    pub questions: &'a [Question],
    /// The page's style sheet.
    pub style: &'a str,
}

/// A question that no program can answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub asks: String,
    /// Where it comes from.
    pub source: String,
}

/// The page, as HTML.
pub fn evidence(publication: &Publication<'_>) -> String {
    let title = publication.title();
    let mut out = String::new();
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"generator\" content=\"{}\"/>\n<title>What was checked: {}</title>\n<style>\n{}</style>\n</head>\n\
         <body>\n<main>\n<h1>What was checked: {}</h1>\n",
        attribute(GENERATOR),
        escape(title),
        // nothing in a style sheet may end it
        publication.style.replace("</", "<\\/"),
        escape(title)
    );
    publication.about(&mut out);
    publication.result(&mut out);
    publication.findings(&mut out);
    publication.files(&mut out);
    publication.rules(&mut out);
    publication.measures(&mut out);
    publication.person(&mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

impl Publication<'_> {
    fn title(&self) -> &str {
        self.front.title.as_ref().map_or(self.slug, |title| title.value.as_str())
    }

    fn about(&self, out: &mut String) {
        let front = self.front;
        let word = |value: Option<&str>| value.map_or_else(|| "not given".to_string(), escape);
        let text = |value: &Option<crate::strict::At<String>>| word(value.as_ref().map(|v| v.value.as_str()));
        let day = |value: &Option<crate::strict::At<crate::date::Date>>| {
            word(value.as_ref().map(|v| v.value.to_string()).as_deref())
        };
        let facts = [
            ("Product code", text(&front.product_code)),
            ("Version", text(&front.version)),
            ("Language", text(&front.language)),
            ("Last reviewed", day(&front.reviewed)),
            ("Next review due", day(&front.next_review)),
            ("Web page", text(&front.source)),
            ("Checked by", escape(GENERATOR)),
            ("Dates judged as of", escape(&self.as_of)),
        ];
        out.push_str("<dl>\n");
        for (name, value) in facts {
            let _ = writeln!(out, "<dt>{name}</dt>\n<dd>{value}</dd>");
        }
        out.push_str("</dl>\n");
    }

    /// Everything that was found, allowed or not.
    fn found(&self) -> impl Iterator<Item = (&Diagnostic, &Sources, Option<&Allowed>)> {
        let said = self.source.into_iter().chain(self.built);
        said.flat_map(|said| {
            let open = said.sink.all().iter().map(|found| (found, &said.sources, None));
            let allowed = said.allowed.iter().map(|allowed| (&allowed.diagnostic, &said.sources, Some(allowed)));
            open.chain(allowed)
        })
    }

    fn result(&self, out: &mut String) {
        let count = |severity| {
            let open = self.found().filter(|(found, _, allowed)| allowed.is_none() && found.severity == severity);
            open.count()
        };
        let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        let allowed = self.found().filter(|(.., allowed)| allowed.is_some()).count();
        out.push_str("<h2>Result</h2>\n");
        let all = format!("{}, {} and {}", many(errors, "error"), many(warnings, "warning"), many(notes, "note"));
        let allowed = if allowed > 0 { format!("; {} allowed", many(allowed, "finding")) } else { String::new() };
        let _ = writeln!(out, "<p>The program found {all}{allowed}.</p>");
        if self.built.is_none() {
            out.push_str("<p>No finished file was checked: nothing is built. Only the source was.</p>\n");
        }
        out.push_str(
            "<p class=\"note\">A program checks what it can measure. Whether people can read and use the publication is \
             for a person to judge: the questions are at the end of this page.</p>\n",
        );
    }

    fn findings(&self, out: &mut String) {
        out.push_str("<h2>Findings</h2>\n");
        if self.found().next().is_none() {
            out.push_str("<p>Nothing was found.</p>\n");
            return;
        }
        table(
            out,
            "What was found",
            &["Where", "How serious", "What", "Rule"],
            self.found().map(|(found, sources, by)| {
                let place = match place(found, sources) {
                    Some(place) => format!("{}, line {}, column {}", place.path, place.line, place.column),
                    None => found.path.clone().unwrap_or_else(|| "the whole project".into()),
                };
                let what = match by {
                    None => escape(&found.message),
                    Some(by) => format!(
                        "{}<br/>Allowed by {} until {}: {}",
                        escape(&found.message),
                        escape(&by.allowance.name),
                        by.allowance.expires,
                        escape(&by.allowance.reason)
                    ),
                };
                let how = if by.is_some() {
                    format!("{}, allowed", found.severity.word())
                } else {
                    found.severity.word().into()
                };
                vec![escape(&place), how, what, found.code.to_string()]
            }),
        );
    }

    fn files(&self, out: &mut String) {
        out.push_str("<h2>Files</h2>\n");
        if self.files.is_empty() {
            out.push_str("<p>Nothing is built.</p>\n");
        } else {
            table(
                out,
                "Finished files",
                &["Edition", "File", "Pages", "SHA-256"],
                self.files.iter().map(|file| {
                    let pages = file.pages.map_or_else(|| "none".to_string(), |pages| pages.to_string());
                    vec![escape(&file.edition), escape(&file.path), pages, escape(&file.sha256)]
                }),
            );
        }
        let left_out = self.skipped.iter().map(|one| (&one.edition, one.reason.clone()));
        let failed = self.failed.iter().map(|one| (&one.edition, format!("it failed: {}", one.codes.join(", "))));
        let not_made: Vec<_> = left_out.chain(failed).collect();
        if !not_made.is_empty() {
            let rows = not_made.iter().map(|(edition, why)| vec![escape(edition), escape(why)]);
            table(out, "Editions that were not made", &["Edition", "Why"], rows);
        }
    }

    fn rules(&self, out: &mut String) {
        out.push_str("<h2>Rules</h2>\n");
        for (caption, of_output) in [("Rules for the source", false), ("Rules for finished files", true)] {
            let rules = CODES.iter().filter(|info| about_a_publication(info) && info.code.is_of_output() == of_output);
            table(
                out,
                caption,
                &["Rule", "What it looks for", "Where it comes from", "Result"],
                rules.map(|info| {
                    let source = explanation(info.code).and_then(|page| page.source()).unwrap_or("everyleaf");
                    vec![info.code.to_string(), escape(info.title), escape(&plain(source)), self.outcome(info)]
                }),
            );
        }
    }

    fn outcome(&self, info: &CodeInfo) -> String {
        let found = self.found().filter(|(found, ..)| found.code == info.code).count();
        if found > 0 {
            return format!("{found} found");
        }
        match asked_of(info, self) {
            Ok(()) => "nothing found".into(),
            Err(why) => format!("not asked: {why}"),
        }
    }

    fn measures(&self, out: &mut String) {
        out.push_str("<h2>Measures</h2>\n");
        let rows =
            self.thresholds.iter().map(|(name, measure, source)| vec![escape(name), escape(measure), escape(source)]);
        table(out, "The numbers that the rules judge by", &["Measure", "Value", "Where it comes from"], rows);
    }

    fn person(&self, out: &mut String) {
        out.push_str("<h2>What a person still has to judge</h2>\n");
        if let Some(evaluation) = self.front.evaluation.as_ref().map(|found| &found.value) {
            let _ = writeln!(
                out,
                "<p>On record: {} of {} evaluated version {} on {} against {}.</p>",
                escape(&evaluation.by),
                escape(&evaluation.organisation),
                escape(&evaluation.version),
                evaluation.date,
                escape(&evaluation.standard)
            );
        }
        let rows = self.questions.iter().map(|question| {
            vec![escape(&question.asks), escape(&question.source), "<span class=\"sign\">not yet</span>".to_string()]
        });
        table(out, "Questions for a person", &["Question", "Where it comes from", "Judged by, and on which day"], rows);
    }
}

/// Whether a rule is about publications, and not about how the program is used.
fn about_a_publication(info: &CodeInfo) -> bool {
    // allowances and profiles are the project's own affair
    let house = matches!(info.code.as_str(), "C029" | "C030" | "C031" | "C032");
    !house && info.code.as_str().starts_with(['F', 'S', 'A', 'C', 'R', 'V'])
}

/// Why a rule was not asked.
fn asked_of(info: &CodeInfo, publication: &Publication<'_>) -> Result<(), &'static str> {
    let code = info.code.as_str();
    let has = |kinds: &[&str]| publication.files.iter().any(|file| kinds.contains(&file.media_type.as_str()));
    match code {
        "C033" | "C034" | "C035" if !publication.links_tried => Err("only with --links"),
        _ if !info.code.is_of_output() => Ok(()),
        _ if publication.built.is_none() => Err("nothing is built"),
        // the codes of tagged PDF, then those of e-books and web pages
        code if ("V030".."V050").contains(&code) && !has(&["application/pdf"]) => Err("there is no PDF"),
        code if ("V050".."V060").contains(&code) && !has(&["application/epub+zip", "text/html"]) => {
            Err("there is no e-book or web page")
        }
        _ => Ok(()),
    }
}

/// Words without Markdown's marks.
fn plain(text: &str) -> String {
    text.replace(['`', '*'], "")
}

fn many(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// A table with a caption and a header row; the cells are HTML.
fn table(out: &mut String, caption: &str, head: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    // a wide table scrolls by itself, also by the keyboard
    let _ = write!(
        out,
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n<table>\n<caption>{0}</caption>\n<thead>\n<tr>",
        escape(caption)
    );
    for cell in head {
        let _ = write!(out, "<th scope=\"col\">{cell}</th>");
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            // digests and paths may break anywhere, codes nowhere
            let long = cell.split_whitespace().any(|word| word.len() > 30);
            let _ = write!(out, "<td{}>{cell}</td>", if long { " class=\"long\"" } else { "" });
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}
