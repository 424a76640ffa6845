//! What a press file says of itself: version, metadata, printing condition, trapping, and a name of its own.

use lopdf::{Dictionary, Document, Object, Stream, StringFormat, text_string};
use sha2::{Digest, Sha256};

use super::profile::{CONDITION, CONDITION_WORDS, INKS, PROFILE, REGISTRY};
use crate::manifest::GENERATOR;

/// What the file says of itself.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Its title.
    pub title: String,
    /// The language of the title.
    pub language: String,
    /// The only date in it, year-month-day; never the clock's.
    pub date: String,
    /// What it is, for good: the page and the edition.
    pub ident: String,
}

/// PDF/X-4 stands on PDF 1.6 (ISO 15930-7, 6.1).
const VERSION: &str = "1.6";

/// Writes all of it but the name, which depends on the rest.
pub(super) fn declare(document: &mut Document, about: &About) {
    document.version = VERSION.to_string();
    let metadata = metadata(about).into_bytes();
    let mut kind = Dictionary::new();
    kind.set("Type", "Metadata");
    kind.set("Subtype", "XML");
    // a reader of metadata need not unpack anything (ISO 15930-7, 6.17)
    let metadata = document.add_object(Stream::new(kind, metadata).with_compression(false));
    let intent = intent(document);
    let mut view = Dictionary::new();
    view.set("DisplayDocTitle", true);
    view.set("PrintScaling", "None");
    if let Ok(catalog) = document.catalog_mut() {
        for key in [&b"StructTreeRoot"[..], b"MarkInfo", b"Names", b"Dests", b"OpenAction", b"AA", b"AcroForm"] {
            catalog.remove(key);
        }
        catalog.set("Metadata", metadata);
        catalog.set("OutputIntents", vec![Object::from(intent)]);
        catalog.set("ViewerPreferences", view);
        catalog.set("Lang", text_string(&about.language));
    }
    let moment = format!("D:{}000000Z", about.date.replace('-', ""));
    let mut info = Dictionary::new();
    info.set("Title", text_string(&about.title));
    info.set("Creator", text_string(GENERATOR));
    info.set("Producer", text_string(GENERATOR));
    info.set("CreationDate", Object::string_literal(moment.as_str()));
    info.set("ModDate", Object::string_literal(moment.as_str()));
    // nothing here overprints or spreads: trapping is the print shop's (ISO 15930-7, 6.13)
    info.set("Trapped", "False");
    let info = document.add_object(info);
    document.trailer.set("Info", info);
}

/// Names a file by its bytes: the same file has the same name, another has another (ISO 32000-1, 14.4).
pub(super) fn name(document: &mut Document, bytes: &[u8]) {
    let digest = Sha256::digest(bytes);
    let id = Object::String(digest.iter().take(16).copied().collect(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
}

/// For which printing condition it is meant, with the profile itself (ISO 15930-7, 6.3).
fn intent(document: &mut Document) -> Dictionary {
    let mut kind = Dictionary::new();
    kind.set("N", INKS);
    let mut profile = Stream::new(kind, PROFILE.to_vec());
    // what cannot be packed stays as it is
    let _ = profile.compress();
    let profile = document.add_object(profile);
    let mut intent = Dictionary::new();
    intent.set("Type", "OutputIntent");
    intent.set("S", "GTS_PDFX");
    intent.set("OutputCondition", text_string(CONDITION_WORDS));
    intent.set("OutputConditionIdentifier", text_string(CONDITION));
    intent.set("RegistryName", text_string(REGISTRY));
    intent.set("Info", text_string(CONDITION_WORDS));
    intent.set("DestOutputProfile", profile);
    intent
}

fn metadata(about: &About) -> String {
    let safe = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let moment = format!("{}T00:00:00Z", about.date);
    let (title, language) = (safe(&about.title), safe(&about.language).replace('"', "&quot;"));
    let (document, instance) = (uuid(&about.ident), uuid(&format!("{} {about:?}", GENERATOR)));
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n\
         <dc:format>application/pdf</dc:format>\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li>\
         <rdf:li xml:lang=\"{language}\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>\
         <xmp:MetadataDate>{moment}</xmp:MetadataDate><xmp:CreatorTool>{GENERATOR}</xmp:CreatorTool>\n\
         <xmpMM:DocumentID>{document}</xmpMM:DocumentID><xmpMM:InstanceID>{instance}</xmpMM:InstanceID>\
         <xmpMM:RenditionClass>default</xmpMM:RenditionClass><xmpMM:VersionID>1</xmpMM:VersionID>\n\
         <pdf:Producer>{GENERATOR}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>\n\
         <pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

/// A name in the form of a UUID, made from words and not from chance (RFC 9562, version 8).
fn uuid(words: &str) -> String {
    let digest = Sha256::digest(words.as_bytes());
    let hex: String = digest
        .iter()
        .take(16)
        .enumerate()
        .map(|(index, byte)| match index {
            6 => format!("{:02x}", byte & 0x0f | 0x80),
            8 => format!("{:02x}", byte & 0x3f | 0x80),
            _ => format!("{byte:02x}"),
        })
        .collect();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("uuid:{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}
