//! Blocks.

use super::table::Table;
use super::text::{address, attribute, escape};
use super::{Walker, icon, tongue};
use crate::document::{Block, CalloutKind, Definition, Inlines, Item, Kind};

impl Walker<'_> {
    pub(super) fn write_blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            let before = self.enter(block.id);
            self.write_block(block);
            self.leave(before);
        }
    }

    fn write_block(&mut self, block: &Block) {
        let language = self.language(block.language.as_deref());
        let keep = block.keep;
        match &block.kind {
            Kind::Heading { level, text, anchor } => self.heading(*level, text, anchor, &language),
            Kind::Paragraph { text, intro } => {
                let class = classes(&[("lead", *intro), ("keep", keep)]);
                self.push(&format!("<p{class}{language}>"));
                self.write_inlines(text);
                self.push("</p>\n");
            }
            Kind::List { start, items } => self.list(*start, items, keep, &language),
            Kind::Callout { kind, title, blocks } => self.callout(block.id, *kind, title, blocks, &language),
            Kind::Table { caption, columns, header, rows, header_column } => {
                let table = Table { caption: caption.as_ref(), columns, header, rows, header_column: *header_column };
                self.write_table(&table, &language);
            }
            Kind::Figure { asset, alt, decorative, caption, credit } => {
                let alt = if *decorative { None } else { Some(alt.as_str()) };
                self.figure(*asset, alt, caption.as_ref(), credit.as_deref(), &language);
            }
            Kind::Quote { blocks, source } => self.quote(blocks, source.as_deref(), &language),
            Kind::Definitions { items } => self.definitions(items, &language),
            Kind::FillIn { label, lines } => self.fill_in(label, *lines, &language),
            Kind::Video { title, url, number, .. } => self.video(title, url, *number, &language),
            Kind::Rule => self.push("<hr/>\n"),
        }
    }

    fn heading(&mut self, level: u8, text: &Inlines, anchor: &str, language: &str) {
        let level = (i16::from(level) + i16::from(self.style.heading_shift)).clamp(1, 6);
        self.push(&format!("<h{level} id=\"{}\"{language}>", attribute(anchor)));
        self.write_inlines(text);
        self.push(&format!("</h{level}>\n"));
    }

    fn list(&mut self, start: Option<u64>, items: &[Item], keep: bool, language: &str) {
        let ticks = items.iter().any(|item| item.tick.is_some());
        let class = classes(&[("ticks", ticks), ("keep", keep)]);
        let (tag, first) = match start {
            None => ("ul", String::new()),
            Some(1) => ("ol", String::new()),
            Some(n) => ("ol", format!(" start=\"{n}\"")),
        };
        // Without its signs a list is no list to some screen readers, unless it says so.
        let role = if ticks { " role=\"list\"" } else { "" };
        self.push(&format!("<{tag}{class}{role}{first}{language}>\n"));
        for item in items {
            self.item(item);
        }
        self.push(&format!("</{tag}>\n"));
    }

    fn item(&mut self, item: &Item) {
        self.push(if item.tick.is_some() { "<li class=\"tick\">" } else { "<li>" });
        if let Some(ticked) = item.tick {
            self.tick_box(ticked);
            self.push(" ");
        }
        // An item that begins with a paragraph needs no paragraph around it: the words stay beside their sign.
        match item.blocks.split_first() {
            Some((Block { id, language: None, keep: false, kind: Kind::Paragraph { text, .. }, .. }, rest)) => {
                let before = self.enter(*id);
                let spaced = rest.iter().any(|block| matches!(block.kind, Kind::Paragraph { .. }));
                let spaced = spaced && item.tick.is_none();
                let (open, close) = if spaced { ("<p>", "</p>") } else { ("<span class=\"item\">", "</span>") };
                self.push(open);
                self.write_inlines(text);
                self.push(close);
                self.leave(before);
                if !rest.is_empty() {
                    self.push("\n");
                    self.write_blocks(rest);
                }
            }
            _ => self.write_blocks(&item.blocks),
        }
        self.push("</li>\n");
    }

    /// One of our own words among the page's.
    fn ours(&self, word: &str) -> String {
        match tongue(self.furniture) {
            same if same.is_empty() => word.to_owned(),
            other => format!("<span{other}>{word}</span>"),
        }
    }

    fn callout(&mut self, id: usize, kind: CalloutKind, title: &Inlines, blocks: &[Block], language: &str) {
        let (class, word) = match kind {
            CalloutKind::Note => ("note", "note"),
            CalloutKind::Important => ("important", "important"),
            CalloutKind::Warning => ("warning", "warning"),
            CalloutKind::Emergency => ("emergency", "emergency"),
        };
        let label = format!("ui.callout-{id}");
        // A note, not a landmark: a page full of landmarks helps nobody to find the way.
        self.push(&format!("<aside class=\"{class}\" role=\"note\" aria-labelledby=\"{label}\"{language}>\n"));
        let word = escape(self.furniture.word(word));
        let word = self.ours(&word);
        self.push(&format!("<p class=\"label\" id=\"{label}\">{}<span>{word}", icon::callout(kind)));
        if !title.is_empty() {
            self.push(": ");
            self.write_inlines(title);
        }
        self.push("</span></p>\n");
        self.write_blocks(blocks);
        self.push("</aside>\n");
    }

    /// `alt`: none for a picture that carries no meaning.
    fn figure(
        &mut self,
        asset: Option<usize>,
        alt: Option<&str>,
        caption: Option<&Inlines>,
        credit: Option<&str>,
        language: &str,
    ) {
        match asset {
            Some(asset) => {
                self.push(&format!("<figure{language}>"));
                self.picture(asset, alt);
            }
            None => {
                let words = self.furniture.filled("picture-missing", &[("alt", alt.unwrap_or_default())]);
                self.push(&format!("<figure class=\"missing\"{language}><p>{}</p>", escape(&words)));
            }
        }
        if caption.is_some() || credit.is_some() {
            self.push("<figcaption>");
            if let Some(caption) = caption {
                self.write_inlines(caption);
                self.push(" ");
            }
            if let Some(credit) = credit {
                let credit = self.furniture.filled("picture-credit", &[("credit", credit)]);
                self.push(&format!("<span class=\"credit\">{}</span>", escape(&credit)));
            }
            self.push("</figcaption>");
        }
        self.push("</figure>\n");
    }

    /// A picture alone; `alt`: none for one that carries no meaning.
    pub(super) fn picture(&mut self, asset: usize, alt: Option<&str>) {
        let document = self.document;
        let (Some(facts), Some(source)) = (document.assets.get(asset), self.style.pictures.get(asset)) else {
            // Without its bytes a picture's meaning still stands.
            let alt = alt.map(escape).unwrap_or_default();
            return self.push(&format!("<p>{alt}</p>"));
        };
        let alt = match alt {
            Some(alt) => format!("alt=\"{}\"", attribute(alt)),
            None => "alt=\"\" role=\"presentation\"".to_owned(),
        };
        // A page keeps the picture's place while it loads; an e-reader would stretch it to numbers it cannot fit.
        let size = if self.style.epub {
            String::new()
        } else {
            format!(" width=\"{}\" height=\"{}\"", facts.width, facts.height)
        };
        self.push(&format!("<img src=\"{}\" {alt}{size}/>", attribute(source)));
    }

    fn quote(&mut self, blocks: &[Block], source: Option<&str>, language: &str) {
        let Some(source) = source else {
            self.push(&format!("<blockquote{language}>\n"));
            self.write_blocks(blocks);
            return self.push("</blockquote>\n");
        };
        self.push(&format!("<figure class=\"quote\"{language}>\n<blockquote>\n"));
        self.write_blocks(blocks);
        self.push(&format!("</blockquote>\n<figcaption>{}</figcaption>\n</figure>\n", escape(source)));
    }

    fn definitions(&mut self, items: &[Definition], language: &str) {
        self.push(&format!("<dl{language}>\n"));
        for item in items {
            self.push("<dt>");
            self.write_inlines(&item.term);
            self.push("</dt>\n");
            for meaning in &item.meanings {
                self.push("<dd>");
                self.write_blocks(meaning);
                self.push("</dd>\n");
            }
        }
        self.push("</dl>\n");
    }

    fn fill_in(&mut self, label: &Inlines, lines: u8, language: &str) {
        let name = match lines {
            0 | 1 => self.furniture.word("write-space").to_owned(),
            _ => self.furniture.filled("write-lines", &[("count", &lines.to_string())]),
        };
        self.push(&format!("<div class=\"fill-in\"{language}>\n"));
        if !label.is_empty() {
            self.push("<p class=\"lead\">");
            self.write_inlines(label);
            self.push("</p>\n");
        }
        self.push(&format!("<div role=\"img\" aria-label=\"{}\">", attribute(&name)));
        for _ in 0..lines.max(1) {
            self.push("<span class=\"line\">\u{A0}</span>");
        }
        self.push("</div>\n</div>\n");
    }

    fn video(&mut self, title: &str, url: &str, number: usize, language: &str) {
        let words = format!("{}: {}", self.ours(&escape(self.furniture.word("video"))), escape(title));
        let icon = icon::video();
        let short = self.short(Some(number));
        match address(url) {
            Some(url) => self.push(&format!(
                "<p class=\"video\"{language}><a href=\"{url}\"{short}>{icon}<span>{words}</span></a></p>\n"
            )),
            None => self.push(&format!("<p class=\"video\"{language}>{icon}<span>{words}</span></p>\n")),
        }
    }
}

fn classes(all: &[(&str, bool)]) -> String {
    let names: Vec<&str> = all.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect();
    if names.is_empty() { String::new() } else { format!(" class=\"{}\"", names.join(" ")) }
}
