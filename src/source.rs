//! Source texts and places in them. Imports nothing, so that every stage can
//! say where a thing came from.

use std::path::{Path, PathBuf};

/// Names one text of a [`Sources`] collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

/// A range of bytes in one source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The text the bytes belong to.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span of `start..end` bytes in `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start, end: end.max(start) }
    }

    /// A span `start..end` bytes inside this one, counted from its start.
    pub fn within(self, start: usize, end: usize) -> Self {
        Self::new(self.file, self.start + start, self.start + end)
    }
}

/// One text with the path people know it by.
#[derive(Debug, Clone)]
pub struct Source {
    path: PathBuf,
    text: String,
    /// Byte offsets at which lines start; the first is 0.
    lines: Vec<usize>,
}

/// A place as people name it: line and column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Source {
    fn new(path: PathBuf, text: String) -> Self {
        let mut lines = vec![0];
        lines.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1));
        Self { path, text, lines }
    }

    /// The path as shown in messages, relative to where the user stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset; past the end is the end.
    pub fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines[line - 1];
        let before = self.text.get(start..offset).unwrap_or("");
        Place { line, column: before.chars().count() + 1 }
    }

    /// The text of a line, counted from 1, without its line end.
    pub fn line(&self, line: usize) -> &str {
        let start = line.checked_sub(1).and_then(|i| self.lines.get(i)).copied();
        let Some(start) = start else { return "" };
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }
}

/// All the texts of one run.
#[derive(Debug, Clone, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds a text and names it.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) -> FileId {
        let id = FileId(self.0.len() as u32);
        self.0.push(Source::new(path.into(), text.into()));
        id
    }

    /// The text of that name.
    ///
    /// A [`FileId`] is only made by [`Sources::add`], so it is always found in
    /// the collection that made it.
    pub fn get(&self, id: FileId) -> &Source {
        &self.0[id.0 as usize]
    }

    /// The words of a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.start..span.end).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_lines_from_one() {
        let mut sources = Sources::default();
        let id = sources.add("a.md", "én\ntwo\n");
        let source = sources.get(id);
        assert_eq!(source.place(0), Place { line: 1, column: 1 });
        assert_eq!(source.place(3), Place { line: 1, column: 3 }, "after é and n");
        assert_eq!(source.place(4), Place { line: 2, column: 1 });
        assert_eq!(source.place(999).line, 3);
        assert_eq!(source.line(2), "two");
        assert_eq!(source.line(9), "");
    }
}
