//! XML within limits, for pages and package documents alike.

use super::InspectError;
use roxmltree::{Document, Node, ParsingOptions};

/// The text of bytes that must be UTF-8.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, InspectError> {
    let text = std::str::from_utf8(bytes).map_err(|_| InspectError::Broken("its text is not UTF-8".into()))?;
    Ok(text.trim_start_matches('\u{feff}'))
}

/// Parses XML within limits.
pub(super) fn parse(text: &str) -> Result<Document<'_>, InspectError> {
    // The parser calls itself for each level: what is nested too deeply must never reach it.
    if deepest(text) > MAX_DEPTH {
        return Err(InspectError::TooLarge("elements nested too deeply, or with too many attributes"));
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: 1_000_000, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| InspectError::Broken(error.to_string()))
}

/// Elements inside elements; a page of ours has about fifteen.
pub(super) const MAX_DEPTH: usize = 256;

/// The parser's time grows with the square of an element's attributes.
const MAX_ATTRIBUTES: usize = 500;

/// How deeply elements may be nested at most, by counting tags without understanding them; without end for an element
/// of too many attributes.
fn deepest(text: &str) -> usize {
    let (mut depth, mut most) = (0usize, 0);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or("");
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(data) = rest.strip_prefix("![CDATA[") {
            rest = data.split_once("]]>").map_or("", |(_, after)| after);
        } else if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !rest.starts_with(['!', '?']) {
            let (tag, attributes, after) = tag(rest);
            if attributes > MAX_ATTRIBUTES {
                return usize::MAX;
            }
            if !tag.ends_with('/') {
                depth += 1;
                most = most.max(depth);
            }
            rest = after;
        }
    }
    most
}

/// A tag's text to its `>` (one inside an attribute's quotes not counted), how many attributes it has, and what follows.
fn tag(text: &str) -> (&str, usize, &str) {
    let mut quote = None;
    let mut attributes = 0;
    for (i, c) in text.bytes().enumerate() {
        match (quote, c) {
            (None, b'>') => return (text.get(..i).unwrap_or(""), attributes, text.get(i + 1..).unwrap_or("")),
            (None, b'"' | b'\'') => quote = Some(c),
            (Some(open), c) if open == c => {
                quote = None;
                attributes += 1;
            }
            _ => {}
        }
    }
    (text, attributes, "")
}

/// Whether an element has that local name.
pub(super) fn is(node: Node, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// An attribute in no namespace.
pub(super) fn attribute(node: Node, name: &str) -> Option<String> {
    node.attribute(name).map(str::to_string)
}
