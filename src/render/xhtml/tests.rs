//! The walker and the web page.

use super::*;
use crate::document::{CalloutKind, Inline, Kind};
use crate::render::xhtml::fixture::{Maker, document, furniture, words};

const SHEET: &str = include_str!("../../../layouts/html/style.css");

fn web(document: &Document) -> String {
    page(&PageInput { document, furniture: &furniture(), sheet: SHEET, fonts: &[], logo: None })
}

fn fragment_of(document: &Document, epub: bool) -> String {
    let mut places = Places::default();
    places.learn("", &document.blocks);
    let none = BTreeMap::new();
    let pictures: Vec<String> = document.assets.iter().map(|asset| asset.name.clone()).collect();
    let style = Style { heading_shift: 0, places: &places, file: "", pictures: &pictures, epub, page_breaks: &none };
    Walker::new(document, &furniture(), style).blocks(&document.blocks)
}

/// Fails unless every tag is closed in order and every attribute is quoted; gives the tags.
pub(crate) fn well_formed(markup: &str) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut tags = Vec::new();
    let mut rest = markup;
    while let Some((text, after)) = rest.split_once('<') {
        let entity =
            |part: &str| part.split_once(';').is_some_and(|(name, _)| ["amp", "lt", "gt", "quot"].contains(&name));
        assert!(text.split('&').skip(1).all(entity), "a bare ampersand: {text}");
        let (tag, after) = after.split_once('>').unwrap_or_else(|| panic!("a tag that does not end: {after}"));
        rest = after;
        if tag.starts_with('?') || tag.starts_with('!') {
            continue;
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "a quote that does not end: {tag}");
        tags.push(tag.to_owned());
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of order");
        } else if !tag.ends_with('/') {
            let name = tag.split_whitespace().next().unwrap_or("");
            open.push(name);
            if name == "style" {
                rest = rest.split_once("</style>").map_or("", |(_, after)| after);
                open.pop();
            }
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    tags
}

/// The values of an attribute, in order.
pub(crate) fn values(tags: &[String], name: &str) -> Vec<String> {
    let mark = format!(" {name}=\"");
    let value = |tag: &String| Some(tag.split_once(&mark)?.1.split_once('"')?.0.to_owned());
    tags.iter().filter_map(value).collect()
}

/// The words that stand between tags.
pub(crate) fn read(markup: &str) -> String {
    let body = markup.split_once("<body").map_or(markup, |(_, body)| body);
    let text: String =
        body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| format!("{text}\u{1}")).collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.replace('\u{1}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_is_well_formed_and_every_name_is_there_once() {
    let tags = well_formed(&web(&document()));
    let ids = values(&tags, "id");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    for href in values(&tags, "href").iter().filter_map(|href| href.strip_prefix('#').map(str::to_owned)) {
        assert!(ids.contains(&href), "no {href} in {ids:?}");
    }
    for name in values(&tags, "aria-labelledby") {
        assert!(ids.contains(&name), "no {name}");
    }
}

#[test]
fn every_kind_of_block_says_its_words() {
    let text = read(&web(&document()));
    for words in [
        "This page is about a test & its <marks>.",
        "Call 0300 000 0000 or read our web page, which is free and open to all. (note 1)",
        "Important: if you smoke",
        "Get help now: call 999",
        "Who you will see, and when",
        "A square. Picture: A. Painter",
        "Mair, aged 54",
        "a test of how much air your lungs hold",
        "Signs I look out for",
        "Video: How to use a spacer",
        "Measured in a study of 331 people.",
        "Page last reviewed: 1 August 2020",
        "Review overdue",
        "Registered charity 0000000.",
        "Code TEST-1, version 2.",
        "Sample text, not clinically approved",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
}

#[test]
fn nothing_is_asked_of_the_network_and_nothing_runs() {
    let page = web(&document());
    let tags = well_formed(&page);
    assert!(values(&tags, "src").iter().all(|source| source.starts_with("data:")));
    assert!(!tags.iter().any(|tag| tag.starts_with("script") || tag.starts_with("link") || tag.contains(" onclick")));
    assert!(!SHEET.contains("url(") && !SHEET.contains("@import"));
}

#[test]
fn the_same_page_twice_is_the_same_bytes() {
    assert_eq!(web(&document()), web(&document()));
}

#[test]
fn text_never_becomes_markup() {
    let hostile = "</p><script>alert(\"1\")</script>&amp;\u{0}\u{AD}' onload=\"x\" ]]>";
    let mut m = Maker::new();
    let mut page = document();
    page.meta.title = hostile.into();
    page.meta.summary = Some(hostile.into());
    page.meta.language = "en\" onload=\"x".into();
    page.blocks = vec![
        m.block(Kind::Heading { level: 2, text: words(hostile), anchor: "a\"><b".into() }),
        m.block(Kind::Figure {
            asset: Some(0),
            alt: hostile.into(),
            decorative: false,
            caption: Some(words(hostile)),
            credit: Some(hostile.into()),
        }),
        m.block(Kind::Video { title: hostile.into(), url: "javascript:x".into(), short: String::new(), number: 9 }),
        m.block(Kind::Table {
            caption: None,
            columns: vec![crate::document::Align::Start],
            header: vec![words(hostile)],
            rows: vec![vec![vec![Inline::Link {
                href: "JavaScript:alert(1)".into(),
                number: None,
                c: words(hostile),
            }]]],
            header_column: false,
        }),
        m.block(Kind::Callout { kind: CalloutKind::Note, title: words(hostile), blocks: Vec::new() }),
    ];
    let out = web(&page);
    let tags = well_formed(&out);
    assert!(!tags.iter().any(|tag| tag.starts_with("script") || tag.contains(" onload=\"x\"")), "{tags:?}");
    assert!(!out.contains('\u{0}') && !out.contains('\u{AD}'));
    assert!(!values(&tags, "href").iter().any(|href| href.to_lowercase().starts_with("javascript")));
}

#[test]
fn tables_stay_tables() {
    let tags = well_formed(&fragment_of(&document(), false));
    assert!(tags.iter().any(|tag| tag == "th role=\"columnheader\" scope=\"col\" class=\"end\""), "{tags:?}");
    assert!(tags.iter().any(|tag| tag == "th role=\"rowheader\" scope=\"row\""));
    assert!(values(&tags, "data-label").contains(&"How long".to_owned()));
    assert!(!fragment_of(&document(), false).contains("<th role=\"columnheader\" scope=\"col\"></th>"));
}

#[test]
fn drawn_shapes_have_names() {
    let out = fragment_of(&document(), false);
    let named = |label: &str| out.matches(&format!("role=\"img\" aria-label=\"{label}\"")).count();
    assert_eq!((named("Tick box"), named("Ticked box")), (2, 1));
    assert_eq!((named("Space to write"), named("Space to write, 3 lines")), (2, 1));
    assert!(out.contains("alt=\"\" role=\"presentation\""));
    assert!(out.contains("<ol start=\"4\">"));
}

#[test]
fn other_languages_say_so() {
    let web = fragment_of(&document(), false);
    assert!(web.contains("<p lang=\"cy\" dir=\"ltr\">") && web.contains("<p lang=\"ar\" dir=\"rtl\">"));
    assert!(fragment_of(&document(), true).contains("<p lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">"));
}

#[test]
fn a_reference_to_nothing_keeps_its_words() {
    let mut page = document();
    let mut m = Maker::new();
    let lost = Inline::Reference { anchor: "nowhere".into(), c: words("see there") };
    page.blocks = vec![m.block(Kind::Paragraph { text: vec![lost], intro: false })];
    assert_eq!(fragment_of(&page, false), "<p>see there</p>\n");
}

#[test]
fn names_with_figures_stay_whole_in_titles() {
    let whole = |text: &str| escape_whole(text);
    assert_eq!(whole("Living with COVID-19 & you"), "Living with <span class=\"nb\">COVID-19</span> &amp; you");
    assert_eq!(whole("well-known - 19"), "well-known - 19");
}
