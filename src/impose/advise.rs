//! How to print and fold, in words for people in an office.

use super::plan::{Options, Plan};
use super::scheme::Scheme;
use crate::paper::{Binding, Blanks, Flip};

/// What the sheets hold: "12 pages on 3 sheets of A4: a booklet, folded in the middle and stapled".
pub fn summary(plan: &Plan, options: &Options, pages: usize) -> String {
    let sheets = plan.sheets.len();
    format!(
        "{} on {} of {}: {}",
        counted(pages, "page", "pages"),
        counted(sheets, "sheet", "sheets"),
        options.sheet.name().to_uppercase(),
        options.scheme.about()
    )
}

/// The steps, one sentence each.
pub fn steps(plan: &Plan, options: &Options) -> Vec<String> {
    let flip = match plan.flip {
        Flip::Long => "long",
        Flip::Short => "short",
    };
    let mut steps =
        vec![format!("Print on both sides, flip on the {flip} edge, at actual size (100 %), never “fit to page”.")];
    if options.marks || options.bleed > 0.0 {
        let when = if matches!(options.scheme, Scheme::Saddle | Scheme::Trifold) { " after folding" } else { "" };
        steps.push(format!("Cut{when}, along the crop marks at the corners."));
    }
    steps.extend(blanks(plan, options));
    match options.scheme {
        Scheme::Saddle => saddle(plan, options, &mut steps),
        Scheme::Trifold => {
            let flap = if options.binding == Binding::Left { "left" } else { "right" };
            steps.push(format!(
                "Look at the side with the front panel. The narrow panel at the {flap} is the flap: fold it in behind, \
                 then fold the front over it."
            ));
        }
        Scheme::Duplex => steps.push("The sheets come out in order.".into()),
        Scheme::TwoUp | Scheme::FourUp => {
            steps.push(
                "Keep the sheets in a pile, cut it, and put the piles on each other: top left first, then the others \
                 from left to right."
                    .into(),
            );
        }
        Scheme::Repeat => steps.push("Cut the sheets: every piece is a whole leaf.".into()),
    }
    steps
}

fn saddle(plan: &Plan, options: &Options, steps: &mut Vec<String>) {
    if plan.signatures > 1 {
        let most = options.signature / 4 * 4;
        steps.push(format!(
            "There are more than {most} pages, so the booklet has {} parts; the drawing of the fold order shows which \
             sheets belong together.",
            plan.signatures
        ));
        steps.push(
            "Fold each part in the middle, put the parts on each other, and sew or glue them at the back.".into(),
        );
    } else {
        steps.push("Fold the whole pile in the middle, and staple it twice in the fold.".into());
    }
    if options.binding == Binding::Right {
        steps.push("The booklet opens from the left, for a script that is read from right to left.".into());
    }
    let most = plan.sides().flat_map(|side| &side.cells).map(|cell| cell.creep).fold(0.0, f64::max);
    if most >= 0.05 {
        steps.push(format!(
            "The innermost pages stand {most:.1} mm nearer the fold, so that margins stay even when cut."
        ));
    }
}

fn blanks(plan: &Plan, options: &Options) -> Option<String> {
    let place = match (options.scheme, options.blanks) {
        (Scheme::Saddle, Blanks::BeforeLast) => "before the last page",
        _ => "at the end",
    };
    (plan.blanks > 0).then(|| format!("{} added {place}.", counted(plan.blanks, "blank page is", "blank pages are")))
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
