//! What the importers' tests share: the rules, the cases' files, and laws that hold for every imported page.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use everyleaf::import::{Imported, Options, Rules};
use pulldown_cmark::{Event, HeadingLevel, Options as Markdown, Parser, Tag};

use super::root;

/// The folders of the cases whose input has this name.
pub fn folders(input: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root().join("tests/import"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.join(input).is_file())
        .collect();
    folders.sort();
    assert!(!folders.is_empty());
    folders
}

static RULES: LazyLock<Vec<Rules>> = LazyLock::new(rules);

fn rules() -> Vec<Rules> {
    let folder = root().join("layouts/import");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let read = |p: &PathBuf| Rules::parse(&std::fs::read_to_string(p).unwrap(), &p.display().to_string()).unwrap();
    files.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")).map(read).collect()
}

/// How the tests import a page of this name.
pub fn options(name: &str) -> Options {
    Options { name: name.into(), rules: RULES.clone(), ..Options::default() }
}

/// Compares with an expected file, or writes it anew.
pub fn check(path: &Path, found: &str, failures: &mut Vec<String>) {
    if std::env::var_os("EVERYLEAF_BLESS").is_some() {
        std::fs::write(path, found).unwrap();
    } else if std::fs::read_to_string(path).unwrap_or_default() != found {
        failures.push(format!("{}:\n{found}", path.display()));
    }
}

/// Every line stands in the receipt.
pub fn accounted(input: &str, page: &Imported) {
    let mut seen = vec![false; input.lines().count() + 1];
    let kept = page.receipt.kept.iter().map(|k| (k.line, k.to_line));
    for (from, to) in kept.chain(page.receipt.dropped.iter().map(|d| (d.line, d.to_line))) {
        (from..=to.unwrap_or(from)).for_each(|n| seen[n] = true);
    }
    let missing: Vec<usize> = (1..seen.len()).filter(|n| !seen[*n]).collect();
    assert!(missing.is_empty(), "lines {missing:?} are not in the receipt\n{input}");
}

/// The words `q…x` in a text, in order.
pub fn marked(text: &str) -> Vec<String> {
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

/// Reads the page as a Markdown parser does: nothing in it is code, HTML or a footnote, heading levels are
/// whole, and its words are those that the receipt calls kept.
pub fn parsed(page: &Imported, html: bool) {
    let body = page.text.splitn(3, "+++\n").nth(2).unwrap_or("");
    let attribute = regex::Regex::new(r#"\{\.[a-z-]+((?: [a-z-]+(?:="(?:\\.|[^"\\])*")?)*)\}"#).unwrap();
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
        values
            .captures_iter(text)
            .filter(|v| !v[0].starts_with("url=") && !v[0].starts_with("tag="))
            .for_each(|v| say(&v[1]));
    }
    let plain = regex::Regex::new(r"\[!(NOTE|IMPORTANT|WARNING|EMERGENCY)\] ?")
        .unwrap()
        .replace_all(body, "\u{1}\n> ")
        .replace('\u{1}', "");
    let plain = attribute.replace_all(&plain, "").to_string();
    for event in Parser::new_ext(&plain, markdown) {
        match event {
            Event::Text(text) => say(&text),
            Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_) | Tag::DefinitionList) if html => {}
            Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::Rule | Event::FootnoteReference(_) => {
                panic!("{event:?}\n{body}")
            }
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::FootnoteDefinition(_) | Tag::DefinitionList) => {
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
