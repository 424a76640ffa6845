//! Values, notes, links and headings as the document resolves them.

use std::collections::BTreeMap;

use super::*;
use crate::diagnostic::Sink;
use crate::page;
use crate::source::Sources;

/// Resolves a body and the chapters after it; gives the document with the codes and helps of what is wrong.
fn resolved(body: &str, chapters: &[&str]) -> (Document, Vec<(String, String)>) {
    let mut sources = Sources::default();
    let mut sink = Sink::default();
    let file =
        sources.add("page.md", format!("+++\ntitle = \"A\"\nlanguage = \"en\"\nreviewed = 2026-03-01\n+++\n{body}\n"));
    let files: Vec<_> = chapters.iter().map(|text| sources.add("chapter.md", *text)).collect();
    let page = page::parse(file, &sources, &mut sink);
    let chapters: Vec<_> = files.iter().map(|file| page::parse_chapter(*file, &sources, &mut sink)).collect();
    let values = BTreeMap::from([
        ("helpline.phone".to_string(), "0300 222 5800".to_string()),
        ("helpline.email".to_string(), "help@example.org".to_string()),
    ]);
    let context = Context { slug: "a", sources: &sources, values: &values, load: &|_: &str| Err(LoadError::Missing) };
    let document = resolve(&page, &chapters, &context, &mut sink);
    let errors = sink.all().iter().filter(|d| d.code.as_str() != "F008");
    let said = errors.map(|d| (d.code.to_string(), d.help.clone().unwrap_or_default())).collect();
    (document, said)
}

#[track_caller]
fn clean(body: &str) -> Document {
    let (document, said) = resolved(body, &[]);
    assert_eq!(said, []);
    document
}

fn words(document: &Document) -> Vec<String> {
    let text = |block: &Block| match &block.kind {
        Kind::Paragraph { text, .. } => plain(text),
        Kind::Heading { level, text, anchor } => format!("{level} {} #{anchor}", plain(text)),
        _ => String::new(),
    };
    document.blocks.iter().map(text).collect()
}

#[test]
fn values_come_from_the_brand() {
    assert_eq!(
        words(&clean("Call {{helpline.phone}}, or {{ helpline.phone }}.")),
        ["Call 0300 222 5800, or 0300 222 5800."]
    );
    let document = clean("[Write](mailto:{{helpline.email}}) to us");
    let Kind::Paragraph { text, .. } = &document.blocks[0].kind else { panic!() };
    assert!(matches!(&text[0], Inline::Link { href, .. } if href == "mailto:help@example.org"), "{text:?}");
    let (_, said) = resolved("Call {{helpline.fone}}.", &[]);
    assert_eq!(said, [("S013".into(), "did you mean {{helpline.phone}}?".into())]);
}

#[test]
fn braces_and_brackets_may_be_words() {
    assert_eq!(
        words(&clean("An open {{ brace, a \\{{value}} and \\[^mark].")),
        ["An open {{ brace, a {{value}} and [^mark]."]
    );
    assert_eq!(resolved("Not \\\\[^mark].", &[]).1[0].0, "S017", "an escaped backslash escapes nothing");
}

#[test]
fn notes_are_numbered_as_they_are_met_and_links_once_an_address() {
    let document = clean(
        "a[^z] b[^y] c[^z]\n\n[one](https://a.b/1) [two](https://a.b/2) [again](https://a.b/1)\n\n[^y]: Y [^z]\n[^z]: Z",
    );
    let notes: Vec<(usize, usize)> = document.notes.iter().map(|n| (n.number, n.references)).collect();
    assert_eq!(notes, [(1, 3), (2, 1)]);
    let links: Vec<(usize, &str, &str)> =
        document.links.iter().map(|l| (l.number, l.href.as_str(), l.words.as_str())).collect();
    assert_eq!(links, [(1, "https://a.b/1", "one"), (2, "https://a.b/2", "two")]);
}

#[test]
fn headings_have_names_of_their_own() {
    let document = clean("## Plan\n\n[Go](#plan-1) there.\n\n## Plan\n\n## 2 steps!");
    assert_eq!(words(&document), ["2 Plan #plan", "Go there.", "2 Plan #plan-1", "2 2 steps! #s-2-steps"]);
    let (_, said) = resolved("## Plan\n\n[Go](#plna)", &[]);
    assert_eq!(said, [("S022".into(), "did you mean #plan?".into())]);
}

#[test]
fn a_chapter_with_a_title_stands_one_level_lower_and_keeps_its_own_notes() {
    let chapter =
        "+++\ntitle = \"Part 2\"\nlanguage = \"en\"\nreviewed = 2026-03-01\n+++\n## Inside\n\nb[^1]\n\n[^1]: Second";
    let (document, said) = resolved("a[^1]\n\n[^1]: First", &[chapter, "## Plain"]);
    assert_eq!(said, []);
    assert_eq!(words(&document), ["a", "2 Part 2 #part-2", "3 Inside #inside", "b", "2 Plain #plain"]);
    let notes: Vec<String> = document
        .notes
        .iter()
        .map(|note| match &note.blocks[0].kind {
            Kind::Paragraph { text, .. } => plain(text),
            _ => String::new(),
        })
        .collect();
    assert_eq!(notes, ["First", "Second"]);
}

#[test]
fn a_line_that_ends_in_a_colon_stays_with_what_follows() {
    let intro = |body: &str| matches!(clean(body).blocks[0].kind, Kind::Paragraph { intro: true, .. });
    assert!(intro("You need:\n\n- a scarf"));
    assert!(intro("Write:\n\n{.fill-in label=\"Here\"}"));
    assert!(!intro("You need:\n\nA scarf."));
    assert!(!intro("You need\n\n- a scarf"));
}
