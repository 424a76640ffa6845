//! One SARIF 2.1.0 log for a run: what code-scanning services read (OASIS, 2020).

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::check::Allowed;
use crate::diagnostic::{Code, Diagnostic, Severity, explanation};
use crate::pipeline::Said;
use crate::source::{Place, Source, Sources};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn sarif(out: &mut dyn Write, said: &[Said]) -> io::Result<()> {
    let mut rules: BTreeMap<Code, usize> = BTreeMap::new();
    for part in said {
        let allowed = part.allowed.iter().map(|a| a.diagnostic.code);
        for code in part.sink.all().iter().map(|d| d.code).chain(allowed) {
            rules.insert(code, 0);
        }
    }
    rules.values_mut().enumerate().for_each(|(index, at)| *at = index);
    let mut results = Vec::new();
    for part in said {
        results.extend(part.sink.all().iter().map(|d| result(d, &part.sources, &rules, None)));
        results.extend(part.allowed.iter().map(|a| result(&a.diagnostic, &part.sources, &rules, Some(a))));
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "everyleaf",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.keys().map(|code| rule(*code)).collect::<Vec<Value>>(),
            } },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn level(severity: Severity) -> &'static str {
    // the same three words as ours
    severity.word()
}

fn rule(code: Code) -> Value {
    let info = code.info();
    let page = explanation(code);
    let what = page.and_then(|p| p.what()).unwrap_or(info.title);
    let mut help = Vec::new();
    for (lead, part) in [
        ("Why", page.and_then(|p| p.why())),
        ("How to mend", page.and_then(|p| p.mend())),
        ("Source", page.and_then(|p| p.source())),
    ] {
        help.extend(part.map(|words| format!("{lead}: {words}")));
    }
    help.push(format!("More: everyleaf explain {code}"));
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": info.title },
        "fullDescription": { "text": what },
        "help": { "text": help.join("\n") },
        "defaultConfiguration": { "level": level(info.severity) },
    })
}

fn result(d: &Diagnostic, sources: &Sources, rules: &BTreeMap<Code, usize>, allowed: Option<&Allowed>) -> Value {
    let help = d.help.as_ref().map(|help| format!("\nHelp: {help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": d.code.as_str(),
        "ruleIndex": rules.get(&d.code),
        "level": level(d.severity),
        "message": { "text": format!("{}{help}", d.message) },
    });
    let location = match (d.span, &d.path) {
        (Some(span), _) => {
            let source = sources.get(span.file);
            let (start, end) = (source.place(span.start), source.place(span.end));
            let region = json!({
                "startLine": start.line,
                "startColumn": utf16(source, start),
                "endLine": end.line,
                "endColumn": utf16(source, end),
            });
            Some((source.path().to_string_lossy().replace('\\', "/"), Some(region)))
        }
        (None, Some(path)) if !path.contains(' ') => Some((path.clone(), None)),
        // a name such as "page warm" is no file's
        _ => None,
    };
    if let Some((path, region)) = location {
        let mut place = json!({ "artifactLocation": { "uri": uri(&path) } });
        if let Some(region) = region {
            place["region"] = region;
        }
        result["locations"] = json!([{ "physicalLocation": place }]);
    }
    if let Some(Allowed { allowance, .. }) = allowed {
        let words = format!("{} ({}, until {})", allowance.reason, allowance.name, allowance.expires);
        result["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": words }]);
    }
    result
}

/// A column counted in UTF-16 units, from 1.
fn utf16(source: &Source, place: Place) -> usize {
    source.line(place.line).chars().take(place.column - 1).map(char::len_utf16).sum::<usize>() + 1
}

/// A path as a reference: what may not stand in an address is escaped.
fn uri(path: &str) -> String {
    const KEEP: percent_encoding::AsciiSet =
        percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');
    let encoded = percent_encoding::utf8_percent_encode(path, &KEEP).to_string();
    if path.starts_with('/') { format!("file://{encoded}") } else { encoded }
}
