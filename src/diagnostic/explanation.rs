//! What the documentation says of a code: one page each in `docs/diagnostics/`, carried in the program.

use include_dir::{Dir, include_dir};

use super::Code;

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/diagnostics");

/// A code's page.
#[derive(Debug, Clone, Copy)]
pub struct Explanation {
    /// The whole page, as Markdown.
    pub text: &'static str,
}

/// The page of a code.
pub fn explanation(code: Code) -> Option<Explanation> {
    let text = PAGES.get_file(format!("{code}.md"))?.contents_utf8()?;
    Some(Explanation { text })
}

impl Explanation {
    /// What the message says.
    pub fn what(self) -> Option<&'static str> {
        self.part("What")
    }

    /// Why it matters.
    pub fn why(self) -> Option<&'static str> {
        self.part("Why")
    }

    /// How to mend it.
    pub fn mend(self) -> Option<&'static str> {
        self.part("How to mend")
    }

    /// The clause that the rule comes from; only the rules of `check` name one.
    pub fn source(self) -> Option<&'static str> {
        self.part("Source")
    }

    /// The paragraph that begins with a word in bold.
    fn part(self, word: &str) -> Option<&'static str> {
        let lead = format!("**{word}:** ");
        self.text.lines().find_map(|line| line.strip_prefix(lead.as_str())).map(str::trim)
    }
}
