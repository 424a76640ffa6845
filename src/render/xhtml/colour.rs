//! The brand's colours as a screen shows them: always readable, in the light and in the dark.

use crate::furniture::Colours;

/// The contrast that text must reach: WCAG 2.2, success criterion 1.4.6 (AAA).
const ENOUGH: f64 = 7.0;

type Rgb = [f64; 3];

/// Names of style-sheet values and what they stand for, in a fixed order.
pub type Values = Vec<(&'static str, String)>;

/// The colours of a light page.
///
/// The brand's own wherever they can be read; one that cannot is darkened until it can.
pub fn light(brand: &Colours) -> Values {
    let [paper, mist, sand] = [&brand.paper, &brand.mist, &brand.sand].map(|c| parse(&c.rgb, WHITE));
    let ink = readable(parse(&brand.ink.rgb, BLACK), &[paper, mist, sand]);
    let main = readable(parse(&brand.main.rgb, BLACK), &[paper, mist, sand]);
    let accent = readable(parse(&brand.accent.rgb, BLACK), &[paper, mist, sand]);
    values(&Scheme { paper, ink, main, accent, mist, sand, band: main, strip: accent })
}

/// The colours of a dark page, made from the same brand.
pub fn dark(brand: &Colours) -> Values {
    let (main, accent) = (parse(&brand.main.rgb, BLACK), parse(&brand.accent.rgb, BLACK));
    let paper = mix(BLACK, main, 0.10).map(|c| c + 0.045);
    let mist = mix(BLACK, main, 0.28).map(|c| c + 0.06);
    let sand = mix(BLACK, accent, 0.26).map(|c| c + 0.06);
    let grounds = [paper, mist, sand];
    values(&Scheme {
        paper,
        ink: readable([0.94, 0.94, 0.93], &grounds),
        main: readable(main, &grounds),
        accent: readable(accent, &grounds),
        mist,
        sand,
        band: readable_under(main),
        strip: readable_under(accent),
    })
}

struct Scheme {
    paper: Rgb,
    ink: Rgb,
    main: Rgb,
    accent: Rgb,
    mist: Rgb,
    sand: Rgb,
    /// Behind white words: the wordmark and table headers.
    band: Rgb,
    /// Behind white words: the helpline.
    strip: Rgb,
}

fn values(s: &Scheme) -> Values {
    vec![
        ("paper", hex(s.paper)),
        ("ink", hex(s.ink)),
        ("main", hex(s.main)),
        ("accent", hex(s.accent)),
        ("mist", hex(s.mist)),
        ("sand", hex(s.sand)),
        ("band", hex(s.band)),
        ("strip", hex(s.strip)),
    ]
}

const BLACK: Rgb = [0.0, 0.0, 0.0];
const WHITE: Rgb = [1.0, 1.0, 1.0];

/// Reads `#RRGGBB`; anything else is `fallback`, since brands are checked where they are read.
fn parse(text: &str, fallback: Rgb) -> Rgb {
    let digits = text.strip_prefix('#').unwrap_or(text);
    match u32::from_str_radix(digits, 16) {
        Ok(n) if digits.len() == 6 => [16, 8, 0].map(|shift| f64::from((n >> shift) & 0xFF) / 255.0),
        _ => fallback,
    }
}

fn hex(c: Rgb) -> String {
    let [r, g, b] = c.map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8);
    format!("#{r:02X}{g:02X}{b:02X}")
}

fn mix(from: Rgb, to: Rgb, part: f64) -> Rgb {
    let [a, b, c] = from;
    let [x, y, z] = to;
    [a + (x - a) * part, b + (y - b) * part, c + (z - c) * part]
}

/// A step from a colour toward black or white that keeps its hue lively: the way there leads over the brightest colour
/// of that hue, softened by a third.
fn toward(colour: Rgb, end: Rgb, part: f64) -> Rgb {
    let top = colour.iter().copied().fold(0.0, f64::max);
    if end != WHITE || top <= 0.0 {
        return mix(colour, end, part);
    }
    let lively = mix(colour.map(|c| c / top), WHITE, 1.0 / 3.0);
    if part <= 0.5 { mix(colour, lively, part * 2.0) } else { mix(lively, WHITE, part * 2.0 - 1.0) }
}

/// Relative luminance, WCAG 2.2.
fn luminance(c: Rgb) -> f64 {
    let [r, g, b] = c.map(|v| {
        let v = v.clamp(0.0, 1.0);
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Contrast ratio, 1 to 21, WCAG 2.2.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    if a > b { a / b } else { b / a }
}

/// The colour itself, or the nearest to it that can be read on all the grounds: darker where they are light,
/// lighter where they are dark.
fn readable(colour: Rgb, grounds: &[Rgb]) -> Rgb {
    let bright = grounds.iter().map(|g| luminance(*g)).sum::<f64>() > 0.18 * grounds.len() as f64;
    let end = if bright { BLACK } else { WHITE };
    // Rounded as it will be written, so that the promise holds for the bytes.
    let written = |c: Rgb| parse(&hex(c), c);
    (0..=50)
        .map(|step| written(toward(colour, end, f64::from(step) / 50.0)))
        .find(|c| grounds.iter().all(|g| contrast(*c, written(*g)) >= ENOUGH))
        .unwrap_or(end)
}

/// The colour itself, or the nearest darker one on which white can be read.
fn readable_under(colour: Rgb) -> Rgb {
    readable(colour, &[WHITE])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::furniture::Colour;

    fn colours(main: &str, accent: &str) -> Colours {
        let colour = |rgb: &str| Colour { rgb: rgb.into(), cmyk: [0.0; 4], spot: None };
        Colours {
            main: colour(main),
            accent: colour(accent),
            ink: colour("#1F1F1D"),
            mist: colour("#E6F3F5"),
            sand: colour("#FFF3E1"),
            paper: colour("#FFFFFF"),
        }
    }

    #[test]
    fn a_readable_brand_is_left_alone() {
        let light = light(&colours("#004D58", "#8D2F13"));
        assert!(light.contains(&("main", "#004D58".to_owned())));
        assert!(light.contains(&("accent", "#8D2F13".to_owned())));
    }

    #[test]
    fn every_brand_can_be_read_in_the_light_and_in_the_dark() {
        for (main, accent) in [("#004D58", "#8D2F13"), ("#FFCC00", "#00FF00"), ("#000000", "#FFFFFF"), ("#777777", "x")]
        {
            for values in [light(&colours(main, accent)), dark(&colours(main, accent))] {
                let get = |name: &str| {
                    let value = values.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()).unwrap();
                    parse(&value, [0.5; 3])
                };
                for ground in ["paper", "mist", "sand"] {
                    for text in ["ink", "main", "accent"] {
                        let ratio = contrast(get(text), get(ground));
                        assert!(ratio >= ENOUGH, "{main} {accent}: {text} on {ground}: {ratio:.2} {values:?}");
                    }
                }
                for ground in ["band", "strip"] {
                    assert!(contrast(WHITE, get(ground)) >= ENOUGH, "{main} {accent}: white on {ground}");
                }
            }
        }
    }
}
