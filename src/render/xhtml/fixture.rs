//! A page with every kind of block, for the tests of both editions.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::*;
use crate::furniture::*;
use crate::source::{Sources, Span};

/// A picture of one grey pixel.
const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x68, 0, 0, 0, 0x82,
    0, 0x81, 0x77, 0xCD, 0x72, 0xB6, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

/// Numbers blocks as they are made.
pub struct Maker {
    span: Span,
    next: usize,
}

impl Maker {
    pub fn new() -> Self {
        Self { span: Span::new(Sources::default().add("page.md", ""), 0, 0), next: 0 }
    }

    pub fn block(&mut self, kind: Kind) -> Block {
        self.next += 1;
        Block { id: self.next, span: self.span, keep: false, language: None, kind }
    }

    pub fn para(&mut self, text: &str) -> Block {
        self.block(Kind::Paragraph { text: words(text), intro: false })
    }

    pub fn heading(&mut self, level: u8, text: &str, anchor: &str) -> Block {
        self.block(Kind::Heading { level, text: words(text), anchor: anchor.into() })
    }

    fn items(&mut self, texts: &[&str], tick: Option<bool>) -> Vec<Item> {
        texts.iter().map(|text| Item { tick, blocks: vec![self.para(text)] }).collect()
    }

    fn callout(&mut self, kind: CalloutKind, title: &str, text: &str) -> Block {
        let title = if title.is_empty() { Vec::new() } else { words(title) };
        let blocks = vec![self.para(text)];
        self.block(Kind::Callout { kind, title, blocks })
    }
}

pub fn words(text: &str) -> Inlines {
    vec![Inline::Text { v: text.into() }]
}

fn picture(name: &str) -> Asset {
    Asset {
        name: name.into(),
        file: name.into(),
        media_type: "image/png",
        width: 1,
        height: 1,
        bytes: Arc::from(PIXEL),
    }
}

/// Every kind of block and inline, once at least.
pub fn document() -> Document {
    let mut m = Maker::new();
    let mut blocks = vec![m.para("This page is about a test & its <marks>.")];
    blocks.push(m.heading(2, "Breathing well", "breathing-well"));
    blocks.push(m.block(Kind::Paragraph {
        text: vec![
            Inline::Text { v: "Call ".into() },
            Inline::Unbroken { v: "0300 000 0000".into() },
            Inline::Text { v: " or read ".into() },
            Inline::Link {
                href: "https://www.example.org/a?b=1&c=2".into(),
                number: Some(1),
                c: words("our web page"),
            },
            Inline::Text { v: ", which is ".into() },
            Inline::Emphasis { c: words("free") },
            Inline::Text { v: " and ".into() },
            Inline::Strong { c: words("open to all") },
            Inline::Text { v: ".".into() },
            Inline::NoteRef { number: 1, occurrence: 1 },
            Inline::Break,
            Inline::Text { v: "See ".into() },
            Inline::Reference { anchor: "what-to-do".into(), c: words("what to do") },
            Inline::Text { v: ".".into() },
            Inline::NoteRef { number: 1, occurrence: 2 },
        ],
        intro: false,
    }));
    blocks.push(m.block(Kind::Paragraph { text: words("It may help to:"), intro: true }));
    let inner = m.items(&["slowly", "through the nose"], None);
    let inner = m.block(Kind::List { start: None, items: inner });
    let first = m.para("breathe out");
    let mut items = vec![Item { tick: None, blocks: vec![first, inner] }];
    items.extend(m.items(&["rest", "drink some water"], None));
    blocks.push(m.block(Kind::List { start: None, items }));
    let items = m.items(&["Fourth thing", "Fifth thing"], None);
    blocks.push(m.block(Kind::List { start: Some(4), items }));
    blocks.push(m.heading(3, "Ready to leave the house", "ready"));
    let mut items =
        m.items(&["Inhaler", "A list of your medicines, with the doses that you take in the morning"], Some(false));
    items.extend(m.items(&["Phone"], Some(true)));
    blocks.push(m.block(Kind::List { start: None, items }));
    blocks.push(m.callout(CalloutKind::Note, "", "Most people feel better within a week or two."));
    blocks.push(m.callout(CalloutKind::Important, "if you smoke", "Stopping is the best thing you can do."));
    blocks.push(m.callout(CalloutKind::Warning, "", "Never take two doses at once."));
    let one = m.block(Kind::Paragraph { text: words("Call 999 straight away for any of these:"), intro: true });
    let items = m.items(&["lips turning blue or grey", "too breathless to speak"], None);
    let two = m.block(Kind::List { start: None, items });
    blocks.push(m.block(Kind::Callout {
        kind: CalloutKind::Emergency,
        title: words("call 999"),
        blocks: vec![one, two],
    }));
    blocks.push(m.heading(2, "What to do & when", "what-to-do"));
    blocks.push(m.heading(3, "Who you will see", "who"));
    let row = |a: &str, b: &str, c: Inlines| vec![words(a), words(b), c];
    blocks.push(m.block(Kind::Table {
        caption: Some(words("Who you will see, and when")),
        columns: vec![Align::Start, Align::Start, Align::End],
        header: vec![words("When"), words("Who"), words("How long")],
        rows: vec![
            row("First", "Your nurse", words("20 minutes")),
            row("Then", "The lung team", vec![Inline::Space { width: 12 }]),
        ],
        header_column: true,
    }));
    blocks.push(m.block(Kind::Table {
        caption: None,
        columns: vec![Align::Start, Align::Center],
        header: vec![Vec::new(), words("Dose")],
        rows: vec![vec![words("Blue inhaler"), words("2 puffs")]],
        header_column: true,
    }));
    blocks.push(m.heading(4, "A closer look", "closer"));
    blocks.push(m.block(Kind::Figure {
        asset: Some(0),
        alt: "A grey square with \"quotes\"".into(),
        decorative: false,
        caption: Some(words("A square.")),
        credit: Some("A. Painter".into()),
    }));
    blocks.push(m.block(Kind::Figure {
        asset: Some(1),
        alt: String::new(),
        decorative: true,
        caption: None,
        credit: None,
    }));
    let said = m.para("I wish I had asked sooner.");
    blocks.push(m.block(Kind::Quote { blocks: vec![said], source: Some("Mair, aged 54".into()) }));
    let mut foreign = m.para("Gofynnwch am y wybodaeth hon yn Gymraeg.");
    foreign.language = Some("cy".into());
    let unsigned = m.block(Kind::Quote { blocks: vec![foreign], source: None });
    blocks.push(unsigned);
    let meaning = m.para("a test of how much air your lungs hold");
    let items = vec![Definition { term: words("Spirometry"), meanings: vec![vec![meaning]] }];
    blocks.push(m.block(Kind::Definitions { items }));
    blocks.push(m.block(Kind::Rule));
    blocks.push(m.block(Kind::FillIn { label: words("Signs I look out for"), lines: 3 }));
    blocks.push(m.block(Kind::FillIn { label: words("My nurse's number"), lines: 1 }));
    blocks.push(m.block(Kind::Video {
        title: "How to use a spacer".into(),
        url: "https://www.example.org/spacer".into(),
        short: "example.org/spacer".into(),
        number: 2,
    }));
    let mut arabic = m.para("اسألنا عن نسخة بلغتك.");
    arabic.language = Some("ar".into());
    blocks.push(arabic);
    let note = m.para("Measured in a study of 331 people.");
    let link = |number: usize, href: &str, short: &str| LinkTarget {
        number,
        href: href.into(),
        short: short.into(),
        words: "words".into(),
    };
    Document {
        slug: "test".into(),
        meta: Meta {
            title: "Living with a <test> & its marks".into(),
            short_title: "A test".into(),
            summary: Some("What can help when you live with a test, and what you can do yourself.".into()),
            language: "en-GB".into(),
            direction: "ltr",
            topic: Some("Lung conditions".into()),
            source: Some("https://www.example.org/test".into()),
            source_short: Some("example.org/test".into()),
            product_code: Some("TEST-1".into()),
            version: Some("2".into()),
            published: Date::new(2019, 3, 1),
            reviewed: Date::new(2020, 8, 1),
            next_review: Date::new(2023, 8, 1),
            authors: vec!["A. Writer".into(), "B. Writer".into()],
            notice: Some("Sample text, not clinically approved".into()),
            ..Meta::default()
        },
        cover: None,
        blocks,
        notes: vec![Note { number: 1, references: 2, blocks: vec![note] }],
        links: vec![
            link(1, "https://www.example.org/a?b=1&c=2", "example.org/a"),
            link(2, "https://www.example.org/spacer", "example.org/spacer"),
        ],
        assets: vec![picture("picture-1.png"), picture("picture-2.png")],
    }
}

/// Furniture of a made-up charity, overdue.
pub fn furniture() -> Furniture {
    let colour = |rgb: &str| Colour { rgb: rgb.into(), cmyk: [0.0; 4], spot: None };
    let table: BTreeMap<String, toml::Value> =
        toml::from_str(include_str!("../../../layouts/words/en.toml")).unwrap_or_default();
    let mut words: BTreeMap<String, String> =
        table.into_iter().filter_map(|(key, value)| Some((key, value.as_str()?.to_owned()))).collect();
    for (key, value) in [
        ("pages", "Pages of the printed leaflet"),
        ("landmarks", "Landmarks"),
        ("access-text", "The size, colours and spacing of the text can be changed."),
        ("access-navigation", "A table of contents and headings help you find your way."),
        ("access-pictures", "Every picture that carries meaning has a description."),
        ("access-no-pictures", "No picture is needed to understand the text."),
        ("access-pages", "The pages of the printed leaflet are marked."),
        ("access-hazards", "Nothing flashes, moves or makes a sound."),
    ] {
        words.entry(key.to_owned()).or_insert_with(|| value.to_owned());
    }
    Furniture {
        words,
        tongue: None,
        brand: BrandData {
            register_name: "Breath and Test".into(),
            trading_name: "Breath + Test".into(),
            neutral: false,
            wordmark: None,
            colours: Colours {
                main: colour("#004D58"),
                accent: colour("#8D2F13"),
                ink: colour("#1F1F1D"),
                mist: colour("#E6F3F5"),
                sand: colour("#FFF3E1"),
                paper: colour("#FFFFFF"),
            },
            helpline: Some(Helpline {
                name: "Helpline".into(),
                phone: "0300 000 0000".into(),
                hours: Some("9am to 5pm on weekdays".into()),
                email: Some("help@example.org".into()),
                web: Some(Address { href: "https://www.example.org/help".into(), short: "example.org/help".into() }),
            }),
            website: Some(Address { href: "https://www.example.org".into(), short: "example.org".into() }),
            feedback: Some("Write to us (feedback@example.org).".into()),
            other_formats: "Ask us for large print, audio or another language.".into(),
        },
        stamps: Stamps {
            lines: vec!["Page last reviewed: 1 August 2020".into(), "Next review due: 1 August 2023".into()],
            overdue: Some(Overdue { title: "Review overdue".into(), text: "Some facts may have changed.".into() }),
        },
        imprint: vec!["Breath + Test is the trading name of Breath and Test. Registered charity 0000000.".into()],
        charity_line: Some("Breath + Test. Registered charity 0000000".into()),
        credits: vec!["Written by A. Writer and B. Writer.".into()],
        colophon: vec!["© Breath + Test 2020.".into(), "Code TEST-1, version 2.".into()],
        fonts: vec!["Atkinson Hyperlegible Next".into()],
    }
}
