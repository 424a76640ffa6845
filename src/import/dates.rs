//! Review dates: read where they are sure, left empty where they are not.

use regex::Regex;
use serde::Serialize;

use super::lines::Segment;
use super::ruleset::Ruleset;
use super::text::{count, key, tidy};

/// A day as TOML writes it, `2020-08-01`.
pub(super) type Day = String;

/// What a label's date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The day of the last review.
    Reviewed,
    /// The day the next review is due.
    NextReview,
    /// The day of publication.
    Published,
    /// A day that is none of these.
    Other,
}

impl Role {
    /// Its key in the front matter.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Reviewed => "reviewed",
            Self::NextReview => "next-review",
            Self::Published => "published",
            Self::Other => "other",
        }
    }
}

/// A label with what stands behind it.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) role: Role,
    pub(super) label: String,
    /// The words of the date; empty if there are none.
    pub(super) words: String,
    /// The day, or why there is none.
    pub(super) day: Result<Day, &'static str>,
    /// The segments that the label and the date stand in.
    pub(super) segments: (usize, usize),
}

/// Finds labelled dates.
pub(super) fn find(segments: &[Segment], rules: &Ruleset) -> Vec<Found> {
    let Some(labels) = Labels::new(rules) else { return Vec::new() };
    let mut out = Vec::new();
    let mut i = 0;
    while i < segments.len() {
        let found = line(segments, i, &labels, rules);
        let last = found.iter().map(|f| f.segments.1).max().unwrap_or(i);
        out.extend(found);
        i = last + 1;
    }
    out
}

struct Labels {
    expression: Regex,
    roles: Vec<(String, Role)>,
}

impl Labels {
    fn new(rules: &Ruleset) -> Option<Self> {
        let lists = [
            (&rules.dates.reviewed, Role::Reviewed),
            (&rules.dates.next_review, Role::NextReview),
            (&rules.dates.published, Role::Published),
            (&rules.dates.other, Role::Other),
        ];
        let roles: Vec<(String, Role)> = lists.iter().flat_map(|(l, r)| l.iter().map(|w| (key(w), *r))).collect();
        let mut words: Vec<String> = roles.iter().map(|(w, _)| regex::escape(w).replace(' ', r"\s+")).collect();
        words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        if words.is_empty() {
            return None;
        }
        let expression = super::rules::regex(&format!(r"({})\s*[:–-]?\s*", words.join("|"))).ok()?;
        Some(Self { expression, roles })
    }

    fn role(&self, label: &str) -> Role {
        let label = key(label);
        self.roles.iter().find(|(w, _)| *w == label).map_or(Role::Other, |(_, r)| *r)
    }
}

/// The longest line, in bytes, that can be a label and a date and not prose.
const LONGEST: usize = 300;

fn line(segments: &[Segment], i: usize, labels: &Labels, rules: &Ruleset) -> Vec<Found> {
    let text = &segments[i].text;
    if text.len() > LONGEST || text.trim().is_empty() {
        return Vec::new();
    }
    let text = super::inline::visible(text.trim().trim_start_matches(['#', '*', '+', '-', '|', '>', ' ']), false);
    let text = text.trim_end_matches([' ', '|', '.']);
    let marks: Vec<regex::Captures<'_>> = labels.expression.captures_iter(text).collect();
    let mut pieces: Vec<(String, Role, String)> = Vec::new();
    for (n, mark) in marks.iter().enumerate() {
        let (Some(whole), Some(label)) = (mark.get(0), mark.get(1)) else { return Vec::new() };
        // the line begins with a label, and each further one follows a date
        let begins = if n == 0 { whole.start() == 0 } else { true };
        let end = marks.get(n + 1).and_then(|m| m.get(0)).map_or(text.len(), |m| m.start());
        // the label ends at the end of a word
        let glued = text[label.end()..].starts_with(char::is_alphabetic);
        if !begins || glued {
            return Vec::new();
        }
        let words = tidy(text[whole.end()..end].trim_matches([' ', '|', ',', ';', '·']));
        pieces.push((label.as_str().to_string(), labels.role(label.as_str()), words));
    }
    let Some(last) = pieces.last().cloned() else { return Vec::new() };
    if pieces.iter().any(|(_, _, words)| !words.is_empty() && count(words) > 9) {
        return Vec::new();
    }
    let mut end = i;
    let mut out = Vec::new();
    for (n, (label, role, words)) in pieces.into_iter().enumerate() {
        let mut words = words;
        let is_last = n + 1 == marks.len();
        if words.is_empty() && is_last {
            // the date on one of the next lines
            if let Some((at, below)) = below(segments, i, rules) {
                end = at;
                words = below;
            }
        }
        let day = if words.is_empty() { Err("the label has no date") } else { read(&words, rules) };
        out.push(Found { role, label, words, day, segments: (i, end) });
    }
    // words that are no date at all: the line is prose that begins like a label
    if out.len() == 1 && !last.2.is_empty() && out.iter().all(|f| f.day == Err(NO_DATE)) {
        return Vec::new();
    }
    out
}

/// The date that stands alone on one of the next lines, with at most two blank ones between.
fn below(segments: &[Segment], i: usize, rules: &Ruleset) -> Option<(usize, String)> {
    for (n, segment) in segments.iter().enumerate().skip(i + 1).take(3) {
        let text = segment.text.trim();
        if text.is_empty() {
            continue;
        }
        if text.len() > 80 {
            return None;
        }
        let words = super::inline::visible(text.trim_matches('|'), false);
        return (read(&words, rules) != Err(NO_DATE)).then_some((n, words));
    }
    None
}

const NO_DATE: &str = "these words are no date";

/// Reads a day, in British order.
pub(super) fn read(words: &str, rules: &Ruleset) -> Result<Day, &'static str> {
    let lower = words.to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '.' | '(' | ')') || c == '-' || c == '–')
        .filter(|p| !p.is_empty() && !matches!(*p, "of" | "the" | "on" | "in"))
        .collect();
    // a time after the date says nothing about the day
    let parts: Vec<&str> = parts.into_iter().take_while(|p| !p.contains(':') && *p != "at").collect();
    let mut parts = match parts.as_slice() {
        [first, rest @ ..] if is_weekday(first) => rest.to_vec(),
        all => all.to_vec(),
    };
    // 2021-03-02t10:30 was cut at the colon
    if parts.len() == 3 && parts[2].len() > 3 && parts[2].as_bytes().get(2) == Some(&b't') {
        parts[2] = &parts[2][..2];
    }
    if lower.contains('t') && lower.contains(':') && parts.len() == 2 {
        let iso: Vec<&str> = lower.split('t').next().unwrap_or("").split('-').collect();
        if iso.len() == 3 {
            parts = iso;
        }
    }
    while parts.last().is_some_and(|p| matches!(*p, "am" | "pm" | "gmt" | "bst" | "utc")) {
        parts.pop();
    }
    let month = |p: &str| rules.months.get(p.trim_end_matches('.')).copied();
    let number = |p: &str| {
        let digits = p.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &p[digits.len()..];
        matches!(ending, "" | "st" | "nd" | "rd" | "th").then(|| digits.parse::<u16>().ok()).flatten()
    };
    let year = |p: &str| p.parse::<u16>().ok().filter(|_| p.len() == 4);
    match parts.as_slice() {
        [d, m, y] if month(m).is_some() => match (number(d), month(m), year(y)) {
            (Some(d), Some(m), Some(y)) => day(y, m, d),
            (Some(_), Some(_), None) if y.len() == 2 => Err("the year has only two digits"),
            _ => Err(NO_DATE),
        },
        [m, d, y] if month(m).is_some() => match (month(m), number(d), year(y)) {
            (Some(m), Some(d), Some(y)) => day(y, m, d),
            _ => Err(NO_DATE),
        },
        [y, m, d] if year(y).is_some() => match (year(y), m.parse::<u8>(), d.parse::<u16>()) {
            (Some(y), Ok(m), Ok(d)) => day(y, m, d),
            _ => Err(NO_DATE),
        },
        [d, m, y] => match (d.parse::<u16>(), m.parse::<u8>(), year(y)) {
            (Ok(d), Ok(m), Some(y)) => day(y, m, d),
            (Ok(_), Ok(_), None) if y.len() == 2 => Err("the year has only two digits"),
            _ => Err(NO_DATE),
        },
        [m, y] if month(m).is_some() && year(y).is_some() => Err("the day of the month is not given"),
        [d, m] if number(d).is_some() && month(m).is_some() => Err("the year is not given"),
        [m, y] if m.parse::<u8>().is_ok_and(|m| m <= 12) && year(y).is_some() => {
            Err("the day of the month is not given")
        }
        [y] if year(y).is_some() => Err("only the year is given"),
        _ => Err(NO_DATE),
    }
}

fn is_weekday(word: &str) -> bool {
    word.ends_with("day")
        || matches!(word, "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun")
}

fn day(year: u16, month: u8, day: u16) -> Result<Day, &'static str> {
    const NOT: &str = "there is no such day";
    if !(1900..=2100).contains(&year) {
        return Err(NOT);
    }
    let named = time::Month::try_from(month).map_err(|_| NOT)?;
    let number = u8::try_from(day).map_err(|_| NOT)?;
    time::Date::from_calendar_date(i32::from(year), named, number).map_err(|_| NOT)?;
    Ok(format!("{year:04}-{month:02}-{number:02}"))
}
