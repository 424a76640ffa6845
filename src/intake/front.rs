//! The front matter of a page that an import wrote.

/// An imported page's keys and body.
pub(super) struct Page<'t> {
    keys: toml::Table,
    /// What follows the front matter and its blank line.
    pub(super) body: &'t str,
    /// The line on which the body begins, from 1.
    pub(super) line: usize,
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let inner = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("+++\n"));
        let (keys, body) = inner.unwrap_or(("", text));
        let body = body.trim_start_matches('\n');
        let line = text[..text.len() - body.len()].matches('\n').count() + 1;
        Self { keys: toml::from_str(keys).unwrap_or_default(), body, line }
    }

    /// Words; empty where there are none.
    pub(super) fn words(&self, key: &str) -> &str {
        self.keys.get(key).and_then(toml::Value::as_str).unwrap_or("")
    }

    /// A day, as year-month-day.
    pub(super) fn day(&self, key: &str) -> Option<String> {
        self.keys.get(key).and_then(toml::Value::as_datetime).map(ToString::to_string)
    }
}
