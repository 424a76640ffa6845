//! No input makes the parser panic, hang or take the stack: bad pages are answered with complaints.

mod common;

use std::collections::BTreeMap;

use everyleaf::diagnostic::Sink;
use everyleaf::document::{Context, LoadError, resolve};
use everyleaf::page;
use everyleaf::source::Sources;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Reads and resolves a page; every complaint must point into the text.
fn take(text: &str) -> usize {
    let mut sources = Sources::default();
    let mut sink = Sink::default();
    let file = sources.add("page.md", text);
    let page = page::parse(file, &sources, &mut sink);
    let values = BTreeMap::from([("helpline.phone".to_string(), "0300 222 5800".to_string())]);
    let load = |_: &str| Err(LoadError::Missing);
    let context = Context { slug: "page", sources: &sources, values: &values, load: &load };
    let document = resolve(&page, &[], &context, &mut sink);
    for said in sink.all() {
        if let Some(span) = said.span {
            assert!(
                span.start <= span.end && span.end <= text.len(),
                "{}: {span:?} in {} bytes",
                said.message,
                text.len()
            );
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{}: {span:?}", said.message);
        }
    }
    document.blocks.len()
}

const HEAD: &str = "+++\ntitle = \"A\"\nlanguage = \"en\"\n+++\n";

/// The signs that the source format knows, and a few that it does not.
const SIGNS: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "- [ ] ",
    "* ",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "{.",
    "}",
    "{.table caption=\"",
    "{.fill-in label=\"x\" lines=2}",
    "{.write}",
    "{.keep}",
    "{{",
    "}}",
    "[^1]",
    "[^1]: ",
    ": ",
    "|",
    "|---|",
    "| a | b |\n|---|---|\n",
    "> [!NOTE] ",
    "> [!X]\n",
    "<b>",
    "<!-- ",
    "-->",
    "\\",
    "&amp;",
    "---\n",
    "+++\n",
    "word",
    "é",
    "لا",
    "\u{1}",
    "\0",
    "\u{feff}",
    "\r",
    "\"",
    "=",
    "https://a.b/c",
    "tel:",
    "javascript:",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn any_run_of_signs_is_answered(picks in prop::collection::vec(0usize..SIGNS.len(), 0..60), front in any::<bool>()) {
        let body: String = picks.iter().map(|pick| SIGNS[*pick]).collect();
        take(&if front { format!("{HEAD}{body}") } else { body });
    }

    #[test]
    fn any_text_is_answered(text in ".{0,300}") {
        take(&text);
        take(&format!("{HEAD}{text}"));
        take(&format!("+++\n{text}\n+++\nwords"));
    }

    #[test]
    fn a_damaged_sample_is_answered(at in any::<prop::sample::Index>(), cut in 0usize..40, sign in 0usize..SIGNS.len()) {
        let whole = std::fs::read_to_string(common::root().join("sources/living-with-aatd/page.md")).unwrap();
        let mut start = at.index(whole.len());
        while !whole.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = (start + cut).min(whole.len());
        while !whole.is_char_boundary(end) {
            end -= 1;
        }
        take(&format!("{}{}{}", &whole[..start], SIGNS[sign], &whole[end.max(start)..]));
    }
}

#[test]
fn depth_and_length_are_answered() {
    let deep = [
        ">".repeat(10_000),
        "> ".repeat(5_000) + "words",
        (0..300).map(|i| format!("{}- item\n", "  ".repeat(i))).collect::<String>(),
        "*".repeat(10_000) + "words" + &"*".repeat(10_000),
        "[".repeat(10_000),
        "![".repeat(5_000),
        "*a **b ".repeat(3_000),
        "a".repeat(300_000),
        "| a ".repeat(20_000) + "|\n" + &"|---".repeat(20_000) + "|\n",
        "{.write}".repeat(5_000),
        "[^a]".repeat(3_000) + "\n\n[^a]: note [^a]\n",
        "{{".repeat(20_000),
    ];
    for text in deep {
        take(&format!("{HEAD}\n{text}\n"));
    }
}

#[test]
fn line_ends_and_marks_of_other_systems_are_the_same_page() {
    let page = format!("{HEAD}\nFirst words.\n\n## Heading\n\n- one\n- two\n");
    let blocks = take(&page);
    assert_eq!(take(&format!("\u{feff}{page}")), blocks, "a byte order mark");
    let folder = common::Folder::with_page(&page.replace('\n', "\r\n"));
    let windows = folder.run(&["check", "--as-of", "2026-11-23", "--message-format", "short"]).expect(0);
    assert!(!windows.err.contains("error"), "{}", windows.err);
}

#[test]
fn a_template_reads_nothing_outside_its_project() {
    let template = |read: &str| {
        format!(
            "#set text(font: \"Atkinson Hyperlegible Next\", fallback: false)\n#set document(title: \"a\")\n\
             #let found = {read}\n#heading[Found] #found\n"
        )
    };
    let folder = common::Folder::with_page(common::PAGE);
    folder.put("secret.txt", "the secret");
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.txt"), "the secret").unwrap();
    let absolute = outside.path().join("secret.txt").display().to_string().replace('\\', "/");
    #[cfg(unix)]
    {
        std::fs::create_dir_all(folder.path().join("layouts/a4")).unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("layouts/a4/linked")).unwrap();
    }
    let paths = ["../secret.txt", "../../secret.txt", "/../secret.txt", &absolute, "linked/secret.txt"];
    for path in paths {
        folder.put("layouts/a4/template.typ", template(&format!("read({path:?})")));
        let ran = folder.run(&["build", "-e", "a4", "--as-of", "2026-06-01", "--message-format", "short"]);
        assert!(ran.code == 1 && ran.err.contains("[L002]"), "{path}: {}", ran.err);
        assert!(!folder.path().join("output/warm/warm-a4.pdf").exists(), "{path}");
    }
    // what lies beside it can be read
    folder.put("layouts/a4/words.txt", "words");
    folder.put("layouts/a4/template.typ", template("read(\"words.txt\")"));
    let ran = folder.run(&["build", "-e", "a4", "--as-of", "2026-06-01", "--message-format", "short"]);
    assert!(!ran.err.contains("[L002]"), "{}", ran.err);
}
