//! Messages for programs.

use std::io::{self, Write};

use serde_json::json;

use super::{place, reason};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

pub(super) fn json(out: &mut dyn Write, d: &Diagnostic, sources: &Sources) -> io::Result<()> {
    let p = place(d, sources);
    let object = json!({
        "type": "diagnostic",
        "code": d.code.as_str(),
        "severity": d.severity.word(),
        "message": d.message,
        "path": p.as_ref().map(|p| p.path.clone()).or_else(|| d.path.clone()),
        "line": p.as_ref().map(|p| p.line),
        "column": p.as_ref().map(|p| p.column),
        "end-line": p.as_ref().map(|p| p.end_line),
        "end-column": p.as_ref().map(|p| p.end_column),
        "why": reason(d).map(|(why, _)| why),
        "source": reason(d).map(|(_, source)| source),
        "help": d.help,
    });
    writeln!(out, "{object}")
}

pub(super) fn github(out: &mut dyn Write, d: &Diagnostic, sources: &Sources) -> io::Result<()> {
    let command = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut facts = Vec::new();
    match place(d, sources) {
        Some(p) => {
            facts.push(format!("file={}", property(&p.path)));
            facts.push(format!("line={},endLine={},col={}", p.line, p.end_line, p.column));
        }
        None => facts.extend(d.path.iter().map(|path| format!("file={}", property(path)))),
    }
    facts.push(format!("title={}", property(d.code.as_str())));
    let help = d.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    writeln!(out, "::{command} {}::{}", facts.join(","), data(&format!("{}{help}", d.message)))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
