//! Headings form a whole outline: none empty, none skipped (PDF/UA-1 7.4.2; WCAG 1.3.1).

use super::{Seen, visit};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::{Kind, plain};

pub(super) fn check(context: &Seen<'_>, sink: &mut Sink) {
    let mut last = 1;
    let step = context.thresholds.get("heading-step").map_or(1, |step| step.clamp(0.0, 9.0) as u8);
    visit(&context.document.blocks, &mut |block| {
        let Kind::Heading { level, text, .. } = &block.kind else { return };
        if plain(text).trim().is_empty() {
            sink.push(
                Diagnostic::new(Code::HEADING_EMPTY, "this heading has no words")
                    .at(block.span)
                    .help("write the heading after the # signs, or delete the line"),
            );
        }
        match *level {
            1 => sink.push(
                Diagnostic::new(Code::HEADING_LEVEL, "a page has only one title, and it stands in the front matter")
                    .at(block.span)
                    .help("begin this heading with ## instead of #"),
            ),
            2..=4 => {
                let before =
                    if last == 1 { "it is the first".to_string() } else { format!("the one before it has {last}") };
                if *level > last + step {
                    sink.push(
                        Diagnostic::new(
                            Code::HEADING_SKIPPED,
                            format!("this heading has {level} # signs, but {before}"),
                        )
                        .at(block.span)
                        .help(format!("begin it with {}", "#".repeat(usize::from(last) + 1))),
                    );
                }
            }
            _ => sink.push(
                Diagnostic::new(Code::HEADING_LEVEL, "headings go down to the fourth level")
                    .at(block.span)
                    .help("use ##, ### or ####, or make it a paragraph in **bold**"),
            ),
        }
        last = (*level).clamp(1, 4);
    });
}
