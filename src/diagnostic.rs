//! What is wrong, where, and how to mend it: errors as collected values.
//!
//! A stage never stops at the first complaint: it pushes into a [`Sink`] and
//! goes on, so that an editor sees every mistake of a page in one run.

mod codes;
mod explanation;

pub use codes::{CODES, Code, CodeInfo};
pub use explanation::{Explanation, explanation};

use crate::source::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know; never changes an exit code.
    Note,
    /// Somebody should look; fails only under `--deny-warnings`.
    Warning,
    /// The page cannot be published so.
    Error,
}

impl Severity {
    /// The word that stands in messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One complaint.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Its stable code, which `everyleaf explain` knows.
    pub code: Code,
    /// How bad it is; by default what the code's table line says.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The place in a source text.
    pub span: Option<Span>,
    /// The file, where there is no text to point into (a missing file, bytes that are not text).
    pub path: Option<String>,
    /// How to mend it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A complaint of that code, at the severity that the table gives it.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let severity = code.info().severity;
        Self { code, severity, message: message.into(), span: None, path: None, help: None }
    }

    /// Says where.
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Says which file, where no place inside it can be given.
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Says how to mend it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Changes how bad it is, where a project's settings say so.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// Collects complaints.
#[derive(Debug, Clone, Default)]
pub struct Sink(Vec<Diagnostic>);

impl Sink {
    /// Takes one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Hands all of them over and is empty.
    pub fn take(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.0)
    }

    /// Takes all of another sink.
    pub fn extend(&mut self, other: Sink) {
        self.0.extend(other.0);
    }

    /// All of them, in the order in which they came.
    pub fn all(&self) -> &[Diagnostic] {
        &self.0
    }

    /// Whether any is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    /// Puts them in the order of the text: file, place, then the order of arrival.
    pub fn sort(&mut self) {
        self.0.sort_by_key(|d| (d.span.map(|s| (s.file, s.start)), d.path.clone()));
    }
}

/// The nearest of some known names to a wrong one, if any is near enough to be meant.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wrong, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= (name.len().max(wrong.len()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
