//! X011: colours that are none of the brand's, nor tints of one.

use super::limits::{Limits, Palette};
use super::place::{at, kept};
use super::report::Finding;
use crate::inspect::pdf::ink::{Ink, InkFacts, Kind};

/// How far each ink may be off, in percent: eight bits and rounding.
const SLACK: f64 = 1.0;

pub(super) fn applies(limits: &Limits) -> Result<(), &'static str> {
    if limits.palette.is_some() { Ok(()) } else { Err("no brand is known") }
}

pub(super) fn look(facts: &InkFacts, limits: &Limits, out: &mut Vec<Finding>) {
    let Some(palette) = &limits.palette else { return };
    for (number, page, mark) in kept(&facts.pages) {
        if matches!(mark.kind, Kind::Picture { line_art: false, .. }) {
            continue;
        }
        let stranger = match &mark.ink {
            Ink::Cmyk(parts) if !is_known(parts, palette) => {
                let [c, m, y, k] = parts;
                format!("{c:.0}, {m:.0}, {y:.0}, {k:.0}")
            }
            Ink::Spot { names, .. } => match names.iter().find(|name| !named(name, palette)) {
                Some(name) => name.clone(),
                None => continue,
            },
            _ => continue,
        };
        out.push(at(number, page, mark.area, format!("the colour {stranger} is none of the brand’s")));
    }
}

fn named(name: &str, palette: &Palette) -> bool {
    name == "Black" || name == "None" || palette.spots.iter().any(|spot| spot == name)
}

/// White, a tint of black, or a tint of one of the brand's colours.
fn is_known(parts: &[f64; 4], palette: &Palette) -> bool {
    let black = [0.0, 0.0, 0.0, 100.0];
    palette.process.iter().chain([&black]).any(|colour| is_tint(parts, colour))
}

fn is_tint(parts: &[f64; 4], colour: &[f64; 4]) -> bool {
    // The strongest ink tells how light the tint is; the others must agree.
    let strongest = (0..4).max_by(|a, b| value(colour, *a).total_cmp(&value(colour, *b))).unwrap_or(0);
    let whole = value(colour, strongest);
    let share = if whole > 0.0 { (value(parts, strongest) / whole).clamp(0.0, 1.0) } else { 0.0 };
    (0..4).all(|ink| (value(parts, ink) - share * value(colour, ink)).abs() <= SLACK)
}

fn value(parts: &[f64; 4], ink: usize) -> f64 {
    parts.get(ink).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tints_are_known_and_mixtures_are_not() {
        let palette = Palette { process: vec![[100.0, 40.0, 45.0, 45.0]], spots: vec!["PANTONE 3155 C".into()] };
        for known in [
            [0.0; 4],
            [100.0, 40.0, 45.0, 45.0],
            [50.0, 20.0, 22.5, 22.5],
            [10.2, 4.0, 4.3, 4.7],
            [0.0, 0.0, 0.0, 35.0],
        ] {
            assert!(is_known(&known, &palette), "{known:?}");
        }
        for stranger in
            [[100.0, 0.0, 0.0, 0.0], [50.0, 40.0, 45.0, 45.0], [0.0, 0.0, 20.0, 0.0], [10.0, 0.0, 0.0, 100.0]]
        {
            assert!(!is_known(&stranger, &palette), "{stranger:?}");
        }
        assert!(named("PANTONE 3155 C", &palette) && !named("PANTONE 3155 U", &palette));
    }
}
