//! Planted faults: files with one fault each, made from clean editions. Each must be found, and the clean twin, which
//! went through the same hands, must not be.
//!
//! `EVERYLEAF_PLANTED=DIR cargo test --release --test planted` writes them to a folder, so that the independent judges can
//! be asked too; `tests/planted/README.md` says what they answered.

mod common;
#[path = "planted/book.rs"]
mod book;
#[path = "planted/built.rs"]
mod built;
#[path = "planted/page.rs"]
mod page;
#[path = "planted/pdf.rs"]
mod pdf;
#[path = "planted/pdf_tags.rs"]
mod pdf_tags;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use common::{Folder, options, picture};
use everyleaf::diagnostic::{CODES, Severity};
use everyleaf::manifest::sha256;
use everyleaf::pipeline::{self, Options, Plan};

/// A page with something of everything that an edition can get wrong.
const BEGINNING: &str = r#"+++
title = "Keeping well in the cold"
summary = "How to stay well in cold weather."
language = "en-GB"
source = "https://example.org/keeping-well"
product-code = "COLD-1"
version = "1"
published = 2025-03-01
reviewed = 2026-03-01
next-review = 2028-03-01
+++

Cold air can make the airways narrow. When they are narrow, you may cough more, and you may feel short of breath. That can happen after 20 minutes outside, or sooner if the wind is strong. Most people feel better when they are warm again. If you do not, talk to your nurse about a plan for cold days.

## Before you go out

Look at the weather first. Then put these by the door:

- a scarf
- a warm hat
- your inhaler

Read more about [staying warm at home](https://example.org/warm-at-home).[^1]

[^1]: The advice is for adults.

## What helps

![A woman winds a red scarf round her nose and mouth](scarf.png){.figure caption="A scarf warms the air"}

| When | What | How long |
|---|---|---|
| Morning | A short walk | 15 minutes |
| Evening | Slow breathing | 10 minutes |

### On windy days

Stay at home if you can. Ask a neighbour to shop for you. The wind takes the warmth away from your face, and the cold air reaches your chest at once. Even a short way can be too far on such a day.

"#;

/// Its end.
const END: &str = r#"## Get help

> [!EMERGENCY] If you cannot breathe
> Call 999 at once.

Call our helpline on 0300 222 5800 if you have a question.
"#;

/// The whole page, long enough to have a list of contents in print.
pub static PAGE: LazyLock<String> = LazyLock::new(|| {
    let months = ["October", "November", "December", "January", "February", "March"];
    let part = |month: &str| {
        let first = format!("In {month} the air is often damp, and damp air can make you cough. ");
        let more = "Open a window for a little while each day, and keep the rooms that you use at a steady warmth. \
                    Drink something hot before you go out, and again when you come back. Wear several thin layers. \
                    If you feel worse than last week, ring your surgery and say so. ";
        format!("## What to do in {month}\n\n{first}{more}\n\n{}\n\n", more.repeat(3))
    };
    format!("{BEGINNING}{}{END}", months.map(part).concat())
});

/// What is done to a clean file.
pub type Change = Box<dyn Fn(&[u8]) -> Vec<u8>>;

/// One fault.
pub struct Fault {
    /// What was done, for people.
    pub name: &'static str,
    /// The edition it was done to.
    pub edition: &'static str,
    /// What must be said; after the first, what may be said beside it because the one fault brings it along.
    pub codes: &'static [&'static str],
    pub change: Change,
}

impl Fault {
    pub fn new(
        name: &'static str,
        edition: &'static str,
        codes: &'static [&'static str],
        change: impl Fn(&[u8]) -> Vec<u8> + 'static,
    ) -> Self {
        Self { name, edition, codes, change: Box::new(change) }
    }
}

/// The editions that faults are planted in, built once.
pub static CLEAN: LazyLock<Folder> = LazyLock::new(|| clean(&PAGE, &[]));

/// Builds the page with some files of its project changed.
pub fn clean(page: &str, files: &[(&str, String)]) -> Folder {
    let folder = Folder::with_page(page);
    folder.put("sources/warm/scarf.png", picture(1200, 700));
    for (path, text) in files {
        folder.put(path, text);
    }
    let editions = ["a4", "epub", "html"].map(String::from).to_vec();
    let outcome = folder.build(Options { editions, ..options() });
    let said: Vec<String> = outcome.said.iter().flat_map(|s| s.sink.all()).map(|d| d.message.clone()).collect();
    assert_eq!(outcome.failed, 0, "{said:?}");
    folder
}

pub fn path_of(edition: &str) -> String {
    match edition {
        "epub" | "html" => format!("output/warm/warm.{edition}"),
        _ => format!("output/warm/warm-{edition}.pdf"),
    }
}

/// What `check --built` says of a folder, worst first.
pub fn judged(folder: &Folder) -> BTreeMap<String, Vec<String>> {
    let project = folder.project();
    let outcome = common::on_threads(|| {
        let plan = Plan::new(&project, options()).unwrap();
        pipeline::built(&project, &project.pages(), true, plan, &folder.path().join("output")).unwrap().0
    });
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in outcome.said.iter().flat_map(|said| said.sink.all()) {
        if finding.severity > Severity::Note {
            said.entry(finding.code.to_string()).or_default().push(finding.message.clone());
        }
    }
    said
}

/// Puts other bytes in an edition's place, as if they had been built so.
pub fn put(folder: &Folder, edition: &str, bytes: &[u8]) {
    let path = path_of(edition);
    let mut manifest = folder.manifest();
    for entry in manifest["artifacts"].as_array_mut().unwrap() {
        if entry["edition"] == edition {
            entry["sha256"] = sha256(bytes).into();
        }
    }
    folder.put("output/manifest.json", manifest.to_string());
    folder.put(&path, bytes);
}

fn all() -> Vec<Fault> {
    let mut all = pdf::faults();
    all.extend(pdf_tags::faults());
    all.extend(book::faults());
    all.extend(page::faults());
    all
}

/// The same bytes, opened and written again without a change.
fn twin(edition: &str, bytes: &[u8]) -> Vec<u8> {
    match edition {
        "epub" => book::change(bytes, |_| {}),
        "html" => bytes.to_vec(),
        _ => pdf::change(bytes, |_| {}),
    }
}

#[test]
fn every_planted_fault_is_found_and_no_clean_twin_is() {
    let folder = &*CLEAN;
    let out = std::env::var_os("EVERYLEAF_PLANTED");
    let keep = |name: &str, bytes: &[u8]| {
        if let Some(out) = &out {
            std::fs::create_dir_all(out).unwrap();
            std::fs::write(Path::new(out).join(name), bytes).unwrap();
        }
    };
    let originals: BTreeMap<&str, Vec<u8>> =
        ["a4", "epub", "html"].map(|edition| (edition, folder.bytes(&path_of(edition)))).into();
    let ending = |edition: &str| if edition == "a4" { "pdf".to_string() } else { edition.to_string() };
    for (edition, bytes) in &originals {
        let twin = twin(edition, bytes);
        keep(&format!("clean.{}", ending(edition)), &twin);
        put(folder, edition, &twin);
    }
    assert_eq!(judged(folder), BTreeMap::new(), "the clean twins");

    let mut wrong = Vec::new();
    let mut table = String::new();
    let faults = all();
    for (number, fault) in faults.iter().enumerate() {
        let clean = &originals[fault.edition];
        let bytes = (fault.change)(clean);
        assert!(bytes != *clean && bytes != twin(fault.edition, clean), "{}: nothing was changed", fault.name);
        put(folder, fault.edition, &bytes);
        let said = judged(folder);
        put(folder, fault.edition, clean);
        let file = format!("{:02}-{}.{}", number + 1, fault.name.replace([' ', ','], "-"), ending(fault.edition));
        keep(&file, &bytes);
        table.push_str(&format!("{file}\t{}\n", said.keys().cloned().collect::<Vec<_>>().join(" ")));
        let strange: Vec<_> = said.iter().filter(|(code, _)| !fault.codes.contains(&code.as_str())).collect();
        if !said.contains_key(fault.codes[0]) || !strange.is_empty() {
            wrong.push(format!("{} ({}): said {said:?}", fault.name, fault.codes[0]));
        }
    }
    keep("found.tsv", table.as_bytes());
    assert!(wrong.is_empty(), "{} of {} faults:\n{}", wrong.len(), faults.len(), wrong.join("\n"));
    assert!(faults.len() >= 40, "{} faults", faults.len());
}

#[test]
fn each_rule_for_finished_files_has_a_fault() {
    let mut planted: BTreeSet<&str> = all().iter().map(|fault| fault.codes[0]).collect();
    planted.extend(built::CODES);
    let missing: Vec<&str> = CODES
        .iter()
        .filter(|info| info.code.is_of_output() && !planted.contains(info.code.as_str()))
        .map(|info| info.code.as_str())
        .collect();
    assert!(missing.is_empty(), "no planted fault for {missing:?}");
}
