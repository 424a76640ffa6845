//! The receipt: every line of the input, and what became of it.

use std::collections::BTreeMap;

use serde::Serialize;

/// What became of every line of an input; its JSON form is stable, `version` tells when it changes.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Receipt {
    /// The form's version, 1.
    pub version: u32,
    /// The input's name.
    pub input: String,
    /// Where the page is written, relative to the project.
    pub output: String,
    /// Words that stand in the page.
    pub kept: Vec<Kept>,
    /// Changes to what was kept.
    pub repaired: Vec<Repaired>,
    /// Words that do not stand in the page.
    pub dropped: Vec<Dropped>,
    /// The dates as read.
    pub dates: DatesRead,
    /// Facts that stood only in furniture, such as the hours of a helpline.
    pub facts: BTreeMap<String, Place>,
    /// The pages before and after, where the page says so.
    pub neighbours: BTreeMap<&'static str, Neighbour>,
}

/// Words that stand in the page.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Kept {
    /// The first line of the input that they come from.
    pub line: usize,
    /// The last one, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_line: Option<usize>,
    /// The words.
    pub text: String,
    /// Where they went: `body`, a key of the front matter, or `facts`.
    pub to: &'static str,
    /// The line of the page, for the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
}

/// A change to what was kept.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Repaired {
    /// The line of the input.
    pub line: usize,
    /// As it was.
    pub before: String,
    /// As it is.
    pub after: String,
    /// Why.
    pub reason: String,
}

/// Words that do not stand in the page.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Dropped {
    /// The first line of the input.
    pub line: usize,
    /// The last one, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_line: Option<usize>,
    /// As it stood there.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// The dates that the front matter holds, and every labelled date that was found.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DatesRead {
    /// The day of the last review.
    pub reviewed: Option<String>,
    /// The day the next review is due.
    pub next_review: Option<String>,
    /// The day of publication.
    pub published: Option<String>,
    /// Every label that was found.
    pub found: Vec<DateFound>,
}

/// A labelled date.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DateFound {
    /// The line of the label.
    pub line: usize,
    /// The label.
    pub label: String,
    /// The words of the date.
    pub text: String,
    /// The day, if it can be read surely.
    pub date: Option<String>,
    /// What the label's date is.
    pub role: super::dates::Role,
    /// Why it is not in the front matter, if it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unused: Option<String>,
}

/// Words and their line.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    /// The line of the input.
    pub line: usize,
    /// The words.
    pub text: String,
}

/// A page before or after.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Neighbour {
    /// The line of the input.
    pub line: usize,
    /// Its title.
    pub title: String,
    /// Its address, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Receipt {
    /// The receipt as JSON, with a line end.
    pub fn json(&self) -> String {
        // the types above hold nothing that JSON cannot say
        serde_json::to_string_pretty(self).map(|j| j + "\n").unwrap_or_default()
    }

    /// A few lines for the terminal: what was kept, repaired and left out, by reason.
    pub fn summary(&self) -> String {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for dropped in self.dropped.iter().filter(|d| d.reason != BLANK) {
            *reasons.entry(&dropped.reason).or_default() += 1;
        }
        let mut repairs: BTreeMap<&str, usize> = BTreeMap::new();
        for repaired in &self.repaired {
            *repairs.entry(&repaired.reason).or_default() += 1;
        }
        let list = |counts: &BTreeMap<&str, usize>| {
            let parts: Vec<String> = counts.iter().map(|(why, n)| format!("{why}: {n}")).collect();
            if parts.is_empty() { "nothing".to_string() } else { parts.join("; ") }
        };
        let date = |d: &Option<String>| d.clone().unwrap_or_else(|| "not found".into());
        let body = self.kept.iter().filter(|k| k.to == "body").count();
        format!(
            "{} -> {}\n  kept: {body} blocks\n  repaired: {}\n  left out: {}\n  last reviewed: {}; next review: {}\n",
            self.input,
            self.output,
            list(&repairs),
            list(&reasons),
            date(&self.dates.reviewed),
            date(&self.dates.next_review),
        )
    }
}

/// The reason of lines without words.
pub(super) const BLANK: &str = "blank line";
