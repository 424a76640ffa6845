//! The article's pictures -> figures of a page, or a place that shows their words.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use url::Url;

use super::escape;
use super::html::encoded;
use super::text::{slug, tidy};
use super::{Had, Picture};

/// What is known of a page's pictures.
#[derive(Default)]
pub(super) struct Figures<'a> {
    /// Those that HTML describes, by their address as written.
    known: HashMap<String, VecDeque<Picture>>,
    /// What became of each, by its address.
    had: Option<&'a Had>,
    /// Those of the words that were read last, which go below them.
    pending: Vec<Pending>,
    /// The article's pictures in order, as far as they are no furniture.
    pub(super) all: Vec<Picture>,
    /// The file names that pictures without a file got, by their address.
    names: BTreeMap<String, String>,
    used: HashSet<String>,
}

struct Pending {
    picture: Picture,
    /// Its address as it stands in the input.
    source: String,
    /// Whether no words stand beside it.
    alone: bool,
}

/// What is written of a picture.
pub(super) struct Figure {
    /// The line of the source, if there is one.
    pub(super) text: Option<String>,
    pub(super) picture: Picture,
    /// Its address as it stands in the input.
    pub(super) source: String,
    /// What somebody should know, and what to do.
    pub(super) warning: Option<(String, String)>,
}

impl<'a> Figures<'a> {
    pub(super) fn new(known: impl Iterator<Item = Picture>, had: &'a Had, taken: &BTreeSet<String>) -> Self {
        let mut figures = Self { had: Some(had), ..Self::default() };
        figures.used.extend(taken.iter().cloned());
        figures.used.extend(had.values().filter_map(|file| file.as_ref().ok().cloned()));
        for picture in known {
            figures.known.entry(encoded(&picture.written)).or_default().push_back(picture);
        }
        figures
    }

    /// How many wait for their place.
    pub(super) fn waiting(&self) -> usize {
        self.pending.len()
    }

    /// Says of those from `from` on whether words stand beside them.
    pub(super) fn beside(&mut self, from: usize, words: bool) {
        self.pending.iter_mut().skip(from).for_each(|p| p.alone = !words);
    }

    /// Notes a picture where it stands in words.
    pub(super) fn add(&mut self, alt: &str, written: &str, line: usize, base: Option<&Url>) {
        let picture = self.known.get_mut(&encoded(written)).and_then(VecDeque::pop_front).unwrap_or_else(|| {
            let whole = base.filter(|b| !b.cannot_be_a_base()).and_then(|b| b.join(written).ok());
            let src = whole.map_or_else(|| written.to_string(), |url| url.to_string());
            let (alt, written) = (tidy(alt), String::new());
            Picture { line, written, src, alt, caption: None, decorative: false }
        });
        self.all.push(picture.clone());
        self.pending.push(Pending { picture, source: written.to_string(), alone: true });
    }

    /// Those that wait, in order.
    pub(super) fn take(&mut self) -> Vec<Figure> {
        let pending = std::mem::take(&mut self.pending);
        pending.into_iter().map(|each| self.figure(each)).collect()
    }

    fn figure(&mut self, Pending { picture, source, alone }: Pending) -> Figure {
        let nothing = Err("the input holds no picture files".to_string());
        let had = self.had.and_then(|had| had.get(&picture.src)).cloned().unwrap_or(nothing);
        let mut words = String::new();
        escape::words(&mut words, &picture.alt, false);
        let caption = picture.caption.as_deref().map(|c| c.replace("{{", "{ {").replace("[^", "[ ^"));
        let caption = caption.map(|c| format!(" caption=\"{}\"", escape::value(&c))).unwrap_or_default();
        let said = !picture.decorative && says(&picture.alt);
        let (text, warning) = match had {
            Ok(file) if said => (Some(format!("![{words}]({file}){{.figure{caption}}}")), None),
            Ok(file) if picture.decorative && alone => {
                (Some(format!("![]({file}){{.figure decorative{caption}}}")), None)
            }
            Err(why) if said => {
                let file = self.name(&picture.src);
                let message =
                    format!("the picture \"{}\" is not here: {why}; its words stand in its place", picture.alt);
                let help = format!("put it beside page.md under the name {file}, and delete `missing` there");
                (Some(format!("![{words}]({file}){{.figure missing{caption}}}")), Some((message, help)))
            }
            _ if picture.decorative => (None, None),
            had => {
                let why = had.err().unwrap_or_else(|| "no words say what it shows".into());
                let what = if says(&picture.alt) { "the picture" } else { "a picture without a description" };
                let shown = picture.src.chars().take(80).collect::<String>();
                let help = "put the picture's file beside the page and name it in the source, with words that say what it shows";
                (None, Some((format!("{what} was left out: {why}: {shown}"), help.into())))
            }
        };
        Figure { text, picture, source, warning }
    }

    /// A file name for a picture whose file is still to come.
    fn name(&mut self, src: &str) -> String {
        if let Some(name) = self.names.get(src) {
            return name.clone();
        }
        let (stem, kind) = file_name(src);
        let kind = if KINDS.contains(&kind.as_str()) { kind.as_str() } else { "png" };
        let mut name = format!("{stem}.{kind}");
        let mut number = 2;
        while !self.used.insert(name.clone()) {
            name = format!("{stem}-{number}.{kind}");
            number += 1;
        }
        self.names.insert(src.to_string(), name.clone());
        name
    }
}

const KINDS: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// A picture's name in plain letters, and its ending, as its address says them.
pub(crate) fn file_name(src: &str) -> (String, String) {
    let path = src.split(['?', '#']).next().unwrap_or("");
    let last = path.trim_end_matches('/').rsplit(['/', '\\']).next().unwrap_or("");
    let last = percent_encoding::percent_decode_str(last).decode_utf8_lossy().into_owned();
    let (stem, kind) = last.rsplit_once('.').unwrap_or((&last, ""));
    let stem: String = slug(stem).chars().take(60).collect();
    let stem = stem.trim_matches('-');
    (if stem.is_empty() { "picture".into() } else { stem.into() }, kind.to_ascii_lowercase())
}

/// Whether a picture's words say something: a file's name or a number does not.
fn says(alt: &str) -> bool {
    let alt = alt.trim();
    let kind = alt.rsplit_once('.').map_or("", |(_, kind)| kind).to_ascii_lowercase();
    let digits = alt.chars().filter(char::is_ascii_digit).count();
    let letters = alt.chars().filter(|c| c.is_alphabetic()).count();
    !KINDS.contains(&kind.as_str()) && letters > 1 && (alt.contains(' ') || digits * 2 <= letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_says_nothing() {
        assert!(["A scarf", "Scarf", "COVID-19", "A map of 2020 to 2021"].iter().all(|alt| says(alt)));
        assert!(["", " ", "scarf.png", "A red scarf.JPG", "IMG_1234", "119589", "…"].iter().all(|alt| !says(alt)));
    }

    #[test]
    fn file_names_are_plain() {
        assert_eq!(file_name("https://example.org/a%20B/Red%20Scarf.JPG?w=3"), ("red-scarf".into(), "jpg".into()));
        assert_eq!(file_name("/"), ("picture".into(), String::new()));
    }
}
