//! Document and furniture -> a book, one file a section.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::access::{Facts, access, inside};
use super::frame::frame;
use super::{Book, File, Heading, Landmark, LandmarkKind, PageList, Resource};
use crate::document::{Block, Cover, Date, Document, Kind};
use crate::furniture::Furniture;
use crate::render::xhtml::{
    Font, PageBreak, Places, Style, Walker, attribute, band, closing, escape, escape_whole, family, fill, font_faces,
    help, imprint, light, page_break, page_break_id, plain, tongue,
};

/// What an e-book is made of.
#[derive(Debug, Clone)]
pub struct BookInput<'a> {
    /// The page's words.
    pub document: &'a Document,
    /// What stands around them.
    pub furniture: &'a Furniture,
    /// The layout's style sheet: `layouts/epub/style.css`.
    pub sheet: &'a str,
    /// The fonts to carry; without any, the reader's own serve.
    pub fonts: &'a [Font<'a>],
    /// The brand's logo, where it has one: its file name, media type and bytes.
    pub logo: Option<(&'a str, &'a str, &'a [u8])>,
    /// The cover's picture as PNG bytes.
    pub cover: Option<&'a [u8]>,
    /// A name no other book has; see [`urn`].
    pub identifier: String,
    /// The date that the book gives for its last change.
    pub modified: Date,
    /// Where the pages of the printed edition begin, if there is one to go by.
    pub pages: Option<Pages<'a>>,
}

impl BookInput<'_> {
    /// The page's own cover picture, where no picture of a whole cover shows it.
    fn title_picture(&self) -> Option<&Cover> {
        self.document.cover.as_ref().filter(|_| self.cover.is_none())
    }
}

/// Where the pages of the printed edition begin.
#[derive(Debug, Clone, Copy)]
pub struct Pages<'a> {
    /// Which edition it is, such as `AATD-1, version 2, A5 PDF`.
    pub source: &'a str,
    /// Each page's label and where it begins, in order.
    pub breaks: &'a [(String, PagePlace)],
}

/// Where a page of the printed edition begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagePlace {
    /// With the title: the cover.
    Title,
    /// In the block of that id, after so many of its words; after none: just before it.
    Block(usize, usize),
    /// With what stands after the text: the back page.
    About,
}

/// A name that is the same whenever it is made from the same parts, such as slug and language: a UUID of version 8,
/// as a URN.
pub fn urn(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    let mut number = digest.finalize().iter().take(16).fold(0u128, |n, byte| (n << 8) | u128::from(*byte));
    number = (number & !(0xF << 76)) | (0x8 << 76); // version 8: a digest of the maker's own choice
    number = (number & !(0x3 << 62)) | (0x2 << 62); // variant 1
    let hex = format!("{number:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or("").to_owned();
    format!("urn:uuid:{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

const TITLE: &str = "title.xhtml";
const NOTES: &str = "notes.xhtml";
const ABOUT: &str = "about.xhtml";

/// Composes the book.
pub fn book(input: &BookInput) -> Book {
    let BookInput { document, furniture, .. } = input;
    let meta = &document.meta;
    let parts = split(&document.blocks);
    let mut places = Places::new(NOTES);
    for part in &parts {
        places.learn(&part.file, part.blocks);
    }
    document.notes.iter().for_each(|note| places.learn(NOTES, &note.blocks));

    let maker = Maker { input, places, pictures: pictures(document), breaks: breaks(input) };
    let mut files = Vec::new();
    if input.cover.is_some() {
        files.push(maker.cover());
    }
    let mut texts = parts.iter().map(|part| maker.section(part));
    files.extend(texts.next());
    files.extend(texts);
    if !document.notes.is_empty() {
        files.push(maker.notes());
    }
    files.push(maker.about());

    let mut values = light(&furniture.brand.colours);
    values.push(("family", family(&furniture.fonts)));
    let sheet = font_faces(input.fonts, |font| format!("fonts/{}", font.name)) + &fill(input.sheet, &values);
    let pages = input.pages.map(|pages| page_list(&pages, &parts));
    let entries = files.iter().filter(|file| file.title.is_some()).count();
    let access = access(
        &Facts { document, cover: input.cover.is_some(), sheet: &sheet, contents: entries, pages: pages.is_some() },
        furniture,
    );
    Book {
        title: meta.title.clone(),
        description: meta.summary.clone(),
        language: meta.language.clone(),
        direction: meta.direction,
        identifier: input.identifier.clone(),
        modified: input.modified,
        published: meta.published,
        authors: meta.authors.clone(),
        publisher: furniture.brand.trading_name.clone(),
        subject: meta.topic.clone(),
        source: meta.source.clone(),
        product_code: meta.product_code.clone(),
        evaluation: meta.evaluation.clone(),
        contents: furniture.word("contents").to_owned(),
        pages_title: furniture.word("pages").to_owned(),
        landmarks_title: furniture.word("landmarks").to_owned(),
        files,
        cover: input.cover.map(<[u8]>::to_vec),
        sheet,
        resources: resources(input),
        pages,
        access,
    }
}

/// The blocks of one file.
struct Part<'a> {
    file: String,
    blocks: &'a [Block],
}

/// Splits the text before each heading of level 2. The first part is what stands before them all, often nothing:
/// it goes on the title page.
fn split(blocks: &[Block]) -> Vec<Part<'_>> {
    let opens = |block: &Block| matches!(block.kind, Kind::Heading { level: 2, .. });
    let first = blocks.iter().position(opens).unwrap_or(blocks.len());
    let (start, mut rest) = blocks.split_at(first);
    let mut parts = vec![Part { file: TITLE.to_owned(), blocks: start }];
    while !rest.is_empty() {
        let end = rest.iter().skip(1).position(opens).map_or(rest.len(), |at| at + 1);
        let (section, after) = rest.split_at(end);
        parts.push(Part { file: format!("section-{:02}.xhtml", parts.len()), blocks: section });
        rest = after;
    }
    parts
}

fn pictures(document: &Document) -> Vec<String> {
    document.assets.iter().map(|asset| format!("images/{}", asset.name)).collect()
}

fn resources(input: &BookInput) -> Vec<Resource> {
    let resource = |path: String, media_type: &str, bytes: &[u8]| Resource {
        path,
        media_type: media_type.to_owned(),
        bytes: bytes.to_vec(),
    };
    // A cover picture that no file shows has no place in the book.
    let mut shown = figures(&input.document.blocks);
    shown.extend(input.document.notes.iter().flat_map(|note| figures(&note.blocks)));
    shown.extend(input.title_picture().map(|cover| cover.asset));
    let pictures = input.document.assets.iter().enumerate().filter(|(index, _)| shown.contains(index));
    let mut all: Vec<Resource> =
        pictures.map(|(_, asset)| resource(format!("images/{}", asset.name), asset.media_type, &asset.bytes)).collect();
    all.extend(input.logo.map(|(name, media_type, bytes)| resource(format!("brand/{name}"), media_type, bytes)));
    all.extend(input.fonts.iter().map(|font| resource(format!("fonts/{}", font.name), font.media_type(), font.bytes)));
    all
}

fn breaks(input: &BookInput) -> BTreeMap<usize, Vec<PageBreak>> {
    let mut breaks: BTreeMap<usize, Vec<PageBreak>> = BTreeMap::new();
    for (label, place) in input.pages.iter().flat_map(|pages| pages.breaks) {
        if let PagePlace::Block(id, words_before) = place {
            breaks.entry(*id).or_default().push(PageBreak { label: label.clone(), words_before: *words_before });
        }
    }
    breaks
}

fn page_list(pages: &Pages, parts: &[Part]) -> PageList {
    let file = |place: &PagePlace| match place {
        PagePlace::Title => TITLE,
        PagePlace::About => ABOUT,
        PagePlace::Block(id, _) => {
            let has = |part: &&Part| part.blocks.iter().any(|block| holds(block, *id));
            parts.iter().find(has).map_or(ABOUT, |part| part.file.as_str())
        }
    };
    let entry = |(label, place): &(String, PagePlace)| {
        (label.clone(), format!("{}#{}", file(place), page_break_id(&attribute(label))))
    };
    PageList { source: pages.source.to_owned(), pages: pages.breaks.iter().map(entry).collect() }
}

/// Whether a block is that one or has it inside.
fn holds(block: &Block, id: usize) -> bool {
    block.id == id || inside(block).into_iter().flatten().any(|block| holds(block, id))
}

/// The pictures that these blocks show, by index.
fn figures(blocks: &[Block]) -> BTreeSet<usize> {
    let own = blocks.iter().filter_map(|block| match &block.kind {
        Kind::Figure { asset, .. } => *asset,
        _ => None,
    });
    own.chain(blocks.iter().flat_map(inside).flat_map(figures)).collect()
}

struct Maker<'a> {
    input: &'a BookInput<'a>,
    places: Places,
    pictures: Vec<String>,
    breaks: BTreeMap<usize, Vec<PageBreak>>,
}

impl Maker<'_> {
    fn walker<'b>(&'b self, file: &'b str) -> Walker<'b> {
        let style = Style {
            heading_shift: -1,
            places: &self.places,
            file,
            pictures: &self.pictures,
            epub: true,
            page_breaks: &self.breaks,
        };
        Walker::new(self.input.document, self.input.furniture, style)
    }

    fn file(&self, name: &str, title: &str, body: &str) -> File {
        let meta = &self.input.document.meta;
        File {
            name: name.to_owned(),
            title: Some(title.to_owned()),
            xhtml: frame(&meta.language, meta.direction, title, body),
            headings: Vec::new(),
            landmark: None,
            then_contents: false,
        }
    }

    /// Marks for pages that begin where no block does.
    fn marks(&self, at: PagePlace) -> String {
        let all = self.input.pages.iter().flat_map(|pages| pages.breaks);
        all.filter(|(_, place)| *place == at).map(|(label, _)| page_break(label)).collect()
    }

    fn cover(&self) -> File {
        let word = self.input.furniture.word("cover");
        let document = self.input.document;
        let shows = document.cover.as_ref().map(|cover| format!(". {}", cover.alt));
        let alt = attribute(&format!("{word}: {}{}", document.meta.title, shows.unwrap_or_default()));
        let body = format!(
            "<section epub:type=\"cover\" class=\"cover\">\n\
             <img src=\"cover.png\" alt=\"{alt}\" role=\"doc-cover\"/>\n</section>\n"
        );
        let landmark = Landmark { kind: LandmarkKind::Cover, title: word.to_owned(), anchor: None };
        File { title: None, landmark: Some(landmark), ..self.file("cover.xhtml", word, &body) }
    }

    fn section(&self, part: &Part) -> File {
        if part.file == TITLE {
            return self.title_page(part);
        }
        let mut headings = part.blocks.iter().filter_map(|block| match &block.kind {
            Kind::Heading { level, text, anchor } => {
                Some(Heading { level: level.saturating_sub(1), title: plain(text), anchor: anchor.clone() })
            }
            _ => None,
        });
        let own = headings.next();
        let (title, anchor) = own.map(|own| (own.title, own.anchor)).unwrap_or_default();
        let body = format!(
            "<section role=\"doc-chapter\" epub:type=\"chapter\" aria-labelledby=\"{}\">\n{}</section>\n",
            attribute(&anchor),
            self.walker(&part.file).blocks(part.blocks)
        );
        let headings = headings.collect();
        // The text begins here, unless some of it stands on the title page.
        let first = part.file.starts_with("section-01.") && !self.has_start();
        let landmark = first.then(|| self.body_matter(None));
        File { headings, landmark, ..self.file(&part.file, &title, &body) }
    }

    fn has_start(&self) -> bool {
        let opens = |block: &Block| matches!(block.kind, Kind::Heading { level: 2, .. });
        self.input.document.blocks.first().is_some_and(|block| !opens(block))
    }

    fn body_matter(&self, anchor: Option<&str>) -> Landmark {
        Landmark {
            kind: LandmarkKind::BodyMatter,
            title: self.input.furniture.word("start").to_owned(),
            anchor: anchor.map(str::to_owned),
        }
    }

    /// Band, title, summary, notice and the helpline; then what stands before the first section.
    fn title_page(&self, part: &Part) -> File {
        let BookInput { document, furniture, logo, .. } = self.input;
        let meta = &document.meta;
        let logo = logo.map(|(name, ..)| format!("brand/{name}"));
        let mut body = self.marks(PagePlace::Title);
        body.push_str(&format!(
            "<section epub:type=\"titlepage\" class=\"titlepage\" aria-labelledby=\"ui.title\">\n\
             <p class=\"band\">{}</p>\n\
             <h1 id=\"ui.title\">{}</h1>\n",
            band(furniture, logo.as_deref()),
            escape_whole(&meta.title)
        ));
        for (class, text) in [("summary", &meta.summary), ("notice", &meta.notice)] {
            if let Some(text) = text {
                body.push_str(&format!("<p class=\"{class}\">{}</p>\n", escape_whole(text)));
            }
        }
        if let Some(cover) = self.input.title_picture() {
            let picture = self.walker(TITLE).picture_alone(cover.asset, &cover.alt);
            body.push_str(&format!("<div class=\"cover\">{picture}</div>\n"));
        }
        body.push_str(&help(furniture, "ui.help"));
        body.push_str("</section>\n");
        let starts = !part.blocks.is_empty();
        if starts {
            let text = self.walker(TITLE).blocks(part.blocks);
            body.push_str(&format!("<div class=\"start\" id=\"ui.start\">\n{text}</div>\n"));
        }
        let landmark = starts.then(|| self.body_matter(Some("ui.start")));
        File { landmark, then_contents: true, ..self.file(TITLE, &meta.title, &body) }
    }

    fn notes(&self) -> File {
        self.file(NOTES, self.input.furniture.word("notes"), &self.walker(NOTES).notes())
    }

    /// Stamps, notice, help, feedback, other formats, credits, imprint, colophon.
    fn about(&self) -> File {
        let furniture = self.input.furniture;
        let word = furniture.word("about");
        let notice = self.input.document.meta.notice.as_ref();
        let notice = notice.map(|text| format!("<p class=\"notice\">{}</p>\n", escape(text)));
        let body = format!(
            "{}<section role=\"doc-colophon\" epub:type=\"colophon\" aria-labelledby=\"ui.about\"{}>\n\
             <h1 class=\"plain\" id=\"ui.about\">{}</h1>\n{}<div class=\"imprint\">\n{}{}</div>\n</section>\n",
            self.marks(PagePlace::About),
            tongue(furniture),
            escape(word),
            closing(furniture),
            notice.unwrap_or_default(),
            imprint(furniture)
        );
        self.file(ABOUT, word, &body)
    }
}
