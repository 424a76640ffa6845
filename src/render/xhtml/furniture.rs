//! The furniture that both editions share: band, help panel, stamps, imprint.

use super::icon;
use super::text::{address, attribute, dial, escape};
use crate::furniture::{Address, Furniture};

/// The band with the wordmark; `logo` is where the brand's own logo stands, if it has one.
pub fn band(furniture: &Furniture, logo: Option<&str>) -> String {
    let name = &furniture.brand.trading_name;
    match logo {
        Some(source) => {
            format!("<img class=\"logo\" src=\"{}\" alt=\"{}\"/>", attribute(source), attribute(name))
        }
        None => format!("{}<span>{}</span>", icon::mark(), escape(name)),
    }
}

/// The attributes of what holds our own words; none where they are in the page's language (WCAG 3.1.2).
pub fn tongue(furniture: &Furniture) -> String {
    let own = furniture.tongue.as_ref();
    own.map_or_else(String::new, |own| format!(" lang=\"{}\" dir=\"{}\"", attribute(&own.language), own.direction))
}

/// The help panel, or nothing for a brand without a helpline; `id` is unique in the file.
pub fn help(furniture: &Furniture, id: &str) -> String {
    let Some(line) = &furniture.brand.helpline else { return String::new() };
    let tongue = tongue(furniture);
    let mut out = format!("<aside class=\"help\" role=\"note\" aria-labelledby=\"{id}\"{tongue}>\n");
    let label = escape(furniture.word("talk"));
    out.push_str(&format!("<p class=\"label\" id=\"{id}\">{}<span>{label}</span></p>\n", icon::phone()));
    if line.name.to_lowercase() != furniture.word("helpline").to_lowercase() {
        out.push_str(&format!("<p>{}</p>\n", escape(&line.name)));
    }
    let phone = escape(&line.phone);
    out.push_str(&format!("<p class=\"number\"><a dir=\"ltr\" href=\"{}\">{phone}</a></p>\n", dial(&line.phone)));
    if let Some(hours) = &line.hours {
        out.push_str(&format!("<p>{}</p>\n", escape(hours)));
    }
    if let Some(email) = &line.email {
        let (word, email) = (escape(furniture.word("email")), attribute(email));
        out.push_str(&format!("<p>{word}: <a href=\"mailto:{email}\">{email}</a></p>\n"));
    }
    if let Some(web) = &line.web {
        out.push_str(&format!("<p>{}: {}</p>\n", escape(furniture.word("website")), web_link(web)));
    }
    out.push_str("</aside>\n");
    out
}

/// The helpline in one line, for a strip across the page; nothing without a helpline.
pub(super) fn strip(furniture: &Furniture) -> String {
    let Some(line) = &furniture.brand.helpline else { return String::new() };
    let words = format!("{} <span class=\"nb\" dir=\"ltr\">{}</span>", escape(&line.name), escape(&line.phone));
    let hours = line.hours.as_ref().map(|hours| format!(" <span class=\"hours\">{}</span>", escape(hours)));
    format!(
        "<div class=\"strip\"{}><p><a href=\"{}\">{}<span>{words}</span></a>{}</p></div>\n",
        tongue(furniture),
        dial(&line.phone),
        icon::phone(),
        hours.unwrap_or_default()
    )
}

/// What stands at the end of the content: the stamps first, without a rule above, then the notice, help, feedback,
/// other formats, the caution and the credits.
pub fn closing(furniture: &Furniture) -> String {
    let mut out = String::new();
    let stamps: Vec<String> = furniture.stamps.lines.iter().map(|line| stamp(line)).collect();
    if !stamps.is_empty() {
        out.push_str(&format!("<p class=\"stamps\">{}</p>\n", stamps.join("<br/>")));
    }
    if let Some(overdue) = &furniture.stamps.overdue {
        out.push_str(&format!(
            "<aside class=\"overdue\" role=\"note\" aria-labelledby=\"ui.overdue\">\n\
             <p class=\"label\" id=\"ui.overdue\">{}\
             <span>{}</span></p>\n<p>{}</p>\n</aside>\n",
            icon::overdue(),
            escape(&overdue.title),
            escape(&overdue.text)
        ));
    }
    out.push_str(&help(furniture, "ui.help"));
    if let Some(feedback) = &furniture.brand.feedback {
        let word = escape(furniture.word("feedback"));
        out.push_str(&format!("<p><strong>{word}</strong><br/>{}</p>\n", linked(feedback)));
    }
    if let Some(web) = &furniture.brand.website {
        out.push_str(&format!("<p>{}: {}</p>\n", escape(furniture.word("website")), web_link(web)));
    }
    if !furniture.brand.other_formats.is_empty() {
        out.push_str(&format!("<p class=\"formats\">{}</p>\n", linked(&furniture.brand.other_formats)));
    }
    let caution = furniture.words.get("caution").cloned();
    for paragraph in caution.iter().chain(&furniture.credits) {
        out.push_str(&format!("<p>{}</p>\n", escape(paragraph)));
    }
    out
}

/// The legal block and the colophon, at the size of the text.
pub fn imprint(furniture: &Furniture) -> String {
    let paragraphs = furniture.imprint.iter().chain(&furniture.colophon);
    paragraphs.map(|text| format!("<p>{}</p>\n", escape(text))).collect()
}

fn web_link(web: &Address) -> String {
    match address(&web.href) {
        Some(href) => format!("<a href=\"{href}\">{}</a>", escape(&web.short)),
        None => escape(&web.short),
    }
}

/// A stamp: what follows its colon, a date, stays on one line.
fn stamp(line: &str) -> String {
    match line.rsplit_once(": ") {
        Some((label, date)) => format!("{}: <span class=\"nb\">{}</span>", escape(label), escape(date)),
        None => escape(line),
    }
}

/// A sentence of the brand's with the addresses in it made into links.
fn linked(text: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        let bare = bare.trim_start_matches('(');
        let href = if bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) {
            format!("mailto:{bare}")
        } else if bare.starts_with("https://") || bare.starts_with("http://") {
            bare.to_owned()
        } else if bare.starts_with("www.") {
            format!("https://{bare}")
        } else {
            return escape(word);
        };
        match (address(&href), word.split_once(bare)) {
            (Some(href), Some((before, after))) => {
                format!("{}<a href=\"{href}\">{}</a>{}", escape(before), escape(bare), escape(after))
            }
            _ => escape(word),
        }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
