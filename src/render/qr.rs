//! QR codes as rows of modules, drawn by the templates.

use qrcode::{Color, EcLevel, QrCode};

/// The code's rows, `1` for dark; without the quiet zone of four modules
/// (ISO/IEC 18004), which belongs to whoever draws it. Error correction level
/// M, the smallest version that fits; none if the address is too long for any.
pub fn rows(address: &str) -> Option<Vec<String>> {
    let code = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::M).ok()?;
    let width = code.width();
    let modules = code.to_colors();
    let row = |row: &[Color]| row.iter().map(|m| if *m == Color::Dark { '1' } else { '0' }).collect();
    Some(modules.chunks(width).map(row).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_square() {
        let rows = super::rows("https://example.org/a").unwrap_or_default();
        assert!(rows.len() >= 21 && rows.iter().all(|row| row.len() == rows.len()));
        assert!(super::rows(&"x".repeat(5000)).is_none());
    }
}
