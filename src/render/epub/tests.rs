//! The book, packed and read back.

use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

use super::*;
use crate::document::{Document, Kind};
use crate::render::xhtml::fixture::{document, furniture};
use crate::render::xhtml::tests::{read, values, well_formed};

const SHEET: &str = include_str!("../../../layouts/epub/style.css");

fn pack(document: &Document, cover: bool, pages: &[(String, PagePlace)]) -> Vec<u8> {
    let cover_bytes = document.assets.first().map(|asset| asset.bytes.to_vec());
    let input = BookInput {
        document,
        furniture: &furniture(),
        sheet: SHEET,
        fonts: &[],
        logo: None,
        cover: cover_bytes.as_deref().filter(|_| cover),
        identifier: urn(&["test", "en-GB"]),
        modified: Date::parse("2020-08-01").unwrap(),
        pages: (!pages.is_empty()).then_some(Pages { source: "TEST-1, version 2, A5 PDF", breaks: pages }),
    };
    book(&input).pack().unwrap()
}

fn files(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        all.push((entry.name().to_owned(), String::from_utf8_lossy(&bytes).into_owned()));
    }
    all
}

fn file(files: &[(String, String)], name: &str) -> String {
    files.iter().find(|(n, _)| n == &format!("OEBPS/{name}")).map(|(_, text)| text.clone()).unwrap()
}

fn metas(opf: &str, property: &str) -> Vec<String> {
    let open = format!("<meta property=\"{property}\">");
    opf.split(&open).skip(1).filter_map(|rest| Some(rest.split_once("</meta>")?.0.to_owned())).collect()
}

#[test]
fn the_archive_is_the_same_whenever_it_is_made() {
    let bytes = pack(&document(), true, &[]);
    assert_eq!(bytes, pack(&document(), true, &[]));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).unwrap();
        assert_eq!(entry.last_modified(), Some(zip::DateTime::default()));
        assert_eq!(index == 0, entry.name() == "mimetype");
        assert_eq!(index == 0, entry.compression() == CompressionMethod::Stored);
    }
}

#[test]
fn every_file_is_well_formed_and_every_link_leads_somewhere() {
    let breaks = [
        ("1".to_owned(), PagePlace::Title),
        ("2".to_owned(), PagePlace::Block(9, 0)),
        ("iii".to_owned(), PagePlace::About),
    ];
    let files = files(pack(&document(), true, &breaks));
    let texts: Vec<_> = files.iter().filter(|(name, _)| name.ends_with(".xhtml")).collect();
    let tags: Vec<_> =
        texts.iter().map(|(name, text)| (name.trim_start_matches("OEBPS/"), well_formed(text))).collect();
    for (name, own) in &tags {
        let ids = values(own, "id");
        let mut unique = ids.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), ids.len(), "{name}: {ids:?}");
        for href in values(own, "href").iter().filter(|href| !href.contains(':') && !href.ends_with(".css")) {
            let (target, anchor) = href.split_once('#').unwrap_or((href, ""));
            let target = if target.is_empty() { *name } else { target };
            let (_, there) = tags.iter().find(|(name, _)| *name == target).unwrap_or_else(|| panic!("{name}: {href}"));
            assert!(anchor.is_empty() || values(there, "id").contains(&anchor.to_owned()), "{name}: {href}");
        }
    }
    well_formed(&file(&files, "content.opf"));
    well_formed(&file(&files, "toc.ncx"));
}

#[test]
fn one_file_a_section_in_reading_order() {
    let files = files(pack(&document(), true, &[]));
    let opf = file(&files, "content.opf");
    let spine = opf.split_once("<spine").unwrap().1;
    let names: Vec<&str> = spine.split("idref=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    let expected = ["id_cover.xhtml", "id_title.xhtml", "nav", "id_section-01.xhtml", "id_section-02.xhtml"];
    assert_eq!(names.get(..5), Some(expected.as_slice()));
    assert_eq!(names.get(5..), Some(["id_notes.xhtml", "id_about.xhtml"].as_slice()));
    assert!(read(&file(&files, "title.xhtml")).contains("This page is about a test & its <marks>."));
    let about = read(&file(&files, "about.xhtml"));
    let place = |words: &str| about.find(words).unwrap_or_else(|| panic!("{words} is not in {about}"));
    let order = [
        "Page last reviewed",
        "Review overdue",
        "Talk to our helpline",
        "Tell us",
        "Ask us",
        "Written by",
        "Registered",
        "©",
    ];
    assert!(order.iter().map(|words| place(words)).is_sorted(), "{about}");
    // A link from one section to another.
    assert!(file(&files, "section-01.xhtml").contains("href=\"section-02.xhtml#what-to-do\""));
    assert!(file(&files, "notes.xhtml").contains("href=\"section-01.xhtml#ui.note-1-2\""));
}

#[test]
fn what_the_packing_library_gets_wrong_is_mended() {
    let files = files(pack(&document(), true, &[]));
    let opf = file(&files, "content.opf");
    let ids = values(&well_formed(&opf), "id");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    assert!(opf.contains("xml:lang=\"en-GB\" dir=\"ltr\""));
    assert!(opf.contains(&urn(&["test", "en-GB"])));
    assert_eq!(metas(&opf, "dcterms:modified"), ["2020-08-01T00:00:00Z"]);
    assert!(opf.contains("href=\"section-01.xhtml\" properties=\"svg\""));
    assert!(!opf.contains("href=\"notes.xhtml\" properties"));
    assert!(!opf.contains("<guide>"));
    // Many readers know no custom properties: none is left in the style sheet.
    assert!(!file(&files, "stylesheet.css").contains("var("));
    let nav = file(&files, "nav.xhtml");
    assert!(nav.contains("role=\"doc-toc\"") && nav.contains("xml:lang=\"en-GB\""));
    for kind in ["cover", "bodymatter", "toc"] {
        assert!(nav.contains(&format!("<li><a epub:type=\"{kind}\"")), "{nav}");
    }
}

#[test]
fn what_is_said_of_access_is_computed() {
    let said = |document: &Document, pages: &[(String, PagePlace)]| {
        let opf = file(&files(pack(document, false, pages)), "content.opf");
        let get = |name: &str| metas(&opf, name);
        assert_eq!(get("schema:accessibilityHazard"), ["none"]);
        assert!(!opf.contains("conformsTo"));
        assert_eq!(get("schema:accessibilitySummary").len(), 1);
        (
            get("schema:accessMode"),
            get("schema:accessModeSufficient"),
            get("schema:accessibilityFeature"),
            get("pageBreakSource"),
        )
    };
    let whole = document();
    let (modes, sufficient, features, source) = said(&whole, &[]);
    assert_eq!(modes, ["textual", "visual"]);
    assert_eq!(sufficient, ["textual,visual", "textual"]);
    let common = ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"];
    assert_eq!(features.first().map(String::as_str), Some("alternativeText"));
    assert!(common.iter().all(|name| features.iter().any(|feature| feature == name)));
    assert_eq!(source, ["none"]);

    let mut undescribed = document();
    for block in &mut undescribed.blocks {
        if let Kind::Figure { alt, .. } = &mut block.kind {
            alt.clear();
        }
    }
    let (_, sufficient, features, _) = said(&undescribed, &[]);
    assert_eq!(sufficient, ["textual,visual"]);
    assert!(!features.contains(&"alternativeText".to_owned()));

    let mut plain = document();
    plain.blocks.retain(|block| !matches!(block.kind, Kind::Figure { .. } | Kind::Heading { .. }));
    let (modes, sufficient, features, source) = said(&plain, &[("1".to_owned(), PagePlace::Title)]);
    assert_eq!((modes, sufficient), (vec!["textual".to_owned()], vec!["textual".to_owned()]));
    assert!(
        !features.contains(&"alternativeText".to_owned()) && !features.contains(&"structuralNavigation".to_owned())
    );
    assert!(features.contains(&"pageNavigation".to_owned()) && features.contains(&"pageBreakMarkers".to_owned()));
    assert_eq!(source, ["TEST-1, version 2, A5 PDF"]);
}

#[test]
fn a_moving_picture_is_no_known_hazard_and_no_known_safety() {
    let mut page = document();
    page.assets[0].media_type = "image/gif";
    page.assets[0].bytes = std::sync::Arc::from([0x21, 0xF9, 0x04, 0, 0x21, 0xF9, 0x04].as_slice());
    let opf = file(&files(pack(&page, false, &[])), "content.opf");
    assert_eq!(metas(&opf, "schema:accessibilityHazard"), ["unknown"]);
}

#[test]
fn a_page_without_sections_is_a_book_too() {
    let mut page = document();
    page.blocks.truncate(1);
    page.notes.clear();
    let files = files(pack(&page, false, &[]));
    assert!(
        !files.iter().any(|(name, _)| name.contains("section") || name.contains("notes") || name.contains("cover"))
    );
    assert!(file(&files, "nav.xhtml").contains("epub:type=\"bodymatter\" href=\"title.xhtml#ui.start\""));
}

#[test]
fn names_are_well_made_and_stay() {
    let name = urn(&["a", "b"]);
    assert_eq!(name, urn(&["a", "b"]));
    assert_ne!(name, urn(&["ab", ""]));
    assert_eq!(name.len(), "urn:uuid:".len() + 36);
    assert_eq!(name.as_bytes().get("urn:uuid:".len() + 14), Some(&b'8'));
}

#[test]
fn right_to_left_books_turn_the_other_way() {
    let mut page = document();
    page.meta.language = "ar".into();
    page.meta.direction = "rtl";
    let files = files(pack(&page, false, &[]));
    assert!(file(&files, "content.opf").contains("page-progression-direction=\"rtl\""));
    assert!(file(&files, "nav.xhtml").contains("dir=\"rtl\""));
    assert!(file(&files, "section-01.xhtml").contains("lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\""));
}

#[test]
fn the_page_s_own_cover_picture_is_shown_once() {
    let mut page = document();
    page.assets.push(crate::document::Asset { name: "cover-1.png".into(), ..page.assets[0].clone() });
    page.cover = Some(crate::document::Cover { asset: 2, alt: "Two people by the sea".into() });
    let without = files(pack(&page, false, &[]));
    assert!(file(&without, "title.xhtml").contains("<img src=\"images/cover-1.png\" alt=\"Two people by the sea\"/>"));
    assert!(file(&without, "content.opf").contains("images/cover-1.png"));
    let with = files(pack(&page, true, &[]));
    assert!(file(&with, "cover.xhtml").contains(". Two people by the sea\""));
    assert!(!file(&with, "title.xhtml").contains("<img") && !file(&with, "content.opf").contains("images/cover-1.png"));
}
