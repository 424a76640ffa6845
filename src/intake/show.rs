//! What changed on the web, in a few lines that can be read aloud.

use super::merge::{Change, Conflict};

/// The most changes that are listed.
const MOST: usize = 20;
/// The longest excerpt in a list, in characters.
const WIDE: usize = 90;
/// The longest excerpt where both texts are to be read.
const WHOLE: usize = 400;

/// One line for each change, or two where words became others.
pub(super) fn changes(all: &[Change]) -> Vec<String> {
    let mut out = Vec::new();
    for change in all.iter().take(MOST) {
        out.push(match change {
            Change::Added(text) => format!("added:    {}", excerpt(text, 0)),
            Change::Removed(text) => format!("removed:  {}", excerpt(text, 0)),
            Change::Changed(before, after) => {
                let at = parting(before, after);
                format!("changed:  {}\n      to: {}", excerpt(before, at), excerpt(after, at))
            }
            Change::Key(key, before, after) => {
                let value = |v: &Option<String>| v.as_ref().map_or("nothing".to_string(), |v| excerpt(v, 0));
                let key = key.split('\n').next().unwrap_or_default();
                format!("{key}: {} became {}", value(before), value(after))
            }
        });
    }
    if all.len() > MOST {
        out.push(format!("and {} more changes", all.len() - MOST));
    }
    out
}

/// What a conflict says, with both texts.
pub(super) fn conflict(conflict: &Conflict) -> String {
    let (mine, theirs) = (conflict.mine.as_deref(), conflict.theirs.as_deref());
    let at = parting(mine.unwrap_or(""), theirs.unwrap_or(""));
    let quote = |text: &str| format!("\"{}\"", shortened(text, at, WHOLE));
    match (mine, theirs) {
        (Some(mine), Some(theirs)) if conflict.both => {
            format!(
                "you and the web both added words here; yours: {}; the web's, now below: {}",
                quote(mine),
                quote(theirs)
            )
        }
        (Some(mine), Some(theirs)) => {
            format!("changed here and on the web, and yours was kept: {}; the web's: {}", quote(mine), quote(theirs))
        }
        (Some(mine), None) => format!("changed here and removed on the web, and yours was kept: {}", quote(mine)),
        (None, theirs) => {
            format!("removed here and changed on the web, and was left out; the web's: {}", quote(theirs.unwrap_or("")))
        }
    }
}

/// The character at which two texts part, back to the beginning of a word some words before.
fn parting(a: &str, b: &str) -> usize {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let before: Vec<char> = a.chars().take(same.saturating_sub(20)).collect();
    before.iter().rposition(|c| c.is_whitespace()).map_or(0, |at| at + 1)
}

/// A text on one line, from a character on, and not too long.
fn excerpt(text: &str, from: usize) -> String {
    shortened(text, from, WIDE)
}

fn shortened(text: &str, from: usize, wide: usize) -> String {
    let whole: String = text.chars().skip(from).collect();
    let line = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    let dots = if from > 0 { "… " } else { "" };
    match line.char_indices().nth(wide) {
        Some((at, _)) => format!("{dots}{} …", line[..at].trim_end()),
        None => format!("{dots}{line}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_blocks_are_shown_where_they_part() {
        let long = "Words that stay as they are. ".repeat(20);
        let change = Change::Changed(format!("{long}Take two."), format!("{long}Take three."));
        let lines = changes(&[change]);
        assert_eq!(lines, ["changed:  … stay as they are. Take two.\n      to: … stay as they are. Take three."]);
        assert_eq!(changes(&vec![Change::Added("a".into()); 30]).len(), 21);
    }
}
