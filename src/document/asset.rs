//! Pictures: what they are, by their bytes.

/// What a picture's bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) media_type: &'static str,
    pub(crate) extension: &'static str,
    /// Pixels; for SVG its user units.
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Reads a picture's kind and size from its bytes, and decodes it to be sure that it is whole.
pub(crate) fn facts(bytes: &[u8]) -> Result<Facts, String> {
    if looks_like_svg(bytes) {
        return svg(bytes);
    }
    let format = image::guess_format(bytes).map_err(|_| "it is no PNG, JPEG, GIF, WebP or SVG file".to_string())?;
    let (media_type, extension) = match format {
        image::ImageFormat::Png => ("image/png", "png"),
        image::ImageFormat::Jpeg => ("image/jpeg", "jpg"),
        image::ImageFormat::Gif => ("image/gif", "gif"),
        image::ImageFormat::WebP => ("image/webp", "webp"),
        _ => return Err("it is no PNG, JPEG, GIF, WebP or SVG file".into()),
    };
    let mut reader = image::ImageReader::with_format(std::io::Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(20_000);
    limits.max_image_height = Some(20_000);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| format!("it cannot be read: {error}"))?;
    Ok(Facts { media_type, extension, width: picture.width(), height: picture.height() })
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..1024.min(bytes.len())).unwrap_or(bytes)).to_string();
    head.contains("<svg")
}

fn svg(bytes: &[u8]) -> Result<Facts, String> {
    let tree =
        usvg::Tree::from_data(bytes, &usvg::Options::default()).map_err(|e| format!("it cannot be read: {e}"))?;
    let size = tree.size();
    let whole = |n: f32| n.ceil().clamp(1.0, 100_000.0) as u32;
    Ok(Facts {
        media_type: "image/svg+xml",
        extension: "svg",
        width: whole(size.width()),
        height: whole(size.height()),
    })
}
