#![cfg(test)]

use proptest::prelude::*;

use super::*;

/// One case: base, mine, theirs, the merged text, and how many conflicts. A stroke stands for a blank line.
const CASES: &[(&str, &str, &str, &str, usize)] = &[
    // nobody, the web alone, the editor alone
    ("a|b|c", "a|b|c", "a|b|c", "a|b|c", 0),
    ("a|b|c", "a|b|c", "a|B|c|d", "a|B|c|d", 0),
    ("a|b|c", "a|B|c|d", "a|b|c", "a|B|c|d", 0),
    // each somewhere else
    ("a|b|c", "A|b|c", "a|b|C", "A|b|C", 0),
    ("one two three|b one|c", "one two THREE|b one|c", "one two three|b TWO one|c", "one two THREE|b TWO one|c", 0),
    ("a|b|c", "a|c", "a|b|c|d", "a|c|d", 0),
    ("a|b|c", "z|a|b|c", "a|b", "z|a|b", 0),
    // both the same
    ("a|b|c", "a|X|c", "a|X|c", "a|X|c", 0),
    ("a|b", "a|n|b|m", "a|n|b", "a|n|b|m", 0),
    // both the same block, each otherwise: the editor's is kept
    ("a|one two three|c", "a|one two FOUR|c", "a|one two FIVE|c", "a|one two FOUR|c", 1),
    ("a|one two three|c", "a|c", "a|one two FIVE|c", "a|c", 1),
    ("a|one two three|c", "a|one two FOUR|c", "a|c", "a|one two FOUR|c", 1),
    // neighbours, changed by one side each
    (
        "one two three|four five six",
        "one two THREE|four five six",
        "one two three|four five SIX",
        "one two THREE|four five SIX",
        0,
    ),
    // one side changes one block, the other side two: only the shared one is in question
    (
        "one two three|four five six",
        "one two EDITOR|four five six",
        "one two WEB|four five WEB",
        "one two EDITOR|four five WEB",
        1,
    ),
    // both add at the same place: both stay
    ("a|b", "a|mine here|b", "a|theirs here|b", "a|mine here|theirs here|b", 1),
    // a new paragraph before a changed one
    ("one two three", "one two three", "## New|one two FOUR", "## New|one two FOUR", 0),
];

fn text(short: &str) -> String {
    format!("{}\n", short.split('|').collect::<Vec<_>>().join("\n\n"))
}

#[test]
fn cases() {
    for (base, mine, theirs, wanted, conflicts) in CASES {
        let merged = merge(&text(base), &text(mine), &text(theirs));
        assert_eq!(merged.text, text(wanted), "{base} / {mine} / {theirs}");
        assert_eq!(merged.conflicts.len(), *conflicts, "{base} / {mine} / {theirs}: {:?}", merged.conflicts);
        let again = merge(&text(base), &merged.text, &text(theirs));
        assert_eq!(again.text, merged.text, "merging once more changes nothing: {base} / {mine} / {theirs}");
    }
}

/// A case of front matter: base, mine, theirs, merged, conflicts; a stroke ends a line.
const KEYS: &[(&str, &str, &str, &str, usize)] = &[
    ("title = \"A\"", "title = \"A\"", "title = \"B\"", "title = \"B\"", 0),
    (
        "title = \"A\"|reviewed = 2020-01-01",
        "title = \"Mine\"|reviewed = 2020-01-01",
        "title = \"A\"|reviewed = 2022-01-01",
        "title = \"Mine\"|reviewed = 2022-01-01",
        0,
    ),
    (
        "title = \"A\"",
        "title = \"A\"|authors = [|  \"Ann\",|]",
        "title = \"B\"|topic = \"T\"",
        "title = \"B\"|authors = [|  \"Ann\",|]|topic = \"T\"",
        0,
    ),
    ("title = \"A\"", "title=\"Mine\"", "title = \"B\"", "title=\"Mine\"", 1),
    ("title = \"A\"|topic = \"T\"", "title = \"A\"", "title = \"A\"|topic = \"U\"", "title = \"A\"", 1),
    (
        "title = \"A\"|topic = \"T\"",
        "title = \"A\"|topic = \"T\"|notice = \"N\"",
        "title = \"A\"",
        "title = \"A\"|notice = \"N\"",
        0,
    ),
    ("title = \"A\"", "# mine|title = \"A\"", "title = \"B\"", "# mine|title = \"B\"", 0),
];

#[test]
fn keys_are_merged_one_by_one() {
    let page = |keys: &str| format!("+++\n{}\n+++\n\nWords.\n", keys.replace('|', "\n"));
    for (base, mine, theirs, wanted, conflicts) in KEYS {
        let merged = merge(&page(base), &page(mine), &page(theirs));
        assert_eq!(merged.text, page(wanted), "{base} / {mine} / {theirs}");
        assert_eq!(merged.conflicts.len(), *conflicts, "{base} / {mine} / {theirs}: {:?}", merged.conflicts);
    }
}

#[test]
fn conflicts_name_the_line_of_the_merged_text() {
    let base = "+++\ntitle = \"A\"\n+++\n\nFirst of all.\n\nOne two three.\n";
    let mine = "+++\ntitle = \"Mine\"\n+++\n\nAn own one.\n\n\nFirst of all.\n\nOne two mine.\n";
    let theirs = "+++\ntitle = \"B\"\n+++\n\nFirst of all.\n\nOne two theirs.\n";
    let merged = merge(base, mine, theirs);
    assert_eq!(merged.text, mine);
    let lines: Vec<&str> = mine.lines().collect();
    let found: Vec<&str> = merged.conflicts.iter().map(|c| lines[c.line - 1]).collect();
    assert_eq!(found, ["title = \"Mine\"", "One two mine."]);
}

#[test]
fn line_ends_and_blank_lines_stay_the_editor_s() {
    let base = "One two three.\n\nFour.\n";
    let mine = "One two three.\r\n\r\n\r\nFour.\r\n\r\nFive.\r\n";
    let merged = merge(base, mine, "One two 3 three.\n\nFour.\n");
    assert_eq!(merged.text, "One two 3 three.\r\n\r\nFour.\r\n\r\nFive.\r\n");
    assert!(same(base, "\u{feff}One two three.\r\n\r\nFour."));
    assert_eq!(merge(base, mine, base).text, mine);
}

#[test]
fn changes_are_listed_in_order() {
    let base = "+++\ntitle = \"A\"\ntopic = \"T\"\n+++\n\nOne two three.\n\nGone with it.\n\nLast.\n";
    let theirs = "+++\ntitle = \"B\"\npublished = 2020-01-01\n+++\n\n## New\n\nOne two four.\n\nLast.\n";
    let text = |t: &str| t.to_string();
    assert_eq!(
        changes(base, theirs),
        [
            Change::Key(text("title"), Some(text("\"A\"")), Some(text("\"B\""))),
            Change::Key(text("topic"), Some(text("\"T\"")), None),
            Change::Key(text("published"), None, Some(text("2020-01-01"))),
            Change::Added(text("## New")),
            Change::Changed(text("One two three."), text("One two four.")),
            Change::Removed(text("Gone with it.")),
        ]
    );
    assert!(changes(base, base).is_empty());
}

fn page() -> impl Strategy<Value = String> {
    let block = prop_oneof![
        3 => "[ab]( [abc]){0,5}",
        1 => Just("## A heading".to_string()),
        1 => Just("- one\n- two".to_string()),
        1 => "[a-c]{1,3}\n[a-c]{1,3}",
    ];
    let key = prop_oneof![Just("title"), Just("topic"), Just("summary")];
    let keys = proptest::collection::btree_map(key, "[a-c]{1,2}", 0..3);
    (proptest::option::of(keys), proptest::collection::vec(block, 0..9)).prop_map(|(keys, blocks)| {
        let mut text = String::new();
        if let Some(keys) = keys {
            let lines: String = keys.iter().map(|(k, v)| format!("{k} = \"{v}\"\n")).collect();
            text = format!("+++\n{lines}+++\n\n");
        }
        if !blocks.is_empty() {
            text.push_str(&blocks.join("\n\n"));
            text.push('\n');
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn one_side_alone_is_taken_whole(base in page(), other in page()) {
        let (mine, theirs) = (by_blocks(&base, &other, &base), by_blocks(&base, &base, &other));
        prop_assert!(mine.conflicts.is_empty() && theirs.conflicts.is_empty());
        prop_assert!(same(&mine.text, &other), "{:?} is not {:?}", mine.text, other);
        // without front matter on one side there is nothing to take key by key
        if base.starts_with("+++") == other.starts_with("+++") {
            prop_assert!(same(&theirs.text, &other), "{:?} is not {:?}", theirs.text, other);
        }
        prop_assert_eq!(merge(&base, &other, &base).text, other.clone());
        prop_assert_eq!(merge(&base, &base, &other).text, other);
    }

    #[test]
    fn no_block_of_the_editor_s_is_lost(base in page(), mine in page(), theirs in page()) {
        let merged = merge(&base, &mine, &theirs);
        let blocks = |t: &str| Parts::new(t).body.into_iter().map(|b| b.text).collect::<Vec<_>>();
        let (base, merged) = (blocks(&base), blocks(&merged.text));
        for block in blocks(&mine).iter().filter(|b| !base.contains(b)) {
            prop_assert!(merged.contains(block), "{block:?} is not in {merged:?}");
        }
    }

    #[test]
    fn any_three_texts_can_be_merged(base in ".{0,60}", mine in "(?s).{0,60}", theirs in "(\\+\\+\\+|a|=|\n|\r|b c|#){0,20}") {
        merge(&base, &mine, &theirs);
        changes(&mine, &theirs);
    }
}
