//! What the program promises on its command line: exit codes, messages, manifest, determinism, whole files.

mod common;

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use common::{Folder, PAGE, files, flat, root, text_of};

const AS_OF: [&str; 2] = ["--as-of", "2026-11-23"];
const OVERDUE: &str =
    "+++\ntitle = \"Old\"\nlanguage = \"en-GB\"\nreviewed = 2020-08-01\nnext-review = 2023-08-01\n+++\n\nOld words.\n";

fn build(folder: &Folder, more: &[&str]) -> common::Ran {
    folder.run(&[&["build", "--message-format", "short"], &AS_OF[..], more].concat())
}

#[test]
fn exit_codes_say_what_happened() {
    let folder = Folder::with_page(PAGE);
    build(&folder, &[]).expect(0);
    folder.run(&["check", "--as-of", "2026-11-23"]).expect(0);
    folder.put("sources/old/page.md", OVERDUE);
    build(&folder, &[]).expect(0);
    build(&folder, &["--deny-warnings"]).expect(1);
    folder.put("sources/bad/page.md", PAGE.replace("title =", "tilte ="));
    let bad = build(&folder, &[]).expect(1);
    assert!(bad.err.contains("sources/bad/page.md:2:1: error[F002]"), "{}", bad.err);
    for wrong in [
        &["build", "-e", "a44"][..],
        &["build", "wram"],
        &["build", "--size", "24"],
        &["frobnicate"],
        &["explain", "Z9"],
    ] {
        folder.run(wrong).expect(2);
    }
    assert!(folder.run(&["build", "-e", "a44"]).err.contains("did you mean `a4`?"));
    assert!(folder.run(&["build", "wram"]).err.contains("did you mean `warm`?"));
    let sizes = folder.run(&["build", "-e", "large-print", "--size", "40"]).expect(2);
    assert!(sizes.err.contains("16") && sizes.err.contains("36"), "{}", sizes.err);
    Folder::new().run(&["build"]).expect(2);
    assert!(folder.run(&["explain", "f002"]).expect(0).out.contains("# F002"));
}

#[test]
fn a_page_alone_in_an_empty_folder_bears_no_charity_s_numbers() {
    let folder = Folder::new();
    folder.put("page.md", PAGE);
    let ran = build(&folder, &["page.md"]).expect(0);
    assert!(ran.err.contains("warning[B002]"), "{}", ran.err);
    let made = files(&folder.path().join("output"));
    assert!(made.len() > 4, "{:?}", made.keys());
    for (path, bytes) in made.iter().filter(|(path, _)| !path.ends_with(".json")) {
        let text = text_of(path, bytes);
        for number in ["326730", "SC038415", "1177", "01863614", "0300 222 5800", "Asthma"] {
            assert!(!text.contains(number), "{path} bears {number}");
        }
        assert!(text.contains("Cover your nose and mouth"), "{path}");
    }
}

#[test]
fn every_edition_bears_numbers_dates_and_helpline() {
    let folder = Folder::with_page(&OVERDUE.replace("Old words", "Words"));
    build(&folder, &[]).expect(0);
    let made = files(&folder.path().join("output"));
    let editions: Vec<_> = made.iter().filter(|(path, _)| !path.ends_with(".json")).collect();
    assert!(editions.len() >= 4);
    for (path, bytes) in editions {
        let text = flat(&text_of(path, bytes));
        for words in [
            "326730",
            "SC038415",
            "1177",
            "01863614",
            "1 August 2020",
            "1 August 2023",
            "0300 222 5800",
            "Review overdue",
        ] {
            assert!(text.contains(words), "{path} lacks {words}: {text}");
        }
    }
    build(&folder, &["--as-of", "2021-01-01"]).expect(2);
    folder.run(&["build", "--as-of", "2021-01-01"]).expect(0);
    for (path, bytes) in files(&folder.path().join("output")).iter().filter(|(path, _)| !path.ends_with(".json")) {
        assert!(!text_of(path, bytes).contains("Review overdue"), "{path}");
    }
}

#[test]
fn init_starts_a_project_and_harms_none() {
    let folder = Folder::new();
    folder.run(&["init", "charity"]).expect(0);
    for file in ["everyleaf.toml", "layouts/brand.toml", "sources/aatd-at-a-glance/page.md"] {
        assert!(folder.path().join("charity").join(file).is_file(), "{file}");
    }
    folder.run(&["--project", "charity", "build", "-e", "html"]).expect(0);
    assert!(folder.path().join("charity/output/aatd-at-a-glance/aatd-at-a-glance.html").is_file());
    folder.run(&["init", "charity"]).expect(2);
    folder.run(&["--project", "charity", "new", "Keeping warm"]).expect(0);
    folder.run(&["--project", "charity", "new", "Keeping warm"]).expect(2);
    folder.run(&["--project", "charity", "check", "keeping-warm"]).expect(0);
    assert!(folder.run(&["--project", "charity", "list"]).expect(0).out.contains("keeping-warm"));
    folder.run(&["--project", "charity", "init", "--eject", "a4"]).expect(0);
    assert!(folder.path().join("charity/layouts/a4/template.typ").is_file());
    folder.run(&["--project", "charity", "init", "--eject", "a4"]).expect(2);
    folder.run(&["--project", "charity", "preview", "keeping-warm", "-e", "a4", "--png", "pictures"]).expect(0);
    let pictures = files(&folder.path().join("pictures"));
    assert!(
        !pictures.is_empty() && pictures.values().all(|bytes| bytes.starts_with(b"\x89PNG")),
        "{:?}",
        pictures.keys()
    );
}

#[test]
fn machines_get_one_object_a_line() {
    let folder = Folder::with_page(&PAGE.replace("## Before", "#### Before"));
    let ran = folder.run(&["check", "--as-of", "2026-11-23", "--message-format", "json"]).expect(1);
    let keys = [
        "code",
        "column",
        "end-column",
        "end-line",
        "help",
        "line",
        "message",
        "path",
        "severity",
        "source",
        "type",
        "why",
    ];
    for line in ran.out.lines() {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        assert_eq!(object.keys().map(String::as_str).collect::<Vec<_>>(), keys, "{line}");
    }
    let first: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    assert_eq!(
        (first["code"].as_str(), first["severity"].as_str(), first["line"].as_u64()),
        (Some("S007"), Some("error"), Some(19))
    );
    let github = folder.run(&["check", "--message-format", "github"]).expect(1);
    assert!(github.out.starts_with("::error file=sources/warm/page.md,line=19,"), "{}", github.out);
    let plain = folder.run(&["check", "--message-format", "plain"]).expect(1);
    assert!(plain.err.starts_with("Error S007: ") && plain.err.contains("line 19"), "{}", plain.err);
    let human = folder.run(&["check"]).expect(1);
    assert!(
        human.err.contains("page.md:19:1: error[S007]") && human.err.contains("#### Before") && human.err.contains('^'),
        "{}",
        human.err
    );
    assert!(!human.err.contains('\u{1b}'), "no colours where nobody looks");
}

#[test]
fn the_manifest_is_whole_and_cumulative() {
    let folder = Folder::with_page(PAGE);
    folder.put("sources/bad/page.md", PAGE.replace("Wear a scarf.", "<b>Wear</b> a scarf."));
    build(&folder, &["-e", "a4,html"]).expect(1);
    build(&folder, &["warm", "-e", "large-print", "--size", "24"]).expect(0);
    let manifest = folder.manifest();
    assert_eq!(manifest["version"], 1);
    assert_eq!(manifest["as-of"], "2026-11-23");
    assert!(manifest["generator"].as_str().unwrap().starts_with("everyleaf "));
    let made = manifest["artifacts"].as_array().unwrap();
    let paths: Vec<&str> = made.iter().map(|a| a["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["warm/warm-a4.pdf", "warm/warm-large-print-24pt.pdf", "warm/warm.html"]);
    for artifact in made {
        let bytes = folder.bytes(&format!("output/{}", artifact["path"].as_str().unwrap()));
        assert_eq!(artifact["bytes"], bytes.len());
        assert_eq!(artifact["sha256"], everyleaf::manifest::sha256(&bytes).as_str());
        assert_eq!((artifact["page"].as_str(), artifact["language"].as_str()), (Some("warm"), Some("en-GB")));
        assert_eq!(artifact["review"]["overdue"], false);
        assert_eq!(artifact["override"], serde_json::Value::Null);
        let paged = artifact["media-type"] == "application/pdf";
        assert_eq!(artifact["pages"].is_u64(), paged, "{artifact}");
    }
    assert_eq!(made[1]["on-request"], true);
    assert_eq!(made[0]["on-request"], false);
    let failed = manifest["failed"].as_array().unwrap();
    assert_eq!(failed.len(), 2, "{failed:?}");
    assert_eq!((failed[0]["page"].as_str(), failed[0]["codes"][0].as_str()), (Some("bad"), Some("S005")));
}

#[test]
fn overdue_is_an_error_where_the_project_says_so_and_the_override_is_recorded() {
    let folder = Folder::with_page(OVERDUE);
    folder.put("everyleaf.toml", "overdue = \"error\"\n");
    let ran = build(&folder, &["-e", "html"]).expect(1);
    assert!(ran.err.contains("error[R001]"), "{}", ran.err);
    build(&folder, &["-e", "html", "--allow-overdue", "reprint"]).expect(2);
    build(&folder, &["-e", "html", "--allow-overdue", "reprint", "--by", "A. Person"]).expect(0);
    let entry = &folder.manifest()["artifacts"][0];
    assert_eq!(
        (entry["override"]["reason"].as_str(), entry["override"]["by"].as_str()),
        (Some("reprint"), Some("A. Person"))
    );
    assert!(folder.text("output/warm/warm.html").contains("Review overdue"));
}

#[test]
fn the_clock_is_a_flag_before_it_is_the_environment() {
    let folder = Folder::with_page(OVERDUE);
    let run = |more: &[&str], epoch: &str| {
        let mut command = folder.command();
        command.args([&["build", "-e", "html"], more].concat()).env("SOURCE_DATE_EPOCH", epoch);
        common::Ran::of(&mut command)
    };
    // 2021-01-01, before the review was due
    run(&[], "1609459200").expect(0);
    let before = folder.bytes("output/warm/warm.html");
    assert_eq!(folder.manifest()["as-of"], "2021-01-01");
    run(&["--as-of", "2026-11-23"], "1609459200").expect(0);
    let overdue = folder.bytes("output/warm/warm.html");
    assert_ne!(before, overdue);
    run(&["--as-of", "2025-01-01"], "1609459200").expect(0);
    assert_eq!(overdue, folder.bytes("output/warm/warm.html"), "only the state reaches a file, not the day");
    run(&["--as-of", "2023-08-01"], "0").expect(0);
    assert_eq!(before, folder.bytes("output/warm/warm.html"), "on the very day it is not yet overdue");
    run(&[], "yesterday").expect(2);
}

#[test]
fn one_thread_or_many_give_the_same_bytes() {
    let root = root();
    let out = Folder::new();
    let run = |dir: &str, jobs: &str| {
        let mut command = out.command();
        let dir = out.path().join(dir);
        command
            .current_dir(&root)
            .args(["build", "-j", jobs, "--as-of", "2026-11-23", "--message-format", "short", "-o"])
            .arg(&dir);
        common::Ran::of(&mut command).expect(0);
        files(&dir)
    };
    let (one, many) = (run("one", "1"), run("many", "4"));
    assert_eq!(one.keys().collect::<Vec<_>>(), many.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(many.get(path) == Some(bytes), "{path} differs");
    }
    assert!(one.len() > 16);
}

#[test]
fn a_build_that_is_killed_leaves_whole_files() {
    let folder = Folder::with_page(PAGE);
    let known = |folder: &Folder| -> BTreeMap<String, Vec<u8>> { files(&folder.path().join("output")) };
    build(&folder, &[]).expect(0);
    let old = known(&folder);
    folder.put("sources/warm/page.md", PAGE.replace("Wear a scarf", "Wear two scarves"));
    build(&folder, &[]).expect(0);
    let new = known(&folder);
    let mut between = 0;
    for (round, wait) in [2, 5, 9, 14, 20, 27, 35, 44, 54, 65, 80, 100, 130, 170].into_iter().enumerate() {
        let page = if round % 2 == 0 { PAGE.to_string() } else { PAGE.replace("Wear a scarf", "Wear two scarves") };
        folder.put("sources/warm/page.md", page);
        let mut child =
            folder.command().args(["build", "--as-of", "2026-11-23"]).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        // it may be done already; then there is nothing to kill
        let _ = child.kill();
        between += usize::from(!child.wait().unwrap().success());
        for (path, bytes) in known(&folder) {
            let whole = old.get(&path) == Some(&bytes) || new.get(&path) == Some(&bytes);
            let manifest = path == "manifest.json" && serde_json::from_slice::<serde_json::Value>(&bytes).is_ok();
            assert!(whole || manifest, "after {wait} ms {path} is neither the old file nor the new one");
        }
    }
    assert!(between > 3, "some builds were killed half way");
    build(&folder, &[]).expect(0);
}

#[test]
fn a_closed_pipe_is_no_fault_and_two_builds_do_not_mix() {
    let folder = Folder::with_page(PAGE);
    let mut child = folder.command().args(["explain"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let _held = everyleaf::output::Lock::take(&folder.path().join("output")).unwrap();
    let second = build(&folder, &[]).expect(2);
    assert!(second.err.contains("another everyleaf is writing"), "{}", second.err);
}

#[test]
fn variants_are_a_few_lines() {
    let folder = Folder::with_page(PAGE);
    folder.put("everyleaf.toml", "[editions.cream]\nbase = \"large-print\"\nsize = 24\npaper = \"#FFF8E7\"\n");
    build(&folder, &["-e", "cream"]).expect(0);
    let facts = everyleaf::inspect::pdf::inspect(&folder.bytes("output/warm/warm-cream.pdf")).unwrap();
    assert!(facts.smallest().is_some_and(|size| size >= 24.0));
    assert!(facts.title.unwrap().contains("Large print, 24 point"));
    folder.put("everyleaf.toml", "[editions.dark]\nbase = \"large-print\"\npaper = \"#777777\"\n");
    assert!(build(&folder, &["-e", "dark"]).expect(2).err.contains("7 to 1"));
    folder.put("everyleaf.toml", "[editions.odd]\nbase = \"larg-print\"\n");
    build(&folder, &["-e", "odd"]).expect(2);
}
