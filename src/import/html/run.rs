//! The words of one block, put together from texts with their marks.

use std::rc::Rc;

use crate::import::address;
use crate::import::inline::{NOTE, NOTE_END};
use crate::import::lines;

/// How a text stands on the page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Style {
    pub(super) bold: bool,
    /// The address of the link that it stands in.
    pub(super) link: Option<Rc<str>>,
    /// Its language, where that is not the page's.
    pub(super) language: Option<Rc<str>>,
}

/// A block's words so far, in the marks of the crawl's dialect.
#[derive(Debug, Default)]
pub(super) struct Run {
    text: String,
    open: Style,
    /// A blank that is written before the next words.
    space: bool,
    /// Line breaks that are written before the next words.
    breaks: usize,
    /// The line of the first words; 0: none yet.
    line: usize,
    cleaned: Option<&'static str>,
    /// The language of its words; `None` inside where they have several.
    language: Option<Option<Rc<str>>>,
    mixed: bool,
}

/// A finished run.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) cleaned: Option<&'static str>,
    pub(super) language: Option<String>,
}

impl Run {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Asks for a blank before the next words.
    pub(super) fn blank(&mut self) {
        self.space = true;
    }

    /// Sets what follows apart from the words before, on the same line.
    pub(super) fn separate(&mut self) {
        if self.text.ends_with(char::is_alphanumeric) {
            self.close(true);
            self.text.push(';');
        }
        self.space = true;
    }

    /// Asks for a line break before the next words; says how many there are now.
    pub(super) fn line_break(&mut self) {
        if !self.text.is_empty() {
            self.breaks += 1;
        }
    }

    pub(super) fn at_least_one_break(&mut self) {
        if !self.text.is_empty() {
            self.breaks = self.breaks.max(1);
        }
    }

    /// How many line breaks stand before the next words.
    pub(super) fn breaks(&self) -> usize {
        self.breaks
    }

    /// Adds a text; blanks in it are one blank.
    pub(super) fn words(&mut self, text: &str, line: usize, style: &Style) {
        for (n, part) in text.split('\n').enumerate() {
            self.space |= n > 0;
            let (clean, cleaned) = lines::clean(part);
            self.cleaned = self.cleaned.or(cleaned);
            for c in clean.chars() {
                if c.is_whitespace() {
                    self.space = true;
                    continue;
                }
                self.begin(line + n, style);
                // what the dialect would read as a mark is meant as it stands here
                if matches!(c, '\\' | '*' | '[' | ']' | '&' | '<' | '!') {
                    self.text.push('\\');
                }
                self.text.push(c);
            }
        }
    }

    /// Adds a picture.
    pub(super) fn picture(&mut self, alt: &str, source: &str, line: usize, style: &Style) {
        self.begin(line, style);
        let mut words = String::new();
        for c in alt.chars() {
            if matches!(c, '\\' | '*' | '[' | ']' | '&' | '<' | '!') {
                words.push('\\');
            }
            words.push(if c.is_whitespace() { ' ' } else { c });
        }
        self.text.push_str(&format!("![{words}]({})", encoded(source)));
    }

    /// Adds the mark of a footnote.
    pub(super) fn note(&mut self, number: usize, line: usize) {
        self.space = false;
        self.begin(line, &Style::default());
        self.text.push_str(&format!("{NOTE}{number}{NOTE_END}"));
    }

    /// Writes what stands before the next words: marks that end, a blank or a break, marks that begin.
    fn begin(&mut self, line: usize, style: &Style) {
        if self.line == 0 {
            self.line = line;
        }
        match &self.language {
            None => self.language = Some(style.language.clone()),
            Some(language) => self.mixed |= *language != style.language,
        }
        let apart = self.breaks > 0;
        if self.open.link != style.link || self.open.bold != style.bold || apart && self.open.bold {
            self.close(style.link.is_none() || self.open.link != style.link);
        }
        if !self.text.is_empty() {
            if apart {
                self.text.push('\n');
            } else if self.space {
                self.text.push(' ');
            }
        }
        (self.space, self.breaks) = (false, 0);
        if self.open.link != style.link && style.link.is_some() {
            self.text.push('[');
            self.open.link = style.link.clone();
        }
        if style.bold && !self.open.bold {
            self.text.push_str("**");
            self.open.bold = true;
        }
    }

    /// Ends bold words, and the link if `link`.
    fn close(&mut self, link: bool) {
        if std::mem::take(&mut self.open.bold) {
            self.text.push_str("**");
        }
        if link && let Some(address) = self.open.link.take() {
            self.text.push_str(&format!("]({address})"));
        }
    }

    /// The finished words.
    pub(super) fn take(&mut self) -> Words {
        self.close(true);
        let run = std::mem::take(self);
        let language = run.language.flatten().filter(|_| !run.mixed).map(|l| l.to_string());
        Words { text: run.text, line: run.line, cleaned: run.cleaned, language }
    }
}

/// An address in the dialect's form: nothing in it ends it.
pub(in super::super) fn encoded(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for c in source.trim().chars() {
        match c {
            '\n' | '\r' | '\t' => {}
            c => match address::encoded(c) {
                Some(signs) => out.push_str(signs),
                None => out.push(c),
            },
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::inline::visible;

    #[test]
    fn marks_stand_around_words_and_not_around_blanks() {
        let bold = Style { bold: true, ..Style::default() };
        let link = Style { link: Some("/a_(b)".into()), ..Style::default() };
        let mut run = Run::default();
        run.words("\n See ", 3, &Style::default());
        run.words("the ", 4, &bold);
        run.words(" list", 4, &link);
        run.words(" [x] & 2*3", 4, &Style::default());
        let words = run.take();
        assert_eq!((words.text.as_str(), words.line), ("See **the** [list](/a_(b)) \\[x\\] \\& 2\\*3", 4));
        assert_eq!(visible(&words.text, false), "See the list [x] & 2*3");
    }
}
