//! Style sheets: a layout's text with the brand's colours and the fonts filled in.

/// A font file that an edition carries.
#[derive(Debug, Clone, Copy)]
pub struct Font<'a> {
    /// The family's name, as the style sheet calls it.
    pub family: &'a str,
    /// 400 or 700.
    pub weight: u16,
    /// The file's name, such as `AtkinsonHyperlegibleNext_400Regular.ttf`.
    pub name: &'a str,
    /// The file.
    pub bytes: &'a [u8],
}

impl Font<'_> {
    /// The media type, from the file's first bytes.
    pub fn media_type(&self) -> &'static str {
        match self.bytes.get(..4) {
            Some(b"OTTO") => "font/otf",
            Some(b"wOFF") => "font/woff",
            Some(b"wOF2") => "font/woff2",
            _ => "font/ttf",
        }
    }
}

/// Replaces each `var(--name)` of the values given by its value.
///
/// Layouts are written with custom properties, which a browser understands as they stand; many e-readers do not.
pub fn fill(sheet: &str, values: &[(&str, String)]) -> String {
    let mut out = sheet.to_owned();
    for (name, value) in values {
        out = out.replace(&format!("var(--{name})"), value);
    }
    out
}

/// The rules that declare fonts; `source` gives each file's address.
pub fn font_faces(fonts: &[Font], source: impl Fn(&Font) -> String) -> String {
    let face = |font: &Font| {
        format!(
            "@font-face {{ font-family: \"{}\"; font-weight: {}; font-style: normal; src: url(\"{}\"); }}\n",
            css_string(font.family),
            font.weight,
            css_string(&source(font))
        )
    };
    fonts.iter().map(face).collect()
}

/// The families in order, ending in the reader's own.
pub(crate) fn family(fonts: &[String]) -> String {
    let names = fonts.iter().map(|name| format!("\"{}\", ", css_string(name)));
    format!("{}sans-serif", names.collect::<String>())
}

/// A name inside a style sheet's quotes, safe inside a `style` element too.
fn css_string(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '"' | '\\' | '<' | '\n' | '\r')).collect()
}

/// Values as custom properties of the whole page.
pub(super) fn properties(values: &[(&str, String)]) -> String {
    values.iter().map(|(name, value)| format!(" --{name}: {value};")).collect()
}
