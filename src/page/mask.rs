//! Takes our own signs out of the body before the Markdown parser sees it.
//!
//! Attributes and callout marks are overwritten with as many bytes of blanks,
//! so that every byte offset that the parser reports is still the source's.

use std::sync::LazyLock;

use regex::Regex;

use super::attribute::{self, Attribute};
use super::block::CalloutKind;
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::source::{FileId, Span};

/// Stands for each byte of an inline attribute; a control character, so no page may contain it.
pub(super) const FILLER: char = '\u{1}';

/// Stands where an attribute has a line of its own: a break between two blocks, which no other sign of ours can be
/// part of. Blanks alone would join the two lists that stand above and below. The shortest attribute is longer.
const RULE: &str = "___";

/// A body whose own signs are blanked out, and the signs.
pub(super) struct Masked {
    pub(super) text: String,
    /// Attributes alone on their line, by byte offset.
    pub(super) lines: Vec<(usize, Attribute)>,
    /// Attributes inside text: the offset at which each begins, and its length.
    pub(super) inline: Vec<(usize, usize, Attribute)>,
    /// Callout marks, by byte offset.
    pub(super) callouts: Vec<CalloutMark>,
}

/// `[!IMPORTANT] Title` on the first line of a quotation.
#[derive(Debug, Clone)]
pub(super) struct CalloutMark {
    pub(super) at: usize,
    /// None: the word is not known, and that was reported.
    pub(super) kind: Option<CalloutKind>,
    /// The bytes of the title in the body; empty if there is none.
    pub(super) title: std::ops::Range<usize>,
    /// The title, its own attributes filled.
    pub(super) text: String,
}

static FENCE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[ \t>]{0,12}(```|~~~)").ok());
static LINE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(\{\.[^\n]*\})[ \t]*$").ok());
static CALLOUT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:>[ \t]*)+(\[!([^\]\n]*)\][ \t]*)([^\n]*?)[ \t]*$").ok()
});
static INLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"\{\.[A-Za-z][A-Za-z-]*(?:[ \t]+(?:[^\s="{}]+(?:=(?:"(?:\\.|[^"\\\n])*"|[^\s"{}]*))?))*[ \t]*\}"#).ok()
});

/// Blanks out the signs of `body`, which stands at byte `base` of the file.
pub(super) fn mask(file: FileId, base: usize, body: &str, sink: &mut Sink) -> Masked {
    let mut out =
        Masked { text: String::with_capacity(body.len()), lines: Vec::new(), inline: Vec::new(), callouts: Vec::new() };
    let mut fenced = false;
    for line in body.split_inclusive('\n') {
        let at = out.text.len();
        if FENCE.as_ref().is_some_and(|r| r.is_match(line)) {
            fenced = !fenced;
        }
        if fenced {
            out.text.push_str(line);
            continue;
        }
        let bare = line.trim_end_matches('\n');
        if let Some(sign) = LINE.as_ref().and_then(|r| r.captures(bare)).and_then(|c| c.get(1)) {
            // `{.a} words {.b}` is text with attributes in it, not a line of its own
            if whole(sign.as_str()) {
                let span = attribute::place(file, base + at, sign.range());
                let read = attribute::read(sign.as_str(), span, sink);
                let Some(found) = read else {
                    blank(&mut out.text, line, sign.range(), "");
                    continue;
                };
                if found.class == attribute::Class::Write {
                    inline(file, base, at, bare, sink, &mut out);
                    out.text.push_str(&line[bare.len()..]);
                    continue;
                }
                out.lines.push((at + sign.start(), found));
                blank(&mut out.text, line, sign.range(), RULE);
                continue;
            }
        }
        let mark = CALLOUT.as_ref().and_then(|r| r.captures(bare));
        if let Some((sign, word, title)) = mark.and_then(|c| Some((c.get(1)?, c.get(2)?, c.get(3)?))) {
            let span = attribute::place(file, base + at, sign.range());
            let kind = kind(word.as_str(), span, sink);
            inline(file, base, at + title.start(), title.as_str(), sink, &mut out);
            let text = out.text.split_off(at);
            out.callouts.push(CalloutMark {
                at: at + sign.start(),
                kind,
                title: at + title.start()..at + title.end(),
                text,
            });
            blank(&mut out.text, line, sign.start()..title.end(), "");
            continue;
        }
        inline(file, base, at, bare, sink, &mut out);
        out.text.push_str(&line[bare.len()..]);
    }
    out
}

/// Whether `{…}` is one attribute, not several with words between.
fn whole(text: &str) -> bool {
    let mut quoted = false;
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '}' if !quoted => return i + 1 == text.len(),
            _ => {}
        }
    }
    true
}

fn inline(file: FileId, base: usize, at: usize, line: &str, sink: &mut Sink, out: &mut Masked) {
    let mut done = 0;
    for found in INLINE.as_ref().into_iter().flat_map(|r| r.find_iter(line)) {
        out.text.push_str(&line[done..found.start()]);
        let span = attribute::place(file, base + at, found.range());
        if let Some(read) = attribute::read(found.as_str(), span, sink) {
            out.inline.push((at + found.start(), found.len(), read));
        }
        out.text.extend(std::iter::repeat_n(FILLER, found.len()));
        done = found.end();
    }
    out.text.push_str(&line[done..]);
}

/// Appends `line` with the bytes of `range` replaced by `with` and blanks, byte for byte.
fn blank(out: &mut String, line: &str, range: std::ops::Range<usize>, with: &str) {
    out.push_str(&line[..range.start]);
    out.push_str(with);
    out.extend(std::iter::repeat_n(' ', range.len() - with.len()));
    out.push_str(&line[range.end..]);
}

const KINDS: &[(&str, CalloutKind)] = &[
    ("NOTE", CalloutKind::Note),
    ("IMPORTANT", CalloutKind::Important),
    ("WARNING", CalloutKind::Warning),
    ("EMERGENCY", CalloutKind::Emergency),
];

fn kind(word: &str, span: Span, sink: &mut Sink) -> Option<CalloutKind> {
    let found = KINDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word.trim())).map(|(_, kind)| *kind);
    if found.is_none() {
        let help = match nearest(word, KINDS.iter().map(|(name, _)| *name)) {
            Some(near) => format!("did you mean [!{near}]?"),
            None => "the callouts are [!NOTE], [!IMPORTANT], [!WARNING] and [!EMERGENCY]".to_string(),
        };
        sink.push(Diagnostic::new(Code::CALLOUT_UNKNOWN, format!("unknown callout `[!{word}]`")).at(span).help(help));
    }
    found
}
