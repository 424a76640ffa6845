//! Preflight finds each fault that is planted, where it is planted, and nothing on the clean twin.

mod common;

use std::collections::BTreeSet;

use common::press::limits;
use common::{Folder, press, press_more, sheets};
use everyleaf::inspect::InspectError;
use everyleaf::preflight::{Binding, Limits, RULES, Report, preflight};

fn look(fault: &str) -> Result<Report, InspectError> {
    preflight(&press::planted(fault), &limits())
}

/// The codes found, with their pages.
fn found(report: &Report) -> BTreeSet<(String, Option<usize>)> {
    report.findings().map(|(code, finding)| (code.to_string(), finding.page)).collect()
}

#[test]
fn nothing_is_found_on_the_clean_file() {
    for binding in [Binding::Flat, Binding::Saddle, Binding::Any] {
        let report = preflight(&press::clean(), &Limits { binding, ..limits() }).unwrap();
        assert_eq!(found(&report), BTreeSet::new(), "{:?}", report.complaints("clean.pdf"));
        assert!(!report.fails());
        assert_eq!(report.pages, 4);
    }
}

#[test]
fn each_planted_fault_is_found_alone_and_in_its_place() {
    for (fault, code) in press::faults() {
        let report = match look(fault) {
            Ok(report) => report,
            Err(_) if *code == "X001" => continue,
            Err(error) => panic!("{fault}: {error}"),
        };
        let codes: BTreeSet<String> = found(&report).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, BTreeSet::from([code.to_string()]), "{fault}: {:?}", report.complaints("planted.pdf"));
        // what belongs to the whole file names no page; all else was planted on the second
        let page = report.findings().next().unwrap().1.page;
        let whole = matches!(*code, "X006" | "X020" | "X021" | "X022" | "X023") || press_more::WHOLE.contains(fault);
        let first = fault == &"font-outside";
        assert_eq!(page, if whole { None } else { Some(if first { 1 } else { 2 }) }, "{fault}");
        let stops = !matches!(*code, "X010" | "X011" | "X024");
        assert_eq!(report.fails(), stops, "{fault}");
    }
}

#[test]
fn photographs_in_jpeg_are_measured_and_pass_with_little_ink() {
    for fine in ["fine-jpeg", "fine-jpeg-ycck"] {
        let report = look(fine).unwrap();
        assert_eq!(found(&report), BTreeSet::new(), "{fine}: {:?}", report.complaints("photograph.pdf"));
    }
}

#[test]
fn what_stands_behind_something_and_has_no_fault_passes() {
    for twin in press_more::TWINS {
        let report = look(twin).unwrap();
        assert_eq!(found(&report), BTreeSet::new(), "{twin}: {:?}", report.complaints("twin.pdf"));
    }
}

#[test]
fn masks_may_be_grey_and_what_cannot_be_seen_does_not_count() {
    for (name, codes) in press_more::SOFT {
        let report = look(name).unwrap();
        let said: Vec<String> = found(&report).into_iter().map(|(code, _)| code).collect();
        assert_eq!(said, *codes, "{name}: {:?}", report.complaints("soft.pdf"));
    }
}

#[test]
fn sizes_are_in_points_whatever_the_unit_of_the_page() {
    let report = look("user-unit").unwrap();
    let all = report.complaints("large.pdf");
    for words in ["2 times its size (UserUnit)", "296 × 420 mm, but page 1 is 148 × 210 mm", "152 pixels to the inch"]
    {
        assert!(all.iter().any(|d| d.message.contains(words)), "{words}: {all:?}");
    }
}

#[test]
fn every_rule_has_a_planted_fault() {
    let planted: BTreeSet<&str> = press::faults().map(|(_, code)| *code).collect();
    for rule in RULES {
        assert!(planted.contains(rule.code.to_string().as_str()), "{}", rule.code);
    }
}

#[test]
fn findings_are_placed_in_millimetres_of_the_finished_page() {
    for (fault, x, y) in
        [("text-2mm-from-trim", 2.0, 210.0 - 120.0 - 2.5), ("150dpi", 20.0, 90.0), ("link", 30.0, 30.0)]
    {
        let report = look(fault).unwrap();
        let at = report.findings().next().unwrap().1.at.unwrap();
        assert!((at.0 - x).abs() < 0.1 && (at.1 - y).abs() < 0.1, "{fault}: {at:?}");
    }
}

#[test]
fn figures_are_those_of_the_file() {
    for (fault, words) in [
        ("text-2mm-from-trim", "2.0 mm from the trim, not 5 mm"),
        ("150dpi", "150 pixels to the inch, not 300"),
        ("line-art-300dpi", "305 pixels to the inch, not 600"),
        ("ink-shape", "350 % of ink"),
        ("ink-picture", "318 % of ink"),
        ("ink-gradient", "360 % of ink"),
        ("ink-jpeg", "34"),
        ("ink-jpeg-ycck", "34"),
        ("missing-bleed", "1.0 mm, not 3 mm"),
        ("bare-edge", "left edge ends 2.0 mm short"),
        ("bare-strip", "right edge ends 3.0 mm short"),
        ("reversed-5pt", "5.0 pt small and lighter"),
        ("stranger", "100, 0, 0, 0"),
        ("odd-pages", "there are 3 pages"),
        ("rgb-image", "DeviceRGB"),
        ("trim-without-size", "the TrimBox has no size"),
        ("no-media", "there is no MediaBox"),
        ("crop-small", "the CropBox hides"),
        ("tile-words-rgb", "the words “Words of tiles” are in DeviceRGB"),
        ("tile-words-rich", "the black words “Words of tiles”"),
        ("tile-words-near-trim", "“Too near” is 2.0 mm"),
        ("tile-150dpi", "149 pixels"),
        ("inline-150dpi", "150 pixels"),
        ("jpeg-claims", "152 pixels"),
        ("spot-rgb", "the spot colour HOUSE BLUE, with DeviceRGB to stand in for it"),
        ("spot-ink", "the inks that stand in for HOUSE BLUE make 350 %"),
        ("lost-colour", "a colour called “c0” is missing"),
        ("broken-content", "nothing after that was looked at"),
        ("icc-shape", "ICC grey"),
    ] {
        let all = look(fault).unwrap().complaints("planted.pdf");
        assert!(all.iter().any(|d| d.message.contains(words)), "{fault}: {all:?}");
    }
}

#[test]
fn a_rule_that_is_not_asked_for_says_so() {
    let any = Limits { binding: Binding::Any, ..Limits::default() };
    let report = preflight(&press::planted("stranger"), &any).unwrap();
    assert_eq!(found(&report), BTreeSet::new());
    let left: Vec<&str> =
        report.rules.iter().filter(|rule| rule.not_applied.is_some()).map(|rule| rule.code.as_str()).collect();
    assert_eq!(left, ["X006", "X011"]);
    let summary = report.summary();
    assert!(summary.contains("X011 not applied (no brand is known)"), "{summary}");
}

#[test]
fn nothing_is_ever_called_certified() {
    let folder = Folder::new();
    folder.put("clean.pdf", press::clean());
    let ran = folder.run(&["preflight", "clean.pdf", "--report", "report.json"]);
    let report = folder.text("report.json");
    for text in [&ran.out, &ran.err, &report] {
        let text = text.to_lowercase();
        assert!(!text.contains("certif") && !text.contains("conform") && !text.contains("complian"), "{text}");
    }
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("no fault found"), "{}", ran.err);
}

#[test]
fn the_command_ends_as_scripts_expect() {
    let folder = Folder::new();
    folder.put("bad.pdf", press::planted("rgb-image"));
    folder.put("locked.pdf", sheets::locked(&press::clean(), "secret"));
    folder.put("empty.pdf", "");
    let bad = folder.run(&["preflight", "bad.pdf", "--message-format", "short", "--report", "-"]);
    assert_eq!(bad.code, 1);
    assert!(bad.err.contains("bad.pdf: error[X008]: page 2: a picture is in DeviceRGB"), "{}", bad.err);
    let json: serde_json::Value = serde_json::from_str(&bad.out).unwrap();
    assert_eq!(json["findings"][0]["code"], "X008");
    assert_eq!(json["findings"][0]["at"][0], 20.0);
    assert_eq!(json["rules"].as_array().unwrap().len(), RULES.len());
    for file in ["locked.pdf", "empty.pdf"] {
        let ran = folder.run(&["preflight", file, "--message-format", "short"]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("error[X001]"), "{file}: {}", ran.err);
    }
    let missing = folder.run(&["preflight", "none.pdf", "--message-format", "short"]);
    assert!(missing.code == 1 && missing.err.contains("error[I021]"), "{}", missing.err);
    let wrong = folder.run(&["preflight", "bad.pdf", "--binding", "glue"]);
    assert!(wrong.code == 2 && wrong.err.contains("saddle, flat, any"), "{}", wrong.err);
}

#[test]
fn a_project_keeps_to_its_brand() {
    let folder = Folder::new();
    folder.put("everyleaf.toml", "");
    folder.put("layouts/brand.toml", std::fs::read(common::root().join("layouts/brand.toml")).unwrap());
    folder.put("strange.pdf", press::planted("stranger"));
    let ran = folder.run(&["preflight", "strange.pdf", "--message-format", "short"]);
    assert!(ran.err.contains("[X011]"), "{}", ran.err);
    let ran = folder.run(&["preflight", "strange.pdf", "--any-colour", "--message-format", "short"]);
    assert!(!ran.err.contains("[X011]"), "{}", ran.err);
}

#[test]
fn damage_ends_in_words() {
    let whole = press::clean();
    for at in (0..whole.len()).step_by(211) {
        let mut bytes = whole.clone();
        bytes[at] = bytes[at].wrapping_add(101);
        // whatever it says, it ends
        let _ = preflight(&bytes, &limits());
        let _ = preflight(&whole[..at], &limits());
    }
    // what is nested, and what is cut out of the content before the parser
    for fault in ["tile-fine", "tile-plain-rgb", "inline-packed-coarse", "mask-in-itself", "drawn-letters-rgb"] {
        let whole = press::planted(fault);
        for at in (0..whole.len()).step_by(307) {
            let mut bytes = whole.clone();
            bytes[at] = bytes[at].wrapping_add(67);
            let _ = preflight(&bytes, &limits());
        }
    }
}
