//! `everyleaf check --evidence`: what was checked, by which rule, and what a person has to judge; and the one way for an
//! e-book to claim conformance.

mod common;

use common::{Folder, PAGE};
use everyleaf::inspect::{epub, html};

const DAY: &str = "2026-11-23";

fn evidence(folder: &Folder, more: &[&str]) -> String {
    let command = ["check", "--evidence", "evidence", "--as-of", DAY];
    let ran = folder.run(&command.into_iter().chain(more.iter().copied()).collect::<Vec<_>>());
    assert!(ran.code < 2, "{}", ran.err);
    folder.text("evidence/warm.html")
}

#[test]
fn a_page_tells_what_was_checked_and_what_was_not() {
    let page = PAGE.replace("Wear a scarf.", "Wear a scarf. Click [here](https://example.org/<a>).");
    let folder = Folder::with_page(&page);
    let text = evidence(&folder, &[]);
    assert!(text.contains("nothing is built"), "{text}");
    assert!(text.contains("C007") && text.contains("line "), "{text}");
    assert!(!text.contains("<a>"), "words are escaped");

    folder.run(&["build", "--as-of", DAY]);
    let text = evidence(&folder, &[]);
    for edition in ["warm-a5.pdf", "warm.epub", "warm.html"] {
        assert!(text.contains(edition), "{edition}");
    }
    let manifest = folder.manifest();
    for artifact in manifest["artifacts"].as_array().unwrap() {
        assert!(text.contains(artifact["sha256"].as_str().unwrap()));
    }
    // a file that was changed since is a finding
    folder.put("output/warm/warm.html", "<!doctype html><title>Other</title>");
    assert!(evidence(&folder, &[]).contains("V002"));

    let facts = html::inspect(&text).unwrap();
    let levels: Vec<_> = facts.headings.iter().map(|heading| heading.level).collect();
    assert_eq!(levels.first(), Some(&1));
    assert!(levels.iter().skip(1).all(|level| *level == 2), "{levels:?}");
    // a program's word is no verdict
    let plain = facts.text.to_lowercase();
    for claim in ["is accessible", "certified", "compliant", "conforms"] {
        assert!(!plain.contains(claim), "{claim}");
    }
    assert!(plain.contains("what a person still has to judge"));
    assert!(plain.contains("not asked: only with --links"));
}

#[test]
fn the_questions_for_a_person_are_data() {
    let folder = Folder::with_page(PAGE);
    folder.put("layouts/evidence/person.toml", "[[question]]\nasks = \"Does it rhyme?\"\nsource = \"us\"\n");
    let text = evidence(&folder, &[]);
    assert!(text.contains("Does it rhyme?") && !text.contains("Matterhorn"), "{text}");

    folder.put("layouts/evidence/person.toml", "[[question]]\nsource = \"us\"\n");
    let ran = folder.run(&["check", "--evidence", "evidence", "--as-of", DAY]);
    assert!(ran.code == 1 && ran.err.contains("asks nothing"), "{}", ran.err);
}

#[test]
fn a_book_claims_conformance_only_on_a_person_s_word() {
    let record = "\n[evaluation]\nby = \"Ann Example\"\norganisation = \"Example & Co\"\ndate = 2026-03-02\n\
                  version = \"1\"\nstandard = \"EPUB Accessibility 1.1 - WCAG 2.2 Level AA\"\n+++\n";
    let claims = |page: &str| {
        let folder = Folder::with_page(page);
        let ran = folder.run(&["build", "-e", "epub", "--as-of", DAY, "--message-format", "short"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let facts = epub::inspect(&folder.bytes("output/warm/warm.epub")).unwrap();
        let values = |name: &str| facts.values(name).map(str::to_string).collect::<Vec<_>>();
        (values("dcterms:conformsTo"), values("a11y:certifiedBy"), ran.err)
    };
    let (conforms, by, _) = claims(PAGE);
    assert!(conforms.is_empty() && by.is_empty());

    let (before, after) = PAGE.rsplit_once("+++\n").unwrap();
    let evaluated = format!("{before}{record}{after}");
    let (conforms, by, _) = claims(&evaluated);
    assert_eq!(conforms, ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]);
    assert_eq!(by, ["Example & Co"]);

    // what was judged was another version
    let (conforms, by, said) = claims(&evaluated.replace("version = \"1\"\nstandard", "version = \"0\"\nstandard"));
    assert!(conforms.is_empty() && by.is_empty() && said.contains("F010"), "{said}");

    let folder = Folder::with_page(&evaluated.replace("WCAG 2.2 Level AA", "WCAG 3"));
    let ran = folder.run(&["build", "-e", "epub", "--as-of", DAY, "--message-format", "short"]);
    assert!(ran.code == 1 && ran.err.contains("F003"), "{}", ran.err);
}
