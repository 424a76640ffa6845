//! The whole way of one page.

use std::collections::{BTreeSet, HashMap, VecDeque};

use url::Url;

use super::account::{self, Account};
use super::block::{Block, Kind};
use super::figure::Figures;
use super::html::CAPTION;
use super::inline::visible;
use super::reading::{self, Reading};
use super::receipt::{Kept, Neighbour, Receipt, Repaired};
use super::ruleset::Ruleset;
use super::span::Spans;
use super::text::{count, key, slug};
use super::view::View;
use super::write::Writer;
use super::{Imported, Options, choose, escape, furniture, input, lines, repair, title};
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn import(bytes: &[u8], options: &Options) -> Result<Imported, Vec<Diagnostic>> {
    let name = options.name.as_str();
    let refuse = |reason: &str| vec![refusal(name, reason)];
    let address = match options.address.as_deref() {
        None => None,
        Some(given) => match Url::parse(given.trim()).ok().filter(|u| matches!(u.scheme(), "http" | "https")) {
            Some(url) => Some(url),
            None => {
                let problem =
                    Diagnostic::new(Code::IMPORT_REFUSED, format!("`{given}` is not the address of a web page"));
                return Err(vec![
                    problem.in_file(name).help("write it in full, such as https://www.example.org/a-page"),
                ]);
            }
        },
    };
    let read = input::read(bytes, options.charset.as_deref()).map_err(|why| refuse(&why))?;
    let Reading {
        rules,
        address,
        base: said_base,
        language,
        guessed,
        segments,
        browser,
        short,
        found,
        taken,
        mut blocks,
        beside,
        unwrapped,
        extra,
        pictures,
        anchors,
        description,
        html,
    } = reading::read(&read, options, address);
    let heading = title::heading(&blocks, &browser.words);
    if let Some(i) = heading {
        title::complete(&mut blocks, i, &browser.words);
    }
    if let Some(why) = no_page(&segments, &browser.words, &blocks, &rules) {
        return Err(refuse(&why));
    }
    let heading_words = heading.map(|i| visible(blocks[i].text(), false));
    // a part of a page may have no title: the first heading's words serve, and stay where they are
    let lent = if html && heading.is_none() && short.is_empty() { first_heading(&blocks) } else { None };
    let page_title =
        heading_words.clone().or_else(|| lent.clone().map(|(_, words)| words)).unwrap_or_else(|| short.clone());
    let site = address.clone().or_else(|| rules.base.clone()).or_else(|| furniture::likely_site(&blocks, heading));
    let marked = furniture::mark(&mut blocks, heading, &taken, &rules, site.as_ref(), html);
    let neighbour_lines: Vec<usize> =
        marked.neighbours.iter().map(|(_, i, ..)| article_line(&blocks, *i, &segments)).collect();
    let tail = blocks.split_off(marked.start);
    let head = blocks;
    let (head, beside) = with_beside(head, beside, heading);
    let heading = heading.and_then(|_| {
        head.iter().rposition(|b| b.dropped.is_none() && matches!(b.kind, Kind::Heading { level: 1, .. }))
    });
    let trail = title::topic(&head, &page_title, &rules);
    if let Some(why) = no_article(&tail) {
        return Err(refuse(why));
    }
    if page_title.is_empty() {
        return Err(refuse("a text without a title; its first line or its first heading should be one"));
    }
    let (tail, glued) = without_title(tail, &page_title, heading.is_none() && lent.is_none());
    let article = repair::article(tail, &marked.contents, &rules);

    let base = said_base.as_ref().or(address.as_ref()).or(rules.base.as_ref());
    let mut spans = Spans::new(name, &rules, base, said_base.is_some() || address.is_some());
    spans.anchors = anchors;
    let shown = Shown::new(article.iter().filter(|b| b.dropped.is_none()).map(|b| (b.from, b.to)));
    let pictures = pictures.into_iter().filter(|(at, _)| shown.has(*at));
    let pictures: Vec<_> = pictures.map(|(_, picture)| picture).collect();
    spans.figures = Figures::new(pictures.iter().cloned(), &options.pictures, &options.taken);
    learn(&article, &mut spans);
    let mut receipt = Receipt { version: 1, input: name.to_string(), ..Receipt::default() };
    let dates_said = choose::decide(&found, &segments, name, &mut receipt);
    let slug_name = name_of(options, address.as_ref(), &page_title);
    receipt.output = format!("sources/{slug_name}/page.md");

    let mut front = format!("+++\ntitle = {}\nlanguage = {}\n", escape::toml(&page_title), escape::toml(&language));
    if let Some(summary) = description.filter(|d| is_summary(d, &page_title, &rules)) {
        front.push_str(&format!("summary = {}\n", escape::toml(&summary)));
    }
    if let Some((topic, ..)) = &trail {
        front.push_str(&format!("topic = {}\n", escape::toml(topic)));
    }
    if let Some(url) = &address {
        front.push_str(&format!("source = {}\n", escape::toml(&super::address::own(url, &rules.links))));
    }
    let days = [
        ("published", &receipt.dates.published),
        ("reviewed", &receipt.dates.reviewed),
        ("next-review", &receipt.dates.next_review),
    ];
    for (field, day) in days {
        if let Some(day) = day {
            front.push_str(&format!("{field} = {day}\n"));
        }
    }
    front.push_str("+++\n\n");
    let first_line = front.bytes().filter(|b| *b == b'\n').count() + 1;
    let mut writer = Writer::new(&mut spans, &segments, first_line);
    let body = writer.blocks(&article);
    receipt.kept = std::mem::take(&mut writer.kept);
    let captions = std::mem::take(&mut writer.captions);
    if body.trim().is_empty() {
        return Err(refuse("a page without an article"));
    }

    receipt.dropped.extend(extra);
    let mut account_of = Account { segments: &segments, rules: &rules, html, receipt: &mut receipt };
    account_of.blocks(&beside);
    account_of.titles(&head, heading, &browser.segments, heading.is_none() && lent.is_none(), &page_title);
    account_of.head(&head, heading, trail.as_ref().map(|(_, a, b)| (*a, *b)), &browser.segments);
    account_of.blocks(&article);
    if let Some(at) = glued {
        account_of.drop(at, at, &page_title, "repeats the title");
    }
    account_of.dates(&found);
    account_of.facts(&body);
    for ((which, _, title, to), line) in marked.neighbours.iter().zip(neighbour_lines) {
        let (address, _) = super::address::resolve(to, &rules, base, spans.whole_base);
        let address = if let super::address::Address::To(to) = address { Some(to) } else { None };
        receipt.neighbours.entry(which).or_insert(Neighbour { line, title: title.clone(), address });
    }
    keep_captions(captions, &mut receipt);
    if let Some(encoding) = read.encoding {
        let text = format!("{encoding} read as text");
        receipt.repaired.push(Repaired { line: 1, before: encoding.into(), after: "UTF-8".into(), reason: text });
    }
    if let Some((at, words)) = lent {
        let line = segments.get(at).map_or(1, |s| s.line);
        let reason = "the page has no title; the words of its first heading serve as one".into();
        receipt.repaired.push(Repaired { line, before: words.clone(), after: words, reason });
    }
    receipt.repaired.extend(unwrapped);
    receipt.repaired.append(&mut spans.repaired);
    receipt.dropped.append(&mut spans.dropped);
    account::blanks(&segments, &mut receipt);
    receipt.kept.sort_by_key(|k| (k.line, k.at));
    receipt.dropped.sort_by_key(|d| d.line);
    receipt.repaired.sort_by_key(|r| r.line);
    let mut diagnostics = dates_said;
    if guessed {
        let message = format!("the page does not say its language; by its script it is taken for `{language}`");
        let warning = Diagnostic::new(Code::IMPORT_LANGUAGE, message).in_file(name);
        diagnostics.push(warning.help("if that is wrong, import it again with --language, such as --language ur"));
    }
    diagnostics.append(&mut spans.diagnostics);
    if let Some(first) = receipt.repaired.first() {
        let message = match receipt.repaired.len() {
            1 => format!("one thing was repaired: {}", first.reason),
            n => format!("{n} things were repaired, the first: {}", first.reason),
        };
        let note = Diagnostic::new(Code::IMPORT_REPAIRED, message).in_file(format!("{name}:{}", first.line));
        diagnostics.push(note.help("the receipt lists each; see that it is right"));
    }
    for (fact, place) in &receipt.facts {
        let message = format!("{fact} stood only in the web page's furniture: \"{}\"", place.text);
        let note = Diagnostic::new(Code::IMPORT_REPAIRED, message).in_file(format!("{name}:{}", place.line));
        diagnostics.push(note.help("it belongs in layouts/brand.toml; see that it stands there"));
    }
    let mut wanted = std::mem::take(&mut spans.figures.all);
    // what says nothing is in the words only once it can be had
    wanted.extend(pictures.into_iter().filter(|p| p.decorative && !furniture(&p.written, &rules)));
    wanted.sort_by_key(|p| p.line);
    wanted.dedup();
    let pictures = wanted;
    Ok(Imported { slug: slug_name, text: front + &body, receipt, diagnostics, pictures })
}

/// Which segments stand in the article.
struct Shown(Vec<(usize, usize)>);

impl Shown {
    /// From the blocks' first and last segments, in any order.
    fn new(blocks: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut blocks: Vec<_> = blocks.collect();
        blocks.sort_unstable();
        // each with the furthest end of all that begin no later
        let mut furthest = 0;
        for (_, to) in &mut blocks {
            furthest = furthest.max(*to);
            *to = furthest;
        }
        Self(blocks)
    }

    fn has(&self, at: usize) -> bool {
        let begun = self.0.partition_point(|(from, _)| *from <= at);
        begun.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|(_, to)| *to >= at)
    }
}

/// Captions that were cut off from what they belong to stand in the body after all.
fn keep_captions(captions: Vec<(String, usize)>, receipt: &mut Receipt) {
    let mut cut: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (n, dropped) in receipt.dropped.iter().enumerate().filter(|(_, d)| d.reason == CAPTION) {
        cut.entry(dropped.text.clone()).or_default().push_back(n);
    }
    let mut kept = BTreeSet::new();
    for (words, at) in captions {
        let Some(n) = cut.get_mut(&words).and_then(VecDeque::pop_front) else { continue };
        kept.insert(n);
        let line = receipt.dropped.get(n).map_or(1, |dropped| dropped.line);
        receipt.kept.push(Kept { line, to_line: None, text: words, to: "body", at: Some(at) });
    }
    let mut n = 0;
    receipt.dropped.retain(|_| {
        n += 1;
        !kept.contains(&(n - 1))
    });
}

/// Whether a picture is furniture.
fn furniture(source: &str, rules: &Ruleset) -> bool {
    let lower = source.to_lowercase();
    source.is_empty() || rules.picture_furniture.iter().any(|w| lower.contains(w))
}

/// The first heading that has words, with its segment.
fn first_heading(blocks: &[Block]) -> Option<(usize, String)> {
    let headings = blocks.iter().filter(|b| matches!(b.kind, Kind::Heading { .. }));
    headings.map(|b| (b.from, visible(b.text(), false))).find(|(_, words)| !words.is_empty())
}

/// What stands above the title in the document, with what is left out there by its place; and the rest of that.
fn with_beside(mut head: Vec<Block>, beside: Vec<Block>, heading: Option<usize>) -> (Vec<Block>, Vec<Block>) {
    let Some(title) = heading.and_then(|i| head.get(i)).map(|b| b.from) else { return (head, beside) };
    let (above, below): (Vec<Block>, Vec<Block>) = beside.into_iter().partition(|b| b.from < title);
    head.extend(above);
    head.sort_by_key(|b| b.from);
    (head, below)
}

/// Whether a page's description of itself is a sentence about it that can stand under its title.
fn is_summary(text: &str, title: &str, rules: &Ruleset) -> bool {
    let cut = text.ends_with('…') || text.ends_with("...");
    let site = rules.titles.iter().any(|t| text.contains(t.as_str()));
    (5..=50).contains(&count(text)) && text.ends_with(['.', '!', '?']) && !cut && !site && key(text) != key(title)
}

fn refusal(name: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::IMPORT_REFUSED, format!("this is not a page that can be imported: {reason}"))
        .in_file(name)
        .help("nothing was written; save the page itself again")
}

/// Why the whole is no page but a refusal or a question of its server's, if it is.
fn no_page(segments: &[lines::Segment], browser: &str, blocks: &[Block], rules: &Ruleset) -> Option<String> {
    let words: usize = segments.iter().map(|s| count(&s.text)).sum();
    let mut titles = vec![browser.to_string()];
    let headings = blocks.iter().filter(|b| matches!(b.kind, Kind::Heading { level: 1..=2, .. }));
    titles.extend(headings.map(|b| visible(b.text(), false)));
    for refusal in rules.refuse.iter().filter(|r| words <= r.most_words) {
        let title = titles.iter().any(|t| refusal.titles.iter().any(|r| r.is_match(t.trim())));
        let whole = || key(&segments.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" "));
        if title || !refusal.phrases.is_empty() && refusal.phrases.iter().any(|p| whole().contains(p.as_str())) {
            return Some(refusal.reason.clone());
        }
    }
    None
}

/// Why what is left is no article, if it is none.
fn no_article(blocks: &[Block]) -> Option<&'static str> {
    let mut letters = 0usize;
    let mut linked = 0usize;
    let mut plain_words = 0usize;
    for block in blocks.iter().filter(|b| b.dropped.is_none()) {
        let view = View::new(block);
        letters += view.letters;
        linked += view.linked;
        if view.linked * 2 < view.letters && !matches!(block.kind, Kind::Heading { .. }) {
            plain_words += count(&view.words);
        }
    }
    let lists = blocks.iter().filter(|b| b.dropped.is_some() && matches!(b.kind, Kind::Item { .. })).count();
    if letters == 0 {
        return Some(if lists > 2 { HUB } else { "a page without an article" });
    }
    (plain_words < 6 || plain_words < 25 && linked * 5 > letters * 4).then_some(HUB)
}

const HUB: &str = "a list of links (a hub), without an article of its own";

/// Where no heading is the title, the article's first words may be: they are not said twice.
/// Says too on which segment the title was glued to other words.
fn without_title(mut blocks: Vec<Block>, title: &str, untitled: bool) -> (Vec<Block>, Option<usize>) {
    let mut glued = None;
    let first = blocks.iter_mut().find(|b| untitled && b.dropped.is_none() && !b.is_blank());
    let Some(first) = first else { return (blocks, None) };
    match &mut first.kind {
        Kind::Heading { text, .. } if key(&visible(text, false)) == key(title) => {
            first.dropped = Some("repeats the title".into());
        }
        Kind::Paragraph { text } => {
            if let Some(rest) = text.strip_prefix(title)
                && rest.starts_with(char::is_uppercase)
            {
                glued = Some(first.from);
                *text = rest.to_string();
                first.repaired.push("the title was glued to the first paragraph");
            }
        }
        _ => {}
    }
    (blocks, glued)
}

fn learn(article: &[Block], spans: &mut Spans<'_>) {
    for block in article.iter().filter(|b| b.dropped.is_none()) {
        if let Kind::Heading { text, .. } = &block.kind {
            spans.learn(&visible(text, false));
        }
    }
}

/// The page's short name.
fn name_of(options: &Options, address: Option<&Url>, title: &str) -> String {
    let given = options.slug.as_deref().map(slug).filter(|s| !s.is_empty());
    let from_address = || {
        let parts = address?.path_segments()?.rev().filter(|part| !part.is_empty());
        let bare = |part: &str| {
            let bare = part.rsplit_once('.').filter(|(_, end)| end.len() <= 5).map_or(part, |(start, _)| start);
            slug(&bare.replace("%20", " "))
        };
        // "…/zika-virus/Pages/Introduction.aspx" is about the virus
        let name = parts.map(bare).find(|name| !GENERIC.contains(&name.as_str()))?;
        Some(name).filter(|name| names(name))
    };
    let from_file = || {
        let file = options.name.rsplit(['/', '\\']).next().unwrap_or("");
        let bare = file.rsplit_once('.').map_or(file, |(start, _)| start);
        let generic = |name: &str| GENERIC.contains(&name) || ANY_FILE.contains(&name);
        Some(slug(bare)).filter(|name| names(name) && !generic(name))
    };
    given
        .or_else(from_address)
        .or_else(from_file)
        .or_else(|| Some(slug(title)).filter(|s| !s.is_empty()))
        .unwrap_or_else(|| "page".into())
}

/// Last parts of an address that say nothing of the page.
const GENERIC: &[&str] =
    &["default", "home", "homepage", "index", "introduction", "main", "overview", "pages", "start", "view"];

/// Names that people and programs give to any file.
const ANY_FILE: &[&str] = &["download", "input", "page", "stdin", "untitled"];

/// Whether a short name says something: a number or a digest does not.
fn names(slug: &str) -> bool {
    let word = |w: &str| w.chars().count() > 2 && w.chars().all(char::is_alphabetic);
    slug.split('-').any(|w| word(w) && !w.chars().all(|c| c.is_ascii_hexdigit()))
}

fn article_line(article: &[Block], at: usize, segments: &[lines::Segment]) -> usize {
    article.get(at).and_then(|b| segments.get(b.from)).map_or(0, |s| s.line)
}
