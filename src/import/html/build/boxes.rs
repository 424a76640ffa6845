//! Callouts, quotations, and parts that open on demand.

use super::*;

impl Builder<'_> {
    pub(super) fn close_box(&mut self) {
        let Some((_, mut open)) = self.boxes.pop() else { return };
        let live = |b: &Block| b.dropped.is_none();
        let first = open.blocks.iter().position(live);
        let (Some(first), true) = (
            first,
            open.blocks
                .iter()
                .any(|b| live(b) && !visible(b.text(), false).is_empty() || matches!(b.kind, Kind::Table(_))),
        ) else {
            for block in open.blocks {
                self.read.blocks.push(block);
            }
            return;
        };
        let (from, to) = (open.blocks[0].from, open.blocks.last().map_or(0, |b| b.to));
        let Some(kind) = open.kind else {
            self.add(Block::new(from, to, Kind::Quote { blocks: open.blocks }));
            return;
        };
        let more = open.blocks.iter().skip(first + 1).any(live);
        let titled = match &open.blocks[first].kind {
            Kind::Heading { .. } => true,
            Kind::Paragraph { text } => {
                crate::import::repair::is_bold_heading(text) || self.rules.callout(&visible(text, false)).is_some()
            }
            _ => false,
        };
        let mut title = String::new();
        let mut start = from;
        if titled && more {
            let head = open.blocks.remove(first);
            title = head.text().replace("**", "");
            start = head.from;
        }
        for block in &mut open.blocks {
            // inside a box a heading is a bold line
            if let Kind::Heading { text, .. } = &block.kind {
                let bold = titled && !more;
                let text = if bold { text.clone() } else { format!("**{}**", text.replace("**", "")) };
                block.kind = Kind::Paragraph { text };
            }
        }
        let mut block = Block::new(start, to, Kind::Callout { kind, title, blocks: Vec::new() });
        // what is left out before the title stands beside the box, so that the box begins with its title
        let early: Vec<Block> = if title_is(&block) { open.blocks.drain(..first).collect() } else { Vec::new() };
        for block in early {
            self.read.blocks.push(block);
        }
        if let Kind::Callout { blocks, .. } = &mut block.kind {
            *blocks = open.blocks;
        }
        self.add(block);
    }

    /// Who said it: the last lines of a quotation.
    pub(super) fn source(&mut self, words: Words) {
        let said = visible(&words.text, false);
        let plain =
            count(&said) > 14 || said.ends_with(['.', '!', '?', '"', '”']) || said.starts_with(['—', '–', '-', '~']);
        let text = |text: String| if plain { text } else { format!("— {text}") };
        if self.boxes.is_empty()
            && let Some(Block { kind: Kind::Quote { .. }, .. }) = self.read.blocks.last()
            && let Some(mut quote) = self.read.blocks.pop()
        {
            self.push(words, |t| Kind::Paragraph { text: text(t) });
            if let (Some(block), Kind::Quote { blocks }) = (self.read.blocks.pop(), &mut quote.kind) {
                quote.to = block.to;
                blocks.push(block);
            }
            self.read.blocks.push(quote);
            return;
        }
        self.push(words, |t| Kind::Paragraph { text: text(t) });
    }

    /// Whether an element inside a quotation names who said it.
    pub(super) fn is_source(&self, id: Id) -> bool {
        let quoted = self.boxes.last().is_some_and(|(_, b)| b.kind.is_none()) && self.slot() == Slot::Body;
        let parent = self.tree.nodes[id].parent.map_or("", |p| self.tree.name(p));
        let first = self.run.is_empty() && self.tree.nodes[id].after.is_none_or(|a| self.tree.words(a).is_empty());
        quoted && (matches!(parent, "blockquote" | "footer") || self.tree.name(id) == "footer" || first)
    }

    /// Whether what follows a part that opens begins a part of its own, so that a heading may stand above it.
    pub(super) fn heads(&self, summary: Id) -> bool {
        let Some(details) = self.tree.nodes[summary].parent else { return false };
        let mut at = details;
        for _ in 0..4 {
            let mut next = self.tree.nodes[at].after;
            while let Some(n) = next {
                let name = self.tree.name(n);
                let blank = name.is_empty() && self.tree.text(n).is_none_or(|t| t.trim().is_empty());
                if !blank && !matches!(self.plan.fates.get(&n), Some(Fate::Out(_) | Fate::Unseen(_))) {
                    let first = self.tree.below(n).find(|b| {
                        heading(self.tree.name(*b)).is_some() || !self.tree.text(*b).is_none_or(|t| t.trim().is_empty())
                    });
                    return name == "details" || first.is_some_and(|f| heading(self.tree.name(f)).is_some());
                }
                next = self.tree.nodes[n].after;
            }
            match self.tree.nodes[at].parent {
                Some(parent) if matches!(self.tree.name(parent), "div" | "section" | "article") => at = parent,
                _ => return true,
            }
        }
        true
    }
}

/// Every edition makes a heading for the notes: one with nothing but notes below is left out.
pub(super) fn note_headings(blocks: &mut [Block]) {
    // the heading that may be one, and whether notes stand below it
    let mut open: Option<(usize, bool)> = None;
    let mut found = Vec::new();
    for (i, block) in blocks.iter().enumerate().filter(|(_, b)| b.dropped.is_none() && !b.is_blank()) {
        match block.kind {
            Kind::Heading { .. } => {
                found.extend(open.filter(|(_, notes)| *notes));
                open = Some((i, false));
            }
            Kind::Note { .. } => open = open.map(|(i, _)| (i, true)),
            _ => open = None,
        }
    }
    found.extend(open.filter(|(_, notes)| *notes));
    for (i, _) in found {
        blocks[i].dropped = Some("heading of the footnotes".into());
    }
}

fn title_is(block: &Block) -> bool {
    matches!(&block.kind, Kind::Callout { title, .. } if !title.is_empty())
}
