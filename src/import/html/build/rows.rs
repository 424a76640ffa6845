//! Tables, cell by cell.

use super::*;

impl Builder<'_> {
    pub(super) fn enter_in_table(&mut self, id: Id, name: &str) {
        let span = |name| self.tree.attribute(id, name).and_then(|v| v.trim().parse::<usize>().ok()).unwrap_or(1);
        let names = name == "th" || self.tree.attribute(id, "scope") == Some("row");
        let head = self.tree.above(id).take(1).any(|a| self.tree.name(a) == "thead");
        let Some(open) = &mut self.table else { return };
        match name {
            "caption" => self.slots.push((id, Slot::Caption)),
            "tr" => {
                open.rows.push(Row::default());
                open.head = head;
                open.line = 0;
            }
            "td" | "th" => {
                open.cell =
                    table::Cell { names, columns: span("colspan"), rows: span("rowspan"), ..Default::default() };
                self.slots.push((id, Slot::Cell));
            }
            "li" if self.run.is_empty() => {}
            "li" => self.run.separate(),
            _ => self.enter_inline(id, name),
        }
    }

    /// Words in a table: a cell's, its caption's, or some that stand in neither.
    pub(super) fn flush_in_table(&mut self) {
        let slot = self.slot();
        let words = self.run.take();
        let Some(open) = &mut self.table else { return };
        match slot {
            Slot::Caption if open.caption.is_none() => {
                let at = self.read.segments.len();
                self.read.segments.push(Segment { line: words.line, text: words.text.clone(), cleaned: words.cleaned });
                open.caption = Some((words, at));
            }
            _ => {
                if open.line == 0 {
                    open.line = words.line;
                }
                if !open.cell.text.is_empty() {
                    open.cell.text.push(' ');
                }
                open.cell.text.push_str(&words.text.replace('\n', " "));
            }
        }
    }

    pub(super) fn close_row(&mut self) {
        let Some(open) = &mut self.table else { return };
        let head = open.head;
        let line = open.line;
        let Some(row) = open.rows.last_mut() else { return };
        row.head = head;
        let cells: Vec<String> = row.cells.iter().map(|c| c.text.replace('|', "&#124;")).collect();
        row.segment = self.read.segments.len();
        let text =
            if cells.iter().all(String::is_empty) { String::new() } else { format!("| {} |", cells.join(" | ")) };
        let line = if line == 0 { self.read.segments.last().map_or(1, |s| s.line) } else { line };
        self.read.in_tables.push(row.segment);
        self.read.segments.push(Segment { line, text, cleaned: None });
    }

    pub(super) fn close_table(&mut self) {
        self.flush();
        let Some(open) = self.table.take() else { return };
        let rows: Vec<Row> = open.rows.into_iter().filter(|r| !r.cells.is_empty()).collect();
        let last = self.read.segments.len().saturating_sub(1);
        let at = open.caption.as_ref().map(|(_, at)| *at);
        let from = rows.first().map_or(last, |r| r.segment);
        let caption = open.caption.map(|(words, _)| words.text);
        let shown = caption.clone();
        match table::build(caption, rows) {
            table::Built::Table(made, notes) => {
                let mut block = Block::new(at.unwrap_or(from).min(from), last.max(from), Kind::Table(made));
                block.repaired = notes;
                self.add(block);
            }
            table::Built::Pairs(pairs) => {
                for (segment, name, means) in pairs {
                    self.add(Block::new(segment, segment, Kind::Term { text: name }));
                    self.add(Block::new(segment, segment, Kind::Meaning { text: means }));
                }
            }
            table::Built::Layout(cells) => {
                if let (Some(text), Some(at)) = (shown, at) {
                    self.add(Block::new(at, at, Kind::Paragraph { text }));
                }
                for (segment, text) in cells {
                    let block = Block::new(segment, segment, Kind::Paragraph { text });
                    self.add(block.repaired("a layout in the shape of a table unrolled"));
                }
            }
        }
    }
}
