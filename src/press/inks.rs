//! Colours of a screen as inks on paper.
//!
//! The brand's own colours keep the inks that the brand gives them. Grey is black ink alone, so that a drawing's lines
//! and words print on one plate. All else goes through the printing condition's profile, perceptually, and is kept
//! within the ink that paper bears.

use std::collections::BTreeMap;
use std::sync::Arc;

use moxcms::{ColorProfile, Layout, RenderingIntent, Transform8BitExecutor, TransformOptions};

use super::Fault;
use super::profile::PROFILE;
use crate::furniture::Colours;

/// The most ink on one spot, all four together, in parts of 255: 300 % (standard 54).
const MOST: u32 = 765;

/// Turns colours into inks.
pub struct Inks {
    transform: Arc<Transform8BitExecutor>,
    brand: BTreeMap<[u8; 3], [u8; 4]>,
}

impl Inks {
    /// For a brand's palette.
    pub fn new(colours: &Colours) -> Result<Self, Fault> {
        let all = [&colours.main, &colours.accent, &colours.ink, &colours.mist, &colours.sand, &colours.paper];
        let brand = all.into_iter().filter_map(|colour| {
            let part = |at: usize| u8::from_str_radix(colour.rgb.get(at..at + 2)?, 16).ok();
            Some(([part(1)?, part(3)?, part(5)?], colour.cmyk.map(|ink| (ink * 2.55).round().clamp(0.0, 255.0) as u8)))
        });
        Ok(Self { transform: transform(&ColorProfile::new_srgb())?, brand: brand.collect() })
    }

    /// A colour `#RRGGBB` in the four inks, 0 to 100 each; none if it is no colour.
    pub fn of_colour(&self, rgb: &str) -> Option<[f64; 4]> {
        let part = |at: usize| u8::from_str_radix(rgb.get(at..at + 2)?, 16).ok();
        Some(self.flat([part(1)?, part(3)?, part(5)?]).map(|ink| f64::from(ink) / 2.55))
    }

    /// A drawing's colour, each part from 0 to 1.
    pub(super) fn of_rgb(&self, rgb: [f32; 3]) -> [f32; 4] {
        let rgb = rgb.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8);
        self.flat(rgb).map(|ink| f32::from(ink) / 255.0)
    }

    /// A drawing's grey, from 0 to 1: black ink alone.
    pub(super) fn of_grey(grey: f32) -> [f32; 4] {
        [0.0, 0.0, 0.0, 1.0 - grey.clamp(0.0, 1.0)]
    }

    fn flat(&self, rgb: [u8; 3]) -> [u8; 4] {
        if let Some(inks) = self.brand.get(&rgb) {
            return *inks;
        }
        let [red, green, blue] = rgb;
        if red == green && green == blue {
            return [0, 0, 0, 255 - red];
        }
        let mut inks = [0; 4];
        // one colour fits any transform
        let _ = self.transform.transform(&rgb, &mut inks);
        limited(inks)
    }

    /// A picture's dots, three bytes each, as four bytes each. `profile`: the picture's own, else sRGB. In a picture
    /// that was packed without loss, the brand's colours are the brand's.
    pub(super) fn of_picture(&self, dots: &[u8], profile: Option<&[u8]>, exact: bool) -> Result<Vec<u8>, Fault> {
        let own = profile.and_then(|bytes| ColorProfile::new_from_slice(bytes).ok());
        let own = own.and_then(|profile| transform(&profile).ok());
        let mut inks = vec![0; dots.len() / 3 * 4];
        let dots = dots.get(..dots.len() / 3 * 3).unwrap_or(dots);
        let done = own.as_ref().unwrap_or(&self.transform).transform(dots, &mut inks);
        done.map_err(|error| Fault(format!("a picture's colours cannot be turned into inks: {error}")))?;
        for (inks, dot) in inks.chunks_exact_mut(4).zip(dots.chunks_exact(3)) {
            let (Ok(place), Ok(dot)) = (<&mut [u8; 4]>::try_from(inks), <[u8; 3]>::try_from(dot)) else { continue };
            *place = match self.brand.get(&dot).filter(|_| exact) {
                Some(brand) => *brand,
                None => limited(*place),
            };
        }
        Ok(inks)
    }
}

fn transform(from: &ColorProfile) -> Result<Arc<Transform8BitExecutor>, Fault> {
    let fault = |error: moxcms::CmsError| Fault(format!("the printing condition's profile cannot be used: {error}"));
    let to = ColorProfile::new_from_slice(PROFILE).map_err(fault)?;
    let options = TransformOptions { rendering_intent: RenderingIntent::Perceptual, ..TransformOptions::default() };
    from.create_transform_8bit(Layout::Rgb, &to, Layout::Rgba, options).map_err(fault)
}

/// Takes colour away where the inks are more than paper bears; black, which carries the drawing, stays.
fn limited(inks: [u8; 4]) -> [u8; 4] {
    let [cyan, magenta, yellow, black] = inks.map(u32::from);
    let colour = cyan + magenta + yellow;
    if colour + black <= MOST {
        return inks;
    }
    let room = MOST - black;
    let less = |ink: u32| u8::try_from(ink * room / colour).unwrap_or(u8::MAX);
    [less(cyan), less(magenta), less(yellow), inks[3]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::furniture::Colour;

    fn inks() -> Inks {
        let colour = |rgb: &str, cmyk| Colour { rgb: rgb.into(), cmyk, spot: None };
        let paper = colour("#FFFFFF", [0.0; 4]);
        Inks::new(&Colours {
            main: colour("#004D58", [100.0, 40.0, 45.0, 45.0]),
            accent: colour("#8D2F13", [10.0, 88.0, 95.0, 45.0]),
            ink: colour("#1F1F1D", [0.0, 0.0, 0.0, 100.0]),
            mist: colour("#E6F3F5", [12.0, 0.0, 5.0, 0.0]),
            sand: paper.clone(),
            paper,
        })
        .unwrap()
    }

    fn percent(inks: [f32; 4]) -> [i32; 4] {
        inks.map(|ink| (ink * 100.0).round() as i32)
    }

    #[test]
    fn the_brands_colours_stay_its_own_and_grey_is_black_ink() {
        let inks = inks();
        assert_eq!(percent(inks.of_rgb([0.0, 77.0 / 255.0, 88.0 / 255.0])), [100, 40, 45, 45]);
        assert_eq!(percent(inks.of_rgb([0.0; 3])), [0, 0, 0, 100]);
        assert_eq!(percent(inks.of_rgb([0.6; 3])), [0, 0, 0, 40]);
        assert_eq!(percent(Inks::of_grey(0.25)), [0, 0, 0, 75]);
    }

    #[test]
    fn other_colours_go_through_the_profile() {
        // red and blue of a screen on coated paper: nearly full magenta and yellow, nearly full cyan and magenta
        let [c, m, y, k] = percent(inks().of_rgb([1.0, 0.0, 0.0]));
        assert!(c < 5 && m > 85 && y > 85 && k < 5, "{c} {m} {y} {k}");
        let [c, m, y, k] = percent(inks().of_rgb([0.0, 0.0, 1.0]));
        assert!(c > 85 && m > 75 && y < 10 && k < 10, "{c} {m} {y} {k}");
    }

    #[test]
    fn no_spot_bears_more_than_three_inks() {
        let mut dots = Vec::new();
        for red in (0..=255).step_by(17) {
            for green in (0..=255).step_by(17) {
                for blue in (0..=255).step_by(17) {
                    dots.extend([red as u8, green as u8, blue as u8]);
                }
            }
        }
        let done = inks().of_picture(&dots, None, false).unwrap();
        let most = done.chunks(4).map(|inks| inks.iter().map(|ink| u32::from(*ink)).sum::<u32>()).max();
        assert!(most.unwrap() <= MOST, "{most:?}");
        assert_eq!(limited([255, 255, 255, 255]), [170, 170, 170, 255]);
    }

    #[test]
    fn a_flat_brand_colour_in_a_picture_meets_the_band_beside_it() {
        let dots = [0xE6, 0xF3, 0xF5, 0xE6, 0xF3, 0xF4];
        let done = inks().of_picture(&dots, None, true).unwrap();
        assert_eq!(done.get(..4), Some(&[31, 0, 13, 0][..]));
        assert_ne!(done.get(4..), Some(&[31, 0, 13, 0][..]));
    }
}
