//! The front matter: strict TOML between two `+++` lines.

use super::evaluation::{self, Evaluation};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::language::is_tag;
use crate::source::{FileId, Span};
use crate::strict::{At, Codes, Reader};

/// What a page's front matter says, with places.
#[derive(Debug, Clone, Default)]
pub struct Front {
    /// Required. The title.
    pub title: Option<At<String>>,
    /// A shorter title for running heads.
    pub short_title: Option<At<String>>,
    /// One or two sentences for the cover.
    pub summary: Option<At<String>>,
    /// Required. A language tag.
    pub language: Option<At<String>>,
    /// The subject the page is filed under.
    pub topic: Option<At<String>>,
    /// The web page's address.
    pub source: Option<At<String>>,
    /// The shop's code.
    pub product_code: Option<At<String>>,
    /// The version.
    pub version: Option<At<String>>,
    /// First published.
    pub published: Option<At<Date>>,
    /// Last reviewed.
    pub reviewed: Option<At<Date>>,
    /// Next review due.
    pub next_review: Option<At<Date>>,
    /// Who wrote it.
    pub authors: Vec<At<String>>,
    /// Who reviewed it.
    pub reviewers: Vec<At<String>>,
    /// Who approved it.
    pub approved_by: Option<At<String>>,
    /// Whether it asks for money.
    pub solicits: bool,
    /// The cover's picture.
    pub cover: Option<At<String>>,
    /// What the cover's picture shows.
    pub cover_alt: Option<At<String>>,
    /// The editions wanted; empty: the readers' editions.
    pub editions: Vec<At<String>>,
    /// Further files whose text follows, in order.
    pub chapters: Vec<At<String>>,
    /// A line for cover and back, such as "Sample text, not clinically approved".
    pub notice: Option<At<String>>,
    /// Who evaluated the e-book, and against what.
    pub evaluation: Option<At<Evaluation>>,
}

const FENCE: &str = "+++";
const CODES: Codes =
    Codes { syntax: Code::FRONT_SYNTAX, unknown: Code::FRONT_UNKNOWN_KEY, value: Code::FRONT_BAD_VALUE };

/// Whether a text begins with front matter.
pub(super) fn opens(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines().next().is_some_and(|line| line.trim_end() == FENCE)
}

/// Reads the front matter and says at which byte the body begins.
pub(super) fn parse(file: FileId, text: &str, sink: &mut Sink) -> (Front, usize) {
    let skip = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if !opens(text) {
        let end = text.find('\n').unwrap_or(text.len());
        sink.push(
            Diagnostic::new(Code::FRONT_MISSING, "this page does not begin with front matter")
                .at(Span::new(file, skip, end.max(skip)))
                .help("begin the file with a `+++` line, then title = \"…\" and language = \"en-GB\", then another `+++` line"),
        );
        return (Front::default(), skip);
    }
    let fence = Span::new(file, skip, skip + FENCE.len());
    let Some((inner, body)) = between(text) else {
        unclosed(fence, sink);
        return (Front::default(), text.len());
    };
    let front = crate::strict::parse(&text[inner.clone()], file, inner.start, CODES, sink, read);
    judge(&front, fence, sink);
    (front, body)
}

/// Reads a chapter's front matter, of which only the title counts.
pub(super) fn chapter(file: FileId, text: &str, sink: &mut Sink) -> (Option<At<String>>, usize) {
    let Some((inner, body)) = between(text) else {
        unclosed(Span::new(file, 0, FENCE.len()), sink);
        return (None, text.len());
    };
    let front = crate::strict::parse(&text[inner.clone()], file, inner.start, CODES, sink, read);
    (front.title, body)
}

/// The bytes between the two `+++` lines, and the first byte after the second.
fn between(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let start = text.find('\n').map_or(text.len(), |i| i + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == FENCE {
            return Some((start..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn unclosed(fence: Span, sink: &mut Sink) {
    sink.push(
        Diagnostic::new(Code::FRONT_UNCLOSED, "the front matter that begins here is never closed")
            .at(fence)
            .help("put a line with `+++` alone after the last key"),
    );
}

fn read(keys: &mut Reader<'_, '_>, sink: &mut Sink) -> Front {
    Front {
        title: filled(keys.string("title", sink)),
        short_title: filled(keys.string("short-title", sink)),
        summary: filled(keys.string("summary", sink)),
        language: filled(keys.string("language", sink)),
        topic: filled(keys.string("topic", sink)),
        source: filled(keys.string("source", sink)),
        product_code: filled(keys.string("product-code", sink)),
        // people write `version = 2` as well as `version = "2"`
        version: keys.words_or_number("version", sink),
        published: keys.date("published", sink),
        reviewed: keys.date("reviewed", sink),
        next_review: keys.date("next-review", sink),
        authors: keys.strings("authors", sink),
        reviewers: keys.strings("reviewers", sink),
        approved_by: filled(keys.string("approved-by", sink)),
        solicits: keys.boolean("solicits", sink).unwrap_or(false),
        cover: filled(keys.string("cover", sink)),
        cover_alt: filled(keys.string("cover-alt", sink)),
        editions: keys.strings("editions", sink),
        chapters: keys.strings("chapters", sink),
        notice: filled(keys.string("notice", sink)),
        evaluation: evaluation::read(keys, sink),
    }
}

/// An empty value counts as a missing key.
fn filled(value: Option<At<String>>) -> Option<At<String>> {
    value.filter(|v| !v.value.is_empty())
}

fn judge(front: &Front, fence: Span, sink: &mut Sink) {
    for (key, found, example) in [
        ("title", front.title.is_some(), "title = \"Living with COPD\""),
        ("language", front.language.is_some(), "language = \"en-GB\""),
    ] {
        if !found {
            sink.push(
                Diagnostic::new(Code::FRONT_REQUIRED, format!("the front matter has no `{key}`"))
                    .at(fence)
                    .help(format!("add a line: {example}")),
            );
        }
    }
    if let Some(language) = &front.language
        && !is_tag(&language.value)
    {
        sink.push(
            Diagnostic::new(Code::FRONT_BAD_VALUE, format!("`{}` is not a language tag", language.value))
                .at(language.span)
                .help("use a tag such as en-GB, cy or ar"),
        );
    }
    if let Some(source) = &front.source
        && !url::Url::parse(&source.value).is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.has_host())
    {
        sink.push(
            Diagnostic::new(Code::FRONT_BAD_VALUE, format!("`{}` is not a web address", source.value))
                .at(source.span)
                .help("give the whole address, beginning with https://"),
        );
    }
    if let (Some(reviewed), Some(next)) = (&front.reviewed, &front.next_review)
        && next.value < reviewed.value
    {
        sink.push(
            Diagnostic::new(
                Code::FRONT_DATES,
                format!("the next review ({}) is before the last one ({})", next.value, reviewed.value),
            )
            .at(next.span)
            .help("check both dates; they are written year-month-day"),
        );
    }
    if let Some(found) = &front.evaluation {
        evaluation::judge(found, front.version.as_ref().map(|v| v.value.as_str()), sink);
    }
    if front.reviewed.is_none() {
        sink.push(
            Diagnostic::new(Code::FRONT_NO_REVIEW, "the page has no review date")
                .at(fence)
                .help("add `reviewed = 2024-03-01`; until then the editions say \"Review date not recorded\""),
        );
    }
    let missing: Vec<&str> = [
        ("summary", front.summary.is_none()),
        ("topic", front.topic.is_none()),
        ("source", front.source.is_none()),
        ("product-code", front.product_code.is_none()),
        ("version", front.version.is_none()),
        ("published", front.published.is_none()),
        ("next-review", front.next_review.is_none()),
        ("authors", front.authors.is_empty()),
        ("reviewers", front.reviewers.is_empty()),
        ("approved-by", front.approved_by.is_none()),
    ]
    .into_iter()
    .filter_map(|(key, missing)| missing.then_some(key))
    .collect();
    if !missing.is_empty() {
        sink.push(
            Diagnostic::new(Code::FRONT_MISSING_NOTE, format!("not filled in: {}", missing.join(", "))).at(fence),
        );
    }
}
