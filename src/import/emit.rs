//! Settled events of a line -> Markdown that is read as they are meant.

use super::escape;
use super::inline::Event;
use super::span::Place;

/// Events of one line -> Markdown.
pub(super) fn emit(events: &[Event], place: Place) -> String {
    let mut out = String::new();
    let mut i = 0;
    let mut bold_end = usize::MAX;
    while i < events.len() {
        match &events[i] {
            Event::Text(words) => escape::words(&mut out, words, place == Place::Cell),
            Event::Link(_) => {
                let end = events[i..].iter().position(|e| *e == Event::LinkEnd).map_or(events.len(), |n| i + n);
                link(&events[i..end], place, &mut out, false);
                i = end;
            }
            Event::Bold => {
                let end = events[i..].iter().position(|e| *e == Event::BoldEnd).map_or(events.len(), |n| i + n);
                let next = next_char(&events[(end + 1).min(events.len())..]);
                strong(&events[i + 1..end], next, place, &mut out, &mut bold_end);
                i = end;
            }
            Event::Note(number) => out.push_str(&format!("[^{number}]")),
            _ => {}
        }
        i += 1;
    }
    out.trim_matches(' ').to_string()
}

/// The first character that events will show.
fn next_char(events: &[Event]) -> char {
    for event in events {
        match event {
            Event::Text(words) => {
                if let Some(c) = words.chars().next() {
                    return c;
                }
            }
            Event::Link(_) | Event::Note(_) => return '[',
            _ => {}
        }
    }
    ' '
}

fn link(events: &[Event], place: Place, out: &mut String, bold: bool) {
    let Some(Event::Link(address)) = events.first() else { return };
    let rest = &events[1..];
    let all_bold = bold || rest.first() == Some(&Event::Bold) && rest.last() == Some(&Event::BoldEnd);
    let mut inner = String::from(" ");
    for event in rest {
        if let Event::Text(words) = event {
            escape::words(&mut inner, words, place == Place::Cell);
        }
    }
    let words = inner.trim();
    if words.is_empty() {
        return;
    }
    let before = out.chars().next_back();
    let spaced = rest.iter().find_map(|e| if let Event::Text(t) = e { t.chars().next() } else { None }) == Some(' ');
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // the crawl lost the blank between words and a link, or between two links
    if before != Some(' ')
        && !out.is_empty()
        && (spaced || before == Some(')') && out.ends_with(LINKED) || letter(before) && letter(words.chars().next()))
    {
        out.push(' ');
    }
    if out.ends_with('!') {
        out.insert(out.len() - 1, '\\');
    }
    let words = if all_bold { format!("**{words}**") } else { words.to_string() };
    out.push_str(&format!("[{words}]({address})"));
    if inner.ends_with(' ') {
        out.push(' ');
    }
}

/// How a link ends.
const LINKED: &str = ")";

/// Bold words, so placed that CommonMark reads them as bold.
fn strong(events: &[Event], next: char, place: Place, out: &mut String, bold_end: &mut usize) {
    // one link and nothing else: the link's words are bold
    if let [Event::Link(_), inner @ .., Event::LinkEnd] = events
        && !inner.contains(&Event::LinkEnd)
    {
        return link(&events[..events.len() - 1], place, out, true);
    }
    let mut inner = String::from(" ");
    let mut i = 0;
    while i < events.len() {
        match &events[i] {
            Event::Text(words) => escape::words(&mut inner, words, place == Place::Cell),
            Event::Link(_) => {
                let end = events[i..].iter().position(|e| *e == Event::LinkEnd).map_or(events.len(), |n| i + n);
                link(&events[i..end], place, &mut inner, false);
                i = end;
            }
            _ => {}
        }
        i += 1;
    }
    let starts_blank = matches!(events.first(), Some(Event::Text(t)) if t.starts_with(' '));
    let ends_blank = inner.len() > 1 && inner.ends_with(' ');
    if starts_blank && !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
    let mut words = inner.trim();
    let mut tail = String::new();
    let after = if ends_blank { ' ' } else { next };
    if after.is_alphanumeric() {
        // a closing mark after punctuation and before a letter is none: the punctuation goes outside
        let bare = words.trim_end_matches([':', '-', '–', '—', '.', ',', ';', '!', '?', '"', '\'', '’', '”', ' ']);
        if !bare.ends_with('\\') {
            tail = words[bare.len()..].to_string();
            words = bare;
        }
    }
    if words.is_empty() || !words.contains(char::is_alphanumeric) {
        out.push_str(words);
        out.push_str(&tail);
    } else {
        let before = out.chars().next_back().unwrap_or(' ');
        let first = words.chars().next().unwrap_or(' ');
        let last = words.chars().next_back().unwrap_or(' ');
        let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let opens = !sign(first) || before.is_whitespace() || sign(before);
        let closes = !tail.is_empty() || !sign(last) || after.is_whitespace() || sign(after);
        if *bold_end == out.len() && out.ends_with("**") && !out.ends_with("\\**") {
            // two bold pieces side by side are one
            out.truncate(out.len() - 2);
            out.push_str(words);
            out.push_str("**");
        } else if opens && closes {
            out.push_str("**");
            out.push_str(words);
            out.push_str("**");
        } else {
            out.push_str(words);
        }
        *bold_end = out.len();
        out.push_str(&tail);
    }
    if ends_blank && !out.ends_with(' ') {
        out.push(' ');
    }
}
