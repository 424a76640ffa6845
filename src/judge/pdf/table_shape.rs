//! V034: tables whose rows have differing numbers of cells.

use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for (index, table) in pdf.facts.nodes.iter().enumerate().filter(|(_, node)| node.tag == "Table") {
        let mut widths = Vec::new();
        // Columns that cells of rows above still fill, each with the rows that are left.
        let mut hanging: Vec<usize> = Vec::new();
        let below = pdf.facts.nodes.iter().enumerate().skip(index + 1).take_while(|(_, node)| node.depth > table.depth);
        for (row, _) in below.filter(|(_, node)| node.tag == "TR") {
            let mut width = hanging.len();
            hanging.iter_mut().for_each(|rows| *rows -= 1);
            hanging.retain(|rows| *rows > 0);
            for (_, cell) in pdf.children(row).filter(|(_, node)| matches!(node.tag.as_str(), "TH" | "TD")) {
                let (rows, columns) = cell.span;
                width += columns;
                if rows > 1 {
                    hanging.extend(std::iter::repeat_n(rows - 1, columns));
                }
            }
            widths.push(width);
        }
        let first = widths.first().copied().unwrap_or(0);
        if first == 0 {
            found.push(format!("{}: a table has no cells", pdf.place(table)));
        } else if let Some(row) = widths.iter().position(|width| *width != first) {
            let width = widths.get(row).copied().unwrap_or(0);
            found.push(format!(
                "{}: row {} of a table has {width} cells, the first has {first}",
                pdf.place(table),
                row + 1
            ));
        }
    }
    pdf.file.say_first(sink, Code::TABLE_SHAPE, &found);
}
