//! Whether a text is HTML, by what stands in it.

use std::sync::LazyLock;

use regex::Regex;

/// How far into a text its nature shows, in bytes.
const LOOK: usize = 64 << 10;

static START: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let first = r"(?is)\A\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b";
    Regex::new(first).ok()
});
static OPEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)<(p|div|h[1-6]|ul|ol|li|table|tr|td|section|article|main|header|nav|figure|blockquote|dl)(\s[^<>]*)?>",
    )
    .ok()
});

/// Whether a text is HTML and not the text of a crawl, in which a tag or two may stand as words.
pub(in super::super) fn is_html(text: &str) -> bool {
    let mut end = text.len().min(LOOK);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let (Some(start), Some(open)) = (START.as_ref(), OPEN.as_ref()) else { return false };
    if start.is_match(head) {
        return true;
    }
    // a part of a page: it begins with a block, or most of its lines do
    let blocks = open.find_iter(head).take(200).count();
    let first = head.trim_start();
    if open.find(first).is_some_and(|m| m.start() == 0) && blocks > 1 {
        return true;
    }
    let lines = head.lines().filter(|l| !l.trim().is_empty()).count();
    let tagged = head.lines().filter(|l| l.trim_start().starts_with('<')).count();
    blocks >= 8 && tagged * 2 > lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_pages_parts_of_pages_and_crawls() {
        assert!(is_html("<!-- saved -->\n<!DOCTYPE html><title>a</title>"));
        assert!(is_html("<?xml version='1.0'?><html lang='cy'>"));
        assert!(is_html("<div class=\"body\"><h2>Words</h2>"));
        assert!(!is_html("# Words\nUse <p> for a paragraph and <div> for others."));
        assert!(!is_html("<checklist>\nWords"));
    }
}
