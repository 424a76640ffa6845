//! The marks inside a line -> a flat run of events.
//!
//! Flat, so that brackets nested ten thousand deep are no deeper here, and read
//! in one pass, so that no line takes longer than its length.

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Event {
    /// Words.
    Text(String),
    /// A link begins; it leads to this address.
    Link(String),
    /// The link ends.
    LinkEnd,
    /// Bold begins.
    Bold,
    /// Bold ends.
    BoldEnd,
    /// A picture: its alternative words and its address.
    Picture(String, String),
    /// A line break inside the block.
    Break,
    /// The mark of a footnote: its number.
    Note(String),
    /// A mark that turned out to mean nothing.
    Lost(&'static str),
    /// A run of stars whose meaning is not yet known: how many, may open, may close.
    Stars(usize, bool, bool),
    /// An opening bracket whose meaning is not yet known.
    Open,
}

/// The signs around a footnote's number. They stand for nothing in Unicode, and no input keeps them.
pub(super) const NOTE: char = '\u{f0001}';
pub(super) const NOTE_END: char = '\u{f0002}';

/// Reads the marks of a block's words; a `\n` in them is a line break.
pub(super) fn parse(text: &str) -> Vec<Event> {
    let mut reader =
        Reader { text, closers: closers(text), events: Vec::new(), words: String::new(), open: Vec::new() };
    reader.read();
    bold(reader.events)
}

/// The words of a block as a reader sees them; pictures count with their alternative words if `pictures`.
pub(super) fn visible(text: &str, pictures: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for event in parse(text) {
        match event {
            Event::Text(words) => out.push_str(&words),
            Event::Break => out.push(' '),
            Event::Picture(alt, _) if pictures => {
                out.push(' ');
                out.push_str(&alt);
                out.push(' ');
            }
            _ => {}
        }
    }
    super::text::tidy(&out)
}

struct Frame {
    at: usize,
    picture: bool,
    /// Whether the exclamation mark of a picture may end a sentence before a link.
    cry: bool,
    /// Whether a link was found inside.
    link: bool,
}

struct Reader<'a> {
    text: &'a str,
    closers: Vec<(usize, usize)>,
    events: Vec<Event>,
    words: String,
    open: Vec<Frame>,
}

impl Reader<'_> {
    fn flush(&mut self) {
        if !self.words.is_empty() {
            self.events.push(Event::Text(std::mem::take(&mut self.words)));
        }
    }

    fn read(&mut self) {
        let bytes = self.text.as_bytes();
        let mut i = 0;
        while let Some(c) = self.text[i..].chars().next() {
            let next = bytes.get(i + 1).copied();
            match c {
                '\\' if next.is_some_and(|n| n.is_ascii_punctuation()) => {
                    self.words.push(char::from(next.unwrap_or(b'\\')));
                    i += 2;
                    continue;
                }
                '&' => {
                    if let Some((decoded, length)) = super::entity::decode(&self.text[i..]) {
                        self.words.push_str(&decoded);
                        i += length;
                        continue;
                    }
                    self.words.push('&');
                }
                '!' if next == Some(b'[') => {
                    let cry = i > 0 && self.text[..i].ends_with(char::is_alphanumeric);
                    self.begin(true, cry);
                    i += 2;
                    continue;
                }
                '[' => self.begin(false, false),
                ']' => {
                    i = self.end(i);
                    continue;
                }
                '*' => {
                    i = self.stars(i);
                    continue;
                }
                '<' => {
                    if let Some(end) = self.angle(i) {
                        i = end;
                        continue;
                    }
                    self.words.push('<');
                }
                '\n' => {
                    self.flush();
                    self.events.push(Event::Break);
                }
                NOTE => {
                    let rest = &self.text[i + NOTE.len_utf8()..];
                    if let Some(end) = rest.find(NOTE_END) {
                        self.flush();
                        self.events.push(Event::Note(rest[..end].to_string()));
                        i += NOTE.len_utf8() + end + NOTE_END.len_utf8();
                        continue;
                    }
                }
                c => self.words.push(c),
            }
            i += c.len_utf8();
        }
        self.flush();
        for frame in std::mem::take(&mut self.open) {
            self.literal(&frame);
        }
    }

    fn begin(&mut self, picture: bool, cry: bool) {
        self.flush();
        self.open.push(Frame { at: self.events.len(), picture, cry, link: false });
        self.events.push(Event::Open);
    }

    fn literal(&mut self, frame: &Frame) {
        if let Some(event) = self.events.get_mut(frame.at) {
            *event = Event::Text(if frame.picture { "![".into() } else { "[".into() });
        }
    }

    /// A closing bracket at `i`; says where to read on.
    fn end(&mut self, i: usize) -> usize {
        let Some(frame) = self.open.pop() else {
            self.words.push(']');
            return i + 1;
        };
        let paren = i + 1;
        let close = self.closers.binary_search_by_key(&paren, |(open, _)| *open).ok().map(|at| self.closers[at].1);
        let Some(close) = close else {
            self.words.push(']');
            self.literal(&frame);
            self.inherit(frame.link);
            return i + 1;
        };
        self.flush();
        let address = address(&self.text[paren + 1..close]);
        let cry = frame.picture && frame.cry && !frame.link && !is_picture(&address);
        if cry {
            self.events[frame.at] = Event::Text("!".into());
            self.events.insert(frame.at + 1, Event::Link(address));
            self.events.push(Event::LinkEnd);
            self.inherit(true);
        } else if frame.picture {
            let mut alt = String::new();
            for event in self.events.drain(frame.at..) {
                match event {
                    Event::Text(words) => alt.push_str(&words),
                    Event::Break => alt.push(' '),
                    _ => {}
                }
            }
            self.events.push(Event::Picture(super::text::tidy(&alt), address));
            self.inherit(frame.link);
        } else if frame.link {
            // a link around a link: the inner one is the one that people could follow
            self.events[frame.at] = Event::Lost("a link around another link");
            self.inherit(true);
        } else {
            self.events[frame.at] = Event::Link(address);
            self.events.push(Event::LinkEnd);
            self.inherit(true);
        }
        close + 1
    }

    fn inherit(&mut self, link: bool) {
        if let Some(outer) = self.open.last_mut() {
            outer.link |= link;
        }
    }

    fn stars(&mut self, i: usize) -> usize {
        let run = self.text[i..].bytes().take_while(|b| *b == b'*').count();
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let before = blank(self.text[..i].chars().next_back());
        let after = blank(self.text[i + run..].chars().next());
        if run == 1 && before && after || run > 6 {
            self.words.extend(std::iter::repeat_n('*', run));
        } else {
            self.flush();
            self.events.push(Event::Stars(run, !after, !before));
        }
        i + run
    }

    /// `<https://…>` and `<someone@…>` are links, a few tags are marks, everything else is words.
    fn angle(&mut self, i: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[i..];
        // up to the next such sign only, so that a run of them is read once
        let length = 1 + bytes.get(1..)?.iter().position(|b| matches!(b, b'<' | b'>' | b'\n'))?;
        if bytes.get(length) != Some(&b'>') {
            return None;
        }
        let inner = self.text.get(i + 1..i + length)?;
        if inner.contains(['<', ' ']) && !inner.starts_with("br") && !inner.starts_with("span") {
            return None;
        }
        let lower = inner.to_ascii_lowercase();
        let link = lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("mailto:");
        if link || inner.contains('@') && !inner.starts_with('@') {
            let words = inner.strip_prefix("mailto:").unwrap_or(inner).to_string();
            let address = if link { inner.to_string() } else { format!("mailto:{inner}") };
            self.flush();
            self.events.extend([Event::Link(address), Event::Text(words), Event::LinkEnd]);
            self.inherit(true);
            return Some(i + length + 1);
        }
        let name = lower.trim_matches(['/', ' ']).split([' ', '/']).next().unwrap_or("");
        self.flush();
        match name {
            "br" => self.events.push(Event::Break),
            "b" | "strong" | "i" | "em" | "u" | "sup" | "sub" | "span" | "p" | "div" | "font" | "small" | "big"
            | "center" => {
                self.events.push(Event::Lost("an HTML tag"));
            }
            _ => return None,
        }
        Some(i + length + 1)
    }
}

/// Whether an address looks like a picture's.
fn is_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or("").to_ascii_lowercase();
    let ends = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif", ".tif", ".tiff", ".ico"];
    address.is_empty()
        || address.starts_with("data:")
        || ends.iter().any(|e| path.ends_with(e))
        || path.contains("image")
}

/// The bracket that closes each `](`, found in one pass.
///
/// An address may hold pairs of parentheses; where they do not pair up, the
/// next closing one ends it.
fn closers(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut stack: Vec<usize> = Vec::new();
    let mut wanting: Vec<usize> = Vec::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 1,
            b'(' => stack.push(i),
            b')' => {
                if let Some(open) = stack.pop()
                    && open > 0
                    && bytes[open - 1] == b']'
                {
                    found.push((open, i));
                }
            }
            _ => {}
        }
        i += 1;
    }
    wanting.extend(stack.into_iter().filter(|open| *open > 0 && bytes[*open - 1] == b']'));
    // the unpaired ones, last first, each with the nearest closing parenthesis behind it
    let mut next = None;
    let mut at = bytes.len();
    for open in wanting.into_iter().rev() {
        while at > open {
            at -= 1;
            if bytes[at] == b')' {
                next = Some(at);
            }
        }
        if let Some(close) = next {
            found.push((open, close));
        }
    }
    found.sort_unstable();
    found
}

/// The address in `address "title"`, as written.
fn address(inner: &str) -> String {
    let inner = inner.trim();
    let bare = match inner.find([' ', '\n']) {
        Some(at) if inner[at..].trim_start().starts_with(['"', '\'', '(']) && inner.ends_with(['"', '\'', ')']) => {
            &inner[..at]
        }
        _ => inner,
    };
    // only a title: no address at all
    if bare.starts_with('"') && bare.ends_with('"') {
        return String::new();
    }
    let bare = bare.strip_prefix('<').and_then(|b| b.strip_suffix('>')).unwrap_or(bare);
    unescape(bare.trim())
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(n)) if n.is_ascii_punctuation() => {}
            ('\n', _) => out.push(' '),
            _ => out.push(c),
        }
    }
    out.replace("&amp;", "&")
}

/// Decides which stars are bold. `*emphasis*` prints bold as well, so one kind is enough.
fn bold(mut events: Vec<Event>) -> Vec<Event> {
    // the open mark outside links and the open mark inside the present one: place and number of stars
    let mut outer: Option<(usize, usize)> = None;
    let mut inner: Option<(usize, usize)> = None;
    let mut in_link = false;
    for i in 0..events.len() {
        match events[i] {
            Event::Link(_) => in_link = true,
            Event::LinkEnd => {
                in_link = false;
                if let Some((at, n)) = inner.take() {
                    unmatched(&mut events, at, n);
                }
            }
            Event::Stars(n, opens, closes) => {
                let around = in_link && outer.is_some();
                let open = if in_link { &mut inner } else { &mut outer };
                let result = match *open {
                    // `****` between two bold pieces joins them
                    Some(_) if n == 4 || n == 6 => Event::Lost("bold marks that cancel out"),
                    None if n == 4 || n == 6 => Event::Lost("bold marks around nothing"),
                    Some((at, m)) if m == n && (n > 1 || closes) || m == 3 && n > 1 => {
                        events[at] = Event::Bold;
                        *open = None;
                        Event::BoldEnd
                    }
                    Some(_) if n > 1 => Event::Lost("emphasis inside emphasis"),
                    Some(_) => Event::Text("*".into()),
                    None if n > 1 || opens => {
                        // inside a bold piece a bolder one adds nothing
                        if around {
                            Event::Lost("emphasis inside emphasis")
                        } else {
                            *open = Some((i, n));
                            continue;
                        }
                    }
                    None => Event::Text("*".into()),
                };
                events[i] = result;
            }
            _ => {}
        }
    }
    for (at, n) in [inner, outer].into_iter().flatten() {
        unmatched(&mut events, at, n);
    }
    events
}

fn unmatched(events: &mut [Event], at: usize, n: usize) {
    if let Some(event) = events.get_mut(at) {
        *event = if n == 1 { Event::Text("*".into()) } else { Event::Lost("a bold mark without its partner") };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_links_pictures_and_bold() {
        let events = parse(r#"See **[the *list*](/a_(b) "A (long) title")** ![alt](x.png)"#);
        assert!(events.contains(&Event::Link("/a_(b)".into())));
        assert!(events.contains(&Event::Picture("alt".into(), "x.png".into())));
        assert_eq!(visible("**a**, **b** &amp; 2 * 3 \\* [c](d)", false), "a, b & 2 * 3 * c");
        assert_eq!(visible("a [b] c ](d) e", false), "a [b] c ](d) e");
    }

    #[test]
    fn brackets_without_end_take_linear_time() {
        for piece in ["[", "](", "[a](", "![", "*", "**a ", "<a", "[[a](b)", "](a)", "(", "&", "_"] {
            let long = piece.repeat(200_000);
            let _ = visible(&long, true);
        }
    }
}
