//! The pictures on set pages, with the size at which they are printed.

use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Transform};
use typst::visualize::ImageKind;
use typst_layout::PagedDocument;

/// A picture made of dots, as it stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed<'a> {
    /// The page, from 1.
    pub page: usize,
    /// Its width on paper in points, what is cut off included.
    pub width: f64,
    /// Its height on paper in points.
    pub height: f64,
    /// How many dots it is wide.
    pub dots_wide: u32,
    /// How many dots it is high.
    pub dots_high: u32,
    /// Its file's bytes.
    pub bytes: &'a [u8],
}

pub(super) fn find(document: &PagedDocument) -> Vec<Printed<'_>> {
    let mut found = Vec::new();
    for (index, page) in document.pages().iter().enumerate() {
        walk(&page.frame, Transform::identity(), index + 1, &mut found);
    }
    found
}

fn walk<'a>(frame: &'a Frame, outer: Transform, page: usize, found: &mut Vec<Printed<'a>>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, outer.pre_concat(group.transform), page, found),
            FrameItem::Image(image, size, _) => {
                let ImageKind::Raster(raster) = image.kind() else { continue };
                // along the picture's own sides, however it is turned
                let wide = outer.sx.get().hypot(outer.ky.get());
                let high = outer.kx.get().hypot(outer.sy.get());
                found.push(Printed {
                    page,
                    width: size.x.to_pt() * wide,
                    height: size.y.to_pt() * high,
                    dots_wide: raster.width(),
                    dots_high: raster.height(),
                    bytes: raster.data().as_slice(),
                });
            }
            FrameItem::Tag(Tag::Start(..) | Tag::End(..))
            | FrameItem::Text(_)
            | FrameItem::Shape(..)
            | FrameItem::Link(..) => {}
        }
    }
}
