//! Colours and their contrast.

/// The contrast of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2, "contrast ratio"); 1 if one is no colour.
pub fn contrast(one: &str, other: &str) -> f64 {
    let (Some(a), Some(b)) = (luminance(one), luminance(other)) else { return 1.0 };
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance (WCAG 2.2), 0 to 1.
fn luminance(rgb: &str) -> Option<f64> {
    let digits = rgb.strip_prefix('#').filter(|d| d.len() == 6)?;
    let part = |i: usize| {
        let value = u8::from_str_radix(digits.get(i..i + 2)?, 16).ok()?;
        let c = f64::from(value) / 255.0;
        Some(if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn known_ratios() {
        assert!((super::contrast("#000000", "#FFFFFF") - 21.0).abs() < 0.01);
        assert!((super::contrast("#004D58", "#FFFFFF") - 9.5).abs() < 0.1);
        assert!((super::contrast("#zz", "#FFFFFF") - 1.0).abs() < 0.01);
    }
}
