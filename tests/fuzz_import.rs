//! A run of made-up inputs against the importer, from a fixed start: no panic, and no input that takes long.
//!
//! `EVERYLEAF_FUZZ_SECONDS=300 cargo test --release --test fuzz_import` runs each target that long;
//! without it, each runs for two seconds.

mod common;

use std::time::{Duration, Instant};

use common::import::options;
use everyleaf::import::{Rules, import};

/// The longest that one input of at most 100 KB may take; a busy machine takes several times as long as an idle one.
const SLOW: Duration = Duration::from_secs(4);

/// The largest input, in bytes.
const LARGE: usize = 100_000;

const CRAWL: &[&str] = &[
    "words ",
    "A sentence with several words. ",
    "\n",
    "\n\n",
    "# ",
    "## ",
    "### \n",
    "* ",
    "  * ",
    "1. ",
    "99. ",
    "> ",
    "> > ",
    "| a | b |\n",
    "| --- | --- |\n",
    "|",
    "---\n",
    "===\n",
    "[",
    "]",
    "](",
    "](/x)",
    "![",
    "![alt](/a.png)",
    "(",
    ")",
    "*",
    "**",
    "***",
    "_",
    "`",
    "<",
    ">",
    "<br>",
    "&amp;",
    "&#0;",
    "&",
    "{{",
    "}}",
    "{.",
    "+++\n",
    "[^1]",
    "\u{0}",
    "\u{a0}",
    "\u{202e}",
    "é",
    "中文",
    "\\",
    "\t",
    "\r\n",
    "https://example.org/a ",
    "Page last reviewed: ",
    "1 August 2020",
    "Next review due: ",
    "[Back\n",
    "![](data:image/png;base64,AAAA)",
];

const HTML: &[&str] = &[
    "words ",
    "A sentence with several words. ",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=/x>",
    "</a>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<td rowspan=3 colspan=2>",
    "<th>",
    "<caption>",
    "<ul>",
    "</ul>",
    "<ol start=7>",
    "</ol>",
    "<li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<blockquote>",
    "</blockquote>",
    "<div>",
    "</div>",
    "<div class=warning>",
    "<details><summary>",
    "</details>",
    "<h1>",
    "<h2>",
    "</h2>",
    "<figure>",
    "<figcaption>",
    "</figure>",
    "<img src=a.png alt=words>",
    "<img src=b.png alt=''>",
    "<br>",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<style>",
    "<template>",
    "</template>",
    "<svg>",
    "</svg>",
    "<math>",
    "<select>",
    "<option>",
    "<form>",
    "<iframe src=/f>",
    "<nav>",
    "</nav>",
    "<main>",
    "</main>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<",
    ">",
    "&amp;",
    "&#0;",
    "&notit;",
    "\u{0}",
    "\"",
    "'",
    "é",
    "\n",
    "<sup><a href=#n>1</a></sup>",
    "<p id=n>",
    "<span hidden>",
    "<base href=//x>",
    "<meta charset=utf-16>",
    "<p lang=cy>",
    "</html>",
];

const RULES: &[&str] = &[
    "about = \"x\"\n",
    "[[cut]]\n",
    "reason = \"x\"\n",
    "lines = [\"a\"]\n",
    "patterns = ['(']\n",
    "patterns = ['a+']\n",
    "[site]\n",
    "hosts = [\"*.example.org\"]\n",
    "base = \"/\"\n",
    "[dates]\n",
    "reviewed = [\"x\"]\n",
    "[[fact]]\n",
    "name = \"n\"\n",
    "[html]\n",
    "spoken = []\n",
    "= 1\n",
    "\"",
    "[",
    "]",
    "\u{0}",
    "\n",
    "[links]\n",
    "retired = 1\n",
    "[[refuse]]\n",
    "most-words = -1\n",
];

/// Numbers from a fixed start (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    /// Some parts, one after another; now and then one of them very often.
    fn text(&mut self, parts: &[&str]) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(60) {
            let part = parts[self.below(parts.len())];
            let other = parts[self.below(parts.len())];
            match self.below(40) {
                0 => text.push_str(&part.repeat(self.below(LARGE / part.len() / 4))),
                1 => {
                    text.push_str(&format!("{part}{other}").repeat(self.below(LARGE / (part.len() + other.len()) / 4)))
                }
                _ => text.push_str(part),
            }
            if text.len() > LARGE {
                let end = (0..=LARGE).rev().find(|at| text.is_char_boundary(*at)).unwrap();
                text.truncate(end);
            }
        }
        text
    }
}

fn run(start: u64, parts: &[&str], head: &str, take: impl Fn(&str)) {
    let seconds = std::env::var("EVERYLEAF_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(2);
    let begun = Instant::now();
    let mut numbers = Numbers(start);
    let (mut count, mut longest) = (0, Duration::ZERO);
    while begun.elapsed() < Duration::from_secs(seconds) {
        let mut text = numbers.text(parts);
        if numbers.below(2) == 0 {
            text.insert_str(0, head);
        }
        let at = Instant::now();
        take(&text);
        let took = at.elapsed();
        longest = longest.max(took);
        count += 1;
        let shown: String = text.chars().take(400).collect();
        assert!(took < SLOW, "input {count} of {} bytes took {took:?}: {shown:?}", text.len());
    }
    eprintln!("{count} inputs, the longest took {longest:?}");
}

#[test]
fn crawls() {
    let options = options("a.txt");
    let head = "A page | A site\n# A page\nThese are enough words for a page that can be imported.\n";
    run(23, CRAWL, head, |text| {
        let _ = import(text.as_bytes(), &options);
    });
}

#[test]
fn pages() {
    let options = options("a.html");
    let head = "<!doctype html><title>A page</title><h1>A page</h1><p>These are enough words for a page that can be imported.</p>";
    run(29, HTML, head, |text| {
        let _ = import(text.as_bytes(), &options);
    });
}

#[test]
fn rules() {
    run(31, RULES, "about = \"x\"\n", |text| {
        let _ = Rules::parse(text, "fuzz.toml");
    });
}

#[test]
fn known_traps_take_no_time() {
    let options = options("a.html");
    let data = format!("<img src=data:image/png;base64,{} alt=words>", "A".repeat(96 << 10));
    let many = |part: &str| part.repeat(LARGE / part.len());
    let traps = [
        data,
        many("["),
        many("!["),
        many("[]("),
        many("*a **b "),
        many("_a_*"),
        many("|"),
        many("> "),
        many("  * a\n"),
        many("\u{0}"),
        many("&"),
        many("<b><p>"),
        many("<a><p>"),
        many("<table><b>"),
        many("<table>a"),
        many("<ul><li>"),
        many("<blockquote>"),
        many("</p>"),
        many("<figure><img src=a alt=b>"),
        many("<td rowspan=99 colspan=99>"),
        // found by fuzzing: a row of names that is shorter than the others
        "<table><tr><th>A name</th></tr><tr><th>Another</th><td>what it means</td></tr></table>".into(),
    ];
    for head in ["A page\n# A page\n", "<!doctype html><h1>A page</h1><p>Enough words for a page to be one."] {
        for trap in &traps {
            let at = Instant::now();
            let _ = import(format!("{head}{trap}").as_bytes(), &options);
            let shown: String = trap.chars().take(40).collect();
            assert!(at.elapsed() < SLOW, "{shown:?} took {:?}", at.elapsed());
        }
    }
}
