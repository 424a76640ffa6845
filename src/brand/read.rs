//! Reads `layouts/brand.toml`, strictly.

use std::collections::BTreeMap;

use super::{Brand, BrandHelpline};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::furniture::{Colour, Colours};
use crate::source::{FileId, Span};
use crate::strict::{At, Codes, Reader, parse};

const CODES: Codes = Codes { syntax: Code::BRAND_INVALID, unknown: Code::BRAND_INVALID, value: Code::BRAND_INVALID };

/// The house palette: a colour that the brand does not name keeps this value.
/// Each pair looks alike on FOGRA39, and main and accent reach 7:1 on white and on the tints.
const PALETTE: [(&str, &str, [f64; 4]); 6] = [
    ("main", "#004D58", [100.0, 40.0, 45.0, 45.0]),
    ("accent", "#8D2F13", [10.0, 88.0, 95.0, 45.0]),
    ("ink", "#1F1F1D", [0.0, 0.0, 0.0, 100.0]),
    ("mist", "#E6F3F5", [12.0, 0.0, 5.0, 0.0]),
    ("sand", "#FFF3E1", [0.0, 6.0, 14.0, 0.0]),
    ("paper", "#FFFFFF", [0.0, 0.0, 0.0, 0.0]),
];

/// The registers of charities that the imprint's rules know.
const REGISTERS: [&str; 4] = ["england-and-wales", "scotland", "isle-of-man", "northern-ireland"];

impl Brand {
    /// Reads a brand file. What is wrong goes to `sink`.
    pub fn parse(text: &str, file: FileId, neutral: bool, sink: &mut Sink) -> Self {
        let top = Span::new(file, 0, text.find('\n').unwrap_or(text.len()));
        let brand = parse(text, file, 0, CODES, sink, |keys, sink| read(keys, neutral, top, sink));
        brand.judge(top, sink);
        brand
    }

    fn judge(&self, top: Span, sink: &mut Sink) {
        let mut complain = |message: String, help: &str| {
            sink.push(Diagnostic::new(Code::BRAND_INVALID, message).at(top).help(help));
        };
        if let Some(number) = self.registrations.get("scotland")
            && !(number.len() == 8 && number.starts_with("SC0") && number[3..].bytes().all(|b| b.is_ascii_digit()))
        {
            complain(format!("the Scottish charity number `{number}` has the wrong form"), "it is SC0 and five digits");
        }
        if let Some(number) = &self.company_number
            && !(number.len() == 8 && number.bytes().all(|b| b.is_ascii_alphanumeric()))
        {
            complain(format!("the company number `{number}` has the wrong form"), "it has eight letters or digits");
        }
        if let Some(number) = &self.vat_number
            && !vat(number)
        {
            complain(
                format!("the VAT number `{number}` fails its own check digits"),
                "compare it with the certificate",
            );
        }
        let Colours { main, accent, ink, mist, sand, paper } = &self.colours;
        let all = [main, accent, ink, mist, sand, paper];
        let own = |one: &&Colour| one.spot.is_some();
        let pair = all.into_iter().filter(own).find(|one| all.iter().any(|o| o.spot == one.spot && o.cmyk != one.cmyk));
        if let Some(name) = pair.and_then(|colour| colour.spot.as_ref()) {
            complain(
                format!("two colours with other values bear the name of one ink, `{name}`"),
                "one ink has one colour: give both the same four numbers, or name the ink once",
            );
        }
        if !self.registrations.is_empty() && self.verified_on.is_none() {
            complain(
                "the registrations have no `verified-on` date".into(),
                "compare the numbers with the registers, then add verified-on = and the day's date",
            );
        }
    }
}

fn read(keys: &mut Reader<'_, '_>, neutral: bool, top: Span, sink: &mut Sink) -> Brand {
    let mut name = |key, sink: &mut Sink| {
        let found = keys.string(key, sink).map(|v| v.value).filter(|v| !v.is_empty());
        if found.is_none() {
            sink.push(Diagnostic::new(Code::BRAND_INVALID, format!("the brand has no `{key}`")).at(top));
        }
        found.unwrap_or_default()
    };
    let (register_name, trading_name) = (name("register-name", sink), name("trading-name", sink));
    let colours = keys.table("colours", sink, |keys, sink| colours(keys, sink));
    let registrations = keys.table("registrations", sink, |keys, sink| {
        let mut all = BTreeMap::new();
        for register in REGISTERS {
            if let Some(number) = keys.words_or_number(register, sink) {
                all.insert(register.to_string(), number.value);
            }
        }
        all
    });
    let company = keys.table("company", sink, |keys, sink| {
        let limited = keys.boolean("limited-by-guarantee", sink).unwrap_or(true);
        let number = keys.words_or_number("number", sink).map(|v| v.value);
        let part = keys.string("part", sink).map(|p| {
            let key = p.value.to_lowercase().replace(' ', "-");
            if !REGISTERS.contains(&key.as_str()) {
                let help = format!("it is one of: {}", REGISTERS.join(", "));
                sink.push(
                    Diagnostic::new(Code::BRAND_INVALID, "unknown part of the United Kingdom").at(p.span).help(help),
                );
            }
            key
        });
        if limited { (number, part) } else { (None, None) }
    });
    let (company_number, company_part) = company.unwrap_or_default();
    Brand {
        file: top.file,
        register_name,
        trading_name,
        neutral,
        logo: keys.string("logo", sink).map(|v| v.value),
        colours: colours.unwrap_or_else(house_colours),
        helpline: keys.table("helpline", sink, |keys, sink| helpline(keys, sink)).flatten(),
        website: address("website", keys, sink),
        feedback: keys.localised("feedback", sink),
        other_formats: keys.localised("other-formats", sink),
        registrations: registrations.unwrap_or_default(),
        company_number,
        company_part,
        registered_office: keys.string("registered-office", sink).map(|v| v.value),
        vat_number: keys.words_or_number("vat-number", sink).map(|v| v.value),
        fundraising_badge: keys.boolean("fundraising-badge", sink).unwrap_or(false),
        verified_on: keys.date("verified-on", sink).map(|v| v.value),
    }
}

fn helpline(keys: &mut Reader<'_, '_>, sink: &mut Sink) -> Option<BrandHelpline> {
    let name = keys.localised("name", sink);
    let phone = keys.string("phone", sink).map(|v| v.value);
    let hours = keys.localised("hours", sink);
    let email = keys.string("email", sink).map(|v| v.value);
    let web = address("web", keys, sink);
    Some(BrandHelpline { name, phone: phone?, hours, email, web })
}

fn address(key: &'static str, keys: &mut Reader<'_, '_>, sink: &mut Sink) -> Option<String> {
    let found = keys.string(key, sink)?;
    match url::Url::parse(&found.value) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Some(url.to_string()),
        _ => {
            let message = format!("`{}` is not a web address", found.value);
            sink.push(
                Diagnostic::new(Code::BRAND_INVALID, message)
                    .at(found.span)
                    .help("give the whole address, beginning with https://"),
            );
            None
        }
    }
}

fn house_colours() -> Colours {
    let colour = |name: &str| {
        let (_, rgb, cmyk) = PALETTE.iter().find(|(n, ..)| *n == name).copied().unwrap_or(PALETTE[2]);
        Colour { rgb: rgb.to_string(), cmyk, spot: None }
    };
    Colours {
        main: colour("main"),
        accent: colour("accent"),
        ink: colour("ink"),
        mist: colour("mist"),
        sand: colour("sand"),
        paper: colour("paper"),
    }
}

fn colours(keys: &mut Reader<'_, '_>, sink: &mut Sink) -> Colours {
    let mut colours = house_colours();
    for (name, place) in [
        ("main", &mut colours.main),
        ("accent", &mut colours.accent),
        ("ink", &mut colours.ink),
        ("mist", &mut colours.mist),
        ("sand", &mut colours.sand),
        ("paper", &mut colours.paper),
    ] {
        if let Some(Some(colour)) = keys.table(name, sink, |keys, sink| colour(keys, sink)) {
            *place = colour;
        }
    }
    colours
}

fn colour(keys: &mut Reader<'_, '_>, sink: &mut Sink) -> Option<Colour> {
    let rgb = keys.string("rgb", sink);
    let cmyk = keys.numbers("cmyk", sink);
    let spot = keys.string("spot", sink).and_then(|spot| ink_name(spot, sink));
    let (rgb, cmyk) = (rgb?, cmyk?);
    if !is_rgb(&rgb.value) {
        let message = format!("`{}` is not a colour", rgb.value);
        sink.push(
            Diagnostic::new(Code::BRAND_INVALID, message).at(rgb.span).help("write it as #RRGGBB, such as #004D58"),
        );
        return None;
    }
    match <[f64; 4]>::try_from(cmyk.value) {
        Ok(parts) if parts.iter().all(|p| (0.0..=100.0).contains(p)) => {
            Some(Colour { rgb: rgb.value.to_uppercase(), cmyk: parts, spot })
        }
        _ => {
            let message = "an ink colour has four numbers from 0 to 100: cyan, magenta, yellow, black";
            sink.push(Diagnostic::new(Code::BRAND_INVALID, message).at(cmyk.span));
            None
        }
    }
}

/// The names that stand for no ink of its own (ISO 32000-1, 8.6.6.4 and 8.6.6.5).
const NO_SPOTS: [&str; 6] = ["all", "none", "cyan", "magenta", "yellow", "black"];

fn ink_name(name: At<String>, sink: &mut Sink) -> Option<String> {
    let text = name.value.as_str();
    let fair = !text.is_empty() && text.len() <= 60 && text.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    if fair && !NO_SPOTS.contains(&text.to_ascii_lowercase().as_str()) {
        return Some(text.to_string());
    }
    sink.push(
        Diagnostic::new(Code::BRAND_INVALID, format!("`{text}` is not the name of an ink of its own"))
            .at(name.span)
            .help("write the name as your printer's colour book has it, such as PANTONE 3165 C, or leave the line out"),
    );
    None
}

/// Whether words are `#RRGGBB`.
pub(crate) fn is_rgb(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|b| b.is_ascii_hexdigit())
}

/// The check digits of a UK VAT number, by modulus 97 or the newer modulus 9755.
fn vat(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 9 {
        return false;
    }
    let sum: u32 = digits.iter().take(7).zip((2..=8).rev()).map(|(d, weight)| d * weight).sum();
    let check = digits.get(7).copied().unwrap_or(0) * 10 + digits.get(8).copied().unwrap_or(0);
    (sum + check).is_multiple_of(97) || (sum + check + 55).is_multiple_of(97)
}
