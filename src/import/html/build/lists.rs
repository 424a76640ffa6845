//! Lists, and lists of terms.

use super::*;

impl Builder<'_> {
    pub(super) fn item(&mut self, id: Id) {
        self.flush();
        // an item without words of its own is no level
        let depth = self.slots.iter().filter(|(_, s)| matches!(s, Slot::Item(_, _, true))).count().min(6);
        let value = self.tree.attribute(id, "value").and_then(|v| v.trim().parse::<u32>().ok());
        let mut number = None;
        let mut backwards = None;
        if let Some(list) = self.lists.last_mut()
            && list.ordered
        {
            let n = value.unwrap_or(list.next);
            list.next = if list.reversed { n.saturating_sub(1) } else { n.saturating_add(1) };
            if list.reversed {
                backwards = Some(n);
            } else {
                number = Some(n);
            }
        }
        self.slots.push((id, Slot::Item(depth, number, false)));
        if let Some(n) = backwards {
            // Markdown cannot count down: the number becomes a word
            self.run.words(&format!("{n}. "), self.tree.nodes[id].line, &Style::default());
        }
    }

    /// Whether an element stands in a list of terms that is one.
    pub(super) fn in_terms(&mut self, id: Id) -> bool {
        let Some(dl) = self.tree.above(id).find(|a| self.tree.name(*a) == "dl") else { return false };
        if let Some(known) = self.terms.get(&dl) {
            return *known;
        }
        let is = self.is_terms(dl);
        self.terms.insert(dl, is);
        is
    }

    /// Whether a list of terms has only terms and what they mean.
    pub(super) fn is_terms(&self, dl: Id) -> bool {
        let mut terms = 0;
        let mut term = false;
        let mut inside = 0usize;
        for step in self.tree.walk(dl).skip(1) {
            let (Step::Enter(id) | Step::Leave(id)) = step;
            let name = self.tree.name(id);
            match (step, name) {
                (Step::Enter(_), "dt") if term => return false,
                (Step::Enter(_), "dt") => (term, inside) = (true, inside + 1),
                (Step::Enter(_), "dd") => {
                    terms += 1;
                    if !term && terms == 1 || self.tree.words(id).is_empty() {
                        return false;
                    }
                    (term, inside) = (false, inside + 1);
                }
                (Step::Leave(_), "dt" | "dd") => inside = inside.saturating_sub(1),
                (Step::Enter(_), "div" | "p" | "span") => {}
                (Step::Enter(id), name) if names::is_block(name) && id != dl => return false,
                _ => {}
            }
        }
        terms > 0 && !term
    }
}
