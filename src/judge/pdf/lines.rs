//! The tagged text of the pages as lines: runs of one block that stand on one base line.

use crate::inspect::pdf::{Node, PdfFacts};

/// One line of a block.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// From 1.
    pub page: usize,
    /// The block that it belongs to, as a place among the nodes.
    pub block: usize,
    /// Its base line.
    pub y: f64,
    /// Where it begins and ends.
    pub left: f64,
    pub right: f64,
    /// The size of most of its letters.
    pub size: f64,
    pub text: String,
    /// The most that a space in it was stretched, in parts of the size.
    pub stretched: f64,
}

/// Elements that stand in a line, not on lines of their own.
fn is_inline(node: &Node) -> bool {
    matches!(
        node.tag.as_str(),
        "Span" | "Link" | "Reference" | "Quote" | "Code" | "Annot" | "BibEntry" | "Em" | "Strong" | "Sub" | "NonStruct"
    )
}

/// The nearest element above that has lines of its own.
pub(super) fn block_of(nodes: &[Node], mut index: usize) -> usize {
    while let Some(node) = nodes.get(index) {
        match node.parent {
            Some(parent) if is_inline(node) => index = parent,
            _ => break,
        }
    }
    index
}

pub(super) fn lines(facts: &PdfFacts) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for (index, page) in facts.pages.iter().enumerate() {
        for run in page.runs.iter().filter(|run| !run.artifact) {
            let Some(node) = run.node else { continue };
            let block = block_of(&facts.nodes, node);
            let (left, right) = run.reach;
            let y = run.start.1;
            let last = out.last_mut().filter(|line| {
                let near = (line.y - y).abs() < 0.5 * line.size.max(run.size);
                line.page == index + 1 && line.block == block && near
            });
            match last {
                Some(line) => {
                    line.left = line.left.min(left);
                    line.right = line.right.max(right);
                    // A raised number must not stand for its line.
                    if run.size > line.size {
                        (line.size, line.y) = (run.size, y);
                    }
                    line.text.push_str(&run.text);
                    line.stretched = line.stretched.max(run.stretched);
                }
                None => out.push(Line {
                    page: index + 1,
                    block,
                    y,
                    left,
                    right,
                    size: run.size,
                    text: run.text.clone(),
                    stretched: run.stretched,
                }),
            }
        }
    }
    out
}
