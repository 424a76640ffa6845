//! Findings that a project allows: each with a reason, a name and a day on which the allowance ends.

use std::collections::BTreeSet;

use crate::date::Date;
use crate::diagnostic::{CODES, Code, Diagnostic, Severity, Sink, nearest};
use crate::source::{FileId, Sources, Span};
use crate::strict::{self, At};

/// The file's name, in the project's folder.
pub const FILE: &str = "everyleaf-allow.toml";

/// The project's allowances.
#[derive(Debug, Clone, Default)]
pub struct Allowances(Vec<Allowance>);

/// One of them.
#[derive(Debug, Clone)]
pub struct Allowance {
    code: Code,
    /// A page's short name; `*`: every page and the project's own files.
    page: String,
    /// Words that the finding's lines or its message must have.
    words: Option<String>,
    /// Why it is allowed.
    pub reason: String,
    /// Who allowed it.
    pub name: String,
    /// The last day on which it counts.
    pub expires: Date,
    span: Span,
}

/// A finding that was allowed.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// Its number among the allowances.
    entry: usize,
    /// Why, by whom and how long.
    pub allowance: Allowance,
}

impl Allowances {
    /// Reads the file; what is wrong goes to `sink`.
    pub fn parse(text: &str, file: FileId, sink: &mut Sink) -> Self {
        let code = Code::ALLOW_INVALID;
        let codes = strict::Codes { syntax: code, unknown: code, value: code };
        let all = strict::parse(text, file, 0, codes, sink, |keys, sink| {
            keys.list_of_tables("allow", sink, |span, keys, sink| {
                let known = keys.string("code", sink);
                let page = keys.string("page", sink);
                let words = keys.string("words", sink).map(|w| w.value).filter(|w| !w.is_empty());
                let reason = keys.string("reason", sink);
                let name = keys.string("name", sink);
                let expires = keys.date("expires", sink);
                let filled = |value: &Option<At<String>>| value.as_ref().is_some_and(|v| !v.value.is_empty());
                let missing: Vec<&str> = [
                    ("code", filled(&known)),
                    ("page", filled(&page)),
                    ("reason", filled(&reason)),
                    ("name", filled(&name)),
                    ("expires", expires.is_some()),
                ]
                .into_iter()
                .filter_map(|(key, there)| (!there).then_some(key))
                .collect();
                if !missing.is_empty() {
                    let message = format!("this allowance has no {}", missing.join(" and no "));
                    let help = "give code, page, reason, name and expires; only words may be left out";
                    sink.push(Diagnostic::new(code, message).at(span).help(help));
                    return None;
                }
                let known = known?;
                let Some(wanted) = Code::parse(&known.value) else {
                    let near = nearest(&known.value, CODES.iter().map(|i| i.code.as_str()));
                    let help =
                        near.map_or("`everyleaf explain` lists them all".to_string(), |n| format!("did you mean {n}?"));
                    let message = format!("there is no message `{}`", known.value);
                    sink.push(Diagnostic::new(code, message).at(known.span).help(help));
                    return None;
                };
                Some(Allowance {
                    code: wanted,
                    page: page?.value,
                    words,
                    reason: reason?.value,
                    name: name?.value,
                    expires: expires?.value,
                    span,
                })
            })
        });
        Self(all.into_iter().flatten().collect())
    }

    /// Takes the allowed findings out of a sink; `page` is empty for the project's own files.
    pub fn apply(&self, page: &str, sources: &Sources, as_of: Date, sink: &mut Sink) -> Vec<Allowed> {
        let mut allowed = Vec::new();
        if self.0.is_empty() {
            return allowed;
        }
        for diagnostic in sink.take() {
            let fits = |entry: &Allowance| as_of <= entry.expires && entry.fits(page, &diagnostic, sources);
            match self.0.iter().position(fits) {
                Some(at) => allowed.push(Allowed { diagnostic, entry: at, allowance: self.0[at].clone() }),
                None => sink.push(diagnostic),
            }
        }
        allowed
    }

    /// Complains of allowances that have expired or allow nothing. `pages` are the pages that were judged, `built` says
    /// whether it was by their files: allowances of the other kind of finding are left alone.
    pub fn judge(
        &self,
        allowed: &[&Allowed],
        (pages, all_pages): (&BTreeSet<&str>, bool),
        built: bool,
        as_of: Date,
        sink: &mut Sink,
    ) {
        let used: BTreeSet<usize> = allowed.iter().map(|a| a.entry).collect();
        let ours = |entry: &Allowance| entry.code.is_of_output() == built;
        for (at, entry) in self.0.iter().enumerate().filter(|(_, entry)| ours(entry)) {
            let of = format!("the allowance of {} for {}", entry.code, entry.page);
            if as_of > entry.expires {
                let message = format!("{of} expired on {}", entry.expires);
                let help = "mend the finding and delete the entry, or decide anew and give it a new date";
                sink.push(Diagnostic::new(Code::ALLOW_EXPIRED, message).at(entry.span).help(help));
            } else if !used.contains(&at) && (all_pages || pages.contains(entry.page.as_str())) {
                let help = "delete it, or check code, page and words; errors cannot be allowed";
                let message = format!("{of} allows nothing");
                sink.push(Diagnostic::new(Code::ALLOW_UNUSED, message).at(entry.span).help(help));
            }
        }
    }
}

impl Allowance {
    fn fits(&self, page: &str, finding: &Diagnostic, sources: &Sources) -> bool {
        let here = self.page == "*" || self.page == page;
        let words = self.words.as_ref().is_none_or(|words| {
            finding.message.contains(words) || finding.span.is_some_and(|span| lines(span, sources).contains(words))
        });
        // what breaks an edition or the law stays an error, whoever signs for it
        finding.severity != Severity::Error && finding.code == self.code && here && words
    }
}

/// The whole lines that a span stands on.
fn lines(span: Span, sources: &Sources) -> &str {
    let text = sources.get(span.file).text();
    let before = text.get(..span.start).unwrap_or("");
    let from = before.rfind('\n').map_or(0, |i| i + 1);
    let to = text.get(span.end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |i| span.end + i);
    text.get(from..to).unwrap_or("")
}
