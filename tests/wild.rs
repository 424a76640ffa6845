//! Whatever forms a writer puts together: a page without an error gives every edition, whole and accessible.

mod common;

use std::cell::Cell;

use common::{Folder, PAGE, codes, files, options, picture};
use everyleaf::diagnostic::Severity;
use everyleaf::inspect::{epub, html, pdf};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

/// Pieces of pages, to be put together in any order; many such pages have errors, and those are passed over.
const FORMS: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "\n## ",
    "\n### ",
    "\n> ",
    "\n- ",
    "\n7. ",
    "\n  - ",
    "\n- [x] ",
    "**",
    "`",
    "[a](https://example.org/c)",
    "[b](tel:111)",
    "[c](#word)",
    "[^1]",
    "\n\n[^1]: note\n\n",
    "\n: ",
    "\\\n",
    "&amp;",
    "word",
    "0300 222 5800",
    "pneumonoultramicroscopicsilicovolcanoconiosis",
    "{{helpline.phone}}",
    "{.write}",
    "\n\n***\n\n",
    "\n\n{.keep}\n",
    "\n\n{.language tag=\"cy\"}\n",
    "\n\n{.fill-in label=\"x\" lines=2}\n\n",
    "\n\n{.video title=\"t\" url=\"https://example.org/v\"}\n\n",
    "\n\n{.quote source=\"s\"}\n> ",
    "\n\n> [!NOTE] ",
    "\n> [!EMERGENCY]\n> ",
    "\n\n![alt](good.png){.figure caption=\"cap\" credit=\"me\"}\n\n",
    "\n\n![](good.png){.figure decorative}\n\n",
    "\n\n{.table caption=\"c\" header-column}\n| a | b |\n|---|--:|\n| c | {.write} |\n",
    "\n\n| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n| 1 | 2 | 3 |\n",
];

fn judge(path: &str, bytes: &[u8], page: &str) {
    match path.rsplit('.').next() {
        Some("pdf") => {
            let facts = pdf::inspect(bytes).unwrap();
            assert!(facts.untagged.trim().is_empty(), "{path}: untagged: {}\n{page}", facts.untagged);
            assert!(facts.pages.iter().all(|p| p.outside.is_empty()), "{path}: words outside a page\n{page}");
            let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
            let report = validate_pdf_bytes(bytes, &options).unwrap();
            assert!(report.is_compliant, "{path}: {report}\n{page}");
        }
        Some("epub") => {
            let facts = epub::inspect(bytes).unwrap();
            assert!(facts.faults.is_empty(), "{path}: {:?}\n{page}", facts.faults);
        }
        Some("html") => assert_eq!(html::inspect(bytes).unwrap().headers_without_scope, 0, "{path}\n{page}"),
        _ => {}
    }
}

#[test]
fn a_page_without_an_error_gives_every_edition() {
    let config = ProptestConfig {
        cases: 100,
        max_shrink_iters: 100,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(11),
        ..ProptestConfig::default()
    };
    let built = Cell::new(0);
    let picks = prop::collection::vec(0usize..FORMS.len(), 1..14);
    let run = TestRunner::new(config).run(&picks, |picks| {
        let body: String = picks.iter().map(|pick| FORMS[*pick]).collect();
        let head = PAGE.split("\n\n").next().unwrap();
        let folder = Folder::with_page(&format!("{head}\n\n{body}\n"));
        folder.put("sources/warm/good.png", picture(1200, 700));
        let outcome = folder.build(options());
        let said = codes(&outcome, Severity::Error);
        // errors of the page are the writer's; those of the layout and the run would be ours
        if said.iter().any(|code| !code.starts_with(['L', 'P'])) {
            return Ok(());
        }
        assert!(said.is_empty() && outcome.failed == 0, "{said:?}\n{body}");
        files(&folder.path().join("output")).iter().for_each(|(path, bytes)| judge(path, bytes, &body));
        built.set(built.get() + 1);
        Ok(())
    });
    assert!(run.is_ok(), "{}", run.unwrap_err());
    assert!(built.get() >= 20, "only {} of the pages were without error", built.get());
}
