//! Pictures and films.

use super::*;

impl Builder<'_> {
    /// A picture's caption goes with the picture; any other is words.
    pub(super) fn figcaption(&mut self, id: Id) {
        self.flush();
        let figure = self.tree.above(id).take(3).find(|a| self.tree.name(*a) == "figure");
        let holds = |wanted: &[&str]| {
            figure.is_some_and(|f| self.tree.below(f).take(500).any(|n| wanted.contains(&self.tree.name(n))))
        };
        if holds(&["blockquote"]) {
            self.slots.push((id, Slot::Source));
        } else if holds(&["img"]) && !holds(&["table", "iframe"]) {
            self.out.push((id, Some(crate::import::html::CAPTION.into())));
        } else {
            self.slots.push((id, Slot::Body));
        }
    }

    pub(super) fn picture(&mut self, id: Id) {
        let attribute = |name: &str| self.tree.attribute(id, name).map(str::trim).filter(|v| !v.is_empty());
        let source = attribute("src")
            .filter(|s| !s.starts_with("data:"))
            .or_else(|| attribute("data-src"))
            .or_else(|| attribute("src"))
            .unwrap_or("");
        let alt = tidy(attribute("alt").unwrap_or(""));
        let decorative = self.tree.attribute(id, "alt").is_some_and(|a| a.trim().is_empty())
            || matches!(attribute("role"), Some("presentation" | "none"));
        let figure = self.tree.above(id).take(6).find(|a| self.tree.name(*a) == "figure");
        // the caption of several goes with the first; beside a film or a table it is words
        let own = |f: &Id| {
            let inside = || self.tree.below(*f).take(500);
            let other = |n: Id| ["blockquote", "table", "iframe"].contains(&self.tree.name(n));
            inside().find(|n| self.tree.name(*n) == "img") == Some(id) && !inside().any(other)
        };
        let caption =
            figure.filter(own).and_then(|f| self.tree.below(f).take(500).find(|n| self.tree.name(*n) == "figcaption"));
        let caption = caption.map(|c| self.tree.words(c)).filter(|c| !c.is_empty());
        let place = self.read.segments.len();
        let whole = self.base.filter(|b| !b.cannot_be_a_base()).and_then(|b| b.join(source).ok());
        let src =
            if source.is_empty() { String::new() } else { whole.map_or_else(|| source.to_string(), |u| u.to_string()) };
        let here =
            decorative && self.table.is_none() && self.links.is_empty() && matches!(self.had.get(&src), Some(Ok(_)));
        let written = source.to_string();
        let line = self.line(id);
        self.read.pictures.push((place, Picture { line, written, src, alt: alt.clone(), caption, decorative }));
        if !decorative || here {
            if !decorative && self.run.breaks() > 1 {
                self.paragraph();
            }
            let style = self.style();
            self.run.picture(if decorative { "" } else { &alt }, source, line, &style);
        }
    }

    /// A film inside the page; another page inside the page is none of it.
    pub(super) fn film(&mut self, id: Id) {
        let attribute = |name: &str| self.tree.attribute(id, name).map(str::trim).filter(|v| !v.is_empty());
        let source = attribute("src").filter(|s| *s != "about:blank").or_else(|| attribute("data-src")).unwrap_or("");
        let full = if source.starts_with("//") { format!("https:{source}") } else { source.to_string() };
        let embedded = self.rules.embeds.iter().find(|(p, _)| p.is_match(&full));
        let url = embedded.map(|(p, to)| p.replace(&full, to.as_str()).into_owned());
        let host = Url::parse(&full).ok().and_then(|u| u.host_str().map(str::to_string)).unwrap_or_default();
        let known = self.rules.links.video.iter().any(|v| crate::import::ruleset::is_host(&host, v));
        let url = url.or_else(|| known.then(|| full.clone()));
        let title = attribute("title").or_else(|| attribute("aria-label")).map(tidy);
        if let Some(url) = url.filter(|_| self.table.is_none()) {
            self.boundary();
            let line = self.line(id);
            // without a title of its own it has that of the part it stands in
            let title = title.unwrap_or_else(|| self.read.heading.clone());
            if title.is_empty() {
                let words = Words { text: format!("[{}]({url})", escaped(&url)), line, ..Words::default() };
                self.push(words, |text| Kind::Paragraph { text });
            } else {
                self.push(Words { text: String::new(), line, ..Words::default() }, |_| Kind::Video { title, url });
            }
            self.hide(id, "another page inside the page");
        } else {
            let text = format!("{} {full}", title.unwrap_or_default()).trim().to_string();
            let reason = "another page inside the page".into();
            self.read.extra.push(Dropped { line: self.line(id), to_line: None, text, reason });
            self.hide(id, "another page inside the page");
        }
    }
}
