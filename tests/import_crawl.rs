//! The importer of crawled text: cases in folders, and laws that hold for every page.
//!
//! A case is a folder in `tests/import/` with an `input.txt`, the `expected.md`
//! and the `receipt.json`; a refused one has `refused.txt` instead. An
//! `address.txt` gives the page's address. `EVERYLEAF_BLESS=1 cargo test
//! --test import_crawl` writes the expected files anew.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use everyleaf::import::{Imported, Options, Rules, import};
use proptest::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Options as Markdown, Parser, Tag};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

static RULES: LazyLock<Vec<Rules>> = LazyLock::new(rules);

fn rules() -> Vec<Rules> {
    let folder = root().join("layouts/import");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let read = |p: &PathBuf| Rules::parse(&std::fs::read_to_string(p).unwrap(), &p.display().to_string()).unwrap();
    files.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")).map(read).collect()
}

fn options(name: &str) -> Options {
    Options { name: name.into(), rules: RULES.clone(), ..Options::default() }
}

fn bring(text: &str) -> Imported {
    import(text.as_bytes(), &options("a-page.txt")).unwrap_or_else(|d| panic!("refused: {d:?}\n{text}"))
}

fn check(path: &Path, found: &str, failures: &mut Vec<String>) {
    if std::env::var_os("EVERYLEAF_BLESS").is_some() {
        std::fs::write(path, found).unwrap();
    } else if std::fs::read_to_string(path).unwrap_or_default() != found {
        failures.push(format!("{}:\n{found}", path.display()));
    }
}

#[test]
fn cases() {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root().join("tests/import"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .collect();
    folders.sort();
    assert!(!folders.is_empty());
    let mut failures = Vec::new();
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().to_string();
        let input = std::fs::read(folder.join("input.txt")).unwrap();
        let address = std::fs::read_to_string(folder.join("address.txt")).ok().map(|a| a.trim().to_string());
        match import(&input, &Options { address, ..options(&format!("{name}.txt")) }) {
            Ok(page) => {
                check(&folder.join("expected.md"), &page.text, &mut failures);
                check(&folder.join("receipt.json"), &page.receipt.json(), &mut failures);
                accounted(&String::from_utf8_lossy(&input), &page);
                parsed(&page);
            }
            Err(reasons) => check(&folder.join("refused.txt"), &format!("{}\n", reasons[0].message), &mut failures),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Every line stands in the receipt.
fn accounted(input: &str, page: &Imported) {
    let mut seen = vec![false; input.lines().count() + 1];
    let kept = page.receipt.kept.iter().map(|k| (k.line, k.to_line));
    for (from, to) in kept.chain(page.receipt.dropped.iter().map(|d| (d.line, d.to_line))) {
        (from..=to.unwrap_or(from)).for_each(|n| seen[n] = true);
    }
    let missing: Vec<usize> = (1..seen.len()).filter(|n| !seen[*n]).collect();
    assert!(missing.is_empty(), "lines {missing:?} are not in the receipt\n{input}");
}

#[test]
fn nothing_of_a_safelink_survives() {
    let wrapped = "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Fcheck%23list&data=02%7C01%7Cann.other%40example.org%7C4a68&reserved=0";
    for line in [
        format!("Take a look at [our checklist]({wrapped}) before you go to the clinic next week."),
        format!("* [Our checklist]({wrapped})"),
        format!("Look at {wrapped} before you go to the clinic next week, please."),
        format!("![a picture]({wrapped})"),
        format!("[Next: our checklist]({wrapped})"),
        "[A broken one](https://x.safelinks.protection.outlook.com/?data=ann.other%40example.org)".to_string(),
    ] {
        let page = bring(&format!(
            "A page\n# A page\nThis is a sentence of the page that is long enough to be kept.\n{line}\nAnd another sentence that follows, as long as the first.\n"
        ));
        let said: String = page.diagnostics.iter().map(|d| d.message.clone()).collect();
        for text in [&page.text, &page.receipt.json(), &said] {
            assert!(!text.contains("ann.other") && !text.contains("safelinks.protection"), "{text}");
        }
        assert!(page.receipt.json().contains("[safelink removed]"), "{line}");
    }
}

/// A line of a page, with words that stand nowhere else.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just("@ @ @ @ @ @ @ @ @ @.".to_string()),
        2 => Just("* @ @ @".to_string()),
        1 => Just("\t+ @ [@ @](/a/b)".to_string()),
        1 => Just("1. @ @".to_string()),
        1 => Just("2. @".to_string()),
        1 => Just("## @ @".to_string()),
        1 => Just("## \n @ @".to_string()),
        1 => Just("## \n### \n @ @".to_string()),
        1 => Just("###### @".to_string()),
        1 => Just("---".to_string()),
        1 => Just(" ".to_string()),
        1 => Just("> @ @ @ @\n> \n> @ @".to_string()),
        1 => Just("> ### @\n> * @\n> * @".to_string()),
        1 => Just("|  |  |\n| --- | --- |\n| **@** | **@** |\n| @ | @ @ |\n| @ |  |".to_string()),
        1 => Just("@ @| @ | @ |\n| --- | --- |\n| @\n \n @ | @ |".to_string()),
        1 => Just("| @ |\n| --- |\n| * @\n* @\n |".to_string()),
        1 => Just("| @ |".to_string()),
        1 => Just("**@ @**".to_string()),
        1 => Just("@ **@ **@** @** @** @ * @ \\* @".to_string()),
        1 => Just("@ [@ @](https://example.org/x(y)z \"t\") @ [@](#nowhere) [@](javascript:void(0)) ![@](a.png)".to_string()),
        1 => Just("[Back\n@ @](/before)".to_string()),
        1 => Just("[@ [@](/a) @](/b)[@](/c)@".to_string()),
        1 => Just("@  \n@  \n@".to_string()),
        1 => Just("Did you find this useful?\nYes\nNo\n@ @ @".to_string()),
        1 => Just("### @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @.".to_string()),
        1 => Just("@ @ Close## @ @".to_string()),
        1 => Just("@ &amp; @&nbsp;@ <@> {{@}} {.write} @\\".to_string()),
        1 => Just("On this page\n* [@](#y)\n* [@](#x)".to_string()),
        1 => Just("Page last reviewed: @\nNext review due: 1 May 2030".to_string()),
        1 => Just("Related content\n* [@](/x)".to_string()),
        1 => Just("© @ @".to_string()),
    ]
}

/// Gives every `@` a word of its own.
fn number(lines: &[String]) -> (String, Vec<String>) {
    let mut words = Vec::new();
    let mut text = String::from("Qtitle | Site\n# Qtitle\n");
    for line in lines {
        for c in line.chars() {
            if c == '@' {
                words.push(format!("q{}x", words.len()));
                text.push_str(words.last().unwrap());
            } else {
                text.push(c);
            }
        }
        text.push('\n');
    }
    (text, words)
}

/// The words `q…x` in a text, in order.
fn marked(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric());
    let mut out = Vec::new();
    for part in parts {
        // a repaired blank may be missing between two words of the input
        let mut rest = part;
        while let Some(end) = rest.find('x') {
            if rest.starts_with('q') && rest[1..end].chars().all(|c| c.is_ascii_digit()) && end > 1 {
                out.push(rest[..=end].to_string());
            }
            rest = &rest[end + 1..];
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_kept_and_dropped_are_the_words_of_the_input(lines in prop::collection::vec(line(), 1..30)) {
        let (text, words) = number(&lines);
        let Ok(page) = import(text.as_bytes(), &options("a-page.txt")) else { return Ok(()) };
        accounted(&text, &page);
        parsed(&page);
        let kept: Vec<String> = page.receipt.kept.iter().flat_map(|k| marked(&k.text)).collect();
        let dropped: Vec<String> = page.receipt.dropped.iter().flat_map(|d| marked(&d.text)).collect();
        for word in &words {
            let k = kept.iter().filter(|w| *w == word).count();
            let d = dropped.iter().filter(|w| *w == word).count();
            prop_assert!(k <= 1 && k + d >= 1, "{word}: kept {k}, dropped {d}\n{text}\n{}", page.receipt.json());
        }
        // what the receipt calls kept stands in the page, in the input's order
        let body = page.text.splitn(3, "+++").nth(2).unwrap_or("");
        let shown = marked(body);
        let said: Vec<String> = page.receipt.kept.iter().filter(|k| k.to == "body").flat_map(|k| marked(&k.text)).collect();
        prop_assert_eq!(&shown, &said, "{}\n{}", text, page.text);
        let order: Vec<usize> = shown.iter().filter_map(|w| words.iter().position(|x| x == w)).collect();
        prop_assert!(order.windows(2).all(|w| w[0] < w[1]), "{text}\n{}", page.text);
    }

    #[test]
    fn any_text_is_imported_or_refused(start in any::<bool>(), text in "([#*+>|\\[\\]()!`_{}.<&;~:0-9a-zA-Z \\t\\n\\\\-]|https://|\\n# |\\n\\| --- \\|\\n|\\*\\*|\\]\\(){0,200}") {
        let text = if start { format!("A page\n# A page\nOne sentence with enough words in it to be an article.\n{text}") } else { text };
        if let Ok(page) = import(text.as_bytes(), &options("a-page.txt")) {
            accounted(&text, &page);
            parsed(&page);
        }
    }

    #[test]
    fn any_bytes_are_imported_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = import(&bytes, &options("a-page.txt"));
    }
}

/// Reads the page as a Markdown parser does: nothing in it is code, HTML or a footnote, heading levels are
/// whole, and its words are those that the receipt calls kept.
fn parsed(page: &Imported) {
    let body = page.text.splitn(3, "+++\n").nth(2).unwrap_or("");
    let attribute = regex::Regex::new(r#"\{\.[a-z-]+((?: [a-z]+="(?:\\.|[^"\\])*")*)\}"#).unwrap();
    let values = regex::Regex::new(r#"[a-z]+="((?:\\.|[^"\\])*)""#).unwrap();
    let mut letters = Vec::new();
    let mut say = |text: &str| letters.extend(text.chars().filter(|c| c.is_alphanumeric()));
    let mut level = 1;
    let markdown = Markdown::ENABLE_TABLES
        | Markdown::ENABLE_FOOTNOTES
        | Markdown::ENABLE_TASKLISTS
        | Markdown::ENABLE_DEFINITION_LIST;
    // attributes hold words that are kept (a caption, a source, a title) and addresses that are not
    let attributes: Vec<String> = attribute.captures_iter(body).map(|c| c[1].to_string()).collect();
    for text in &attributes {
        values.captures_iter(text).filter(|v| !v[0].starts_with("url=")).for_each(|v| say(&v[1]));
    }
    let plain = regex::Regex::new(r"\[!(NOTE|IMPORTANT|WARNING|EMERGENCY)\] ?")
        .unwrap()
        .replace_all(body, "\u{1}\n> ")
        .replace('\u{1}', "");
    let plain = attribute.replace_all(&plain, "").to_string();
    for event in Parser::new_ext(&plain, markdown) {
        match event {
            Event::Text(text) => say(&text),
            Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::Rule | Event::FootnoteReference(_) => {
                panic!("{event:?}\n{body}")
            }
            Event::Start(
                Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::FootnoteDefinition(_)
                | Tag::DefinitionList
                | Tag::Image { .. },
            ) => {
                panic!("{event:?}\n{body}")
            }
            Event::Start(Tag::Heading { level: found, .. }) => {
                let found = match found {
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    HeadingLevel::H4 => 4,
                    other => panic!("{other:?}\n{body}"),
                };
                assert!(found <= level + 1, "level {found} under {level}\n{body}");
                level = found;
            }
            _ => {}
        }
    }
    let kept = page.receipt.kept.iter().filter(|k| k.to == "body");
    let mut said: Vec<char> = kept.flat_map(|k| k.text.chars().filter(|c| c.is_alphanumeric())).collect();
    letters.sort_unstable();
    said.sort_unstable();
    assert_eq!(letters.iter().collect::<String>(), said.iter().collect::<String>(), "{}", page.text);
}

#[test]
fn two_imports_are_the_same() {
    let (text, _) = number(&["@ @ @ @ @ @ @ @ @.".into(), "* @ [@](/x)".into(), "© @".into()]);
    assert_eq!(bring(&text).receipt.json(), bring(&text).receipt.json());
}

#[test]
fn long_and_nested_input_takes_linear_time() {
    let start = Instant::now();
    for piece in [
        "[",
        "![",
        "[a](",
        "](b)",
        "**a",
        "*",
        "> ",
        "> > ",
        "| ",
        "| a | b |\n",
        "* a\n",
        "\t",
        "# ",
        "## a ",
        "<a",
        "&amp;",
        "a  \n",
        "[a\n",
        "| --- | --- |\n",
        "Close# A",
        "* **a:** b",
        "((((",
        "{{",
        "Page last reviewed: ",
        "\u{200b}",
    ] {
        let text = format!(
            "A page\n# A page\nThis is a sentence of the page, and it is long enough.\n{}\n",
            piece.repeat(300_000 / piece.len())
        );
        let _ = import(text.as_bytes(), &options("a-page.txt"));
    }
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}
