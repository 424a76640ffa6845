//! The importer of crawled text: cases in folders, and laws that hold for every page.
//!
//! A case is a folder in `tests/import/` with an `input.txt`, the `expected.md`
//! and the `receipt.json`; a refused one has `refused.txt` instead. An
//! `address.txt` gives the page's address. `EVERYLEAF_BLESS=1 cargo test
//! --test import_crawl` writes the expected files anew.

use std::time::{Duration, Instant};

use everyleaf::import::{Imported, Options, import};
use proptest::prelude::*;

mod common;

use common::import::{accounted, check, folders, marked, options, parsed};

fn bring(text: &str) -> Imported {
    import(text.as_bytes(), &options("a-page.txt")).unwrap_or_else(|d| panic!("refused: {d:?}\n{text}"))
}

#[test]
fn cases() {
    let mut failures = Vec::new();
    for folder in folders("input.txt") {
        let name = folder.file_name().unwrap().to_string_lossy().to_string();
        let input = std::fs::read(folder.join("input.txt")).unwrap();
        let address = std::fs::read_to_string(folder.join("address.txt")).ok().map(|a| a.trim().to_string());
        match import(&input, &Options { address, ..options(&format!("{name}.txt")) }) {
            Ok(page) => {
                check(&folder.join("expected.md"), &page.text, &mut failures);
                check(&folder.join("receipt.json"), &page.receipt.json(), &mut failures);
                accounted(&String::from_utf8_lossy(&input), &page);
                parsed(&page, false);
            }
            Err(reasons) => check(&folder.join("refused.txt"), &format!("{}\n", reasons[0].message), &mut failures),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
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

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_kept_and_dropped_are_the_words_of_the_input(lines in prop::collection::vec(line(), 1..30)) {
        let (text, words) = number(&lines);
        let Ok(page) = import(text.as_bytes(), &options("a-page.txt")) else { return Ok(()) };
        accounted(&text, &page);
        parsed(&page, false);
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
            parsed(&page, false);
        }
    }

    #[test]
    fn any_bytes_are_imported_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = import(&bytes, &options("a-page.txt"));
    }
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
