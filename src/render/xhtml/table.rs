//! Tables. On a narrow screen the style sheet stacks each row's cells; the roles
//! keep the table a table for those who hear it, and each cell carries its
//! column's name for those who see it.

use super::Walker;
use super::text::{attribute, plain};
use crate::document::{Align, Inlines};

/// A table of the document, borrowed.
pub(super) struct Table<'a> {
    pub caption: Option<&'a Inlines>,
    pub columns: &'a [Align],
    pub header: &'a [Inlines],
    pub rows: &'a [Vec<Inlines>],
    pub header_column: bool,
}

/// From so many columns on, the cells stack on a middling screen too.
const WIDE: usize = 5;

impl Walker<'_> {
    pub(super) fn write_table(&mut self, table: &Table, attributes: &str) {
        let wide = if table.columns.len() >= WIDE { " class=\"wide\"" } else { "" };
        self.push(&format!("<table role=\"table\"{wide}{attributes}>\n"));
        if let Some(caption) = table.caption {
            self.push("<caption>");
            self.write_inlines(caption);
            self.push("</caption>\n");
        }
        self.push("<thead role=\"rowgroup\"><tr role=\"row\">");
        for (i, cell) in table.header.iter().enumerate() {
            // An empty corner is no header: it would be read out as one without a name.
            let tag = if plain(cell).is_empty() { Cell::DATA } else { Cell::COLUMN };
            self.cell(&tag, cell, align(table, i), "");
        }
        self.push("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        for row in table.rows {
            self.push("<tr role=\"row\">");
            for (i, cell) in row.iter().enumerate() {
                let first = i == 0 && table.header_column && !plain(cell).is_empty();
                let label = table.header.get(i).map(plain).filter(|text| !first && !text.is_empty());
                let label = label.map(|text| format!(" data-label=\"{}\"", attribute(&text))).unwrap_or_default();
                self.cell(if first { &Cell::ROW } else { &Cell::DATA }, cell, align(table, i), &label);
            }
            self.push("</tr>\n");
        }
        self.push("</tbody>\n</table>\n");
    }

    fn cell(&mut self, tag: &Cell, text: &Inlines, align: &str, label: &str) {
        self.apart();
        self.push(&format!("<{} {}{align}{label}>", tag.name, tag.attributes));
        self.write_inlines(text);
        self.push(&format!("</{}>", tag.name));
    }
}

struct Cell {
    name: &'static str,
    attributes: &'static str,
}

impl Cell {
    const COLUMN: Self = Self { name: "th", attributes: "role=\"columnheader\" scope=\"col\"" };
    const ROW: Self = Self { name: "th", attributes: "role=\"rowheader\" scope=\"row\"" };
    const DATA: Self = Self { name: "td", attributes: "role=\"cell\"" };
}

fn align(table: &Table, column: usize) -> &'static str {
    match table.columns.get(column) {
        Some(Align::Center) => " class=\"center\"",
        Some(Align::End) => " class=\"end\"",
        Some(Align::Start) | None => "",
    }
}
