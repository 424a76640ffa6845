//! The record of an evaluation by a person: the only ground on which an e-book may say that it conforms.

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::strict::{At, Reader};

/// Who evaluated the e-book, and against what: the table `[evaluation]` in the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The person.
    pub by: String,
    /// The organisation for which they did it, which then certifies.
    pub organisation: String,
    /// The day.
    pub date: Date,
    /// The version that they had before them; what they said holds for no other.
    pub version: String,
    /// The standard, in the words that the e-book has to use.
    pub standard: String,
}

/// The standards that a book may name (EPUB Accessibility 1.1, 3.5: the string is fixed).
const STANDARDS: [&str; 6] = [
    "EPUB Accessibility 1.1 - WCAG 2.0 Level AA",
    "EPUB Accessibility 1.1 - WCAG 2.1 Level A",
    "EPUB Accessibility 1.1 - WCAG 2.1 Level AA",
    "EPUB Accessibility 1.1 - WCAG 2.2 Level A",
    "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
    "EPUB Accessibility 1.1 - WCAG 2.2 Level AAA",
];

const EXAMPLE: &str = "give by, organisation, date, version and standard, such as \
                       standard = \"EPUB Accessibility 1.1 - WCAG 2.2 Level AA\"";

pub(super) fn read(keys: &mut Reader<'_, '_>, sink: &mut Sink) -> Option<At<Evaluation>> {
    let whole = keys.span_of("evaluation");
    keys.table("evaluation", sink, |keys, sink| {
        let words = |found: Option<At<String>>| found.filter(|v| !v.value.trim().is_empty());
        let by = words(keys.string("by", sink));
        let organisation = words(keys.string("organisation", sink));
        let date = keys.date("date", sink);
        let version = keys.words_or_number("version", sink);
        let standard = words(keys.string("standard", sink));
        if let Some(named) = standard.as_ref().filter(|s| !STANDARDS.contains(&s.value.as_str())) {
            let message = format!("`{}` is not how an e-book names a standard", named.value);
            sink.push(Diagnostic::new(Code::FRONT_BAD_VALUE, message).at(named.span).help(EXAMPLE));
            return None;
        }
        let span = whole.or(by.as_ref().map(|by| by.span));
        let (Some(by), Some(organisation), Some(date), Some(version), Some(standard)) =
            (by, organisation, date, version, standard)
        else {
            let message = "the record of the evaluation is not whole";
            let complaint = Diagnostic::new(Code::FRONT_BAD_VALUE, message).help(EXAMPLE);
            sink.push(match span {
                Some(span) => complaint.at(span),
                None => complaint,
            });
            return None;
        };
        let at = span.unwrap_or(by.span);
        let value = Evaluation {
            by: by.value,
            organisation: organisation.value,
            date: date.value,
            version: version.value,
            standard: standard.value,
        };
        Some(At { value, span: at })
    })
    .flatten()
}

/// Warns where the record is of another version: then nothing is claimed.
pub(super) fn judge(found: &At<Evaluation>, version: Option<&str>, sink: &mut Sink) {
    if !found.value.is_of(version) {
        let of = &found.value.version;
        let message = match version {
            Some(version) => {
                format!("the evaluation is of version {of}, and this is version {version}: nothing is claimed")
            }
            None => format!("the evaluation is of version {of}, and the page has no `version`: nothing is claimed"),
        };
        sink.push(
            Diagnostic::new(Code::FRONT_EVALUATION, message)
                .at(found.span)
                .help("have this version evaluated, or delete the record"),
        );
    }
}

impl Evaluation {
    /// Whether it was of this version.
    pub fn is_of(&self, version: Option<&str>) -> bool {
        version.is_some_and(|version| version == self.version)
    }
}
