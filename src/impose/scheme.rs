//! Ways to put pages on sheets, and which of them suits a file.

use crate::paper::{Sheet, Size};

/// A way to fold and cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// A booklet: sheets folded once, one inside the other, and stapled in the fold.
    Saddle,
    /// Six panels on two sides, rolled in from the right: the flap lies inside.
    Trifold,
    /// A page on each side, of its own size.
    Duplex,
    /// Two leaves on a sheet, to cut and stack.
    TwoUp,
    /// Four leaves on a sheet, to cut and stack.
    FourUp,
    /// The same leaf as often as the sheet has room.
    Repeat,
}

/// What the table knows of a scheme.
struct Line {
    scheme: Scheme,
    name: &'static str,
    about: &'static str,
}

const SCHEMES: [Line; 6] = [
    Line { scheme: Scheme::Saddle, name: "saddle", about: "a booklet, folded in the middle and stapled" },
    Line { scheme: Scheme::Trifold, name: "trifold", about: "a leaflet of six panels, folded twice" },
    Line { scheme: Scheme::Duplex, name: "duplex", about: "one page on each side of the paper" },
    Line { scheme: Scheme::TwoUp, name: "2-up", about: "two leaves on a sheet, to cut and stack" },
    Line { scheme: Scheme::FourUp, name: "4-up", about: "four leaves on a sheet, to cut and stack" },
    Line { scheme: Scheme::Repeat, name: "repeat", about: "the same leaf as often as the sheet has room" },
];

/// The sizes that say which scheme is meant.
const A5: Size = Size::new(148.0, 210.0);
const A4: Size = Size::new(210.0, 297.0);
const PANEL: Size = Size::new(100.0, 210.0);

impl Scheme {
    /// The names on the command line.
    pub fn names() -> Vec<&'static str> {
        SCHEMES.iter().map(|line| line.name).collect()
    }

    /// The scheme of that name.
    pub fn parse(name: &str) -> Option<Self> {
        SCHEMES.iter().find(|line| line.name.eq_ignore_ascii_case(name)).map(|line| line.scheme)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.line().map_or("", |line| line.name)
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        self.line().map_or("", |line| line.about)
    }

    fn line(self) -> Option<&'static Line> {
        SCHEMES.iter().find(|line| line.scheme == self)
    }

    /// The scheme that pages of these sizes are for, where that is clear.
    pub fn usual(pages: &[Size]) -> Option<Self> {
        let first = *pages.first()?;
        let all = |size: Size| pages.iter().all(|page| page.is(size));
        if pages.len() == 6 && first.is(PANEL) && pages.iter().all(|page| (page.height - 210.0).abs() <= 0.5) {
            return Some(Self::Trifold);
        }
        match () {
            () if all(A5) && pages.len() <= 2 => Some(Self::Repeat),
            () if all(A5) => Some(Self::Saddle),
            () if all(A4) || all(A4.turned()) => Some(Self::Duplex),
            // whichever is meant, pages of differing sizes fit none: that is what has to be said
            () if !all(first) => Some(if pages.len() <= 2 { Self::Duplex } else { Self::Saddle }),
            () => None,
        }
    }

    /// The sheet on which it is printed unless somebody names one: the smallest that it fits, without or with marks.
    pub fn usual_sheet(self, marked: bool, fits: impl Fn(Sheet) -> bool) -> Sheet {
        let plain = [Sheet::A4, Sheet::A3, Sheet::Sra3];
        let larger = [Sheet::Sra4, Sheet::Sra3, Sheet::Sra3];
        let choice = if marked { larger } else { plain };
        choice.into_iter().find(|sheet| fits(*sheet)).unwrap_or(choice[0])
    }
}
