//! Parity: every word of a page stands in every edition, once and in order, whatever the page is made of.
//! Pages are generated, built, and read back from the files' bytes.

mod common;

use everyleaf::inspect::{epub, html, pdf, words};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A piece of the page: its Markdown, the words it must give, and a word that no other piece has.
#[derive(Debug, Clone)]
struct Piece {
    markdown: String,
    words: Vec<String>,
    /// The words of its note, which editions move to the end.
    note: Vec<String>,
    sign: String,
    /// Its level, where it is a heading.
    level: Option<usize>,
}

/// A heading as an edition has it: its level and its words.
type Heading = (usize, String);

/// Words as Markdown writes them, and as people read them: signs that templates and markup could mistake for code.
const AWKWARD: &[(&str, &str)] = &[
    ("plain", "plain"),
    ("words", "words"),
    ("breathing", "breathing"),
    ("\\#hash", "#hash"),
    ("\\$5", "$5"),
    ("a\\*b", "a*b"),
    ("\\_x\\_y", "_x_y"),
    ("@name", "@name"),
    ("\\<b\\>tag", "<b>tag"),
    ("back\\\\slash", "back\\slash"),
    ("a//b", "a//b"),
    ("\\[box\\]x", "[box]x"),
    ("\\{\\{brace}}", "{{brace}}"),
    ("\\[^mark]", "[^mark]"),
    ("\\`tick\\~x", "`tick~x"),
    ("`code`", "code"),
    ("&amp;co", "&co"),
    ("中文", "中文"),
    ("**bold**", "bold"),
    ("*stressed*", "stressed"),
    ("“quoted”", "“quoted”"),
    ("0300 222 5800", "0300 222 5800"),
    ("1 August 2020", "1 August 2020"),
    ("alpha-1-antitrypsin", "alpha-1-antitrypsin"),
    ("é≥ü", "é≥ü"),
    ("[link](https://example.org/a-long/path/to/a/page)", "link"),
    ("pneumonoultramicroscopicsilicovolcanoconiosis", "pneumonoultramicroscopicsilicovolcanoconiosis"),
];

/// Some words, with their sign first.
fn sentence(sign: &str, picks: &[usize]) -> (String, Vec<String>) {
    let chosen = picks.iter().map(|pick| AWKWARD[pick % AWKWARD.len()]);
    let (marks, plain): (Vec<&str>, Vec<&str>) = chosen.unzip();
    let markdown = format!("{sign} {}", marks.join(" "));
    (markdown.trim_end().to_string(), bare(&format!("{sign} {}", plain.join(" "))))
}

/// Turns a recipe into pieces; signs are numbered, so that each stands once.
fn pieces(recipe: &[(u8, Vec<usize>, u8)]) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut last = 1;
    for (number, (kind, picks, size)) in recipe.iter().enumerate() {
        let sign = format!("sign{number}x");
        let (text, mut words) = sentence(&sign, picks);
        let size = usize::from(*size % 5) + 1;
        let more = |extra: &mut Vec<String>, part: usize| {
            let (text, words) = sentence(&format!("part{number}x{part}"), &picks[..picks.len().min(2)]);
            extra.extend(words);
            text
        };
        let (mut note, mut level) = (Vec::new(), None);
        let markdown = match kind % 15 {
            0 => {
                // never deeper than one below the last, never deeper than four
                last = (2 + size % 3).min(last + 1).min(4);
                level = Some(last);
                format!("{} {text}", "#".repeat(last))
            }
            1 => {
                let items: Vec<String> = (0..size).map(|i| format!("- {}", more(&mut words, i))).collect();
                format!("{text}:\n\n{}", items.join("\n"))
            }
            2 => {
                let items: Vec<String> = (0..size).map(|i| format!("{}. {}", i + 3, more(&mut words, i))).collect();
                format!("{text}\n\n{}\n   - {}", items.join("\n"), more(&mut words, size))
            }
            3 => format!("> [!IMPORTANT]\n> {text}\n>\n> {}", more(&mut words, 0)),
            4 => format!("> [!EMERGENCY] {text}\n> {}", more(&mut words, 0)),
            5 => {
                let cell = |part: &str, column: usize, words: &mut Vec<String>| {
                    let (text, cell) = sentence(&format!("{part}{number}x{column}"), &picks[..1.min(picks.len())]);
                    words.extend(cell);
                    text.replace('|', "\\|")
                };
                let row = |part: &str, words: &mut Vec<String>| {
                    (0..size).map(|column| cell(part, column, words)).collect::<Vec<_>>().join(" | ")
                };
                let header = row("head", &mut words);
                let rule = vec!["---"; size].join(" | ");
                let rows: Vec<String> =
                    ["one", "two", "six"].iter().map(|part| format!("| {} |", row(part, &mut words))).collect();
                format!("{text}\n\n| {header} |\n| {rule} |\n{}", rows.join("\n"))
            }
            6 => format!("> {text}"),
            7 => format!("{text}\n: {}", more(&mut words, 0)),
            8 => {
                let items: Vec<String> = (0..size).map(|i| format!("- [ ] {}", more(&mut words, i))).collect();
                format!("{text}\n\n{}", items.join("\n"))
            }
            9 => format!("{text}\n: {}\n: {}", more(&mut words, 0), more(&mut words, 1)),
            10 => {
                // a label is plain words, so the sign stands alone there
                words = bare(&sign);
                format!("{{.fill-in label=\"{sign}\" lines={size}}}")
            }
            11 => format!("{text}.[^{sign}]\n\n[^{sign}]: {}", more(&mut note, 0)),
            12 => {
                let (first, second) = (more(&mut words, 0), more(&mut words, 1));
                format!("> [!WARNING] {text}\n> - {first}\n>   1. {second}")
            }
            13 => {
                // a picture whose file is still to come shows its words
                words = bare(&sign);
                format!("![{sign}](no-such-file.png){{.figure missing}}")
            }
            _ => text,
        };
        all.push(Piece { markdown, words, note, sign, level });
    }
    all
}

/// A text's words without the punctuation at their edges, which labels and lists add.
fn bare(text: &str) -> Vec<String> {
    let edge = |c: char| !c.is_alphanumeric();
    words::words(text).iter().map(|w| w.trim_matches(edge).to_string()).filter(|w| !w.is_empty()).collect()
}

/// How often a word stands in a text.
fn times(text: &str, word: &str) -> usize {
    bare(text).iter().filter(|w| *w == word).count()
}

fn judge(path: &str, text: &str, links: &[String], headings: &[Heading], pieces: &[Piece], wants_link: bool) {
    let words = pieces.iter().flat_map(|piece| &piece.words);
    let source: Vec<String> = words.chain(pieces.iter().flat_map(|piece| &piece.note)).cloned().collect();
    let missing = words::in_order(&source, &bare(text));
    assert!(
        missing.is_clean(),
        "{path}: missing {:?}, glued {:?}\n{text}",
        missing.words.iter().map(|i| &source[*i]).collect::<Vec<_>>(),
        missing.glued
    );
    for piece in pieces {
        let count = times(text, &piece.sign);
        // a heading stands in the contents too
        let most = if piece.level.is_some() { 2 } else { 1 };
        assert!((1..=most).contains(&count), "{path}: {} stands {count} times\n{text}", piece.sign);
        let levels: Vec<usize> = headings.iter().filter(|(_, h)| times(h, &piece.sign) > 0).map(|h| h.0).collect();
        assert_eq!(levels, Vec::from_iter(piece.level), "{path}: the level of {}", piece.sign);
    }
    if wants_link {
        assert!(links.iter().any(|l| l == "https://example.org/a-long/path/to/a/page"), "{path}: the link is lost");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, failure_persistence: None, rng_seed: RngSeed::Fixed(23), ..ProptestConfig::default() })]

    #[test]
    fn every_word_stands_in_every_edition(
        recipe in prop::collection::vec((any::<u8>(), prop::collection::vec(0usize..AWKWARD.len(), 1..14), any::<u8>()), 1..14)
    ) {
        let pieces = pieces(&recipe);
        let body: Vec<&str> = pieces.iter().map(|piece| piece.markdown.as_str()).collect();
        let head = common::PAGE.split("\n\n").next().unwrap();
        let folder = common::Folder::with_page(&format!("{head}\n\n{}\n", body.join("\n\n")));
        let outcome = folder.build(common::options());
        let said: Vec<&str> = outcome.said.iter().flat_map(|s| s.sink.all()).map(|d| d.message.as_str()).collect();
        assert_eq!(outcome.failed, 0, "{said:?}\n{}", body.join("\n\n"));
        let wants_link = body.iter().any(|text| text.contains("](https://example.org/a-long"));
        let files = common::files(&folder.path().join("output"));
        let heading = |heading: &html::Heading| (usize::from(heading.level), heading.text.clone());
        let mut judged = 0;
        for (path, bytes) in &files {
            let (text, links, headings) = match path.rsplit('.').next() {
                Some("pdf") => {
                    let facts = pdf::inspect(bytes).unwrap();
                    assert!(facts.untagged.trim().is_empty(), "{path}: {}", facts.untagged);
                    assert!(facts.pages.iter().all(|page| page.outside.is_empty()), "{path}: words outside a page");
                    let uri = |link: &pdf::Link| match &link.target {
                        pdf::Target::Uri(uri) => Some(uri.clone()),
                        _ => None,
                    };
                    let level = |node: &pdf::Node| node.tag.strip_prefix('H')?.parse().ok();
                    let heading = |node| Some((level(node)?, facts.text_of(node).to_string()));
                    let headings: Vec<Heading> = facts.nodes.iter().filter_map(heading).collect();
                    (facts.text.clone(), facts.links.iter().filter_map(uri).collect(), headings)
                }
                Some("epub") => {
                    let facts = epub::inspect(bytes).unwrap();
                    assert!(facts.faults.is_empty(), "{path}: {:?}", facts.faults);
                    let links = facts.links().map(|link| link.href.clone()).collect::<Vec<_>>();
                    // each file of the e-book begins with a part of the page, at level 1
                    let headings = facts.headings().map(heading).map(|(level, words)| (level + 1, words));
                    (facts.text(), links, headings.collect())
                }
                Some("html") => {
                    let facts = html::inspect(bytes).unwrap();
                    let links = facts.links.iter().map(|link| link.href.clone()).collect();
                    (facts.text.clone(), links, facts.headings.iter().map(heading).collect())
                }
                _ => continue,
            };
            judge(path, &text, &links, &headings, &pieces, wants_link);
            judged += 1;
        }
        assert!(judged >= 5, "every edition was read back, but only {judged} were");
    }
}
