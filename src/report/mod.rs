//! Diagnostics -> words for people, screen readers and machines.

pub mod evidence;
mod human;
mod machine;
mod sarif;

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity, explanation};
use crate::pipeline::Said;
use crate::source::Sources;

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the source's line and a mark under the place; on stderr.
    Human,
    /// One line each; on stderr.
    Short,
    /// Whole sentences without drawing, for screen readers; on stderr.
    Plain,
    /// One JSON object a line; on stdout.
    Json,
    /// One SARIF 2.1.0 log for the whole run; on stdout.
    Sarif,
    /// Annotations of a GitHub workflow; on stdout.
    Github,
}

impl Format {
    /// Every format's name.
    pub const NAMES: [&'static str; 6] = ["human", "short", "plain", "json", "sarif", "github"];

    /// The format of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "human" => Self::Human,
            "short" => Self::Short,
            "plain" => Self::Plain,
            "json" => Self::Json,
            "sarif" => Self::Sarif,
            "github" => Self::Github,
            _ => return None,
        })
    }

    /// Whether messages go to stdout, for machines.
    pub fn is_for_machines(self) -> bool {
        matches!(self, Self::Json | Self::Sarif | Self::Github)
    }
}

/// Writes all that was said, in order.
pub fn write(out: &mut dyn Write, said: &[Said], format: Format, colour: bool) -> io::Result<()> {
    if format == Format::Sarif {
        return sarif::sarif(out, said);
    }
    for part in said {
        for diagnostic in part.sink.all() {
            match format {
                Format::Human => human::human(out, diagnostic, &part.sources, colour)?,
                Format::Short => human::short(out, diagnostic, &part.sources)?,
                Format::Plain => human::plain(out, diagnostic, &part.sources)?,
                Format::Json => machine::json(out, diagnostic, &part.sources)?,
                Format::Sarif => {}
                Format::Github => machine::github(out, diagnostic, &part.sources)?,
            }
        }
    }
    Ok(())
}

/// "2 errors and 1 warning", or nothing.
pub fn tally(errors: usize, warnings: usize) -> String {
    let count = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    [count(errors, "error"), count(warnings, "warning")].into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

/// Why a rule of `check` is kept, and the clause it comes from; other messages speak for themselves.
fn reason(diagnostic: &Diagnostic) -> Option<(&'static str, &'static str)> {
    let page = explanation(diagnostic.code)?;
    Some((page.why()?, page.source()?))
}

/// A diagnostic's place: path, line, column, end line, end column.
struct Place {
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

fn place(diagnostic: &Diagnostic, sources: &Sources) -> Option<Place> {
    let span = diagnostic.span?;
    let source = sources.get(span.file);
    let (start, end) = (source.place(span.start), source.place(span.end));
    Some(Place {
        path: source.path().to_string_lossy().replace('\\', "/"),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    })
}

/// `path:line:column: error[F002]: message`, as far as the place is known.
fn head(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = match place(diagnostic, sources) {
        Some(p) => format!("{}:{}:{}: ", p.path, p.line, p.column),
        None => diagnostic.path.as_ref().map(|path| format!("{path}: ")).unwrap_or_default(),
    };
    let Diagnostic { severity, code, message, .. } = diagnostic;
    format!("{place}{}[{code}]: {message}", severity.word())
}

fn colour_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "\u{1b}[1;31m",
        Severity::Warning => "\u{1b}[1;33m",
        Severity::Note => "\u{1b}[1;36m",
    }
}
