//! `everyleaf check`: all findings at once, each at its place, in every form; allowances, profiles, SARIF.

mod common;

use common::{AS_OF, Folder, PAGE, picture};
use serde_json::Value;

/// Twenty mistakes and more, each marked by what stands around it.
const MISTAKES: &str = r#"+++
title = "Keeping warm"
summary = "How to stay well in cold weather."
language = "en-GB"
source = "http://example.org/keeping-warm"
product-code = "warm 1"
published = 2020-03-01
reviewed = 2025-03-01
next-review = 2029-03-01
+++

Currently, cold air can make you cough. PLEASE DO NOT GO out without a scarf.

### Too deep

Read more about it [here](https://example.org/a), at [https://example.org/b/c](https://example.org/b/c) or in [our advice](https://example.org/c). See [our advice](https://example.org/d) again.

## 

## Before you go out

![IMG_1.png](good.png)

![](good.png)

![A warm scarf](good.png){.figure caption="A warm scarf"}

![Image of a hat](small.png)

## Before you go out

| One |
|---|
| column |

|  |  |
|---|---|
| no | header |

> [!EMERGENCY] If you cannot breathe
> Get help at once.

*When you go out on a cold day, wear a scarf. Wind it over your nose and your mouth, so that it warms the air. Éa ok.*

Os yw’n well gennych siarad Cymraeg, dywedwch hynny wrth eich tîm gofal yn yr ysbyty.

Look at [the old site](https://www.blf.org.uk/cold), as it was in March 2019. My nurse is \_\_\_\_\_\_\_\_.

🧣🧣 Then go [on from here](nowhere) and call {{helpline.fax}}.

## What you can do on a cold day when you have to go out and feel the wind on your face
"#;

/// Code, line and column of each.
const PLACES: &[(&str, usize, usize)] = &[
    ("C016", 5, 10),
    ("C018", 6, 16),
    ("C021", 9, 15),
    ("F008", 1, 1),
    ("C019", 12, 1),
    ("C011", 12, 41),
    ("S007", 14, 1),
    ("C007", 16, 20),
    ("C008", 16, 54),
    ("C009", 16, 152),
    ("S006", 18, 1),
    ("C001", 22, 1),
    ("A004", 24, 1),
    ("C002", 26, 1),
    ("C003", 28, 1),
    ("A005", 28, 1),
    ("C004", 30, 1),
    ("C010", 32, 1),
    ("S014", 36, 1),
    ("C012", 40, 1),
    ("C013", 43, 2),
    ("C015", 45, 1),
    ("C017", 47, 9),
    ("C019", 47, 64),
    ("C014", 47, 91),
    ("S004", 49, 1),
    ("S016", 49, 12),
    ("S013", 49, 45),
    ("C005", 51, 1),
    ("C006", 51, 1),
];

fn folder(page: &str) -> Folder {
    let folder = Folder::with_page(page);
    folder.put("sources/warm/good.png", picture(1200, 700));
    folder.put("sources/warm/small.png", picture(60, 40));
    folder
}

fn day() -> String {
    AS_OF.to_string()
}

fn run(folder: &Folder, format: &str, more: &[&str]) -> common::Ran {
    let day = day();
    let mut arguments = vec!["check", "--as-of", &day, "--message-format", format];
    arguments.extend(more);
    folder.run(&arguments)
}

fn json(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn many_mistakes_are_found_in_one_run_at_their_places() {
    let folder = folder(MISTAKES);
    let found: Vec<(String, usize, usize)> = json(&run(&folder, "json", &[]).expect(1).out)
        .iter()
        .map(|d| {
            let number = |key: &str| d[key].as_u64().unwrap() as usize;
            assert_eq!(d["path"], "sources/warm/page.md", "{d}");
            (d["code"].as_str().unwrap().to_string(), number("line"), number("column"))
        })
        .collect();
    let mut wanted: Vec<(String, usize, usize)> =
        PLACES.iter().map(|(code, line, column)| (code.to_string(), *line, *column)).collect();
    let mut sorted = found.clone();
    wanted.sort();
    sorted.sort();
    assert_eq!(sorted, wanted, "in the order of the page: {found:#?}");
    assert!(found.is_sorted_by_key(|(_, line, column)| (*line, *column)), "the order of the page: {found:?}");

    let human = run(&folder, "human", &[]).expect(1).err;
    let plain = run(&folder, "plain", &[]).expect(1).err;
    for (code, line, column) in PLACES {
        assert!(human.contains(&format!("sources/warm/page.md:{line}:{column}: ")), "{code}\n{human}");
        assert!(human.contains(&format!("[{code}]: ")), "{code}\n{human}");
        let sentence = format!("In sources/warm/page.md, line {line}, column {column}.");
        assert!(plain.lines().any(|l| l.contains(&format!(" {code}: ")) && l.contains(&sentence)), "{code}\n{plain}");
    }
    // what, why, the clause and how to mend
    for words in ["  why: On paper a dead address", "  source: WCAG 2.2, 2.4.4", "  help: put into the square brackets"]
    {
        assert!(human.contains(words), "{words}\n{human}");
    }
    assert!(plain.contains(" Source: WCAG 2.2, 1.1.1"), "{plain}");
}

#[test]
fn advice_on_style_is_one_note_a_page_and_never_a_gate() {
    let long =
        "When you go out on a cold and windy day you should take a scarf and wind it round your nose and mouth.\n";
    let folder = folder(&format!("{PAGE}\n{long}\nFirst. Second. Third. Fourth.\n\n{long}"));
    let ran = run(&folder, "json", &["--deny-warnings"]).expect(0);
    let notes = json(&ran.out);
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert_eq!((notes[0]["code"].as_str(), notes[0]["line"].as_u64()), (Some("C024"), Some(23)));
    let message = notes[0]["message"].as_str().unwrap();
    assert!(message.contains("line 23 (23 words), line 27 (23 words)"), "{message}");
    assert!(message.contains("1 paragraph has more than 3 sentences: line 25 (4 sentences)"), "{message}");
}

#[test]
fn a_build_says_nothing_of_an_editors_matters() {
    let page = PAGE
        .replace("Wear a scarf.", "Currently, see [it](http://example.org/). Call [us here](https://www.blf.org.uk/).");
    let folder = folder(&page);
    let day = day();
    let ran = folder.run(&["build", "-e", "html", "--as-of", &day, "--message-format", "json"]).expect(0);
    let codes: Vec<String> = json(&ran.out).iter().map(|d| d["code"].as_str().unwrap().to_string()).collect();
    assert_eq!(codes, ["C017"], "only what would be printed and lead nowhere");
    assert_eq!(json(&run(&folder, "json", &[]).expect(0).out).len(), 3);
}

const ALLOW: &str = r#"
[[allow]]
code = "C019"
page = "warm"
words = "Currently"
reason = "The clinic asked for it."
name = "Ann Example"
expires = 2026-11-23
"#;

#[test]
fn a_finding_can_be_allowed_until_a_day() {
    let page = PAGE.replace("Wear a scarf.", "Currently, wear a scarf.\n\nAt the moment, wear gloves.");
    let folder = folder(&page);
    folder.put("everyleaf-allow.toml", ALLOW);
    let ran = run(&folder, "short", &[]).expect(0);
    assert_eq!(ran.err.matches("warning[").count(), 1, "the words pick one of two: {}", ran.err);
    assert!(ran.err.ends_with("1 page checked: 1 warning; 1 allowed by everyleaf-allow.toml\n"), "{}", ran.err);

    folder.put("everyleaf-allow.toml", ALLOW.replace("11-23", "11-22"));
    let ran = run(&folder, "short", &[]).expect(0);
    assert_eq!(ran.err.matches("warning[C019]").count(), 2, "the day is past: {}", ran.err);
    assert!(ran.err.contains("everyleaf-allow.toml:2:1: warning[C030]"), "{}", ran.err);
}

#[test]
fn an_error_cannot_be_allowed() {
    let folder = folder(&PAGE.replace("## Before", "#### Before"));
    folder.put("everyleaf-allow.toml", ALLOW.replace("C019", "S007").replace("words = \"Currently\"\n", ""));
    let ran = run(&folder, "short", &[]).expect(1);
    assert!(ran.err.contains("error[S007]") && ran.err.contains("warning[C031]"), "{}", ran.err);
}

#[test]
fn a_project_may_tighten_a_threshold() {
    let folder = folder(PAGE);
    run(&folder, "short", &["--deny-warnings"]).expect(0);
    folder.put("layouts/profiles/health-information.toml", "[thresholds.sentence-words]\nat-most = 5\n");
    let ran = run(&folder, "short", &[]).expect(0);
    assert!(ran.err.contains("have more than 5 words") || ran.err.contains("has more than 5 words"), "{}", ran.err);
    folder.put("layouts/profiles/health-information.toml", "[thresholds.sentence-words]\nat-most = 25\n");
    let ran = run(&folder, "short", &[]).expect(1);
    assert!(ran.err.contains("health-information.toml:2:11: error[C032]"), "{}", ran.err);
}

/// The rules of the SARIF 2.1.0 schema that matter to those who read our logs.
#[test]
fn sarif_has_the_form_of_the_standard() {
    let folder = folder(MISTAKES);
    folder.put("everyleaf-allow.toml", ALLOW);
    let log: Value = serde_json::from_str(&run(&folder, "sarif", &[]).expect(1).out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-schema-2.1.0.json"));
    let runs = log["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1);
    assert_eq!(runs[0]["columnKind"], "utf16CodeUnits");
    let driver = &runs[0]["tool"]["driver"];
    assert_eq!(driver["name"], "everyleaf");
    let rules = driver["rules"].as_array().unwrap();
    let ids: std::collections::BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len(), "a rule stands twice");
    for rule in rules {
        for key in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[key]["text"].as_str().unwrap().is_empty(), "{rule}");
        }
    }
    let results = runs[0]["results"].as_array().unwrap();
    assert_eq!(results.len(), PLACES.len());
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "sources/warm/page.md");
        let number = |key: &str| place["region"][key].as_u64().unwrap();
        let (start, end) = ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
        assert!(start.0 >= 1 && start.1 >= 1 && start <= end, "{result}");
    }
    // two scarves outside the basic plane are four units, and two characters
    let link = results.iter().find(|r| r["ruleId"] == "S016").unwrap();
    assert_eq!(link["locations"][0]["physicalLocation"]["region"]["startColumn"], 14);
    let suppressed: Vec<&Value> = results.iter().filter(|r| r["suppressions"].is_array()).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["ruleId"], "C019");
    assert_eq!(suppressed[0]["suppressions"][0]["kind"], "external");
    assert_eq!(
        suppressed[0]["suppressions"][0]["justification"],
        "The clinic asked for it. (Ann Example, until 2026-11-23)"
    );
}

#[test]
fn two_pages_of_one_language_have_two_product_codes() {
    let folder = Folder::with_page(PAGE);
    folder.put("sources/second/page.md", PAGE.replace("Keeping warm", "Keeping cool"));
    let ran = folder.run(&["check", "second", "--as-of", "2026-06-01", "--message-format", "short"]);
    let said: Vec<&str> = ran.err.lines().filter(|line| line.contains("[C036]")).collect();
    assert_eq!(said.len(), 1, "{}", ran.err);
    assert!(said[0].contains("page.md:") && said[0].contains("product code `WARM-1`"), "{said:?}");
    // a translation may have the code of what it translates
    folder.put("sources/second/page.md", PAGE.replace("en-GB", "cy"));
    let ran = folder.run(&["check", "--as-of", "2026-06-01", "--message-format", "short"]);
    assert!(!ran.err.contains("[C036]"), "{}", ran.err);
}
