//! Colours and their contrast.

/// The contrast of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2, "contrast ratio"); 1 if one is no colour.
pub fn contrast(one: &str, other: &str) -> f64 {
    let (Some(a), Some(b)) = (luminance(one), luminance(other)) else { return 1.0 };
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The contrast of two sRGB colours, each part from 0 to 1.
pub fn contrast_of(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (a, b) = (luminance_of(one), luminance_of(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance (WCAG 2.2), 0 to 1.
fn luminance(rgb: &str) -> Option<f64> {
    let digits = rgb.strip_prefix('#').filter(|d| d.len() == 6)?;
    let part = |i: usize| Some(f64::from(u8::from_str_radix(digits.get(i..i + 2)?, 16).ok()?) / 255.0);
    Some(luminance_of([part(0)?, part(2)?, part(4)?]))
}

fn luminance_of(rgb: [f64; 3]) -> f64 {
    let part = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    let [red, green, blue] = rgb.map(part);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// How much light each full ink leaves on coated paper, against the bare paper: the square roots of the luminances
/// that give the contrasts measured on FOGRA39 (C100 3.4, M100 4.3, K100 14.2 to 1; yellow hardly darkens).
const INKS: [f64; 4] = [0.5087, 0.4407, 0.92, 0.1547];

/// The contrast of two colours printed in cyan, magenta, yellow and black (0 to 100 each), 1 to 21.
///
/// Dots spread and light scatters, so the square roots of luminance mix by area (Yule and Nielsen, n = 2). With that,
/// K80 and K70 come out as measured (6.7 and 4.8 to 1).
pub fn contrast_in_ink(one: &[f64; 4], other: &[f64; 4]) -> f64 {
    let (a, b) = (luminance_in_ink(one), luminance_in_ink(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance_in_ink(cmyk: &[f64; 4]) -> f64 {
    let root: f64 =
        cmyk.iter().zip(INKS).map(|(part, ink)| 1.0 - part.clamp(0.0, 100.0) / 100.0 * (1.0 - ink)).product();
    root * root
}

#[cfg(test)]
mod tests {
    #[test]
    fn known_ratios() {
        assert!((super::contrast("#000000", "#FFFFFF") - 21.0).abs() < 0.01);
        assert!((super::contrast("#004D58", "#FFFFFF") - 9.5).abs() < 0.1);
        let paper = [0.0; 4];
        for (ink, measured) in [
            ([0.0, 0.0, 0.0, 100.0], 14.2),
            ([0.0, 0.0, 0.0, 80.0], 6.7),
            ([0.0, 0.0, 0.0, 70.0], 4.8),
            ([100.0, 0.0, 0.0, 0.0], 3.4),
            ([0.0, 100.0, 0.0, 0.0], 4.3),
        ] {
            let ratio = super::contrast_in_ink(&ink, &paper);
            assert!((ratio - measured).abs() < 0.1, "{ink:?}: {ratio} for {measured}");
        }
        assert!((super::contrast("#zz", "#FFFFFF") - 1.0).abs() < 0.01);
    }
}
