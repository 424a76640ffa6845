//! Tables, and the layouts that only look like them.

use super::block::{Block, Kind, blocks};
use super::lines::Segment;

/// A table: every row has as many cells as the header.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) caption: Option<String>,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// Whether the cells said their column's header again.
    pub(super) repeats: bool,
    /// Whether the first column names the rows.
    pub(super) header_column: bool,
}

/// What was read at a place, and where to read on.
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    pub(super) next: usize,
}

/// How many lines a row may run over.
const ROW_LINES: usize = 60;
/// How many lines a header row may run over.
const HEADER_LINES: usize = 12;

/// Reads the table that begins at segment `i`, if one does.
pub(super) fn read(segments: &[Segment], taken: &[bool], i: usize) -> Option<Found> {
    let first = line(segments, taken, i)?;
    if !first.contains('|') || first.trim_start().starts_with('>') {
        return None;
    }
    let Some(ruler) = ruler_below(segments, taken, i) else {
        return stray(segments, taken, i);
    };
    let columns = cells(line(segments, taken, ruler)?.trim()).len();
    let header_text = joined(segments, i, ruler - 1);
    let (before, row) = split_caption(&header_text, columns)?;
    let caption = super::text::tidy(before);
    let mut header = cells(row);
    let mut rows: Vec<(usize, usize, Vec<String>)> = Vec::new();
    let mut next = ruler + 1;
    while let Some(text) = line(segments, taken, next) {
        if !text.starts_with('|') || is_ruler(text) || next_is_ruler(segments, taken, next) {
            break;
        }
        let end = row_end(segments, taken, next, columns);
        let row = cells(joined(segments, next, end).trim());
        rows.push((next, end, row));
        next = end + 1;
    }
    let empty = |row: &[String]| row.iter().all(|c| c.trim().is_empty());
    let filled = |row: &[String]| row.iter().filter(|c| !c.trim().is_empty()).count();
    let blank_header = empty(&header);
    let widest = rows.iter().map(|(_, _, r)| filled(r)).max().unwrap_or(0);
    // one column, or never two cells side by side: a layout, not a table
    let layout = columns == 1 || rows.iter().all(|(_, _, r)| empty(r)) || blank_header && widest < 2;
    if layout {
        let mut out = Vec::new();
        unroll(segments, i, ruler - 1, &mut out);
        out.push(Block::new(ruler, ruler, Kind::Rule));
        for (from, to, _) in &rows {
            unroll(segments, *from, *to, &mut out);
        }
        return Some(Found { blocks: out, next });
    }
    let mut block = Block::new(i, next - 1, Kind::Blank);
    let mut body: Vec<Vec<String>> = rows.into_iter().map(|(_, _, r)| r).collect();
    if blank_header {
        while body.first().is_some_and(|r| empty(r)) {
            body.remove(0);
        }
        let first = body.first()?;
        let bold = first.iter().all(|c| c.trim().is_empty() || c.trim().starts_with("**"));
        if !bold && filled(first) + 1 < columns {
            let mut out = Vec::new();
            unroll(segments, i, next - 1, &mut out);
            return Some(Found { blocks: out, next });
        }
        header = body.remove(0);
        block.repaired.push("the table's first row became its header");
    }
    let width = body.iter().map(Vec::len).chain([header.len()]).max().unwrap_or(0);
    // columns without a word anywhere are the layout's
    let used: Vec<usize> = (0..width)
        .filter(|n| std::iter::once(&header).chain(&body).any(|r| r.get(*n).is_some_and(|c| !c.trim().is_empty())))
        .collect();
    let square =
        |row: &Vec<String>| -> Vec<String> { used.iter().map(|n| row.get(*n).cloned().unwrap_or_default()).collect() };
    if used.len() < columns || body.iter().chain([&header]).any(|r| r.len() != width) {
        block.repaired.push("the table's rows were made equally long");
    }
    if !caption.is_empty() {
        block.repaired.push("the table's caption was glued to its header");
    }
    let mut table = Table {
        caption: Some(caption).filter(|c| !c.is_empty()),
        header: square(&header),
        rows: Vec::new(),
        repeats: false,
        header_column: false,
    };
    if unlabel(&mut body, &header) {
        block.repaired.push(REPEATS);
        table.repeats = true;
    }
    table.rows = body.iter().filter(|r| !empty(r) || blank_rows_are_for_writing(&body)).map(square).collect();
    block.kind = Kind::Table(table);
    Some(Found { blocks: vec![block], next })
}

pub(super) const REPEATS: &str = "every cell said its column's header again";

/// Takes the column's header off the start of its cells, where every cell of the table has it:
/// a table made for narrow screens.
pub(super) fn unlabel(body: &mut [Vec<String>], header: &[String]) -> bool {
    let labelled = |row: &Vec<String>| {
        row.iter().zip(header).all(|(cell, label)| {
            cell.trim().is_empty()
                || !label.trim().is_empty() && cell.strip_prefix(label.as_str()).is_some_and(|r| r.starts_with(' '))
        })
    };
    if body.is_empty() || !body.iter().all(labelled) {
        return false;
    }
    for (cell, label) in body.iter_mut().flat_map(|row| row.iter_mut().zip(header)) {
        *cell = cell.strip_prefix(label.as_str()).unwrap_or(cell).trim().to_string();
    }
    true
}

/// Rows that are all empty: a diary that patients fill in.
pub(super) fn blank_rows_are_for_writing(body: &[Vec<String>]) -> bool {
    body.iter().all(|row| row.iter().all(|c| c.trim().is_empty()))
}

fn line<'a>(segments: &'a [Segment], taken: &[bool], i: usize) -> Option<&'a str> {
    let segment = segments.get(i)?;
    (!taken.get(i).copied().unwrap_or(false)).then_some(segment.text.as_str())
}

/// `| --- | --- |`
fn is_ruler(text: &str) -> bool {
    let bare = text.trim();
    bare.contains("---") && bare.starts_with('|') && bare.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

fn next_is_ruler(segments: &[Segment], taken: &[bool], i: usize) -> bool {
    line(segments, taken, i + 1).is_some_and(is_ruler)
}

/// The ruler under a header row that begins at `i`, where the strokes between them are as many as it needs.
fn ruler_below(segments: &[Segment], taken: &[bool], i: usize) -> Option<usize> {
    let mut strokes = 0;
    for n in i..=i + HEADER_LINES {
        let text = line(segments, taken, n)?;
        if n > i && is_ruler(text) {
            let columns = cells(text.trim()).len();
            return (strokes == columns + 1 || strokes > 0 && n == i + 1).then_some(n);
        }
        if n > i && text.starts_with('|') || super::block::heading(text.trim()).is_some() {
            return None;
        }
        strokes += pipes(text);
    }
    None
}

/// Where a row that begins at `from` ends.
fn row_end(segments: &[Segment], taken: &[bool], from: usize, columns: usize) -> usize {
    let mut strokes = 0;
    for n in from..from + ROW_LINES {
        let Some(text) = line(segments, taken, n) else { break };
        if n > from && (text.starts_with('|') || is_ruler(text)) {
            break;
        }
        strokes += pipes(text);
        if strokes > columns || n == from && text.trim_end().ends_with('|') && strokes > 1 {
            return n;
        }
    }
    from
}

/// Upright strokes that are not escaped.
fn pipes(text: &str) -> usize {
    let mut escaped = false;
    let mut count = 0;
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '|' => count += 1,
            _ => {}
        }
    }
    count
}

fn joined(segments: &[Segment], from: usize, to: usize) -> String {
    let mut out = String::new();
    for segment in segments.iter().take(to + 1).skip(from) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(segment.text.trim());
    }
    out
}

/// The words glued to a header row, and the row.
fn split_caption(text: &str, columns: usize) -> Option<(&str, &str)> {
    let bare = text.trim();
    if bare.starts_with('|') {
        return Some(("", bare));
    }
    let at = bare.find('|')?;
    if pipes(bare) == columns + 1 { Some((&bare[..at], &bare[at..])) } else { Some(("", bare)) }
}

/// The cells of a row.
fn cells(row: &str) -> Vec<String> {
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut out = vec![String::new()];
    let mut escaped = false;
    for c in row.chars() {
        match c {
            '|' if !escaped => out.push(String::new()),
            c => {
                if let Some(cell) = out.last_mut() {
                    cell.push(c);
                }
            }
        }
        escaped = c == '\\' && !escaped;
    }
    if out.len() > 1 && out.last().is_some_and(|c| c.trim().is_empty()) {
        out.pop();
    }
    out.into_iter().map(|c| c.trim().to_string()).collect()
}

/// A row without a table: its cells one after another.
fn stray(segments: &[Segment], taken: &[bool], i: usize) -> Option<Found> {
    let text = line(segments, taken, i)?.trim();
    if !(text.starts_with('|') || text.ends_with('|')) {
        return None;
    }
    let mut out = Vec::new();
    if is_ruler(text) {
        out.push(Block::new(i, i, Kind::Rule));
    } else {
        unroll(segments, i, i, &mut out);
    }
    Some(Found { blocks: out, next: i + 1 })
}

/// Reads the cells of these lines as blocks of their own.
fn unroll(segments: &[Segment], from: usize, to: usize, out: &mut Vec<Block>) {
    let mut inner: Vec<Segment> = Vec::new();
    let mut origin: Vec<usize> = Vec::new();
    for (n, segment) in segments.iter().enumerate().take(to + 1).skip(from) {
        let text = if is_ruler(&segment.text) { String::new() } else { segment.text.clone() };
        let mut parts: Vec<String> = if text.contains('|') { cells(text.trim()) } else { vec![text] };
        parts.retain(|p| !p.trim().is_empty());
        if parts.is_empty() {
            parts.push(String::new());
        }
        for part in parts {
            // an upright stroke that is part of the words must not begin a table again
            let text = part.replace("\\|", "&#124;");
            inner.push(Segment { text, ..segment.clone() });
            origin.push(n);
        }
    }
    for mut block in blocks(&inner, &[]) {
        block.from = origin.get(block.from).copied().unwrap_or(from);
        block.to = origin.get(block.to).copied().unwrap_or(to);
        out.push(block.repaired("a layout in the shape of a table unrolled"));
    }
}
