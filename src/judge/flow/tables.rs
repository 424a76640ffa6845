//! V033 and V034: tables without headers, headers that head nothing, rows of differing length.

use super::Flow;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(flow: &Flow<'_>, sink: &mut Sink) {
    let (mut headers, mut shapes) = (Vec::new(), Vec::new());
    for page in &flow.pages {
        let place = &page.place;
        if page.facts.headers_without_scope > 0 {
            headers.push(format!("{place}a table's header does not say whether it heads a row or a column"));
        }
        for table in &page.facts.tables {
            if table.headers == 0 {
                headers.push(format!("{place}a table has no headers"));
            }
            let first = table.rows.first().copied().unwrap_or(0);
            if let Some(row) = table.rows.iter().position(|width| *width != first) {
                let width = table.rows.get(row).copied().unwrap_or(0);
                shapes.push(format!("{place}row {} of a table has {width} cells, the first has {first}", row + 1));
            }
        }
    }
    flow.file.say_first(sink, Code::OUTPUT_TABLE_HEADERS, &headers);
    flow.file.say_first(sink, Code::TABLE_SHAPE, &shapes);
}
