//! `[sheets]`: the office's paper and its printer.

use std::ops::RangeInclusive;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::paper::{Blanks, Flip, Stock};
use crate::source::Span;
use crate::strict::{At, Reader};

/// The least and the most that paper weighs, in grams per square metre.
const GSM: RangeInclusive<f64> = 30.0..=500.0;
/// The thinnest and the thickest, in millimetres.
const CALIPER: RangeInclusive<f64> = 0.02..=1.0;

/// How the office prints its sheets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SheetSettings {
    /// How thick the paper is; default: 80 g/m².
    pub stock: Stock,
    /// The edge at which the printer turns the paper; default: the one that leaves the back upright.
    pub flip: Option<Flip>,
    /// Where a booklet's blank pages go; default: the end.
    pub blanks: Blanks,
    /// Whether large print is printed on both sides of A4 and stapled at its edge; default: an A3 booklet.
    pub large_print_on_a4: bool,
}

impl Default for SheetSettings {
    fn default() -> Self {
        Self { stock: Stock::USUAL, flip: None, blanks: Blanks::End, large_print_on_a4: false }
    }
}

impl SheetSettings {
    /// Reads the table; what is wrong goes to `sink`.
    pub(super) fn read(keys: &mut Reader<'_, '_>, sink: &mut Sink) -> Self {
        let usual = Self::default();
        let weight = keys.number("weight", sink).and_then(|n| within(&n, GSM, "grams per square metre", sink));
        let caliper = keys.number("caliper", sink).and_then(|n| within(&n, CALIPER, "millimetres", sink));
        let flip = one_of(keys, "flip", &[("long", Some(Flip::Long)), ("short", Some(Flip::Short))], sink);
        let blanks = one_of(keys, "blanks", &[("end", Blanks::End), ("before-last", Blanks::BeforeLast)], sink);
        let on_a4 = one_of(keys, "large-print", &[("a3-booklet", false), ("a4-duplex", true)], sink);
        Self {
            // what was measured is better than what the weight lets one guess
            stock: caliper.map(Stock::Caliper).or(weight.map(Stock::Gsm)).unwrap_or(usual.stock),
            flip: flip.unwrap_or(usual.flip),
            blanks: blanks.unwrap_or(usual.blanks),
            large_print_on_a4: on_a4.unwrap_or(usual.large_print_on_a4),
        }
    }
}

/// A measure that paper can have; none, and it is said which it can, where it cannot.
fn within(given: &At<f64>, range: RangeInclusive<f64>, unit: &str, sink: &mut Sink) -> Option<f64> {
    let fine = range.contains(&given.value);
    if !fine {
        let help = format!("write a number of {unit} from {} to {}", range.start(), range.end());
        refuse(format!("no paper has {} {unit}", given.value), given.span, &help, sink);
    }
    fine.then_some(given.value)
}

/// What a key's word means; none, and it is said which words there are, where it means nothing.
fn one_of<T: Copy>(keys: &mut Reader<'_, '_>, key: &'static str, words: &[(&str, T)], sink: &mut Sink) -> Option<T> {
    let given = keys.string(key, sink)?;
    let found = words.iter().find(|(word, _)| *word == given.value);
    if found.is_none() {
        let all: Vec<String> = words.iter().map(|(word, _)| format!("{key} = \"{word}\"")).collect();
        let help = format!("write {}", all.join(" or "));
        refuse(format!("`{key}` cannot be `{}`", given.value), given.span, &help, sink);
    }
    found.map(|(_, meaning)| *meaning)
}

fn refuse(message: String, span: Span, help: &str, sink: &mut Sink) {
    sink.push(Diagnostic::new(Code::PROJECT_INVALID, message).at(span).help(help));
}
