//! A proof to look at and to sign: light, cut to its trim, and marked on every page, so that nobody prints it.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Press, needed};
use crate::diagnostic::{Code, Sink};
use crate::edition::{Edition, Input, Made, Outcome};
use crate::impose::Source;
use crate::press;
use crate::render::typst::{Job, set};

/// The proof of a press edition.
pub(in crate::edition) struct Proof {
    name: &'static str,
    about: &'static str,
    press: &'static Press,
    needs: [&'static str; 1],
}

/// Of the leaflet.
pub(in crate::edition) const A5: Proof = Proof {
    name: "press-a5-proof",
    about: "a proof of press-a5 to look at and sign, not for print (PDF)",
    press: &super::A5,
    needs: ["press-a5"],
};

/// Of the six panels.
pub(in crate::edition) const DL: Proof = Proof {
    name: "press-dl-proof",
    about: "a proof of press-dl to look at and sign, not for print (PDF)",
    press: &super::DL,
    needs: ["press-dl"],
};

/// Of large print.
pub(in crate::edition) const LARGE_PRINT: Proof = Proof {
    name: "press-large-print-proof",
    about: "a proof of press-large-print to look at and sign, not for print (PDF)",
    press: &super::LARGE_PRINT,
    needs: ["press-large-print"],
};

const TEMPLATE: &str = "press/proof.typ";

impl Edition for Proof {
    fn name(&self) -> &str {
        self.name
    }

    fn about(&self) -> &str {
        self.about
    }

    fn layout(&self) -> &str {
        self.press.layout()
    }

    fn for_readers(&self) -> bool {
        false
    }

    fn for_press(&self) -> bool {
        true
    }

    fn needs(&self) -> &[&'static str] {
        &self.needs
    }

    fn needs_all(&self) -> bool {
        true
    }

    fn beyond(&self) -> &'static [&'static str] {
        &["the word “proof”, the date and the version on every page"]
    }

    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome {
        let made = match needed(input, self.needs[0], sink) {
            Ok(made) => made,
            Err(outcome) => return outcome,
        };
        match mark(input, made) {
            Ok(bytes) => Outcome::Made(Made { bytes, ..Made::default() }),
            Err(why) => {
                sink.push(input.fault(Code::LAYOUT_FAILED, format_args!("the proof could not be made: {why}")));
                Outcome::Failed
            }
        }
    }
}

fn mark(input: &Input<'_>, made: &Made) -> Result<Vec<u8>, String> {
    let meta = &input.document.meta;
    let source = Source::read(&made.bytes).map_err(|refusal| refusal.complaint().message)?;
    let sizes = source.sizes();
    let pages: Vec<_> = sizes.iter().map(|size| json!({"width": size.width, "height": size.height})).collect();
    let version = meta.version.as_ref().map(|version| format!("version {version}"));
    let words: Vec<String> =
        [Some(input.as_of.to_string()), version, meta.product_code.clone()].into_iter().flatten().collect();
    let data = json!({"pages": pages, "words": words.join(" · "), "fonts": input.typefaces.families()});
    let job = Job { template: TEMPLATE, data: data.to_string().into_bytes(), assets: BTreeMap::new() };
    let stamps = set(job, input.typefaces, input.templates).map_err(|fault| fault.0.join("; "))?;
    let stamps = stamps.parts("everyleaf/proof").map_err(|fault| fault.0.join("; "))?;
    let title = format!("PROOF: {}", meta.title);
    press::proof(&made.bytes, &stamps, &title).map_err(|fault| fault.0)
}
