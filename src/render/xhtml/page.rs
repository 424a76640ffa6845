//! The web page: one file with everything in it, and no script.

use std::collections::BTreeMap;

use super::sheet::{family, properties};
use super::text::{attribute, escape, escape_whole, fragment, plain};
use super::{
    Font, Places, Style, Walker, band, closing, colour, data_uri, font_faces, furniture, icon, imprint, tongue,
};
use crate::document::{Document, Kind};
use crate::furniture::Furniture;

/// What a web page is made of.
#[derive(Debug, Clone, Copy)]
pub struct PageInput<'a> {
    /// The page's words.
    pub document: &'a Document,
    /// What stands around them.
    pub furniture: &'a Furniture,
    /// The layout's style sheet: `layouts/html/style.css`.
    pub sheet: &'a str,
    /// The fonts to carry; without any, the reader's own serve.
    pub fonts: &'a [Font<'a>],
    /// The brand's logo, where it has one: its media type and its bytes.
    pub logo: Option<(&'a str, &'a [u8])>,
}

/// The page as one HTML text.
///
/// It is the same for the same input, byte for byte. Links to other pages apart, it asks for nothing from the
/// network. Meant for `text/html`; it is well-formed XML all the same.
pub fn page(input: &PageInput) -> String {
    let PageInput { document, furniture, .. } = *input;
    let meta = &document.meta;
    let mut places = Places::default();
    places.learn("", &document.blocks);
    document.notes.iter().for_each(|note| places.learn("", &note.blocks));
    let pictures: Vec<String> = document.assets.iter().map(|asset| data_uri(asset.media_type, &asset.bytes)).collect();
    let none = BTreeMap::new();
    let style =
        Style { heading_shift: 0, places: &places, file: "", pictures: &pictures, epub: false, page_breaks: &none };
    let walker = || Walker::new(document, furniture, style);

    let mut out = head(input);
    out.push_str(&opening(input, walker()));
    out.push_str("<div class=\"body\">\n");
    out.push_str(&contents(document, furniture));
    out.push_str("<main id=\"ui.main\" tabindex=\"-1\">\n");
    out.push_str(&walker().blocks(&document.blocks));
    out.push_str(&walker().notes());
    out.push_str(&format!(
        "<section class=\"about\" aria-labelledby=\"ui.about\"{}>\n<h2 id=\"ui.about\">{}</h2>\n{}</section>\n",
        tongue(furniture),
        escape(furniture.word("about")),
        closing(furniture)
    ));
    let notice = meta.notice.as_ref().map(|text| format!("<p class=\"notice\">{}</p>\n", escape(text)));
    out.push_str(&format!(
        "</main>\n</div>\n<footer{}>\n<div class=\"inner\">\n<p class=\"wordmark\">{}</p>\n{}{}\
         </div>\n</footer>\n</body>\n</html>\n",
        tongue(furniture),
        // A logo is drawn for the band; on the footer's ground it might not show.
        band(furniture, None),
        notice.unwrap_or_default(),
        imprint(furniture)
    ));
    out
}

fn logo(input: &PageInput) -> Option<String> {
    input.logo.map(|(media_type, bytes)| data_uri(media_type, bytes))
}

fn head(input: &PageInput) -> String {
    let PageInput { document, furniture, sheet, fonts, .. } = *input;
    let meta = &document.meta;
    let mut style = font_faces(fonts, |font| data_uri(font.media_type(), font.bytes));
    let colours = &furniture.brand.colours;
    let mut light = colour::light(colours);
    light.push(("family", family(&furniture.fonts)));
    style.push_str(&format!(":root {{{} }}\n", properties(&light)));
    style.push_str(&format!(
        "@media screen and (prefers-color-scheme: dark) {{ :root {{{} }} }}\n",
        properties(&colour::dark(colours))
    ));
    style.push_str(sheet);
    // What would end the element early cannot stand in it; no style sheet has need of it.
    let style = style.replace("</", "<\\/");
    let language = attribute(&meta.language);
    let about = meta.summary.as_ref().unwrap_or(&meta.title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>{} - {}</title>\n\
         <meta name=\"description\" content=\"{}\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <style>\n{style}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#ui.main\"{}>{}</a>\n",
        meta.direction,
        escape(&meta.title),
        escape(&furniture.brand.trading_name),
        attribute(about),
        tongue(furniture),
        escape(furniture.word("skip")),
    )
}

/// The cover: band, title, summary, picture or motif, helpline.
fn opening(input: &PageInput, walker: Walker) -> String {
    let PageInput { document, furniture, .. } = *input;
    let meta = &document.meta;
    let mut out = format!(
        "<header>\n<div class=\"band\"><p class=\"wordmark\">{}</p></div>\n<div class=\"title\">\n<h1>{}</h1>\n",
        band(furniture, logo(input).as_deref()),
        escape_whole(&meta.title)
    );
    for (class, text) in [("summary", &meta.summary), ("notice", &meta.notice)] {
        if let Some(text) = text {
            out.push_str(&format!("<p class=\"{class}\">{}</p>\n", escape_whole(text)));
        }
    }
    out.push_str("</div>\n");
    match &document.cover {
        Some(cover) => {
            let picture = walker.picture_alone(cover.asset, &cover.alt);
            out.push_str(&format!("<div class=\"cover\">{picture}</div>\n"));
        }
        None => out.push_str(&format!("<div class=\"motif\">{}</div>\n", icon::motif())),
    }
    out.push_str(&furniture::strip(furniture));
    out.push_str("</header>\n");
    out
}

/// The list of sections.
fn contents(document: &Document, furniture: &Furniture) -> String {
    let (none, ours) = (String::new(), tongue(furniture));
    let mut entries: Vec<(String, String, &str)> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            Kind::Heading { level: 2, text, anchor } => Some((fragment(anchor), plain(text), none.as_str())),
            _ => None,
        })
        .collect();
    if !document.notes.is_empty() {
        entries.push(("ui.notes".to_owned(), furniture.word("notes").to_owned(), &ours));
    }
    entries.push(("ui.about".to_owned(), furniture.word("about").to_owned(), &ours));
    let items: String = entries
        .iter()
        .map(|(id, words, of)| format!("<li><a href=\"#{id}\"{of}>{}</a></li>\n", escape(words)))
        .collect();
    format!(
        "<nav class=\"contents\" aria-labelledby=\"ui.contents\">\n<h2 id=\"ui.contents\"{}>{}</h2>\n\
         <ul>\n{items}</ul>\n</nav>\n",
        tongue(furniture),
        escape(furniture.word("contents-web"))
    )
}
