//! The whole way of one page.

use url::Url;

use super::block::{self, Block, Kind};
use super::dates::{self, Found, Role};
use super::inline::visible;
use super::receipt::{BLANK, DateFound, Dropped, Kept, Neighbour, Place, Receipt, Repaired};
use super::ruleset::Ruleset;
use super::span::Spans;
use super::text::{count, key, slug, tidy};
use super::view::View;
use super::write::Writer;
use super::{Imported, Options, address::mask, escape, furniture, input, lines, repair, title};
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn import(bytes: &[u8], options: &Options) -> Result<Imported, Vec<Diagnostic>> {
    let name = options.name.as_str();
    let refuse = |reason: &str| vec![refusal(name, reason)];
    let address = match options.address.as_deref() {
        None => None,
        Some(given) => match Url::parse(given.trim()).ok().filter(|u| matches!(u.scheme(), "http" | "https")) {
            Some(url) => Some(url),
            None => {
                let problem = Diagnostic::new(Code::IMPORT_REFUSED, format!("`{given}` is not the address of a web page"));
                return Err(vec![problem.in_file(name).help("write it in full, such as https://www.example.org/a-page")]);
            }
        },
    };
    let read = input::read(bytes).map_err(|why| refuse(&why))?;
    let mut segments = lines::segments(&read.text);
    let browser = title::browser(&segments);
    let rules = Ruleset::new(&options.rules, &browser.words, address.as_ref());
    let unwrapped = unwrap(&mut segments, &rules);
    let found = dates::find(&segments, &rules);
    let taken = taken(segments.len(), &found);
    let mut blocks = block::blocks(&segments, &taken);
    let short = title::without_site(&browser.words, &rules);
    let heading = title::heading(&blocks, &browser.words);
    if let Some(i) = heading {
        title::complete(&mut blocks, i, &browser.words);
    }
    if let Some(why) = no_page(&segments, &browser.words, &blocks, &rules) {
        return Err(refuse(&why));
    }
    let heading_words = heading.map(|i| visible(blocks[i].text(), false));
    let page_title = heading_words.clone().unwrap_or_else(|| short.clone());
    let site = address.clone().or_else(|| rules.base.clone()).or_else(|| furniture::likely_site(&blocks, heading));
    let marked = furniture::mark(&mut blocks, heading, &taken, &rules, site.as_ref());
    let neighbour_lines: Vec<usize> = marked.neighbours.iter().map(|(_, i, ..)| article_line(&blocks, *i, &segments)).collect();
    let tail = blocks.split_off(marked.start);
    let head = blocks;
    let trail = title::topic(&head, &page_title, &rules);
    if let Some(why) = no_article(&tail) {
        return Err(refuse(why));
    }
    if page_title.is_empty() {
        return Err(refuse("a text without a title; its first line or its first heading should be one"));
    }
    let (tail, glued) = without_title(tail, &page_title, heading.is_none());
    let article = repair::article(tail, &marked.contents, &rules);

    let base = address.as_ref().or(rules.base.as_ref());
    let mut spans = Spans::new(name, &rules, base, address.is_some());
    learn(&article, &mut spans);
    let mut receipt = Receipt { version: 1, input: name.to_string(), ..Receipt::default() };
    let dates_said = read_dates(&found, &segments, name, &mut receipt);
    let slug_name = name_of(options, address.as_ref(), &page_title);
    receipt.output = format!("sources/{slug_name}/page.md");

    let mut front = format!("+++\ntitle = {}\nlanguage = {}\n", escape::toml(&page_title), escape::toml(&options.language));
    if let Some((topic, ..)) = &trail {
        front.push_str(&format!("topic = {}\n", escape::toml(topic)));
    }
    if let Some(url) = &address {
        front.push_str(&format!("source = {}\n", escape::toml(&super::address::own(url, &rules.links))));
    }
    let days = [("published", &receipt.dates.published), ("reviewed", &receipt.dates.reviewed), ("next-review", &receipt.dates.next_review)];
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
    if body.trim().is_empty() {
        return Err(refuse("a page without an article"));
    }

    let mut account = Account { segments: &segments, rules: &rules, receipt: &mut receipt };
    account.titles(&head, heading, &browser.segments, heading.is_none(), &page_title);
    account.head(&head, heading, trail.as_ref().map(|(_, a, b)| (*a, *b)), &browser.segments);
    account.blocks(&article);
    if let Some(at) = glued {
        account.drop(at, at, &page_title, "repeats the title");
    }
    account.dates(&found);
    account.facts(&body);
    for ((which, _, title, to), line) in marked.neighbours.iter().zip(neighbour_lines) {
        let (address, _) = super::address::resolve(to, &rules, base, spans.whole_base);
        let address = if let super::address::Address::To(to) = address { Some(to) } else { None };
        receipt.neighbours.entry(which).or_insert(Neighbour { line, title: title.clone(), address });
    }
    if let Some(encoding) = read.encoding {
        let text = format!("{encoding} read as text");
        receipt.repaired.push(Repaired { line: 1, before: encoding.into(), after: "UTF-8".into(), reason: text });
    }
    receipt.repaired.extend(unwrapped);
    receipt.repaired.append(&mut spans.repaired);
    receipt.dropped.append(&mut spans.dropped);
    blanks(&segments, &mut receipt);
    receipt.kept.sort_by_key(|k| (k.line, k.at));
    receipt.dropped.sort_by_key(|d| d.line);
    receipt.repaired.sort_by_key(|r| r.line);
    let mut diagnostics = dates_said;
    diagnostics.append(&mut spans.diagnostics);
    for (fact, place) in &receipt.facts {
        let message = format!("{fact} stood only in the web page's furniture: \"{}\"", place.text);
        let note = Diagnostic::new(Code::IMPORT_REPAIRED, message).in_file(format!("{name}:{}", place.line));
        diagnostics.push(note.help("it belongs in layouts/brand.toml; see that it stands there"));
    }
    Ok(Imported { slug: slug_name, text: front + &body, receipt, diagnostics })
}

/// Unwraps every wrapped address, and notes it.
fn unwrap(segments: &mut [lines::Segment], rules: &Ruleset) -> Vec<Repaired> {
    let mut out = Vec::new();
    for segment in segments {
        let Some((text, found)) = super::address::unwrap_all(&segment.text, &rules.links) else { continue };
        segment.text = text;
        let reason = "the wrapper around the address removed";
        let note = |after| Repaired { line: segment.line, before: "[safelink removed]".into(), after, reason: reason.into() };
        out.extend(found.into_iter().map(note));
    }
    out
}

fn refusal(name: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::IMPORT_REFUSED, format!("this is not a page that can be imported: {reason}"))
        .in_file(name)
        .help("nothing was written; save the page itself again, as the text of a crawl")
}

/// The segments whose dates are read; where a date cannot be, its words stay in the article.
fn taken(length: usize, found: &[Found]) -> Vec<bool> {
    let mut taken = vec![false; length];
    let unreadable = |f: &Found| f.day.is_err() && !f.words.is_empty() && f.role != Role::Other;
    for date in found {
        let stays = found.iter().any(|f| f.segments.0 == date.segments.0 && unreadable(f));
        if stays {
            continue;
        }
        for slot in taken.iter_mut().take(date.segments.1 + 1).skip(date.segments.0) {
            *slot = true;
        }
    }
    taken
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
        let mut parts = address?.path_segments()?.rev().filter(|p| !p.is_empty());
        let last = parts.next()?;
        let last = if last.starts_with("index.") || last.starts_with("default.") { parts.next()? } else { last };
        let bare = last.rsplit_once('.').filter(|(_, end)| end.len() <= 5).map_or(last, |(start, _)| start);
        Some(slug(&bare.replace("%20", " "))).filter(|s| !s.is_empty())
    };
    let from_file = || {
        let file = options.name.rsplit(['/', '\\']).next().unwrap_or("");
        let bare = file.rsplit_once('.').map_or(file, |(start, _)| start);
        // a number or a digest names nothing
        let names = bare.split(|c: char| !c.is_alphanumeric()).any(|w| w.len() > 2 && w.chars().all(char::is_alphabetic) && !w.chars().all(|c| c.is_ascii_hexdigit()));
        let generic = matches!(slug(bare).as_str(), "page" | "index" | "input" | "download" | "untitled" | "stdin");
        Some(slug(bare)).filter(|s| !s.is_empty() && names && !generic)
    };
    given
        .or_else(from_address)
        .or_else(from_file)
        .or_else(|| Some(slug(title)).filter(|s| !s.is_empty()))
        .unwrap_or_else(|| "page".into())
}

/// Decides which dates the front matter holds; says where it is not sure.
fn read_dates(found: &[Found], segments: &[lines::Segment], name: &str, receipt: &mut Receipt) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut say = |code: Code, line: usize, message: String, help: &str| {
        let place = if line == 0 { name.to_string() } else { format!("{name}:{line}") };
        out.push(Diagnostic::new(code, message).in_file(place).help(help));
    };
    let number = |f: &Found| segments.get(f.segments.0).map_or(0, |s| s.line);
    let pick = |role: Role| -> (Option<(String, usize)>, bool) {
        let mut days: Vec<(String, usize)> = found.iter().filter(|f| f.role == role).filter_map(|f| Some((f.day.clone().ok()?, number(f)))).collect();
        days.dedup_by(|a, b| a.0 == b.0);
        let clash = days.iter().any(|d| d.0 != days[0].0);
        (days.into_iter().next().filter(|_| !clash), clash)
    };
    const ASK: &str = "look at the page, and write the day into the front matter as it is given there";
    let mut chosen = [Role::Reviewed, Role::NextReview, Role::Published].map(|role| (role, pick(role)));
    for (role, (_, clash)) in &chosen {
        if *clash {
            let line = found.iter().filter(|f| f.role == *role).map(number).next_back().unwrap_or(0);
            say(Code::IMPORT_DATE_UNSURE, line, format!("the page gives different days for `{}`; it is left empty", role.key()), ASK);
        }
    }
    let day = |chosen: &[(Role, (Option<(String, usize)>, bool)); 3], n: usize| chosen[n].1.0.clone();
    let mut backwards = false;
    if let (Some((last, _)), Some((next, line))) = (day(&chosen, 0), day(&chosen, 1)) {
        if next < last {
            say(Code::IMPORT_DATE_UNSURE, line, format!("the next review ({next}) lies before the last ({last}); it is left empty"), ASK);
            chosen[1].1.0 = None;
            backwards = true;
        } else if next == last {
            say(Code::IMPORT_DATE_UNSURE, line, format!("the page gives the same day, {last}, for the last review and the next"), ASK);
        }
    }
    receipt.dates.reviewed = day(&chosen, 0).map(|d| d.0);
    receipt.dates.next_review = day(&chosen, 1).map(|d| d.0);
    receipt.dates.published = day(&chosen, 2).map(|d| d.0);
    for f in found {
        let clash = chosen.iter().any(|(role, (_, clash))| *role == f.role && *clash);
        let unused = match (&f.day, f.role) {
            (Err(why), _) => Some((*why).to_string()),
            (_, Role::Other) => Some("no date of the page's text".into()),
            _ if clash => Some("the page gives different days".into()),
            (_, Role::NextReview) if backwards => Some("it lies before the last review".into()),
            _ => None,
        };
        if let (Err(why), false) = (&f.day, f.role == Role::Other) {
            let shown = if f.words.is_empty() { f.label.clone() } else { format!("{} {}", f.label, f.words) };
            say(Code::IMPORT_DATE_UNSURE, number(f), format!("\"{shown}\" cannot be read surely: {why}"), ASK);
        }
        receipt.dates.found.push(DateFound {
            line: number(f),
            label: f.label.clone(),
            text: f.words.clone(),
            date: f.day.clone().ok(),
            role: f.role,
            unused,
        });
    }
    if receipt.dates.reviewed.is_none() && receipt.dates.next_review.is_none() {
        say(Code::IMPORT_NO_DATES, 0, "no review date was found; the editions will say \"Review date not recorded\"".into(), "write `reviewed` and `next-review` into the front matter, if they are known");
    }
    out
}

fn article_line(article: &[Block], at: usize, segments: &[lines::Segment]) -> usize {
    article.get(at).and_then(|b| segments.get(b.from)).map_or(0, |s| s.line)
}

/// Lines that nothing else accounts for: they hold no words, only blanks and marks.
fn blanks(segments: &[lines::Segment], receipt: &mut Receipt) {
    let last = segments.last().map_or(0, |s| s.line);
    let mut seen = vec![false; last + 1];
    let kept = receipt.kept.iter().map(|k| (k.line, k.to_line));
    let dropped = receipt.dropped.iter().map(|d| (d.line, d.to_line));
    for (from, to) in kept.chain(dropped).collect::<Vec<_>>() {
        for slot in seen.iter_mut().take(to.unwrap_or(from) + 1).skip(from) {
            *slot = true;
        }
    }
    for segment in segments {
        let Some(slot) = seen.get_mut(segment.line) else { continue };
        if *slot {
            continue;
        }
        *slot = true;
        let bare = segment.text.trim();
        let words = bare.chars().any(char::is_alphanumeric);
        let reason = match (bare.trim_start_matches(['>', ' ']).is_empty(), words) {
            (true, _) => BLANK,
            (_, false) => "marks without words",
            _ => "not part of the article",
        };
        receipt.dropped.push(Dropped { line: segment.line, to_line: None, text: bare.into(), reason: reason.into() });
    }
}

/// Writes the part of the receipt that tells what was left out, or went elsewhere than the body.
struct Account<'a> {
    segments: &'a [lines::Segment],
    rules: &'a Ruleset,
    receipt: &'a mut Receipt,
}

impl Account<'_> {
    fn line(&self, segment: usize) -> usize {
        self.segments.get(segment).map_or(0, |s| s.line)
    }

    fn keep(&mut self, from: usize, to: usize, text: String, field: &'static str) {
        let (line, last) = (self.line(from), self.line(to));
        self.receipt.kept.push(Kept { line, to_line: (last > line).then_some(last), text, to: field, at: None });
    }

    fn drop(&mut self, from: usize, to: usize, text: &str, reason: &str) {
        let (line, last) = (self.line(from), self.line(to));
        let text = mask(&tidy(text), &self.rules.links);
        self.receipt.dropped.push(Dropped { line, to_line: (last > line).then_some(last), text, reason: reason.into() });
    }

    fn raw(&self, from: usize, to: usize) -> String {
        let lines: Vec<&str> = self.segments.iter().take(to + 1).skip(from).map(|s| s.text.trim()).collect();
        lines.join(" ")
    }

    fn titles(&mut self, head: &[Block], heading: Option<usize>, browser: &Option<(usize, usize)>, untitled: bool, title: &str) {
        if let Some(block) = heading.and_then(|i| head.get(i)) {
            self.keep(block.from, block.to, title.to_string(), "title");
        }
        let Some((from, to)) = *browser else { return };
        let raw = self.raw(from, to);
        if !untitled {
            self.drop(from, to, &raw, "title of the browser's window");
        } else {
            self.keep(from, to, title.to_string(), "title");
            let rest = visible(&raw, true).replacen(title, "", 1);
            if rest.chars().any(char::is_alphanumeric) {
                self.drop(from, to, &rest, "the site's name");
            }
        }
    }

    fn head(&mut self, head: &[Block], heading: Option<usize>, trail: Option<(usize, usize)>, browser: &Option<(usize, usize)>) {
        for (i, block) in head.iter().enumerate() {
            let in_browser = browser.is_some_and(|(from, to)| block.from >= from && block.to <= to);
            if Some(i) == heading || block.is_blank() || in_browser {
                continue;
            }
            let reason = match trail {
                Some((from, to)) if (from..=to).contains(&i) => "breadcrumbs",
                _ => block.dropped.as_deref().unwrap_or("navigation"),
            };
            let reason = reason.to_string();
            self.block(block, &reason);
        }
    }

    fn block(&mut self, block: &Block, reason: &str) {
        let text = if block.repaired.iter().any(|r| r.contains("unrolled")) || self.shared(block) {
            block.text().to_string()
        } else {
            self.raw(block.from, block.to)
        };
        self.drop(block.from, block.to, &text, reason);
    }

    /// Whether another block stands on the same lines.
    fn shared(&self, block: &Block) -> bool {
        matches!(block.kind, Kind::Rule) && self.segments.get(block.from).is_some_and(|s| s.text.contains(char::is_alphanumeric))
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Some(reason) = block.dropped.clone() {
                self.block(block, &reason);
                continue;
            }
            if let Kind::Quote { blocks } | Kind::Callout { blocks, .. } = &block.kind {
                self.blocks(blocks);
            }
        }
    }

    fn dates(&mut self, found: &[Found]) {
        let mut i = 0;
        while i < found.len() {
            let first = &found[i];
            let (from, to) = found.iter().skip(i).take_while(|f| f.segments.0 == first.segments.0).fold(first.segments, |a, f| (a.0, a.1.max(f.segments.1)));
            let group: Vec<&Found> = found.iter().skip(i).take_while(|f| f.segments.0 == first.segments.0).collect();
            i += group.len();
            let stays = group.iter().any(|f| f.day.is_err() && !f.words.is_empty() && f.role != Role::Other);
            if stays {
                continue;
            }
            let text = visible(&self.raw(from, to), true);
            let used = group.iter().find(|f| f.day.is_ok() && f.role != Role::Other);
            match used {
                Some(f) => self.keep(from, to, text, f.role.key()),
                None if group.iter().all(|f| f.words.is_empty()) => self.drop(from, to, &text, "a label without its date"),
                None => self.drop(from, to, &text, "a date of something else than the page"),
            }
        }
    }

    /// Facts that stand nowhere but in furniture are cut out of what was dropped.
    fn facts(&mut self, body: &str) {
        let mut found: Vec<(usize, String, Place)> = Vec::new();
        for (name, patterns) in &self.rules.facts {
            let hit = self.receipt.dropped.iter().enumerate().find_map(|(n, dropped)| {
                let text = visible(&dropped.text, false);
                let captures = patterns.iter().find_map(|p| p.captures(&text))?;
                let text = captures.get(1).or_else(|| captures.get(0))?.as_str().trim().to_string();
                (!body.contains(&text)).then_some((n, Place { line: dropped.line, text }))
            });
            if let Some((n, place)) = hit {
                found.push((n, name.clone(), place));
            }
        }
        for (n, name, place) in found {
            if let Some(dropped) = self.receipt.dropped.get_mut(n)
                && let Some(at) = visible(&dropped.text, false).find(&place.text)
            {
                let words = visible(&dropped.text, false);
                let rest = format!("{} […] {}", words[..at].trim(), words[at + place.text.len()..].trim());
                dropped.text = tidy(&rest);
                self.receipt.kept.push(Kept { line: place.line, to_line: None, text: place.text.clone(), to: "facts", at: None });
            }
            self.receipt.facts.insert(name, place);
        }
    }
}
