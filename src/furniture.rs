//! The furniture of an edition: what stands around a page's own words.
//!
//! The brand's name and colours, the stamps, the legal imprint, the credits and
//! the words that editions add. It is plain data, composed elsewhere, so that
//! the engines that draw it need know neither the brand's file nor the law. It
//! serialises to the same vocabulary as the template data.

use std::collections::BTreeMap;

use serde::Serialize;

/// Everything that an edition prints beside the page itself.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Furniture {
    /// The added words by key, in the page's language; `{placeholders}` stand in those that depend on a place.
    pub words: BTreeMap<String, String>,
    /// The language of those words where it is not the page's, since nobody has put them into that yet.
    pub tongue: Option<Tongue>,
    /// Whose edition it is.
    pub brand: BrandData,
    /// When it was reviewed and when it is due.
    pub stamps: Stamps,
    /// The legal block, a paragraph each.
    pub imprint: Vec<String>,
    /// The running footer's line of names and numbers; none for a brand without registrations.
    pub charity_line: Option<String>,
    /// Who wrote, reviewed and approved it, a sentence each.
    pub credits: Vec<String>,
    /// Copyright, code and version, a sentence each.
    pub colophon: Vec<String>,
    /// Font families in order of preference.
    pub fonts: Vec<String>,
}

/// A language other than the page's.
#[derive(Debug, Clone, Serialize)]
pub struct Tongue {
    /// Its tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

impl Furniture {
    /// The word of that key; the key itself where the language file lacks it, so that a fault shows
    /// and no label is ever empty.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The word of that key with its placeholders filled in: `[("count", "3")]` fills `{count}`.
    pub fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.word(key);
        let mut text = String::new();
        // One pass: what a value brings in is never taken for a placeholder.
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            text.push_str(before);
            let found = values.iter().find_map(|(name, value)| {
                let after = from.strip_prefix('{')?.strip_prefix(name)?.strip_prefix('}')?;
                Some((*value, after))
            });
            rest = match found {
                Some((value, after)) => {
                    text.push_str(value);
                    after
                }
                None => {
                    text.push('{');
                    from.strip_prefix('{').unwrap_or("")
                }
            };
        }
        text.push_str(rest);
        text
    }
}

/// The brand, as far as an edition shows it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BrandData {
    /// The name in the register of charities.
    pub register_name: String,
    /// The name people know.
    pub trading_name: String,
    /// Whether this is the built-in brand, without registrations.
    pub neutral: bool,
    /// The logo; none: the drawn mark with the trading name beside it.
    pub wordmark: Option<WordmarkAsset>,
    /// The palette.
    pub colours: Colours,
    /// The helpline, if there is one.
    pub helpline: Option<Helpline>,
    /// The website, if there is one.
    pub website: Option<Address>,
    /// How to say what you think of the page.
    pub feedback: Option<String>,
    /// How to ask for another format.
    pub other_formats: String,
}

/// A logo among an edition's pictures.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct WordmarkAsset {
    /// Its file name, such as `logo.svg`.
    pub asset: String,
}

/// The six colours that a layout uses.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Colours {
    /// Bands, rules and labels.
    pub main: Colour,
    /// The helpline and emergencies, nothing else.
    pub accent: Colour,
    /// Text.
    pub ink: Colour,
    /// The panels' tint.
    pub mist: Colour,
    /// The emergency panel's tint.
    pub sand: Colour,
    /// What text stands on.
    pub paper: Colour,
}

/// A colour for screens and for ink.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Colour {
    /// `#RRGGBB`, in sRGB.
    pub rgb: String,
    /// Cyan, magenta, yellow and black, 0 to 100 each.
    pub cmyk: [f64; 4],
    /// An ink of its own that a print shop mixes, such as `PANTONE 3165 C`; the four stand in where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spot: Option<String>,
}

/// The helpline.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Helpline {
    /// What it is called.
    pub name: String,
    /// Its number, as printed.
    pub phone: String,
    /// When it is open.
    pub hours: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Its page.
    pub web: Option<Address>,
}

/// An address on the web.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Address {
    /// The whole address.
    pub href: String,
    /// The address as printed: no scheme, no `www.`, no closing slash.
    pub short: String,
}

/// The stamps at the end of the content.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Stamps {
    /// Plain lines, such as `Page last reviewed: 1 August 2020`.
    pub lines: Vec<String>,
    /// The notice, where the review is overdue.
    pub overdue: Option<Overdue>,
}

/// The notice that the review is overdue.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Overdue {
    /// Its label.
    pub title: String,
    /// What it says.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn furniture(word: &str) -> Furniture {
        let colour = Colour { rgb: "#000000".into(), cmyk: [0.0, 0.0, 0.0, 100.0], spot: None };
        Furniture {
            words: BTreeMap::from([("w".to_owned(), word.to_owned())]),
            tongue: None,
            brand: BrandData {
                register_name: "A".into(),
                trading_name: "A".into(),
                neutral: true,
                wordmark: None,
                colours: Colours {
                    main: colour.clone(),
                    accent: colour.clone(),
                    ink: colour.clone(),
                    mist: colour.clone(),
                    sand: colour.clone(),
                    paper: colour,
                },
                helpline: None,
                website: None,
                feedback: None,
                other_formats: String::new(),
            },
            stamps: Stamps { lines: Vec::new(), overdue: None },
            imprint: Vec::new(),
            charity_line: None,
            credits: Vec::new(),
            colophon: Vec::new(),
            fonts: Vec::new(),
        }
    }

    #[test]
    fn placeholders_are_filled_once() {
        let f = furniture("{a} and {b}, {c} {");
        assert_eq!(f.filled("w", &[("a", "{b}"), ("b", "2")]), "{b} and 2, {c} {");
        assert_eq!(f.word("missing"), "missing");
    }

    #[test]
    fn keys_are_the_template_s() {
        let data = serde_json::to_value(furniture("")).unwrap();
        assert!(data.get("charity-line").is_some());
        assert!(data.pointer("/brand/other-formats").is_some());
        assert!(data.pointer("/brand/register-name").is_some());
    }
}
