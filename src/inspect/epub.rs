//! Facts about an EPUB, from its bytes.

use super::InspectError;
use super::html::{self, HtmlFacts, all_text, has_type};
use super::xml::{self, attribute, is};
use roxmltree::Node;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// No page of an edition is longer than this when unpacked, in bytes.
const MAX_FILE: u64 = 16 << 20;
/// Nor are all its pages together; a page that the spine names twice counts twice.
const MAX_TEXT: u64 = 64 << 20;
const MAX_FILES: usize = 20_000;

/// Everything that was found in one EPUB.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct EpubFacts {
    /// Version of the package document, such as `3.0`.
    pub version: String,
    /// `dc:title`, the first.
    pub title: Option<String>,
    /// `dc:language`, the first.
    pub language: Option<String>,
    /// `dc:identifier` that the package names as its own.
    pub identifier: Option<String>,
    /// `dcterms:modified`.
    pub modified: Option<String>,
    /// Every metadata entry in order, by its name or property: `dc:publisher`, `schema:accessMode`,
    /// `dcterms:conformsTo`.
    pub metadata: Vec<(String, String)>,
    /// The pages in reading order.
    pub spine: Vec<SpinePage>,
    /// Entries of the contents in order.
    pub contents: Vec<NavEntry>,
    /// Entries of the page list in order.
    pub page_list: Vec<NavEntry>,
    /// Entries of the landmarks in order; the label is the role, such as `bodymatter`.
    pub landmarks: Vec<NavEntry>,
    /// Every file of the package document's manifest.
    pub files: Vec<PackageFile>,
    /// The style sheets: path and text.
    pub styles: Vec<(String, String)>,
    /// The `id`s of the navigation document, and its path.
    pub navigation: (String, Vec<String>),
    /// What is named and not there, or there and not named: one sentence each.
    pub faults: Vec<String>,
}

impl EpubFacts {
    /// The text of all pages in reading order.
    pub fn text(&self) -> String {
        self.spine.iter().map(|page| page.facts.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The links of all pages in reading order.
    pub fn links(&self) -> impl Iterator<Item = &html::Link> {
        self.spine.iter().flat_map(|page| &page.facts.links)
    }

    /// The headings of all pages in reading order.
    pub fn headings(&self) -> impl Iterator<Item = &html::Heading> {
        self.spine.iter().flat_map(|page| &page.facts.headings)
    }

    /// The pictures of all pages in reading order.
    pub fn images(&self) -> impl Iterator<Item = &html::Image> {
        self.spine.iter().flat_map(|page| &page.facts.images)
    }

    /// The values of a metadata entry, such as `schema:accessibilityFeature`.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.metadata.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// One page of the spine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SpinePage {
    /// Its path in the archive.
    pub path: String,
    /// Whether it is read in order (`linear`).
    pub linear: bool,
    /// What it holds.
    pub facts: HtmlFacts,
}

/// One entry of a navigation list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NavEntry {
    /// Depth, from 1.
    pub level: usize,
    /// Its words; for a landmark, its role.
    pub label: String,
    /// Path in the archive and fragment that it leads to.
    pub href: String,
}

/// One file of the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PackageFile {
    /// Its path in the archive.
    pub path: String,
    /// Media type as declared.
    pub media_type: String,
    /// Properties as declared, such as `nav` or `cover-image`.
    pub properties: String,
}

/// Reads an EPUB and states what it finds.
///
/// # Errors
/// [`InspectError::Broken`] where the archive, the package document or a page of the spine cannot be read,
/// [`InspectError::TooLarge`] where a limit is passed.
pub fn inspect(bytes: &[u8]) -> Result<EpubFacts, InspectError> {
    let mut archive = Archive::open(bytes)?;
    let container = archive.text("META-INF/container.xml")?;
    let container = xml::parse(&container)?;
    let root = container.descendants().find(|node| is(*node, "rootfile"));
    let package_path = root
        .and_then(|node| attribute(node, "full-path"))
        .ok_or_else(|| InspectError::Broken("its container names no package document".into()))?;
    let package = archive.text(&package_path)?;
    let package = xml::parse(&package)?;
    let package = package.root_element();

    let mut facts = EpubFacts { version: attribute(package, "version").unwrap_or_default(), ..EpubFacts::default() };
    archive.check_first(&mut facts);
    metadata(package, &mut facts);
    let items = manifest(package, &package_path, &mut facts);
    for file in &facts.files {
        if !archive.has(&file.path) {
            facts.faults.push(format!("{} is named but is not in the archive", file.path));
        }
    }
    facts.faults.extend(archive.unnamed(&facts.files, &package_path));
    for reference in package.descendants().filter(|node| is(*node, "itemref")) {
        let item = attribute(reference, "idref").and_then(|id| items.get(&id));
        let Some(file) = item.and_then(|index| facts.files.get(*index)) else {
            facts.faults.push("the spine names a file that the package does not have".into());
            continue;
        };
        let text = archive.text(&file.path)?;
        let linear = reference.attribute("linear") != Some("no");
        facts.spine.push(SpinePage { path: file.path.clone(), linear, facts: html::inspect(&text)? });
    }
    let sheets: Vec<String> =
        facts.files.iter().filter(|file| file.media_type == "text/css").map(|file| file.path.clone()).collect();
    for path in sheets.into_iter().filter(|path| archive.has(path)).collect::<Vec<_>>() {
        let text = archive.text(&path)?;
        facts.styles.push((path, text));
    }
    let navigation = facts.files.iter().find(|file| file.properties.split_whitespace().any(|word| word == "nav"));
    match navigation.map(|file| file.path.clone()) {
        Some(path) if archive.has(&path) => {
            let text = archive.text(&path)?;
            facts.navigation = (path.clone(), html::inspect(&text)?.ids);
            navigate(&text, &path, &mut facts)?;
        }
        Some(_) => {}
        None => facts.faults.push("there is no navigation document".into()),
    }
    Ok(facts)
}

struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes unpacked so far.
    unpacked: u64,
}

impl<'a> Archive<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, InspectError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| InspectError::Broken(error.to_string()))?;
        if zip.len() > MAX_FILES {
            return Err(InspectError::TooLarge("more than 20,000 files"));
        }
        Ok(Self { zip, unpacked: 0 })
    }

    fn text(&mut self, path: &str) -> Result<String, InspectError> {
        let broken = |error: &dyn std::fmt::Display| InspectError::Broken(format!("{path}: {error}"));
        let file = self.zip.by_name(path).map_err(|error| broken(&error))?;
        let mut bytes = Vec::new();
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|error| broken(&error))?;
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > MAX_FILE || self.unpacked > MAX_TEXT {
            return Err(InspectError::TooLarge("pages that unpack to more than 16 MB, or 64 MB together"));
        }
        xml::utf8(&bytes).map(str::to_string)
    }

    fn has(&self, path: &str) -> bool {
        self.zip.index_for_name(path).is_some()
    }

    /// The first entry must be the media type, stored as it is, so that the file is known by its first bytes.
    fn check_first(&mut self, facts: &mut EpubFacts) {
        let mut first = String::new();
        let found = self.zip.by_index(0).is_ok_and(|mut file| {
            let stored = file.name() == "mimetype" && file.compression() == zip::CompressionMethod::Stored;
            stored && file.by_ref().take(64).read_to_string(&mut first).is_ok() && first == "application/epub+zip"
        });
        if !found {
            facts.faults.push("the archive does not begin with its media type".into());
        }
    }

    /// Files that the package does not name.
    fn unnamed(&self, files: &[PackageFile], package: &str) -> Vec<String> {
        let named = |name: &str| {
            name == package
                || name == "mimetype"
                || name.starts_with("META-INF/")
                || name.ends_with('/')
                || files.iter().any(|file| file.path == name)
        };
        let mut names: Vec<&str> = self.zip.file_names().filter(|name| !named(name)).collect();
        names.sort_unstable();
        names.into_iter().map(|name| format!("{name} is in the archive but is not named")).collect()
    }
}

fn metadata(package: Node, facts: &mut EpubFacts) {
    let Some(metadata) = package.children().find(|node| is(*node, "metadata")) else { return };
    let own = package.attribute("unique-identifier");
    for node in metadata.children().filter(Node::is_element) {
        let (key, value) = match node.tag_name().name() {
            "meta" if node.has_attribute("property") => (attribute(node, "property"), all_text(node)),
            "meta" => (attribute(node, "name"), attribute(node, "content").unwrap_or_default()),
            "link" => (attribute(node, "rel"), attribute(node, "href").unwrap_or_default()),
            name => (Some(format!("dc:{name}")), all_text(node)),
        };
        let Some(key) = key else { continue };
        match key.as_str() {
            "dc:title" => facts.title = facts.title.take().or(Some(value.clone())),
            "dc:language" => facts.language = facts.language.take().or(Some(value.clone())),
            "dc:identifier" if own.is_some() && node.attribute("id") == own => facts.identifier = Some(value.clone()),
            "dcterms:modified" => facts.modified = Some(value.clone()),
            _ => {}
        }
        facts.metadata.push((key, value));
    }
}

/// Reads the manifest, and gives each item's place in the list of files by its id.
fn manifest(package: Node, package_path: &str, facts: &mut EpubFacts) -> BTreeMap<String, usize> {
    let mut items = BTreeMap::new();
    let manifest = package.children().find(|node| is(*node, "manifest"));
    for item in manifest.iter().flat_map(|node| node.children()).filter(|node| is(*node, "item")) {
        let path = resolve(package_path, item.attribute("href").unwrap_or(""));
        items.insert(attribute(item, "id").unwrap_or_default(), facts.files.len());
        facts.files.push(PackageFile {
            path,
            media_type: attribute(item, "media-type").unwrap_or_default(),
            properties: attribute(item, "properties").unwrap_or_default(),
        });
    }
    items
}

fn navigate(text: &str, path: &str, facts: &mut EpubFacts) -> Result<(), InspectError> {
    let xml = xml::parse(text)?;
    for nav in xml.descendants().filter(|node| is(*node, "nav")) {
        let list = if has_type(nav, "toc") {
            &mut facts.contents
        } else if has_type(nav, "page-list") || has_type(nav, "pagelist") {
            &mut facts.page_list
        } else if has_type(nav, "landmarks") {
            &mut facts.landmarks
        } else {
            continue;
        };
        for link in nav.descendants().filter(|node| is(*node, "a")) {
            let inside = link.ancestors().take_while(|node| *node != nav);
            let kind = link.attribute(("http://www.idpf.org/2007/ops", "type"));
            list.push(NavEntry {
                level: inside.filter(|node| is(*node, "ol")).count().max(1),
                label: kind.map_or_else(|| all_text(link), str::to_string),
                href: resolve(path, link.attribute("href").unwrap_or("")),
            });
        }
    }
    Ok(())
}

/// A relative address as a path in the archive, its fragment kept.
pub fn resolve(from: &str, href: &str) -> String {
    let (path, fragment) = href.split_once('#').map_or((href, None), |(path, fragment)| (path, Some(fragment)));
    let mut parts: Vec<String> = Vec::new();
    if path.is_empty() {
        parts.push(from.to_string());
    } else {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        for part in folder.split('/').chain(path.split('/')) {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(percent_decoded(part)),
            }
        }
    }
    let path = parts.join("/");
    fragment.map_or(path.clone(), |fragment| format!("{path}#{fragment}"))
}

fn percent_decoded(part: &str) -> String {
    let mut out = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                out.push(byte);
                rest = tail.get(2..).unwrap_or(&[]);
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| part.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    const PACKAGE: &str = r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"
        unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x-1</dc:identifier>
        <dc:title>Two pages</dc:title><dc:language>en-GB</dc:language><meta property="schema:accessMode">textual</meta>
        <meta property="dcterms:modified">2020-08-01T00:00:00Z</meta></metadata><manifest>
        <item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
        <item id="b" href="text/b%20b.xhtml" media-type="application/xhtml+xml"/>
        <item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/>
        <item id="gone" href="gone.css" media-type="text/css"/></manifest>
        <spine><itemref idref="a"/><itemref idref="b" linear="no"/></spine></package>"#;
    const NAV: &str = r#"<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
        <nav epub:type="toc" role="doc-toc"><ol><li><a href="text/a.xhtml">One</a><ol><li>
        <a href="text/a.xhtml#x">Deeper</a></li></ol></li></ol></nav>
        <nav epub:type="landmarks" hidden=""><ol><li><a epub:type="bodymatter" href="text/a.xhtml">Start</a></li></ol></nav>
        <nav epub:type="page-list"><ol><li><a href="text/a.xhtml#p1">1</a></li></ol></nav></body></html>"#;

    fn book() -> Vec<u8> {
        let page = |body: &str| format!("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{body}</body></html>");
        let container = "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
                         <rootfile full-path=\"E/p.opf\"/></rootfiles></container>";
        let first = page("<h1 id='x'>One</h1><span role='doc-pagebreak' aria-label='1' id='p1'/><p>first words</p>");
        let second = page("<p>second <a href='https://example.org/'>link</a><img src='i.png' alt=''/></p>");
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", container),
            ("E/p.opf", PACKAGE),
            ("E/nav.xhtml", NAV),
            ("E/text/a.xhtml", first.as_str()),
            ("E/text/b b.xhtml", second.as_str()),
            ("E/stray.txt", "stray"),
        ] {
            let method = if name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
            zip.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_book_is_read_in_the_order_of_its_spine() {
        let facts = inspect(&book()).unwrap();
        assert_eq!(facts.text(), "One\nfirst words\nsecond link");
        assert_eq!(facts.title.as_deref(), Some("Two pages"));
        assert_eq!((facts.identifier.as_deref(), facts.version.as_str()), (Some("x-1"), "3.0"));
        assert_eq!(facts.values("schema:accessMode").collect::<Vec<_>>(), ["textual"]);
        assert_eq!(facts.links().map(|link| link.href.as_str()).collect::<Vec<_>>(), ["https://example.org/"]);
        assert_eq!(facts.images().map(|image| image.alt.as_deref()).collect::<Vec<_>>(), [Some("")]);
        let contents: Vec<_> = facts.contents.iter().map(|e| (e.level, e.label.as_str(), e.href.as_str())).collect();
        assert_eq!(contents, [(1, "One", "E/text/a.xhtml"), (2, "Deeper", "E/text/a.xhtml#x")]);
        assert_eq!((facts.page_list[0].label.as_str(), facts.landmarks[0].label.as_str()), ("1", "bodymatter"));
        assert_eq!(facts.spine[0].facts.page_breaks, ["1"]);
        assert!(facts.spine[0].linear && !facts.spine[1].linear);
        assert_eq!(
            facts.faults,
            ["E/gone.css is named but is not in the archive", "E/stray.txt is in the archive but is not named"]
        );
    }

    #[test]
    fn damaged_books_are_errors_and_never_panics() {
        let book = book();
        for end in (0..book.len()).step_by(7) {
            let _ = inspect(book.get(..end).unwrap_or(&[]));
            let mut changed = book.clone();
            changed[end] ^= 0x41;
            let _ = inspect(&changed);
        }
        assert!(inspect(b"").is_err());
    }
}
