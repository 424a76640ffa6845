//! Facts about real pages: what each says of itself, read by eye. Their words belong to their publishers, and are not here.
//!
//! `EVERYLEAF_PAGES` names the folder; without it, `../shared/pages` beside the repository.

mod common;

use std::collections::BTreeSet;
use std::path::PathBuf;

use common::import::options;
use common::root;
use everyleaf::date::Date;
use everyleaf::import::import;

/// What becomes of a page.
enum Fact {
    /// Title, language, reviewed, next review and slug.
    Page(&'static str, &'static str, &'static str, &'static str, &'static str),
    /// A word of the reason.
    Refused(&'static str),
}
use Fact::{Page, Refused};

/// A page's file begins so; no day is an empty string.
const FACTS: &[(&str, Fact)] = &[
];

fn folder() -> PathBuf {
    std::env::var_os("EVERYLEAF_PAGES").map_or_else(|| root().join("../shared/pages"), PathBuf::from)
}

#[test]
fn the_table_agrees_with_itself() {
    let names: BTreeSet<&str> = FACTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), FACTS.len(), "a page stands twice");
    for (name, fact) in FACTS {
        let Page(title, language, reviewed, next, slug) = fact else { continue };
        assert!(everyleaf::language::is_tag(language) && !title.is_empty() && !slug.is_empty(), "{name}");
        for day in [reviewed, next].into_iter().filter(|day| !day.is_empty()) {
            assert!(Date::parse(day).is_some(), "{name}: {day}");
        }
        assert!(next.is_empty() || reviewed <= next, "{name}: the next review is before the last");
    }
}

#[test]
fn real_pages_say_what_they_say() {
    let Ok(entries) = std::fs::read_dir(folder()) else {
        eprintln!("the real pages are not at {}: only the table itself was checked", folder().display());
        return;
    };
    let mut files: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt" || e == "html"));
    files.sort();
    let mut failures = Vec::new();
    let mut seen = 0;
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().to_string();
        let found = match import(&std::fs::read(&file).unwrap(), &options(&name)) {
            Err(reasons) => format!("refused: {}", reasons[0].message),
            Ok(page) => {
                let front: toml::Table = toml::from_str(page.text.split("+++\n").nth(1).unwrap()).unwrap();
                let word = |key: &str| front.get(key).map(|v| v.to_string().trim_matches('"').to_string());
                let all = ["title", "language", "reviewed", "next-review"].map(|key| word(key).unwrap_or_default());
                format!("{} | {}", all.join(" | "), page.slug)
            }
        };
        match FACTS.iter().find(|(known, _)| name.starts_with(known)) {
            None => failures.push(format!("{name} is not in the table: {found}")),
            Some((_, Refused(word))) if found.starts_with("refused: ") && found.contains(word) => seen += 1,
            Some((_, Page(title, language, reviewed, next, slug)))
                if found == [*title, language, reviewed, next, slug].join(" | ") =>
            {
                seen += 1;
            }
            Some(_) => failures.push(format!("{name}: {found}")),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(seen, FACTS.len(), "a page of the table is not in {}", folder().display());
}
