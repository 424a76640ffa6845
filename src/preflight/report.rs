//! What was found, where, and by which rules.

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Severity, explanation};
use crate::inspect::InspectError;
use crate::inspect::pdf::ink::InkFacts;

/// As many places are listed of one rule on one page; the rest are counted.
const LISTED: usize = 3;

/// One thing found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The page, from 1; none: the file as a whole.
    pub page: Option<usize>,
    /// Millimetres from the left and the head of the finished page to the corner of what is meant; none: the whole
    /// page.
    pub at: Option<(f64, f64)>,
    /// What is wrong, without the place.
    pub message: String,
}

impl Finding {
    /// About the file as a whole.
    pub(super) fn of_file(message: impl Into<String>) -> Self {
        Self { page: None, at: None, message: message.into() }
    }

    /// About a page, from 1.
    pub(super) fn of_page(page: usize, message: impl Into<String>) -> Self {
        Self { page: Some(page), at: None, message: message.into() }
    }
}

/// What one rule said.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Verdict {
    /// Its code.
    pub code: String,
    /// What it looks for.
    pub title: &'static str,
    /// Why it was not applied; none: it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_applied: Option<&'static str>,
    /// How many things it found.
    pub findings: usize,
}

/// The whole of it.
#[derive(Debug, Clone)]
pub struct Report {
    /// The rules, in their order.
    pub rules: Vec<Verdict>,
    /// How many pages the file has.
    pub pages: usize,
    labels: Vec<String>,
    found: Vec<(Code, Vec<Finding>)>,
}

impl Report {
    pub(super) fn new(facts: &InkFacts) -> Self {
        let labels: Vec<String> = facts.pages.iter().map(|page| page.label.clone()).collect();
        Self { rules: Vec::new(), pages: labels.len(), labels, found: Vec::new() }
    }

    pub(super) fn add(&mut self, code: Code, applied: Result<(), &'static str>, found: Vec<Finding>) {
        let title = code.info().title;
        self.rules.push(Verdict { code: code.to_string(), title, not_applied: applied.err(), findings: found.len() });
        if !found.is_empty() {
            self.found.push((code, found));
        }
    }

    /// Everything found, each with its rule's code.
    pub fn findings(&self) -> impl Iterator<Item = (Code, &Finding)> {
        self.found.iter().flat_map(|(code, all)| all.iter().map(|finding| (*code, finding)))
    }

    /// The complaint about a file that cannot be read back.
    pub fn unreadable(error: &InspectError) -> Diagnostic {
        Diagnostic::new(Code::PREFLIGHT_UNREADABLE, error.to_string()).help(help(Code::PREFLIGHT_UNREADABLE))
    }

    /// The rules and what each found, for machines.
    ///
    /// # Errors
    /// Where it cannot be written as JSON.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "kebab-case")]
        struct Placed<'a> {
            code: String,
            severity: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            page: Option<usize>,
            #[serde(skip_serializing_if = "Option::is_none")]
            label: Option<&'a str>,
            /// Millimetres from the left and the head of the finished page.
            #[serde(skip_serializing_if = "Option::is_none")]
            at: Option<[f64; 2]>,
            message: &'a str,
        }
        #[derive(Serialize)]
        #[serde(rename_all = "kebab-case")]
        struct Whole<'a> {
            pages: usize,
            rules: &'a [Verdict],
            findings: Vec<Placed<'a>>,
        }
        let tenth = |value: f64| (value * 10.0).round() / 10.0;
        let label = |page: Option<usize>| page.and_then(|page| self.labels.get(page.checked_sub(1)?));
        let findings = self.findings().map(|(code, finding)| Placed {
            code: code.to_string(),
            severity: code.info().severity.word(),
            page: finding.page,
            label: label(finding.page).map(String::as_str),
            at: finding.at.map(|(x, y)| [tenth(x), tenth(y)]),
            message: &finding.message,
        });
        let whole = Whole { pages: self.pages, rules: &self.rules, findings: findings.collect() };
        let mut bytes = serde_json::to_vec_pretty(&whole)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Whether anything was found that stops the file from going to press.
    pub fn fails(&self) -> bool {
        self.found.iter().any(|(code, _)| code.info().severity == Severity::Error)
    }

    /// What was found, as complaints about a file: one for each rule and page, with its places.
    pub fn complaints(&self, file: &str) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for (code, all) in &self.found {
            let mut rest = all.as_slice();
            while let Some(first) = rest.first() {
                let here = rest.iter().take_while(|finding| finding.page == first.page).count();
                let (group, after) = rest.split_at(here);
                let message = self.sentence(first.page, group);
                out.push(Diagnostic::new(*code, message).in_file(file).help(help(*code)));
                rest = after;
            }
        }
        out
    }

    fn sentence(&self, page: Option<usize>, group: &[Finding]) -> String {
        let listed: Vec<String> = group.iter().take(LISTED).map(words).collect();
        let more = group.len().saturating_sub(LISTED);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        format!("{}{}{more}", self.page_words(page), listed.join("; "))
    }

    fn page_words(&self, page: Option<usize>) -> String {
        let Some(page) = page else { return String::new() };
        let label = page.checked_sub(1).and_then(|i| self.labels.get(i)).map_or("", String::as_str);
        if label.is_empty() || *label == page.to_string() {
            format!("page {page}: ")
        } else {
            format!("page {page} (“{label}”): ")
        }
    }

    /// The outcome in one line. It claims nothing beyond the rules that were applied.
    pub fn summary(&self) -> String {
        let applied = self.rules.iter().filter(|rule| rule.not_applied.is_none()).count();
        let left: Vec<String> = self
            .rules
            .iter()
            .filter_map(|rule| Some(format!("{} not applied ({})", rule.code, rule.not_applied?)))
            .collect();
        let left = if left.is_empty() { String::new() } else { format!("; {}", left.join("; ")) };
        let pages = if self.pages == 1 { "1 page".to_string() } else { format!("{} pages", self.pages) };
        let count = |severity: Severity| -> usize {
            self.found.iter().filter(|(code, _)| code.info().severity == severity).map(|(_, all)| all.len()).sum()
        };
        let (faults, doubts) = (count(Severity::Error), count(Severity::Warning));
        let faults = match faults {
            0 => "no fault found".to_string(),
            1 => "1 fault found".to_string(),
            many => format!("{many} faults found"),
        };
        let doubts = match doubts {
            0 => String::new(),
            1 => ", 1 thing to look at".to_string(),
            many => format!(", {many} things to look at"),
        };
        format!("{pages}, {applied} rules applied: {faults}{doubts}{left}")
    }
}

fn words(finding: &Finding) -> String {
    match finding.at {
        Some((x, y)) => format!("{} ({x:.0} mm from the left, {y:.0} mm from the top)", finding.message),
        None => finding.message.clone(),
    }
}

fn help(code: Code) -> String {
    let mend = explanation(code).and_then(|page| page.mend());
    mend.map_or_else(|| format!("see `everyleaf explain {code}`"), str::to_string)
}
