//! Pages as the parser reads them, each written back in a short form.

use super::*;
use crate::diagnostic::Severity;

/// Reads a body; gives its blocks in the short form, and what was said of it.
fn read(body: &str) -> (String, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let mut sink = Sink::default();
    let file = sources.add("page.md", format!("+++\ntitle = \"A\"\nlanguage = \"en\"\n+++\n{body}\n"));
    let page = parse(file, &sources, &mut sink);
    let said = sink.all().iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    (blocks(&page.blocks), said)
}

#[track_caller]
fn clean(body: &str) -> String {
    let (shown, said) = read(body);
    assert!(said.is_empty(), "{said:?}");
    shown
}

/// The code and the help of the one thing that is wrong.
#[track_caller]
fn wrong(body: &str) -> (String, String) {
    let (shown, said) = read(body);
    let [one] = said.as_slice() else { panic!("{shown}: {said:?}") };
    (one.code.to_string(), one.help.clone().unwrap_or_default())
}

fn blocks(all: &[Block]) -> String {
    all.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block) -> String {
    let shown = match &block.kind {
        Kind::Heading { level, text } => format!("h{level}[{}]", inlines(text)),
        Kind::Paragraph { text } => format!("p[{}]", inlines(text)),
        Kind::List { start, items } => {
            let item =
                |i: &Item| format!("{}{}", i.tick.map_or("", |t| if t { "x:" } else { "o:" }), blocks(&i.blocks));
            let start = start.map_or("ul".to_string(), |n| format!("ol{n}"));
            format!("{start}({})", items.iter().map(item).collect::<Vec<_>>().join("; "))
        }
        Kind::Callout { kind, title, blocks: inner } => format!("{kind:?}[{}]({})", inlines(title), blocks(inner)),
        Kind::Table { caption, columns, header, rows, header_column } => {
            let row = |r: &Vec<Inlines>| r.iter().map(inlines).collect::<Vec<_>>().join("|");
            let rows: Vec<String> = std::iter::once(header).chain(rows).map(row).collect();
            let caption = caption.as_deref().unwrap_or("-");
            format!("table{{{caption}, {columns:?}, {header_column}}}({})", rows.join("; "))
        }
        Kind::Figure(p) => {
            let PictureRef { path, alt, decorative, missing, caption, credit, .. } = p;
            let decorative = if *missing { "missing".to_string() } else { decorative.to_string() };
            format!("figure({path}, {alt:?}, {decorative}, {caption:?}, {credit:?})")
        }
        Kind::Quote { blocks: inner, source } => format!("quote{source:?}({})", blocks(inner)),
        Kind::Definitions { items } => {
            let meaning = |m: &Vec<Block>| blocks(m);
            let item = |d: &Definition| {
                format!("{}: {}", inlines(&d.term), d.meanings.iter().map(meaning).collect::<Vec<_>>().join(" / "))
            };
            format!("terms({})", items.iter().map(item).collect::<Vec<_>>().join("; "))
        }
        Kind::FillIn { label, lines } => format!("fill-in({label}, {lines})"),
        Kind::Video { title, url } => format!("video({title}, {url})"),
        Kind::Rule => "rule".into(),
    };
    let keep = if block.keep { "keep " } else { "" };
    let language = block.language.as_ref().map(|(tag, _)| format!("{tag} ")).unwrap_or_default();
    format!("{keep}{language}{shown}")
}

fn inlines(text: &Inlines) -> String {
    text.iter()
        .map(|inline| match inline {
            Inline::Text { v, .. } => v.clone(),
            Inline::Emphasis { c } => format!("*{}*", inlines(c)),
            Inline::Strong { c } => format!("**{}**", inlines(c)),
            Inline::Link { href, c, .. } => format!("<{}>({href})", inlines(c)),
            Inline::NoteRef { label, .. } => format!("^{label}"),
            Inline::Break => "/".into(),
            Inline::Space { width } => format!("___{width}"),
        })
        .collect()
}

#[test]
fn lists_nest_restart_and_tick() {
    assert_eq!(clean("- a\n- b\n  - c\n- d"), "ul(p[a]; p[b] ul(p[c]); p[d])");
    assert_eq!(clean("1. a\n2. b\n\nBetween:\n\n3. c\n4. d"), "ol1(p[a]; p[b]) p[Between:] ol3(p[c]; p[d])");
    assert_eq!(clean("- [ ] a\n- [x] b"), "ul(o:p[a]; x:p[b])");
    assert_eq!(clean("1. a\n\n   more\n\n2. b"), "ol1(p[a] p[more]; p[b])");
}

#[test]
fn callouts_have_a_kind_and_may_have_a_title() {
    assert_eq!(clean("> [!NOTE]\n> a"), "Note[](p[a])");
    assert_eq!(clean("> [!emergency] Call *now*\n> a\n>\n> - b"), "Emergency[Call *now*](p[a] ul(p[b]))");
    assert_eq!(clean("- x\n\n  > [!WARNING] T\n  > a"), "ul(p[x] Warning[T](p[a]))");
    assert_eq!(clean("> [!NOTE] 1. not a list\n> a"), "Note[1. not a list](p[a])");
    assert_eq!(clean("> [!NOTE] Until {.write width=9}\n> a"), "Note[Until ___9](p[a])");
    assert_eq!(clean("> a quotation\n> of two lines"), "quoteNone(p[a quotation of two lines])");
    let (code, help) = wrong("> [!IMPORTNAT]\n> a");
    assert_eq!((code.as_str(), help.as_str()), ("S009", "did you mean [!IMPORTANT]?"));
}

#[test]
fn attribute_lines_describe_the_next_block() {
    assert_eq!(
        clean("{.table caption=\"A \\\"good\\\" one\" header-column}\n| a | b |\n|---|--:|\n| c | d\\|e |"),
        "table{A \"good\" one, [Start, End], true}(a|b; c|d|e)"
    );
    assert_eq!(clean("{.quote source=\"Ann\"}\n\n> a"), "quoteSome(\"Ann\")(p[a])");
    assert_eq!(clean("{.keep}\n{.language tag=\"cy\"}\n- a"), "keep cy ul(p[a])");
    assert_eq!(clean("{.keep}\n{.fill-in label=\"Mine\"}"), "keep fill-in(Mine, 1)");
    assert_eq!(clean("- a\n\n  {.fill-in label=\"In it\" lines=2}\n\nb"), "ul(p[a] fill-in(In it, 2)) p[b]");
    assert_eq!(clean("{.video title=\"T\" url=\"https://a.b/c\"}"), "video(T, https://a.b/c)");
    assert_eq!(
        clean("![alt](a.png){.figure caption=\"C\" credit=\"D\"}"),
        "figure(a.png, \"alt\", false, Some(\"C\"), Some(\"D\"))"
    );
    assert_eq!(clean("![](a.png){.figure decorative}"), "figure(a.png, \"\", true, None, None)");
    assert_eq!(clean("![alt](a.png){.figure missing}"), "figure(a.png, \"alt\", missing, None, None)");
}

#[test]
fn an_attribute_line_parts_what_stands_above_and_below() {
    let fill = "{.fill-in label=\"X\"}";
    let x = "fill-in(X, 1)";
    assert_eq!(clean(&format!("- a\n\n{fill}\n\n- b")), format!("ul(p[a]) {x} ul(p[b])"));
    assert_eq!(clean(&format!("- a\n{fill}\n- b")), format!("ul(p[a]) {x} ul(p[b])"));
    assert_eq!(clean("- a\n\n{.keep}\n- b"), "ul(p[a]) keep ul(p[b])");
    assert_eq!(clean(&format!("T\n: a\n\n{fill}\n\nU\n: b")), format!("terms(T: p[a]) {x} terms(U: p[b])"));
    assert_eq!(clean(&format!("a\n{fill}\nb")), format!("p[a] {x} p[b]"));
    assert_eq!(clean(&format!("> a\n{fill}")), format!("quoteNone(p[a]) {x}"));
    assert_eq!(clean(&format!("> a\n>\n> {fill}")), format!("quoteNone(p[a] {x})"));
    assert_eq!(clean(&format!("| a |\n|---|\n| b |\n{fill}")), format!("table{{-, [Start], false}}(a; b) {x}"));
    assert_eq!(clean(&format!("- {fill}\n- b")), format!("ul({x}; p[b])"));
    assert_eq!(clean(&format!("1. a\n   {fill}\n2. b")), format!("ol1(p[a] {x}; p[b])"));
    assert_eq!(clean("a\n\n***\n\nb"), "p[a] rule p[b]", "a break that the writer wrote is one");
}

#[test]
fn spaces_to_write_in_stand_in_text_and_cells() {
    assert_eq!(clean("On {.write width=20}, at {.write}."), "p[On ___20, at ___12.]");
    assert_eq!(clean("{.write}"), "p[___12]");
    assert_eq!(clean("| a |\n|---|\n| {.write} |"), "table{-, [Start], false}(a; ___12)");
}

#[test]
fn wrong_attributes_are_named() {
    let cases = [
        ("{.tabel}\n| a |\n|---|", "S010", "did you mean `{.table}`?"),
        ("{.table captoin=\"x\"}\n| a |\n|---|", "S010", "did you mean `caption`?"),
        ("{.keep all}\na", "S010", "`{.keep}` takes no keys"),
        ("{.fill-in label=\"a\" lines=99}", "S011", "write lines=1, for example"),
        ("{.fill-in label=\"a\" label=\"b\"}", "S011", ""),
        ("{.fill-in lines=2}", "S011", ""),
        ("{.table caption=\"x\"}\na paragraph", "S012", "put it on the line just above the table it belongs to"),
        ("words {.keep} in a line", "S012", "put it on the line just above the keep it belongs to"),
    ];
    for (body, code, help) in cases {
        assert_eq!(wrong(body), (code.to_string(), help.to_string()), "{body}");
    }
    let (code, _) = wrong("{.fill-in label=\"never closed}\n\na");
    assert_eq!(code, "S011");
}

#[test]
fn what_only_looks_like_a_sign_stays_words() {
    assert_eq!(clean("Write `{.write}` there."), "p[Write {.write} there.]");
    assert_eq!(clean("A set {a, b} and {}."), "p[A set {a, b} and {}.]");
    assert_eq!(clean("\\# a\n\n\\> b\n\n2026\\. c"), "p[# a] p[> b] p[2026. c]");
    assert_eq!(clean("a\\\nb  \nc"), "p[a/b/c]");
}

#[test]
fn characters_that_nobody_sees_are_refused_however_they_are_written() {
    for body in ["a\u{7}b", "a\u{202e}b", "a &#8238; b", "a &#7; b", "a\u{feff}b"] {
        assert_eq!(wrong(body).0, "S003", "{body:?}");
    }
    assert_eq!(clean("a\u{200b}b &#233; &amp;"), "p[a\u{200b}b é &]", "a chance to break, and letters by number");
}

#[test]
fn front_matter_ends_where_its_second_line_is() {
    let mut sources = Sources::default();
    let mut sink = Sink::default();
    let file =
        sources.add("page.md", "\u{feff}+++  \ntitle = \"A\"\nversion = 2\nlanguage = \"cy\"\n+++ \nwords\n+++\n");
    let page = parse(file, &sources, &mut sink);
    assert!(!sink.has_errors(), "{:?}", sink.all());
    assert_eq!(page.front.version.map(|v| v.value).as_deref(), Some("2"));
    assert_eq!(blocks(&page.blocks), "p[words +++]");
}
