//! A page's text as keys and blocks.

/// A page in its parts; put one after another they are its text.
pub(super) struct Parts {
    /// Whether it has front matter.
    pub(super) fenced: bool,
    pub(super) front: Vec<Entry>,
    /// The blank lines before the first block.
    pub(super) gap: String,
    pub(super) body: Vec<Block>,
}

/// A key of the front matter.
pub(super) struct Entry {
    /// Its name; empty for what stands before the first key.
    pub(super) key: String,
    pub(super) value: String,
    /// Its lines as they stand, with their ends.
    pub(super) raw: String,
}

/// What stands between blank lines.
#[derive(Debug)]
pub(super) struct Block {
    /// Its lines, without the last one's end.
    pub(super) text: String,
    /// The line end and the blank lines after it.
    pub(super) gap: String,
}

/// A text with one kind of line end and no mark at its start.
pub(super) fn plain(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n")
}

impl Parts {
    pub(super) fn new(text: &str) -> Self {
        let text = plain(text);
        let (front, rest) = match fence(&text) {
            Some((inner, rest)) => (Some(inner), rest),
            None => (None, text.as_str()),
        };
        let mut gap = String::new();
        let mut body: Vec<Block> = Vec::new();
        let mut open = false;
        for line in rest.split_inclusive('\n') {
            if line.trim().is_empty() {
                body.last_mut().map_or(&mut gap, |b| &mut b.gap).push_str(line);
                open = false;
                continue;
            }
            let words = line.strip_suffix('\n').unwrap_or(line);
            let end = if words.len() < line.len() { "\n" } else { "" };
            match body.last_mut().filter(|_| open) {
                Some(block) => {
                    block.text.push_str(&block.gap);
                    block.text.push_str(words);
                    block.gap = end.to_string();
                }
                None => body.push(Block { text: words.to_string(), gap: end.to_string() }),
            }
            open = true;
        }
        Self { fenced: front.is_some(), front: front.map(entries).unwrap_or_default(), gap, body }
    }
}

/// The lines between the two `+++` lines, and what follows them.
fn fence(text: &str) -> Option<(&str, &str)> {
    let start = text.split_inclusive('\n').next().filter(|l| l.trim_end() == "+++")?.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((&text[start..at], &text[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

fn entries(text: &str) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    for line in text.split_inclusive('\n') {
        let begins = line
            .split_once('=')
            .map(|(key, value)| (key.trim(), value.trim()))
            .filter(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)));
        match (begins, all.last_mut()) {
            (Some((key, value)), _) => {
                // a key that stands twice is a mistake, but not ours to lose
                let again = all.iter().filter(|e| e.key.split('\n').next() == Some(key)).count();
                let key = if again == 0 { key.to_string() } else { format!("{key}\n{again}") };
                all.push(Entry { key, value: value.to_string(), raw: line.to_string() });
            }
            (None, Some(last)) => {
                last.raw.push_str(line);
                if !line.trim().is_empty() {
                    last.value.push('\n');
                    last.value.push_str(line.trim());
                }
            }
            (None, None) => {
                all.push(Entry { key: String::new(), value: line.trim().to_string(), raw: line.to_string() });
            }
        }
    }
    all
}
