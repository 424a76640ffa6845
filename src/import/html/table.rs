//! Rows and cells -> a table whose rows are equally long.

use super::tree::{Id, Tree};
use crate::import::table::{self, Table};

/// A cell as it is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Whether it names its column or row.
    pub(super) names: bool,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// A row as it is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) head: bool,
    pub(super) segment: usize,
}

/// The most columns that cells may be spread over; an attribute can say any number.
const WIDEST: usize = 60;

/// What rows turned out to be.
pub(super) enum Built {
    Table(Table, Vec<&'static str>),
    /// Rows of a name and what it means, without a header.
    Pairs(Vec<(usize, String, String)>),
    /// A layout: its cells, one after another, with their row's segment.
    Layout(Vec<(usize, String)>),
}

/// Whether a table only makes a layout: it holds whole blocks, or says so itself.
pub(super) fn is_layout(tree: &Tree, table: Id) -> bool {
    if matches!(tree.attribute(table, "role"), Some("presentation" | "none")) {
        return true;
    }
    let mut names = false;
    let mut blocks = false;
    let mut widest = 0;
    for id in tree.below(table).skip(1) {
        match tree.name(id) {
            "th" | "caption" => names = true,
            "table" | "form" | "iframe" | "blockquote" | "section" | "article" | "main" => blocks = true,
            "tr" => widest = widest.max(tree.children(id).filter(|c| matches!(tree.name(*c), "td" | "th")).count()),
            name => blocks |= super::names::heading(name).is_some(),
        }
    }
    let nested = tree.below(table).skip(1).any(|id| tree.name(id) == "table");
    nested || widest < 2 || blocks && !names
}

/// Puts rows together.
pub(super) fn build(caption: Option<String>, rows: Vec<Row>) -> Built {
    let (grid, header_rows, header_column) = spread(&rows);
    let filled = |row: &[String]| row.iter().filter(|c| !c.is_empty()).count();
    let mut notes = Vec::new();
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    let used: Vec<usize> =
        (0..width).filter(|n| grid.iter().any(|r| r.get(*n).is_some_and(|c| !c.is_empty()))).collect();
    let square =
        |row: &Vec<String>| -> Vec<String> { used.iter().map(|n| row.get(*n).cloned().unwrap_or_default()).collect() };
    let layout = || {
        let cells = |row: &Row| row.cells.iter().map(|c| (row.segment, c.text.clone())).collect::<Vec<_>>();
        Built::Layout(rows.iter().flat_map(cells).filter(|(_, t)| !t.is_empty()).collect())
    };
    if used.len() < 2 || grid.len() < 2 {
        return layout();
    }
    if header_rows == 0 && header_column && used.len() == 2 && caption.is_none() {
        let pair = |(row, cells): (&Row, &Vec<String>)| {
            let mut both = square(cells).into_iter();
            (row.segment, both.next().unwrap_or_default(), both.next().unwrap_or_default())
        };
        let pairs: Vec<_> = rows.iter().zip(&grid).map(pair).collect();
        if pairs.iter().all(|(_, name, means)| !name.is_empty() && !means.is_empty()) {
            return Built::Pairs(pairs);
        }
    }
    let mut body: Vec<Vec<String>> = grid.iter().skip(header_rows).map(square).collect();
    let header = if header_rows > 0 {
        // a heading over several columns stands before the first of them
        let mut header = vec![String::new(); used.len()];
        for row in grid.iter().take(header_rows).map(square) {
            for (slot, cell) in header.iter_mut().zip(row).filter(|(_, c)| !c.is_empty()) {
                if !slot.is_empty() {
                    slot.push(' ');
                }
                slot.push_str(&cell);
            }
        }
        header
    } else {
        let first = body.first().cloned().unwrap_or_default();
        let bold = first.iter().all(|c| c.is_empty() || c.starts_with("**"));
        if !bold && filled(&first) + 1 < used.len() {
            return layout();
        }
        notes.push("the table's first row became its header");
        body.remove(0)
    };
    if grid.iter().any(|r| r.len() != width) {
        notes.push("the table's rows were made equally long");
    }
    let mut made = Table { caption, header, rows: Vec::new(), repeats: false, header_column };
    if table::unlabel(&mut body, &made.header) {
        notes.push(table::REPEATS);
        made.repeats = true;
    }
    let writing = table::blank_rows_are_for_writing(&body);
    made.rows = body.into_iter().filter(|r| writing || filled(r) > 0).collect();
    Built::Table(made, notes)
}

/// Every cell in its column; how many rows are the header; whether the first column names the rows.
fn spread(rows: &[Row]) -> (Vec<Vec<String>>, usize, bool) {
    let mut grid: Vec<Vec<String>> = Vec::new();
    // how many more rows each column is taken for, by a cell above
    let mut taken: Vec<usize> = Vec::new();
    for row in rows {
        let mut out: Vec<String> = Vec::new();
        let mut next: Vec<usize> = taken.iter().map(|n| n.saturating_sub(1)).collect();
        for cell in &row.cells {
            while taken.get(out.len()).is_some_and(|n| *n > 0) {
                out.push(String::new());
            }
            for n in 0..cell.columns.clamp(1, WIDEST) {
                let at = out.len();
                if at >= next.len() {
                    next.resize(at + 1, 0);
                }
                next[at] = cell.rows.clamp(1, 1000) - 1;
                out.push(if n == 0 { cell.text.clone() } else { String::new() });
            }
        }
        taken = next;
        grid.push(out);
    }
    let names = |row: &Row| !row.cells.is_empty() && row.cells.iter().all(|c| c.names || c.text.is_empty());
    let mut header = rows.iter().take_while(|r| r.head && r.cells.iter().any(|c| !c.text.is_empty())).count();
    if header == 0 {
        header = rows.iter().take(1).filter(|r| names(r)).count();
    }
    if header >= rows.len() {
        header = rows.len().min(1);
    }
    let column = rows.len() > header
        && rows.iter().skip(header).all(|r| r.cells.len() < 2 || r.cells.first().is_some_and(|c| c.names))
        && rows.iter().skip(header).any(|r| r.cells.first().is_some_and(|c| c.names));
    (grid, header, column)
}
