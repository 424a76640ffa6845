//! Paper: its sizes, how it is turned and bound, how thick it is, where it stays blank.

/// How far sizes may differ and still be the same, in millimetres: the rounding of half a dozen programs.
pub const SLACK: f64 = 0.5;

/// A width and a height in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From foot to head.
    pub height: f64,
}

impl Size {
    /// A size.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }

    /// The same, lying on its side.
    pub fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }

    /// Whether the two are the same but for rounding.
    pub fn is(self, other: Self) -> bool {
        (self.width - other.width).abs() <= SLACK && (self.height - other.height).abs() <= SLACK
    }

    /// Whether the other fits on it, one way or the other.
    pub fn holds(self, other: Self) -> bool {
        let fits = |sheet: Self| other.width <= sheet.width + SLACK && other.height <= sheet.height + SLACK;
        fits(self) || fits(self.turned())
    }

    /// Whether it is wider than high.
    pub fn is_wide(self) -> bool {
        self.width > self.height
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let short = |n: f64| (n * 10.0).round() / 10.0;
        write!(f, "{} by {} mm", short(self.width), short(self.height))
    }
}

/// A sheet that printers stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// 210 by 297 mm.
    A4,
    /// 297 by 420 mm.
    A3,
    /// 225 by 320 mm: A4 with room for bleed and marks (ISO 217).
    Sra4,
    /// 320 by 450 mm: A3 with room for bleed and marks (ISO 217).
    Sra3,
}

impl Sheet {
    /// Every sheet, the smallest first.
    pub const ALL: [Self; 4] = [Self::A4, Self::Sra4, Self::A3, Self::Sra3];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A3 => "a3",
            Self::Sra4 => "sra4",
            Self::Sra3 => "sra3",
        }
    }

    /// The sheet of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sheet| sheet.name().eq_ignore_ascii_case(name))
    }

    /// Its size, standing upright.
    pub fn size(self) -> Size {
        match self {
            Self::A4 => Size::new(210.0, 297.0),
            Self::A3 => Size::new(297.0, 420.0),
            Self::Sra4 => Size::new(225.0, 320.0),
            Self::Sra3 => Size::new(320.0, 450.0),
        }
    }
}

/// The edge at which the printer turns the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flip {
    /// At the long edge.
    Long,
    /// At the short edge.
    Short,
}

impl Flip {
    /// The edge that lies upright, so that the back stands as the front does.
    pub fn upright(sheet: Size) -> Self {
        if sheet.is_wide() { Self::Short } else { Self::Long }
    }

    /// Its name on the command line and in advice.
    pub fn name(self) -> &'static str {
        match self {
            Self::Long => "long",
            Self::Short => "short",
        }
    }
}

/// The side on which a booklet is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// For scripts that are read from left to right.
    Left,
    /// For Arabic, Hebrew, Urdu and others that are read from right to left.
    Right,
}

/// How thick the paper is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stock {
    /// By its weight in grams per square metre, as on the packet.
    Gsm(f64),
    /// By its thickness in millimetres, as measured.
    Caliper(f64),
}

/// Specific volume of uncoated office paper in cm³/g: 80 g/m² is about 0.1 mm thick.
const BULK: f64 = 1.25;

impl Stock {
    /// What most offices have.
    pub const USUAL: Self = Self::Gsm(80.0);

    /// The thickness of one sheet in millimetres.
    ///
    /// ISO 534 defines a paper's specific volume (cm³/g) as its thickness (µm) over its weight (g/m²), so the thickness
    /// is weight × volume. Makers state 1.2 to 1.3 for uncoated office paper and 0.8 to 1 for coated: for coated paper
    /// give the caliper.
    pub fn caliper(self) -> f64 {
        match self {
            Self::Gsm(weight) => weight * BULK / 1000.0,
            Self::Caliper(thickness) => thickness,
        }
    }

    /// How far the pages of a sheet move towards the spine in millimetres; the outermost sheet is 0.
    ///
    /// Each sheet in a fold pushes those inside it outwards by its own thickness, and the trim cuts them all in one
    /// line (standard 58).
    pub fn creep(self, sheet: usize) -> f64 {
        self.caliper() * sheet as f64
    }
}

/// Where the blank pages of a booklet go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blanks {
    /// Behind the last page.
    End,
    /// Before the last page, which stays on the outside as the back cover.
    BeforeLast,
}
