//! The samples' PDFs hold to PDF/UA-1 and PDF/A-2a by an independent validator, and their facts are as promised.
//!
//! `page_validation` agreed with veraPDF wherever both judged; CI runs veraPDF too.

mod common;

use everyleaf::inspect::pdf;
use everyleaf::pipeline::Options;
use everyleaf::project::Project;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use tempfile::TempDir;

/// Builds the samples of this repository and gives every PDF, by path.
fn samples(editions: &[&str], size: Option<f64>) -> Vec<(String, Vec<u8>)> {
    let root = common::root();
    let project = Project::find(&root, Some(&root)).unwrap();
    let out = TempDir::new().unwrap();
    let editions = editions.iter().map(|e| (*e).to_string()).collect();
    let outcome = common::build(&project, Options { editions, size, ..common::options() }, out.path());
    assert_eq!(outcome.failed, 0, "{:?}", common::codes(&outcome, everyleaf::diagnostic::Severity::Warning));
    common::files(out.path()).into_iter().filter(|(path, _)| path.ends_with(".pdf")).collect()
}

fn judge(path: &str, bytes: &[u8]) {
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert!(report.rules.total > 50, "{path}: {profile}: rules were run");
        let alarms = report.failures.iter().filter(|failure| failure.rule_id == STREAM_LENGTH).count();
        let rest = report.failures.len() - alarms;
        assert!(report.is_compliant || rest == 0 && alarms > 0, "{path}: {report}");
        assert!(alarms == 0 || lengths_hold(bytes) > 10, "{path}: {report}");
    }
}

/// A defect of page_validation 0.12: where a stream's last byte is a carriage return, it takes that byte for a line
/// end and calls the length wrong. Where it raises this alarm, and only there, the lengths are compared here.
const STREAM_LENGTH: &str = "ISO 19005-2:2011:6.1.7.1:1";

/// How many streams there are; each must end where its length says.
fn lengths_hold(bytes: &[u8]) -> usize {
    let find = |from: usize, what: &[u8]| bytes[from..].windows(what.len()).position(|w| w == what).map(|at| from + at);
    let mut streams = 0;
    let mut at = 0;
    while let Some(keyword) = find(at, b">>\nstream\n").or_else(|| find(at, b"\nstream\n")) {
        let start = find(keyword, b"stream\n").unwrap() + b"stream\n".len();
        let head = String::from_utf8_lossy(&bytes[keyword.saturating_sub(600)..start]).into_owned();
        let length = head
            .rsplit_once("/Length ")
            .map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
        let length: usize = length.and_then(|digits| digits.parse().ok()).expect("a length");
        assert!(
            bytes[start + length..].starts_with(b"\nendstream"),
            "the stream at byte {start} does not end after {length} bytes"
        );
        streams += 1;
        at = start + length;
    }
    streams
}

/// What every PDF of ours promises, whatever its size.
fn facts(path: &str, bytes: &[u8], smallest: f64) {
    let facts = pdf::inspect(bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
    assert!(
        facts.smallest().is_some_and(|size| size >= smallest - 0.01),
        "{path}: smallest type {:?}",
        facts.smallest()
    );
    assert_eq!(
        (facts.pdfua_part, facts.pdfa_part, facts.pdfa_conformance.as_deref()),
        (Some(1), Some(2), Some("A")),
        "{path}"
    );
    assert!(facts.marked && facts.display_doc_title, "{path}");
    assert!(facts.title.as_deref().is_some_and(|t| !t.is_empty()), "{path}: a title");
    assert!(
        facts.language.as_deref().is_some_and(|l| l.starts_with("en") || l.starts_with("cy")),
        "{path}: a language"
    );
    assert!(facts.untagged.trim().is_empty(), "{path}: untagged words: {}", facts.untagged);
    assert!(facts.fonts.iter().all(|f| f.embedded && f.to_unicode && !f.italic), "{path}: {:?}", facts.fonts);
    for page in &facts.pages {
        assert!(page.outside.is_empty(), "{path}, page {}: outside the page: {:?}", page.label, page.outside);
        assert!(page.turned.is_empty(), "{path}, page {}: slanted or turned: {:?}", page.label, page.turned);
    }
    let headings: Vec<&str> = facts
        .nodes
        .iter()
        .map(|n| n.role.as_deref().unwrap_or(&n.tag))
        .filter(|r| r.len() == 2 && r.starts_with('H'))
        .collect();
    assert_eq!(headings.first(), Some(&"H1"), "{path}: the title is the first heading");
    assert_eq!(headings.iter().filter(|h| **h == "H1").count(), 1, "{path}: one title");
    for pair in headings.windows(2) {
        assert!(
            pair[1] <= pair[0] || pair[1].as_bytes()[1] == pair[0].as_bytes()[1] + 1,
            "{path}: {pair:?} skips a level"
        );
    }
}

#[test]
fn clear_print_and_large_print_hold_at_every_size() {
    let mut judged = 0;
    for (editions, size, smallest) in [
        (["a5"], None, 12.0),
        (["a4"], None, 14.0),
        (["large-print"], None, 18.0),
        (["large-print"], Some(16.0), 16.0),
        (["large-print"], Some(24.0), 24.0),
        (["large-print"], Some(36.0), 36.0),
    ] {
        for (path, bytes) in samples(&editions, size) {
            judge(&path, &bytes);
            facts(&path, &bytes, smallest);
            judged += 1;
        }
    }
    assert!(judged >= 15, "every sample was judged at every size, but only {judged} files were");
}
