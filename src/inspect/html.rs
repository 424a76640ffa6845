//! Facts about an XHTML page, from its text.
//!
//! The reader is an XML parser, not a browser's: every page that everyleaf writes (the web edition and the pages of
//! the e-book) is well-formed XML, and one that is not should be found out here. `<!DOCTYPE html>` may stand at the
//! top; a named entity other than XML's five is an error, as it is in an e-book.

mod table;

pub use table::Table;

use super::InspectError;
use super::xml::{MAX_DEPTH, attribute, is, parse, utf8};
use roxmltree::Node;
use serde::Serialize;
use std::ops::Range;

/// Everything that was found in one page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct HtmlFacts {
    /// `title` of the head.
    pub title: Option<String>,
    /// `lang` of the root (`xml:lang` where that alone is given).
    pub language: Option<String>,
    /// The text as it is read out: a line break between blocks; what is hidden from readers left out.
    pub text: String,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links in order, those inside the page (`#…`) too.
    pub links: Vec<Link>,
    /// Pictures in order: `img`, and `svg` with `role="img"`.
    pub images: Vec<Image>,
    /// Landmarks in order: `main`, `nav`, `header`, `footer`, `aside`, or the role given instead.
    pub landmarks: Vec<String>,
    /// Every `id`, in order, for links to be checked against.
    pub ids: Vec<String>,
    /// Page break markers: their labels, in order.
    pub page_breaks: Vec<String>,
    /// Where each marker stands in [`HtmlFacts::text`], in bytes.
    pub page_break_places: Vec<usize>,
    /// Elements named `script`; an edition has none.
    pub scripts: usize,
    /// `th` elements that do not say what they head (`scope`).
    pub headers_without_scope: usize,
    /// Attributes that run a program (`onclick` and the like).
    pub handlers: usize,
    /// Addresses on other machines that the page loads something from: pictures, style sheets, frames. Links are none.
    pub loads: Vec<String>,
    /// Style sheets in the page: `style` elements, then each `style` attribute as a rule of its own.
    pub styles: Vec<String>,
    /// Every `lang` or `xml:lang`, in order, the root's first.
    pub languages: Vec<String>,
    /// Tables in order.
    pub tables: Vec<Table>,
    /// Links inside `nav` elements: places in [`HtmlFacts::links`].
    pub navigation: Vec<usize>,
    /// Bytes of [`HtmlFacts::text`] that the first `main` element covers; none where there is no such element.
    pub main: Option<Range<usize>>,
    /// `content` of the viewport's `meta`.
    pub viewport: Option<String>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Its `id`.
    pub id: Option<String>,
    /// Where it begins in [`HtmlFacts::text`], in bytes.
    pub at: usize,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// Its words, or the description of the picture in it.
    pub text: String,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Image {
    /// Its address; empty for a drawing that stands in the page.
    pub src: String,
    /// Its description: `None` where there is none, empty for a decorative picture.
    pub alt: Option<String>,
}

/// Reads a page and states what it finds.
///
/// # Errors
/// [`InspectError::Broken`] where the bytes are not UTF-8 or not well-formed XML,
/// [`InspectError::TooLarge`] where elements are nested too deeply.
pub fn inspect(page: impl AsRef<[u8]>) -> Result<HtmlFacts, InspectError> {
    let text = utf8(page.as_ref())?;
    let xml = parse(text)?;
    let mut reader = Reader::default();
    reader.facts.language = attribute(xml.root_element(), "lang").or_else(|| language_of_xml(xml.root_element()));
    let title = xml.root_element().children().find(|n| is(*n, "head"));
    let title = title.and_then(|head| head.children().find(|n| is(*n, "title")));
    reader.facts.title = title.map(all_text);
    reader.walk(xml.root_element(), 0)?;
    reader.facts.text = reader.writer.text;
    Ok(reader.facts)
}

fn language_of_xml(node: Node) -> Option<String> {
    node.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).map(str::to_string)
}

/// All text below a node, spaces put right.
pub(super) fn all_text(node: Node) -> String {
    let mut writer = Writer::default();
    node.descendants().filter_map(|n| n.is_text().then(|| n.text()).flatten()).for_each(|text| writer.push(text));
    writer.text
}

/// Whether `epub:type` or `role` has a value.
pub(super) fn has_type(node: Node, value: &str) -> bool {
    let lists = [node.attribute(("http://www.idpf.org/2007/ops", "type")), node.attribute("role")];
    lists.into_iter().flatten().any(|list| list.split_whitespace().any(|item| item.trim_start_matches("doc-") == value))
}

/// Joins text: one space between words, a line break between blocks.
#[derive(Default)]
struct Writer {
    text: String,
    space: bool,
    block: bool,
}

impl Writer {
    fn push(&mut self, text: &str) {
        for (i, word) in text.split(char::is_whitespace).enumerate() {
            self.space |= i > 0;
            if word.is_empty() {
                continue;
            }
            if !self.text.is_empty() && self.block {
                self.text.push('\n');
            } else if !self.text.is_empty() && self.space {
                self.text.push(' ');
            }
            (self.space, self.block) = (false, false);
            self.text.push_str(word);
        }
    }
}

#[derive(Default)]
struct Reader {
    writer: Writer,
    facts: HtmlFacts,
}

impl Reader {
    fn walk(&mut self, node: Node, depth: usize) -> Result<(), InspectError> {
        if depth > MAX_DEPTH {
            return Err(InspectError::TooLarge("elements nested more than 256 deep"));
        }
        if node.is_text() {
            self.writer.push(node.text().unwrap_or(""));
            return Ok(());
        }
        if !node.is_element() {
            return Ok(());
        }
        let name = node.tag_name().name();
        if let Some(id) = attribute(node, "id") {
            self.facts.ids.push(id);
        }
        if name == "script" {
            self.facts.scripts += 1;
        }
        self.attributes(node, name);
        if has_type(node, "pagebreak") {
            self.page_break(node);
            return Ok(());
        }
        let hidden = node.has_attribute("hidden") || node.attribute("aria-hidden") == Some("true");
        if name == "style" {
            self.facts.styles.push(node.text().unwrap_or("").to_string());
        }
        if name == "head" {
            self.head(node);
        }
        if hidden || matches!(name, "head" | "script" | "style" | "template") {
            return Ok(());
        }
        if let Some(landmark) = landmark(node) {
            self.facts.landmarks.push(landmark);
        }
        match name {
            "img" => self.image(node.attribute("src").unwrap_or(""), attribute(node, "alt")),
            "svg" => {
                let title = || node.children().find(|child| is(*child, "title")).map(all_text);
                if node.attribute("role") == Some("img") {
                    self.image("", attribute(node, "aria-label").or_else(title));
                }
            }
            "br" => self.writer.space = true,
            _ => self.element(node, name, depth)?,
        }
        Ok(())
    }

    fn element(&mut self, node: Node, name: &str, depth: usize) -> Result<(), InspectError> {
        let parts = !is_inline(name);
        // The mark of a note stands on the word before it, but is read by itself.
        let note = has_type(node, "noteref");
        self.writer.block |= parts;
        self.writer.space |= note;
        let (start, pictures) = (self.writer.text.len(), self.facts.images.len());
        // Its place in the list is that of its beginning.
        let link = name == "a" && node.has_attribute("href");
        let slot = self.facts.links.len();
        if link {
            self.facts.links.push(Link { href: attribute(node, "href").unwrap_or_default(), text: String::new() });
        }
        if link && node.ancestors().any(|above| is(above, "nav")) {
            self.facts.navigation.push(slot);
        }
        if name == "table" && !matches!(node.attribute("role"), Some("presentation" | "none")) {
            self.facts.tables.push(table::table(node));
        }
        if name == "th" && !node.has_attribute("scope") {
            self.facts.headers_without_scope += 1;
        }
        for child in node.children() {
            self.walk(child, depth + 1)?;
        }
        self.writer.block |= parts;
        self.writer.space |= note;
        let text = || self.writer.text.get(start..).unwrap_or("").trim().to_string();
        if link {
            let described = || self.facts.images.get(pictures..).unwrap_or(&[]).iter().find_map(|i| i.alt.clone());
            let words = text();
            let label = attribute(node, "aria-label").or(Some(words).filter(|w| !w.is_empty())).or_else(described);
            if let Some(link) = self.facts.links.get_mut(slot) {
                link.text = label.unwrap_or_default();
            }
        } else if name == "main" && self.facts.main.is_none() {
            self.facts.main = Some(start..self.writer.text.len());
        } else if let Some(level) = heading_level(name) {
            let text = text();
            self.facts.headings.push(Heading { level, text, id: attribute(node, "id"), at: start });
        }
        Ok(())
    }

    /// What the attributes of any element say.
    fn attributes(&mut self, node: Node, name: &str) {
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            match key {
                _ if key.len() > 3 && key.starts_with("on") => self.facts.handlers += 1,
                "lang" => self.facts.languages.push(value.to_string()),
                "style" => self.facts.styles.push(format!("{name} {{{value}}}")),
                "src" | "poster" | "data" | "srcset" => self.load(value),
                "href" if !matches!(name, "a" | "area") => self.load(value),
                _ => {}
            }
        }
    }

    fn load(&mut self, address: &str) {
        let lower = address.trim().to_ascii_lowercase();
        if ["http:", "https:", "//", "ftp:"].iter().any(|scheme| lower.starts_with(scheme)) {
            self.facts.loads.push(address.to_string());
        }
    }

    fn head(&mut self, head: Node) {
        for node in head.descendants().filter(|node| node.is_element() && *node != head) {
            let name = node.tag_name().name();
            self.attributes(node, name);
            match name {
                "script" => self.facts.scripts += 1,
                "style" => self.facts.styles.push(node.text().unwrap_or("").to_string()),
                "meta" if node.attribute("name") == Some("viewport") => {
                    self.facts.viewport = attribute(node, "content");
                }
                _ => {}
            }
        }
    }

    fn image(&mut self, src: &str, alt: Option<String>) {
        self.facts.images.push(Image { src: src.to_string(), alt });
    }

    fn page_break(&mut self, node: Node) {
        let label = attribute(node, "aria-label").or_else(|| attribute(node, "title"));
        self.facts.page_breaks.push(label.unwrap_or_else(|| all_text(node)));
        self.facts.page_break_places.push(self.writer.text.len());
    }
}

fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn landmark(node: Node) -> Option<String> {
    const ROLES: [&str; 7] = ["main", "navigation", "banner", "contentinfo", "complementary", "region", "search"];
    if let Some(role) = node.attribute("role") {
        let known = ROLES.contains(&role) || role.starts_with("doc-");
        return known.then(|| role.to_string()).filter(|role| role != "doc-noteref" && role != "doc-backlink");
    }
    let name = node.tag_name().name();
    matches!(name, "main" | "nav" | "header" | "footer" | "aside").then(|| name.to_string())
}

/// Elements that do not begin a new line; `td` and the like do, so that cells are never run together.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "data"
            | "dfn"
            | "em"
            | "i"
            | "kbd"
            | "mark"
            | "q"
            | "ruby"
            | "rb"
            | "rt"
            | "rp"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
            | "label"
            | "input"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> String {
        format!(
            "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en-GB\"><head><title>A  page</title>\
             <style>p {{ color: red }}</style></head><body>{body}</body></html>"
        )
    }

    #[test]
    fn text_is_read_in_order_and_unglued() {
        let html = page(
            "<main><h1 id='t'>A <em>page</em></h1><p>One<br/>two th<b>r</b>ee<sup>2</sup>.</p>\
             <table><tr><th scope='row'>a</th><th>b</th></tr></table>\
             <p hidden=''>no</p><p><span aria-hidden='true'>no</span>yes<a href='#n' role='doc-noteref'>1</a></p></main>",
        );
        let facts = inspect(&html).unwrap();
        assert_eq!(facts.text, "A page\nOne two three2.\na\nb\nyes 1");
        assert_eq!(facts.title.as_deref(), Some("A page"));
        assert_eq!(facts.language.as_deref(), Some("en-GB"));
        assert_eq!(facts.headings, [Heading { level: 1, text: "A page".into(), id: Some("t".into()), at: 0 }]);
        assert_eq!((facts.headers_without_scope, facts.landmarks), (1, vec!["main".to_string()]));
    }

    #[test]
    fn links_and_pictures_keep_their_words() {
        let html = page(
            "<p><a href='https://example.org/?a=1&amp;b=2'>Read <b>on</b></a> <a href='#x'><img src='a.png' alt='Home'/></a>\
             <img src='b.png'/><svg role='img' aria-label='Tick box'><text>no</text></svg></p>",
        );
        let facts = inspect(&html).unwrap();
        let link = |href: &str, text: &str| Link { href: href.into(), text: text.into() };
        assert_eq!(facts.links, [link("https://example.org/?a=1&b=2", "Read on"), link("#x", "Home")]);
        let alts: Vec<_> = facts.images.iter().map(|image| image.alt.as_deref()).collect();
        assert_eq!(alts, [Some("Home"), None, Some("Tick box")]);
    }

    #[test]
    fn broken_pages_are_errors_and_never_panics() {
        assert!(matches!(inspect("<p>a<br></p>"), Err(InspectError::Broken(_))));
        assert!(matches!(inspect([0xff, 0xfe]), Err(InspectError::Broken(_))));
        let deep = "<p>".repeat(200_000);
        assert!(matches!(inspect(&deep), Err(InspectError::TooLarge(_))));
        let html = page("<p class='a>b'>Some <b>words</b> &#8212; é<!-- <p> --></p><![CDATA[ <p> ]]>");
        for end in 0..html.len() {
            let _ = inspect(html.as_bytes().get(..end).unwrap_or(&[]));
            let mut changed = html.clone().into_bytes();
            changed[end] ^= 0x15;
            let _ = inspect(&changed);
        }
    }
}
