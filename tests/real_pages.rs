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
    (
        "000_",
        Page(
            "Treatment for alpha-1-antitrypsin deficiency",
            "en-GB",
            "2020-08-01",
            "2023-08-01",
            "treatment-for-alpha-1-antitrypsin-deficiency",
        ),
    ),
    (
        "a01-",
        Page(
            "What is the cause of alpha-1-antitrypsin deficiency?",
            "en-GB",
            "2020-08-01",
            "2023-08-01",
            "a01-asthmaandlung-org-uk-conditions-alpha-1-antitrypsin-deficien",
        ),
    ),
    (
        "a03-",
        Page(
            "Your lung condition and anxiety",
            "en-GB",
            "2023-02-28",
            "2026-02-28",
            "a03-asthmaandlung-org-uk-living-with-mental-health-anxiety",
        ),
    ),
    (
        "a05-",
        Page(
            "Keeping well in the cold: what you can do",
            "en-GB",
            "2020-08-01",
            "2023-08-01",
            "a05-asthmaandlung-org-uk-living-with-cold-weather",
        ),
    ),
    (
        "a06-",
        Page(
            "2. Breathing control",
            "en-GB",
            "2022-10-01",
            "2023-10-01",
            "a06-asthmaandlung-org-uk-conditions-long-covid-2-breathing-contr",
        ),
    ),
    (
        "a07-",
        Page(
            "How is OSA treated in children?",
            "en-GB",
            "2022-07-01",
            "2025-07-01",
            "a07-asthmaandlung-org-uk-conditions-obstructive-sleep-apnoea-osa",
        ),
    ),
    (
        "a09-",
        Page(
            "How to use a pMDI inhaler",
            "en-GB",
            "2023-02-02",
            "2024-02-02",
            "a09-asthmaandlung-org-uk-living-with-inhaler-videos-pmdi",
        ),
    ),
    (
        "a11-",
        Page(
            "Chronic bronchitis",
            "en-GB",
            "2022-05-01",
            "2022-05-01",
            "a11-asthmaandlung-org-uk-conditions-copd-chronic-obstructive-pul",
        ),
    ),
    (
        "a14-",
        Page(
            "What are the physical signs in the last weeks or days?",
            "en-GB",
            "2021-03-01",
            "2024-03-01",
            "a14-asthmaandlung-org-uk-conditions-end-life-what-are-physical-s",
        ),
    ),
    (
        "a17-",
        Page(
            "Primary ciliary dyskinesia (PCD)",
            "en-GB",
            "2022-08-01",
            "2025-08-01",
            "a17-blf-org-uk-support-for-you-primary-ciliary-dyskinesia-pcd",
        ),
    ),
    (
        "a18-",
        Page(
            "Travelling when you have access needs",
            "en-GB",
            "2023-02-28",
            "2024-04-30",
            "a18-asthmaandlung-org-uk-living-with-travel-access",
        ),
    ),
    (
        "a20-",
        Page(
            "Nebulisers",
            "en-GB",
            "2023-03-01",
            "2026-03-31",
            "a20-asthma-org-uk-advice-severe-asthma-treating-severe-asthma-us",
        ),
    ),
    ("a21-", Page("Overview - Angina", "en-GB", "2021-04-22", "2024-04-22", "a21-nhs-uk-conditions-angina")),
    (
        "a24-",
        Page(
            "Online health and prescription services",
            "en-GB",
            "2023-02-17",
            "2026-02-17",
            "a24-nhs-uk-using-the-nhs-nhs-services-gps-gp-online-services",
        ),
    ),
    (
        "a26-",
        Page(
            "Coping with a low sex drive",
            "en-GB",
            "2021-11-04",
            "2024-11-04",
            "a26-cancerresearchuk-org-about-cancer-coping-physically-sex-low",
        ),
    ),
    ("a29-", Page("Chest drains", "en-GB", "", "", "a29-gosh-nhs-uk-conditions-and-treatments-procedures-and-treatme")),
    (
        "a35-",
        Page(
            "Tips For Problems Sleeping With CPAP or Non-Invasive Ventilation",
            "en-GB",
            "",
            "",
            "a35-hope2sleep-co-uk-tips-for-problems-sleeping-with-cpap-or-niv",
        ),
    ),
    (
        "a36-",
        Page("Airline index", "en-GB", "", "", "a36-europeanlung-org-en-information-hub-air-travel-airline-index"),
    ),
    ("a39-", Refused("robots")),
    ("a40-", Refused("server's error")),
    ("a41-", Refused("PDF")),
    (
        "a43-",
        Page(
            "Steroid-induced diabetes",
            "en-GB",
            "",
            "",
            "a43-diabetes-org-uk-diabetes-the-basics-other-types-of-diabetes",
        ),
    ),
    ("b01-", Page("Zika virus", "en", "2016-02-12", "2018-02-12", "zika-virus")),
    ("b05-", Page("1. الوجهة الأولى في أوروبا للاستثمار الوارد", "ar", "", "", "b05-govuk-arabic-translation")),
];

/// The pages that say their own address; no other has one, since none was given.
const ADDRESSES: &[(&str, &str)] = &[("b01-", "http://www.nhs.uk/conditions/zika-virus/Pages/Introduction.aspx")];

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
                let known = ADDRESSES.iter().find(|(known, _)| name.starts_with(known)).map(|(_, address)| *address);
                if word("source").as_deref() != known {
                    failures.push(format!("{name}: its address is {:?}", word("source")));
                }
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
