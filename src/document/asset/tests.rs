//! Hostile pictures are answered with a reason, harmless ones are taken.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::{Delay, Frame, ImageFormat, RgbImage, RgbaImage};

use super::{Facts, Refused, facts};

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::new(40, 30).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn gif(frames: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for _ in 0..frames {
        let frame = Frame::from_parts(RgbaImage::new(4, 4), 0, 0, Delay::from_numer_denom_ms(100, 1));
        encoder.encode_frame(frame).unwrap();
    }
    drop(encoder);
    bytes
}

/// A PNG of one chunk more or of other size than a real one has.
fn png(width: u32, height: u32, before_data: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let real = encoded(ImageFormat::Png);
    let mut bytes = real[..8].to_vec();
    let mut chunk = |name: &[u8; 4], data: &[u8]| {
        bytes.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [&name[..], data].concat();
        bytes.extend_from_slice(&body);
        bytes.extend_from_slice(&crc(&body).to_be_bytes());
    };
    let mut header = real[16..29].to_vec();
    header[..4].copy_from_slice(&width.to_be_bytes());
    header[4..8].copy_from_slice(&height.to_be_bytes());
    chunk(b"IHDR", &header);
    before_data.iter().for_each(|(name, data)| chunk(name, data));
    bytes.extend_from_slice(&real[33..]);
    bytes
}

/// The check sum of PNG (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

fn svg(inside: &str) -> Vec<u8> {
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="10">{inside}</svg>"##
    )
    .into_bytes()
}

#[track_caller]
fn unfit(bytes: &[u8], words: &str) {
    match facts(bytes) {
        Err(Refused::Unfit(why, help)) => {
            assert!(why.contains(words), "{why}");
            assert!(!help.is_empty());
        }
        other => panic!("{words}: {other:?}"),
    }
}

#[test]
fn still_pictures_of_every_kind_are_taken() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let found = facts(&encoded(format)).unwrap();
        assert_eq!((found.width, found.height), (40, 30), "{format:?}");
    }
    assert_eq!(facts(&png(40, 30, &[])).unwrap().width, 40);
    assert!(facts(&gif(1)).is_ok());
}

#[test]
fn a_picture_cut_short_is_broken_at_any_length() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let whole = encoded(format);
        for end in [0, 1, 8, 20, whole.len() / 2] {
            assert!(matches!(facts(&whole[..end]), Err(Refused::Broken(_))), "{format:?}, {end}");
        }
    }
}

#[test]
fn a_huge_picture_is_refused_before_it_is_unpacked() {
    unfit(&png(60_000, 60_000, &[]), "60000 × 60000 pixels");
    unfit(&vec![0; super::LARGEST + 1], "50 MB");
}

#[test]
fn pictures_that_move_are_refused() {
    unfit(&gif(2), "it moves");
    let control = [0, 0, 0, 2, 0, 0, 0, 0];
    unfit(&png(40, 30, &[(b"acTL", &control)]), "it moves");
    unfit(&svg("<animate attributeName='x'/>"), "it moves");
}

#[test]
fn the_colours_of_print_are_refused() {
    // a JPEG's start, a comment, and a frame header of four components
    let bytes = [
        &[0xff, 0xd8, 0xff, 0xfe, 0, 4, b'h', b'i', 0xff, 0xc0, 0, 20, 8, 0, 8, 0, 8, 4][..],
        &[1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0, 0xff, 0xd9],
    ]
    .concat();
    assert_eq!(super::photo::components(&bytes), Some(4));
    assert_eq!(super::photo::components(&encoded(ImageFormat::Jpeg)), Some(3));
    assert_eq!(super::photo::components(&[0xff, 0xd8, 0xff]), None);
}

#[test]
fn drawings_that_act_or_reach_out_are_refused() {
    let faults = [
        ("<script>1</script>", "a program"),
        ("<g onload='x()'/>", "a program (`onload`)"),
        ("<foreignObject/>", "foreignObject"),
        ("<image href='other.png' width='9' height='9'/>", "elsewhere (`other.png`)"),
        ("<image xlink:href='https://example.org/a.png' width='9' height='9'/>", "elsewhere"),
        ("<use href='other.svg#a'/>", "elsewhere"),
        ("<style>@import 'a.css';</style>", "styles lie elsewhere"),
        ("<style>a { fill: url( 'https://example.org/#a' ) }</style>", "styles lie elsewhere"),
        ("<rect width='9' height='9' fill='url(other.svg#a)'/>", "elsewhere"),
    ];
    for (inside, words) in faults {
        unfit(&svg(inside), words);
    }
    let sheet = [b"<?xml-stylesheet href='a.css'?>", &svg("")[..]].concat();
    unfit(&sheet, "instructions");
    let entity = [b"<!DOCTYPE svg [<!ENTITY a 'b'>]>", &svg("&a;")[..]].concat();
    unfit(&entity, "entities");
}

#[test]
fn harmless_drawings_are_taken() {
    let inside = "<defs><linearGradient id='a'><stop stop-color='#fff'/></linearGradient></defs>\
                  <style>rect { fill: url(#a) }</style><a href='https://example.org'><rect width='9' height='9'/></a>\
                  <use href='#a'/>";
    let found = facts(&svg(inside)).unwrap();
    assert_eq!(found, Facts { media_type: "image/svg+xml", extension: "svg", width: 20, height: 10 });
}

#[test]
fn deep_and_long_drawings_are_answered() {
    let deep = svg(&format!("{}{}", "<g>".repeat(20_000), "</g>".repeat(20_000)));
    assert!(facts(&deep).is_err());
    let long = svg(&"<g/>".repeat(500_000));
    assert!(facts(&long).is_err());
}
