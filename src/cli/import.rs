//! `everyleaf import`

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{Common, Ended, Stop};
use crate::diagnostic::{Code, Severity, Sink};
use crate::import::Receipt;
use crate::intake::fetch::Limits;
use crate::intake::{self, Done, Outcome, Report, Request};
use crate::pipeline::Said;
use crate::report::tally;

/// Turn saved web pages, or pages on the web, into sources.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// Saved pages, folders of them, or addresses (https://…); `-` reads one from standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The address the page came from
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// The page's short name; default: from the address, the file's name or the title
    #[arg(long = "as", value_name = "SLUG")]
    slug: Option<String>,
    /// Take over what changed on the web since the last import; what you changed yourself is kept
    #[arg(long)]
    accept: bool,
    /// Make one page of all inputs, a chapter each, in the order of their links
    #[arg(long, value_name = "SLUG", conflicts_with_all = ["slug", "address"])]
    booklet: Option<String>,
    /// The booklet's title; default: the topic that its pages share
    #[arg(long, value_name = "WORDS", requires = "booklet")]
    title: Option<String>,
    /// Fetch the pages' pictures from the web too; without it, only those beside a saved page are taken
    #[arg(long)]
    fetch: bool,
    /// How long a server may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
    /// Where the receipt goes, as JSON: what became of every line; `-` for standard output
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    /// The page's language; default: what the page itself says, else en-GB
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

impl Import {
    pub(super) fn run(&self, common: &Common) -> Ended {
        let project = common.project()?;
        if let Some(tag) = self.language.as_deref().filter(|tag| !crate::language::is_tag(tag)) {
            return Err(Stop::CannotRun(format!("`{tag}` is not a language tag; use one such as en-GB")));
        }
        let mut sink = Sink::default();
        let rules = intake::rules(&project, &mut sink);
        if sink.has_errors() {
            common.say(&[Said { sink, ..Said::default() }])?;
            return Ok(2);
        }
        let request = Request {
            named: self.inputs.clone(),
            address: self.address.clone(),
            slug: self.slug.clone(),
            booklet: self.booklet.clone(),
            title: self.title.clone(),
            language: self.language.clone(),
            accept: self.accept,
            fetch: self.fetch,
            limits: Limits { time: Duration::from_secs(self.timeout), ..Limits::default() },
        };
        let mut report = intake::run(&project, &request, &rules)?;
        let mut said = vec![Said { sink: std::mem::take(&mut report.sink), ..Said::default() }];
        said.extend(report.done.iter().map(|done| Said { sink: done.sink.clone(), ..Said::default() }));
        common.say(&said)?;
        // the messages may be many; what to look at comes last
        let alone = report.done.len() == 1;
        for done in &report.done {
            common.tell(&summary(done, alone))?;
        }
        common.tell(&closing(&report, if self.booklet.is_some() { "a booklet" } else { "a series" }))?;
        if let Some(path) = &self.receipt {
            write_receipts(path, &report)?;
        }
        let count = |s| said.iter().map(|part| part.sink.count(s)).sum();
        common.tell(&tally(count(Severity::Error), count(Severity::Warning)))?;
        Ok(common.verdict(&said))
    }
}

/// One receipt as an object, several as a list.
fn write_receipts(path: &std::path::Path, report: &Report) -> Result<(), Stop> {
    let all: Vec<&Receipt> = report.done.iter().flat_map(|done| &done.receipts).collect();
    let text = match all[..] {
        [one] => serde_json::to_string_pretty(one),
        _ => serde_json::to_string_pretty(&all),
    };
    let mut text = text.map_err(|e| e.to_string())?;
    text.push('\n');
    if path.as_os_str() == "-" {
        use std::io::Write;
        std::io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(());
    }
    Ok(crate::output::write(path, text.as_bytes()).map_err(|e| format!("{} cannot be written: {e}", path.display()))?)
}

/// What a person should know of a page, in a few lines.
fn summary(done: &Done, alone: bool) -> String {
    let what = match done.outcome {
        // why, the messages say
        Outcome::Refused => return String::new(),
        Outcome::New => "imported",
        Outcome::Known => "is up to date; its import is now on record",
        Outcome::Unchanged => "nothing has changed on the web since the last import",
        Outcome::Changed => "has changed on the web; nothing was written",
        Outcome::Merged => "what only the web had changed was taken over",
    };
    let mut text = format!("{}: {what}", done.page);
    for line in &done.changes {
        text.push_str(&format!("\n  {}", line.replace('\n', "\n  ")));
    }
    if matches!(done.outcome, Outcome::New | Outcome::Known | Outcome::Merged) {
        if let ([receipt], true) = (&done.receipts[..], alone) {
            text = format!("{text}\n{}", receipt.summary().trim_end());
        }
        let facts = done.receipts.iter().flat_map(|receipt| &receipt.facts);
        // a booklet's pages often say the same
        let facts: BTreeSet<(&str, &str)> = facts.map(|(name, place)| (name.as_str(), place.text.as_str())).collect();
        for (name, words) in facts {
            text.push_str(&format!("\n  found beside the article: {name}: {words}"));
        }
        let look = look_at(&done.sink);
        if !look.is_empty() {
            text.push_str(&format!("\n  look at: {look}"));
        }
    }
    text
}

/// What was warned of, by its kind, with how often.
fn look_at(sink: &Sink) -> String {
    let mut kinds: Vec<(Code, usize)> = Vec::new();
    for warning in sink.all().iter().filter(|d| d.severity == Severity::Warning) {
        match kinds.iter_mut().find(|(code, _)| *code == warning.code) {
            Some((_, count)) => *count += 1,
            None => kinds.push((warning.code, 1)),
        }
    }
    let word = |(code, count): &(Code, usize)| match count {
        1 => code.info().title.to_string(),
        n => format!("{} ({n} times)", code.info().title),
    };
    kinds.iter().map(word).collect::<Vec<_>>().join("; ")
}

/// The last lines: the series, and how many pages had what outcome.
fn closing(report: &Report, kind: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for series in report.series.iter().filter(|series| series.len() > 1) {
        lines.push(format!("{kind} of {} pages, in order: {}", series.len(), series.join(", ")));
    }
    if report.done.len() > 1 {
        let kinds = [
            (Outcome::New, "imported"),
            (Outcome::Known, "up to date"),
            (Outcome::Unchanged, "unchanged"),
            (Outcome::Changed, "changed on the web, not written"),
            (Outcome::Merged, "merged"),
            (Outcome::Refused, "refused"),
        ];
        let count = |outcome: &Outcome| report.done.iter().filter(|done| done.outcome == *outcome).count();
        let parts: Vec<String> = kinds
            .iter()
            .map(|(o, word)| (count(o), word))
            .filter(|(n, _)| *n > 0)
            .map(|(n, w)| format!("{n} {w}"))
            .collect();
        lines.push(format!("{} inputs: {}", report.done.len(), parts.join(", ")));
    }
    if report.done.iter().any(|done| done.outcome == Outcome::Changed) {
        lines.push("import again with --accept to take over the changes; what you changed yourself is kept".into());
    }
    lines.join("\n")
}
