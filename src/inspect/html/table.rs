//! Tables: their headers, and whether their rows are of one length.

use crate::inspect::xml::is;
use roxmltree::Node;
use serde::Serialize;

/// A table of data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Table {
    /// How many of its cells are headers.
    pub headers: usize,
    /// How many columns each row fills, spans counted.
    pub rows: Vec<usize>,
}

/// Its headers, and how many columns each row fills.
pub(super) fn table(node: Node) -> Table {
    let mut table = Table::default();
    let number = |cell: &Node, name| {
        cell.attribute(name).and_then(|number| number.parse::<usize>().ok()).unwrap_or(1).clamp(1, 1000)
    };
    // Columns that cells of rows above still fill, each with the rows that are left.
    let mut hanging: Vec<usize> = Vec::new();
    for row in node.descendants().filter(|row| is(*row, "tr")) {
        let mut width = hanging.len();
        hanging.iter_mut().for_each(|rows| *rows -= 1);
        hanging.retain(|rows| *rows > 0);
        for cell in row.children().filter(|cell| is(*cell, "td") || is(*cell, "th")) {
            let (rows, columns) = (number(&cell, "rowspan"), number(&cell, "colspan"));
            width += columns;
            table.headers += usize::from(is(cell, "th"));
            if rows > 1 && hanging.len() < 100_000 {
                hanging.extend(std::iter::repeat_n(rows - 1, columns));
            }
        }
        table.rows.push(width);
    }
    table
}
