//! What can be wrong with a file as a whole, and with the record of it; and what a layout of one's own may do.

use super::{PAGE, clean, judged, path_of};

/// The codes that are planted here.
pub const CODES: [&str; 7] = ["V001", "V002", "V003", "V004", "V005", "V013", "V020"];

#[track_caller]
fn only(folder: &super::Folder, code: &str) {
    let said = judged(folder);
    assert_eq!(said.keys().collect::<Vec<_>>(), [code], "{said:?}");
}

#[test]
fn files_that_are_gone_changed_cut_short_or_stale() {
    let folder = clean(&PAGE, &[]);
    assert!(judged(&folder).is_empty(), "{:?}", judged(&folder));
    let path = path_of("a4");
    let bytes = folder.bytes(&path);

    std::fs::remove_file(folder.path().join(&path)).unwrap();
    only(&folder, "V001");

    let mut changed = bytes.clone();
    changed.extend(b"\n% saved again\n");
    folder.put(&path, &changed);
    only(&folder, "V002");

    super::put(&folder, "a4", &bytes[..bytes.len() / 2]);
    only(&folder, "V003");

    super::put(&folder, "a4", &bytes);
    folder.put("sources/warm/page.md", PAGE.replace("a scarf", "a warm scarf"));
    only(&folder, "V004");

    // without the source, the editions are compared with each other
    std::fs::remove_dir_all(folder.path().join("sources/warm")).unwrap();
    let said = judged(&folder);
    assert!(said.is_empty(), "{said:?}");
    let book = folder.bytes(&path_of("epub"));
    let shorter = super::book::change(&book, |book| book.swap("section-02.xhtml", "10 minutes", "11 minutes"));
    super::put(&folder, "epub", &shorter);
    let said = judged(&folder);
    assert_eq!(said.keys().collect::<Vec<_>>(), ["V006", "V007"], "{said:?}");
    super::put(&folder, "epub", &book);

    folder.put("sources/warm/page.md", PAGE.as_str());
    folder.put("sources/warm/scarf.png", super::picture(1200, 700));
    folder.put("sources/other/page.md", PAGE.as_str());
    only(&folder, "V005");
}

#[test]
fn a_layout_that_divides_words_or_sets_long_lines() {
    let layout = |name: &str| std::fs::read_to_string(super::common::root().join("layouts/common").join(name)).unwrap();
    let swapped = |name: &str, from: &str, to: &str| {
        let text = layout(name);
        assert!(text.contains(from), "{name} has changed");
        (format!("layouts/common/{name}"), text.replacen(from, to, 1))
    };
    let (path, text) = swapped("base.typ", "hyphenate: false", "hyphenate: true");
    let words =
        "Rehabilitation programmes characteristically individualise physiotherapeutic recommendations. ".repeat(6);
    let page = PAGE.replace("## Get help", &format!("{words}\n\n## Get help"));
    only(&clean(&page, &[(&path, text)]), "V013");

    let text = layout("sizes.typ");
    let a4 = text.find("  a4: (").expect("the row of A4");
    let (before, row) = text.split_at(a4);
    assert!(row.contains("margin: (x: 26.5"), "sizes.typ has changed");
    let text = format!("{before}{}", row.replacen("margin: (x: 26.5", "margin: (x: 10", 1));
    only(&clean(&PAGE, &[("layouts/common/sizes.typ", text)]), "V020");

    let (path, text) = swapped("base.typ", "justify: false", "justify: true");
    only(&clean(&PAGE, &[(&path, text)]), "V012");
}

#[test]
fn a_folder_without_a_record_cannot_be_judged() {
    let folder = clean(&PAGE, &[]);
    folder.run(&["check", "--built", "--as-of", "2026-11-23", "--message-format", "short"]).expect(0);
    folder.put("output/manifest.json", "{");
    folder.run(&["check", "--built"]).expect(2);
    std::fs::remove_file(folder.path().join("output/manifest.json")).unwrap();
    let ran = folder.run(&["check", "--built"]).expect(2);
    assert!(ran.err.contains("no record of a build"), "{}", ran.err);
    folder.run(&["check", "-o", "output"]).expect(2);
}

#[test]
fn findings_come_in_every_form_and_can_be_allowed() {
    let folder = clean(&PAGE, &[]);
    let bytes = folder.bytes(&path_of("html"));
    let text = String::from_utf8(bytes).unwrap().replacen("</style>", "p.x { font-size: 9px }</style>", 1);
    super::put(&folder, "html", text.as_bytes());
    let run = |more: &[&str]| {
        let mut arguments = vec!["check", "--built", "--as-of", "2026-11-23"];
        arguments.extend(more);
        folder.run(&arguments)
    };
    for format in ["human", "short", "plain", "json", "sarif", "github"] {
        let ran = run(&["--message-format", format]).expect(0);
        assert!(format!("{}{}", ran.out, ran.err).contains("V057"), "{format}: {}{}", ran.out, ran.err);
    }
    run(&["--deny-warnings"]).expect(1);
    let allow =
        "[[allow]]\ncode = \"V057\"\npage = \"warm\"\nreason = \"A test.\"\nname = \"Ann\"\nexpires = 2027-01-01\n";
    folder.put("everyleaf-allow.toml", allow);
    let ran = run(&["--deny-warnings"]).expect(0);
    assert!(ran.err.contains("1 allowed"), "{}", ran.err);
    // the source's own check leaves such an allowance alone
    let ran = folder.run(&["check", "--as-of", "2026-11-23", "--message-format", "short"]);
    assert!(!ran.err.contains("C031"), "{}", ran.err);
}
