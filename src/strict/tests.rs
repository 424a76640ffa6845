//! Mistakes of a file, each with its place.

use super::*;
use crate::source::Sources;

/// Reads a text and gives its value, and each complaint as `code "words at its place" help`.
fn read<T>(text: &str, read: impl FnOnce(&mut Reader<'_, '_>, &mut Sink) -> T) -> (T, Vec<String>) {
    let mut sources = Sources::default();
    let whole = format!("+++\n{text}");
    let file = sources.add("x.toml", whole);
    let codes = Codes { syntax: Code::FRONT_SYNTAX, unknown: Code::FRONT_UNKNOWN_KEY, value: Code::FRONT_BAD_VALUE };
    let mut sink = Sink::default();
    let value = parse(text, file, 4, codes, &mut sink, read);
    let said = sink.all().iter().map(|d| {
        let place = d.span.map(|s| sources.text(s)).unwrap_or_default();
        format!("{} {place:?} {}", d.code, d.help.as_deref().unwrap_or_default())
    });
    (value, said.collect())
}

#[test]
fn a_key_that_nobody_asked_for_is_named_with_its_place() {
    let (title, said) = read("titel = \"A\"\n[a]\nb = 1\n", |keys, sink| {
        keys.table("a", sink, |keys, sink| keys.boolean("bold", sink));
        keys.string("title", sink).map(|t| t.value)
    });
    assert_eq!(title, None);
    assert_eq!(said, ["F002 \"b\" known keys: bold", "F002 \"titel\" did you mean `title`?"]);
}

#[test]
fn values_of_the_wrong_kind_are_named_with_their_place() {
    let text = "a = 1\nb = \"2026-03-01\"\nc = 2026-02-30\nd = [\"x\", 2]\ne = \"1\"\nf = \"yes\"\n";
    let (_, said) = read(text, |keys, sink| {
        assert!(keys.string("a", sink).is_none());
        assert!(keys.date("b", sink).is_none());
        keys.date("c", sink);
        assert_eq!(keys.strings("d", sink).len(), 1);
        assert!(keys.number("e", sink).is_none());
        assert!(keys.boolean("f", sink).is_none());
    });
    assert!(said.iter().any(|s| s == "F003 \"1\" "), "{said:?}");
    assert!(said.iter().any(|s| s == "F003 \"\\\"2026-03-01\\\"\" "), "{said:?}");
    assert!(said.iter().any(|s| s == "F003 \"2\" "), "{said:?}");
    assert!(said.len() >= 6, "each mistake is named: {said:?}");
}

#[test]
fn a_broken_line_does_not_hide_the_others() {
    let (found, said) = read("a = \"open\nb = \"whole\"\nc = true\n", |keys, sink| {
        keys.string("a", sink);
        (keys.string("b", sink).map(|v| v.value), keys.boolean("c", sink))
    });
    assert_eq!(found, (Some("whole".into()), Some(true)));
    assert!(said.iter().all(|s| s.starts_with("F005")) && !said.is_empty(), "{said:?}");
}

#[test]
fn numbers_come_in_every_form_of_toml() {
    let (numbers, said) = read("a = 0x10\nb = 1_000\nc = 2.5\nd = [1, 2.0]\ne = 7\n", |keys, sink| {
        let mut one = |key| keys.number(key, sink).map(|n| n.value);
        (one("a"), one("b"), one("c"))
    });
    assert_eq!(numbers, (Some(16.0), Some(1000.0), Some(2.5)));
    assert_eq!(said.len(), 2, "the other two were not asked for");
    let (words, _) = read("v = 2\nw = \"  two \"\n", |keys, sink| {
        let mut one = |key| keys.words_or_number(key, sink).map(|n| n.value);
        (one("v"), one("w"))
    });
    assert_eq!(words, (Some("2".into()), Some("two".into())));
}
