//! The brand file -> Brand: names, colours, contacts and registrations.

mod imprint;
mod read;
#[cfg(test)]
mod tests;

pub use imprint::Imprint;
pub(crate) use read::is_rgb;

use std::collections::BTreeMap;

use crate::date::Date;
use crate::furniture::Colours;
use crate::language::primary;
use crate::source::FileId;

/// Words by language tag; the empty tag serves every language.
pub type Localised = BTreeMap<String, String>;

/// A charity's brand.
#[derive(Debug, Clone)]
pub struct Brand {
    /// The text it was read from.
    pub file: FileId,
    /// The name in the registers.
    pub register_name: String,
    /// The name people know.
    pub trading_name: String,
    /// Whether this is the built-in brand.
    pub neutral: bool,
    /// A picture file beside the brand file, instead of the drawn wordmark.
    pub logo: Option<String>,
    /// The palette.
    pub colours: Colours,
    /// The helpline.
    pub helpline: Option<BrandHelpline>,
    /// The website's address.
    pub website: Option<String>,
    /// How readers say what they think.
    pub feedback: Localised,
    /// How readers ask for another format.
    pub other_formats: Localised,
    /// Numbers by register, such as `scotland`.
    pub registrations: BTreeMap<String, String>,
    /// The company's number.
    pub company_number: Option<String>,
    /// The register key of the part of the United Kingdom where the company is registered.
    pub company_part: Option<String>,
    /// The registered office.
    pub registered_office: Option<String>,
    /// The VAT number.
    pub vat_number: Option<String>,
    /// Whether the charity may show the fundraising badge.
    pub fundraising_badge: bool,
    /// When somebody last compared the file with the registers.
    pub verified_on: Option<Date>,
}

/// A helpline.
#[derive(Debug, Clone)]
pub struct BrandHelpline {
    /// What it is called, where it has a name of its own; default: the furniture's word "Helpline".
    pub name: Localised,
    /// Its number, as printed.
    pub phone: String,
    /// When it is open.
    pub hours: Localised,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Its page.
    pub web: Option<String>,
}

impl Brand {
    /// The values that a page may name in double braces, in its language.
    pub fn values(&self, language: &str) -> BTreeMap<String, String> {
        let mut values = BTreeMap::from([
            ("trading-name".to_string(), self.trading_name.clone()),
            ("register-name".to_string(), self.register_name.clone()),
        ]);
        let mut add = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                values.insert(key.to_string(), value);
            }
        };
        add("website", self.website.as_deref().map(crate::document::shorten));
        if let Some(line) = &self.helpline {
            add("helpline.phone", Some(line.phone.clone()));
            add("helpline.hours", in_language(&line.hours, language));
            add("helpline.email", line.email.clone());
            add("helpline.web", line.web.as_deref().map(crate::document::shorten));
        }
        values
    }
}

/// The words in a language: that very tag, its language, any language, English, in this order.
pub fn in_language(words: &Localised, tag: &str) -> Option<String> {
    [tag, primary(tag), "", "en"].iter().find_map(|t| words.get(*t)).or_else(|| words.values().next()).cloned()
}
