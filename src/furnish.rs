//! Composes an edition's furniture from brand, imprint rules, words and the page's facts.

use crate::brand::{Brand, Imprint, in_language};
use crate::document::{Document, Meta, shorten};
use crate::furniture::{Address, BrandData, Furniture, Helpline, Overdue, Stamps, Tongue, WordmarkAsset};
use crate::language::{direction, primary};
use crate::words::Words;

/// What furniture is made of.
pub struct Parts<'a> {
    /// Whose page it is.
    pub brand: &'a Brand,
    /// The imprint's rules.
    pub imprint: &'a Imprint,
    /// The words in the page's language.
    pub words: &'a Words,
    /// Whether the review is overdue on the day of the build: the clock's only say.
    pub overdue: bool,
    /// Font families in order of preference.
    pub fonts: Vec<String>,
    /// The logo's file name among the pictures, if the brand has one.
    pub logo: Option<String>,
}

/// The furniture of one page.
pub fn furnish(document: &Document, parts: Parts<'_>) -> Furniture {
    let Parts { brand, imprint, words, overdue, fonts, logo } = parts;
    let meta = &document.meta;
    let language = meta.language.as_str();
    Furniture {
        words: words.all.clone(),
        tongue: (primary(&words.language) != primary(language))
            .then(|| Tongue { language: words.language.clone(), direction: direction(&words.language) }),
        brand: brand_data(brand, words, language, logo),
        stamps: stamps(meta, brand, words, overdue),
        imprint: imprint.paragraphs(brand, words, language, meta.solicits),
        charity_line: imprint.footer(brand, words, language),
        credits: credits(meta, words),
        colophon: colophon(meta, brand, words),
        fonts,
    }
}

fn address(href: &str) -> Address {
    Address { href: href.to_string(), short: shorten(href) }
}

fn brand_data(brand: &Brand, words: &Words, language: &str, logo: Option<String>) -> BrandData {
    BrandData {
        register_name: brand.register_name.clone(),
        trading_name: brand.trading_name.clone(),
        neutral: brand.neutral,
        wordmark: logo.map(|asset| WordmarkAsset { asset }),
        colours: brand.colours.clone(),
        helpline: brand.helpline.as_ref().map(|line| Helpline {
            name: in_language(&line.name, language).unwrap_or_else(|| words.get("helpline").to_string()),
            phone: line.phone.clone(),
            hours: in_language(&line.hours, language),
            email: line.email.clone(),
            web: line.web.as_deref().map(address),
        }),
        website: brand.website.as_deref().map(address),
        feedback: in_language(&brand.feedback, language),
        other_formats: in_language(&brand.other_formats, language)
            .unwrap_or_else(|| words.get("other-formats").to_string()),
    }
}

/// The stamps' words (standards 38): plain lines, dates in the page's language.
fn stamps(meta: &Meta, brand: &Brand, words: &Words, overdue: bool) -> Stamps {
    let mut lines = Vec::new();
    match meta.reviewed {
        Some(day) => lines.push(words.fill("reviewed", &[("date", &words.date(day))])),
        None => lines.push(words.get("not-recorded").to_string()),
    }
    if let Some(day) = meta.next_review {
        lines.push(words.fill("due", &[("date", &words.date(day))]));
    }
    let text = if brand.helpline.is_some() { "overdue-text" } else { "overdue-text-no-helpline" };
    let overdue =
        overdue.then(|| Overdue { title: words.get("overdue").to_string(), text: words.get(text).to_string() });
    Stamps { lines, overdue }
}

fn credits(meta: &Meta, words: &Words) -> Vec<String> {
    let line =
        |key: &str, names: &[String]| (!names.is_empty()).then(|| words.fill(key, &[("names", &words.list(names))]));
    let approved: Vec<String> = meta.approved_by.iter().cloned().collect();
    [line("written-by", &meta.authors), line("reviewed-by", &meta.reviewers), line("approved-by", &approved)]
        .into_iter()
        .flatten()
        .collect()
}

fn colophon(meta: &Meta, brand: &Brand, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    let year = meta.reviewed.or(meta.published).map(|d| d.year.to_string());
    if let (Some(year), false) = (year, brand.neutral) {
        lines.push(words.fill("copyright", &[("name", &brand.trading_name), ("year", &year)]));
    }
    let (code, version) = (meta.product_code.as_deref(), meta.version.as_deref());
    match (code, version) {
        (Some(code), Some(version)) => lines.push(words.fill("code-version", &[("code", code), ("version", version)])),
        (Some(code), None) => lines.push(words.fill("code-only", &[("code", code)])),
        (None, Some(version)) => lines.push(words.fill("version-only", &[("version", version)])),
        (None, None) => {}
    }
    lines
}
