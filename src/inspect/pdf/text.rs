//! Runs of text, and how they join: the one place that decides where a space stands.
//!
//! typst paints the space at the end of a line that it broke itself, so such lines join as they are. It paints
//! none at a break that the template asked for, nor beside a box; there the places on the page decide.

/// Where a run stands on its page, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub page: usize,
    pub start: (f64, f64),
    pub end: (f64, f64),
    /// Direction of writing, of length one.
    pub along: (f64, f64),
    /// Effective size.
    pub size: f64,
}

/// Text painted in one go.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub text: String,
    /// `None` for replacement text that replaces nothing.
    pub place: Option<Place>,
}

/// Joins runs to text: words whole, one space between words, a line break between blocks.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub text: String,
    last: Option<Place>,
    gap: Gap,
    /// A soft hyphen ended the last run: the word goes on.
    broken: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Block,
}

impl Writer {
    /// The next run begins a new block.
    pub fn block(&mut self) {
        self.gap = Gap::Block;
        self.broken = false;
    }

    /// The next run begins a new word.
    pub fn space(&mut self) {
        self.gap = self.gap.max(Gap::Space);
    }

    pub fn push(&mut self, run: &Run) {
        // Zero-width marks steer line breaks; nobody reads them.
        let clean: String = run.text.chars().filter(|c| !matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')).collect();
        let invites_break = run.text.ends_with('\u{200b}');
        let broken = clean.ends_with('\u{ad}');
        let clean = clean.replace('\u{ad}', "");
        if let Some(place) = run.place {
            if self.gap == Gap::None && !self.broken && self.parts(&clean, &place) {
                self.gap = Gap::Space;
            }
            self.last = Some(place);
        }
        self.append(&clean);
        if broken || (!clean.is_empty() && self.broken) {
            self.broken = broken;
        }
        if invites_break {
            self.broken = true;
        }
    }

    fn append(&mut self, text: &str) {
        for (i, word) in text.split(char::is_whitespace).enumerate() {
            if i > 0 {
                self.space();
            }
            if word.is_empty() {
                continue;
            }
            match self.gap {
                Gap::Block if !self.text.is_empty() => self.text.push('\n'),
                Gap::Space if !self.text.is_empty() => self.text.push(' '),
                _ => {}
            }
            self.gap = Gap::None;
            self.text.push_str(word);
        }
    }

    /// Whether the place of the next run says that a new word begins, though no space was painted.
    fn parts(&self, next: &str, place: &Place) -> bool {
        let Some(last) = &self.last else { return false };
        let (dx, dy) = (place.start.0 - last.end.0, place.start.1 - last.end.1);
        let along = dx * last.along.0 + dy * last.along.1;
        let across = (dy * last.along.0 - dx * last.along.1).abs();
        let size = last.size.max(place.size);
        let new_line =
            last.page != place.page || across > size || (across > 0.25 * size && along < -0.5 * size) || along < -size;
        if new_line { self.breaks_word(next) } else { along > 0.2 * size }
    }

    /// Whether a new line parts words: not after a hyphen or dash, nor inside an address.
    fn breaks_word(&self, next: &str) -> bool {
        let Some(end) = self.text.chars().next_back() else { return false };
        let start = next.chars().next().unwrap_or(' ');
        match end {
            '-' | '\u{2010}' | '\u{2011}' | '–' | '—' | '/' | '_' | '=' | '&' | '@' | '#' | '%' | '~' => false,
            // "www.example." at the end of a line, "org" on the next; a sentence goes on with a capital.
            '.' | '?' | ':' => {
                !(start.is_lowercase() || start.is_numeric()) || !(self.ends_in_address() || goes_on_as_address(next))
            }
            _ => true,
        }
    }

    /// Whether the last word looks like the beginning of an address. "laugh." and "e.g." do not.
    fn ends_in_address(&self) -> bool {
        let word = self.text.rsplit(char::is_whitespace).next().unwrap_or("");
        let inner = word.trim_end_matches(['.', '?', ':']);
        let dots = !word.ends_with("..") && inner.contains('.') && inner.chars().count() > 4;
        dots || inner.contains(['/', '@']) || inner == "www" || matches!(inner, "http" | "https" | "mailto")
    }
}

/// Whether a line begins with the end of an address, such as "org/help" or "nhs.uk". "meda@example.org" is a whole one.
fn goes_on_as_address(next: &str) -> bool {
    const ENDS: &[&str] = &["ac", "co", "com", "eu", "gov", "ie", "info", "net", "nhs", "org", "uk"];
    let word = next.split(char::is_whitespace).next().unwrap_or("");
    ENDS.contains(&word.split(['.', '/', '?', '#', ',', ';', ')']).next().unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64, width: f64, text: &str) -> Run {
        let place = Place { page: 1, start: (x, y), end: (x + width, y), along: (1.0, 0.0), size: 10.0 };
        Run { text: text.into(), place: Some(place) }
    }

    fn joined(runs: &[Run]) -> String {
        let mut writer = Writer::default();
        runs.iter().for_each(|run| writer.push(run));
        writer.text
    }

    #[test]
    fn a_new_line_parts_words_but_not_a_hyphenated_one() {
        assert_eq!(joined(&[at(0., 100., 50., "first"), at(0., 88., 50., "second")]), "first second");
        assert_eq!(joined(&[at(0., 100., 50., "first "), at(0., 88., 50., "second")]), "first second");
        assert_eq!(joined(&[at(0., 100., 50., "well-"), at(0., 88., 50., "known")]), "well-known");
        assert_eq!(joined(&[at(0., 100., 50., "re\u{ad}"), at(0., 88., 50., "turn on")]), "return on");
        assert_eq!(joined(&[at(0., 100., 50., "re"), at(50., 100., 3., "\u{ad}"), at(0., 88., 50., "turn")]), "return");
    }

    #[test]
    fn an_address_over_two_lines_stays_one_word() {
        assert_eq!(joined(&[at(0., 100., 50., "example."), at(0., 88., 50., "org/help")]), "example.org/help");
        assert_eq!(joined(&[at(0., 100., 50., "www.example."), at(0., 88., 50., "museum")]), "www.example.museum");
        assert_eq!(joined(&[at(0., 100., 50., "Ended."), at(0., 88., 50., "Next")]), "Ended. Next");
        assert_eq!(joined(&[at(0., 100., 50., "we laugh."), at(0., 88., 50., "us@b.org")]), "we laugh. us@b.org");
        assert_eq!(joined(&[at(0., 100., 50., "e.g."), at(0., 88., 50., "inhalers")]), "e.g. inhalers");
    }

    #[test]
    fn one_line_joins_unless_there_is_a_gap() {
        assert_eq!(
            joined(&[at(0., 100., 50., "No"), at(50., 100., 3., "\u{2011}"), at(53., 100., 9., "break")]),
            "No‑break"
        );
        assert_eq!(joined(&[at(0., 100., 50., "left"), at(60., 100., 20., "right")]), "left right");
        assert_eq!(joined(&[at(0., 100., 50., "raised"), at(50., 105., 5., "1")]), "raised1");
    }
}
