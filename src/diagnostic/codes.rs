//! The table of codes. A code never changes its meaning; a retired one is never used again.
//! `docs/diagnostics/<CODE>.md` explains each, with a bad and a good example that the tests run.

use super::Severity;

/// A stable code, such as `F002`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(&'static str);

/// What the table knows of a code.
#[derive(Debug, Clone, Copy)]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// How bad it is unless a project says otherwise.
    pub severity: Severity,
    /// What it is about, in a few words.
    pub title: &'static str,
}

impl Code {
    /// The code's letters and digits.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether it is about finished files, not about sources.
    pub fn is_of_output(self) -> bool {
        self.0.starts_with('V')
    }

    /// Its line in the table.
    pub fn info(self) -> CodeInfo {
        *CODES.iter().find(|info| info.code == self).unwrap_or(&CODES[0])
    }

    /// The code of that name, in any case of letters.
    pub fn parse(text: &str) -> Option<Self> {
        CODES.iter().map(|info| info.code).find(|code| code.0.eq_ignore_ascii_case(text))
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.0)
    }
}

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $title:literal;)*) => {
        #[allow(missing_docs)]
        impl Code { $(#[doc = $title] pub const $name: Code = Code($code);)* }
        /// Every code, in the order of the documentation.
        pub const CODES: &[CodeInfo] = &[$(CodeInfo { code: Code::$name, severity: Severity::$severity, title: $title },)*];
    };
}

codes! {
    // F: front matter
    FRONT_MISSING        "F001" Error   "the page has no front matter";
    FRONT_UNKNOWN_KEY    "F002" Error   "unknown key in the front matter";
    FRONT_BAD_VALUE      "F003" Error   "a value of the wrong kind";
    FRONT_UNCLOSED       "F004" Error   "front matter that is never closed";
    FRONT_SYNTAX         "F005" Error   "front matter that is not TOML";
    FRONT_REQUIRED       "F006" Error   "a required key is missing";
    FRONT_NO_REVIEW      "F007" Warning "no review date";
    FRONT_MISSING_NOTE   "F008" Note    "keys that are not filled in";
    FRONT_DATES          "F009" Error   "dates in the wrong order";
    FRONT_EVALUATION     "F010" Warning "an evaluation of another version";
    // S: the text of the source
    NOT_UTF8             "S001" Error   "bytes that are not UTF-8";
    NO_TEXT              "S002" Error   "a page without text";
    CONTROL_CHARACTER    "S003" Error   "a control character";
    NO_GLYPH             "S004" Error   "a character that no typeface has";
    RAW_HTML             "S005" Error   "raw HTML";
    HEADING_EMPTY        "S006" Error   "a heading without words";
    HEADING_SKIPPED      "S007" Error   "a heading level is skipped";
    HEADING_LEVEL        "S008" Error   "a heading level that a page cannot have";
    CALLOUT_UNKNOWN      "S009" Error   "an unknown callout";
    ATTRIBUTE_UNKNOWN    "S010" Error   "an unknown attribute";
    ATTRIBUTE_VALUE      "S011" Error   "an attribute's value is wrong";
    ATTRIBUTE_PLACE      "S012" Error   "attributes that belong to nothing";
    VALUE_UNKNOWN        "S013" Error   "an unknown value in double braces";
    TABLE_HEADER         "S014" Error   "a table without a header row";
    LINK_WORDS           "S015" Error   "a link without words";
    LINK_ADDRESS         "S016" Error   "a link that leads nowhere";
    NOTE_UNDEFINED       "S017" Error   "a footnote that is not written";
    NOTE_UNUSED          "S018" Error   "a footnote that nothing refers to";
    PICTURE_INLINE       "S019" Error   "a picture inside a sentence";
    CODE_BLOCK           "S020" Error   "a block of program text";
    CALLOUT_EMPTY        "S021" Error   "a callout without text";
    ANCHOR_UNKNOWN       "S022" Error   "a link to a heading that is not there";
    TABLE_ROW            "S023" Error   "a table row with too many cells";
    NESTED               "S024" Error   "blocks nested too deeply";
    // A: pictures
    PICTURE_MISSING      "A001" Error   "a picture that is not there";
    PICTURE_OUTSIDE      "A002" Error   "a picture outside the project";
    PICTURE_BROKEN       "A003" Error   "a file that is not a picture";
    PICTURE_ALT          "A004" Error   "a picture without a description";
    PICTURE_RESOLUTION   "A005" Warning "a picture too coarse for print";
    PICTURE_PENDING      "A006" Warning "a picture that is still to come";
    PRESS_PICTURE        "A007" Error   "a picture that is missing for print";
    PRESS_COARSE         "A008" Error   "a picture too coarse for a press";
    PICTURE_UNFIT        "A009" Error   "a picture that not every edition can show";
    // B: brand and project
    BRAND_INVALID        "B001" Error   "the brand file has a mistake";
    BRAND_NEUTRAL        "B002" Warning "no brand: the neutral one serves";
    PROJECT_INVALID      "B003" Error   "the project file has a mistake";
    OVERRIDE_UNUSED      "B004" Warning "a file of the project that replaces nothing";
    WORDS_MISSING        "B005" Warning "no furniture in the page's language";
    // C: what `check` looks for beyond what an edition needs
    ALT_FILE_NAME        "C001" Warning "a description that is a file's name";
    ALT_CAPTION          "C002" Warning "a description that repeats the caption";
    ALT_SAYS_NOTHING     "C003" Warning "a description that describes nothing";
    HEADING_DOUBLED      "C004" Warning "two headings with the same words";
    HEADING_LONG         "C005" Warning "a heading that is too long";
    HEADING_BARE         "C006" Warning "a heading with nothing below it";
    LINK_VAGUE           "C007" Warning "a link that does not say where it leads";
    LINK_BARE            "C008" Warning "an address in place of a link's words";
    LINK_SAME_WORDS      "C009" Warning "the same link words for two places";
    TABLE_LAYOUT         "C010" Warning "a table that only arranges words";
    CAPITALS             "C011" Warning "words in capitals";
    EMERGENCY_NUMBER     "C012" Warning "an emergency callout without a number to call";
    EMPHASIS_LONG        "C013" Warning "a long stretch of stressed words";
    DRAWN_LINE           "C014" Warning "a line drawn with characters";
    LANGUAGE_UNMARKED    "C015" Warning "another language that is not marked";
    ADDRESS_INSECURE     "C016" Warning "an address that is not secure";
    ADDRESS_RETIRED      "C017" Warning "an address that is retired";
    PRODUCT_CODE         "C018" Warning "a product code of the wrong form";
    WORDS_THAT_DATE      "C019" Warning "words that go out of date";
    REVIEW_NO_NEXT       "C020" Warning "no date for the next review";
    REVIEW_INTERVAL      "C021" Warning "too long between two reviews";
    REVIEW_SOON          "C022" Note    "a review that is due soon";
    SOLICITS             "C023" Warning "a page that asks for money without a registration";
    READING              "C024" Note    "hard to read";
    CONTRAST_SCREEN      "C025" Error   "too little contrast on screens";
    CONTRAST_PAPER       "C026" Warning "too little contrast on paper";
    IMPRINT_INCOMPLETE   "C027" Warning "an imprint that is not complete";
    IMPRINT_STALE        "C028" Warning "an imprint that nobody has checked lately";
    ALLOW_INVALID        "C029" Error   "an allowance that has a mistake";
    ALLOW_EXPIRED        "C030" Warning "an allowance that has expired";
    ALLOW_UNUSED         "C031" Warning "an allowance that allows nothing";
    PROFILE_LOOSER       "C032" Error   "a threshold that is looser than its source";
    LINK_DEAD            "C033" Warning "a link that leads nowhere";
    LINK_MOVED           "C034" Note    "a link whose page has moved";
    LINK_UNTRIED         "C035" Note    "a link that could not be tried";
    PRODUCT_CODE_SHARED  "C036" Warning "two pages with one product code";
    // V: finished files, judged from their bytes
    BUILT_MISSING        "V001" Error   "a built file that is not there";
    BUILT_CHANGED        "V002" Error   "a built file that was changed";
    BUILT_UNREADABLE     "V003" Error   "a built file that cannot be read back";
    BUILT_STALE          "V004" Warning "a built file that is older than its source";
    BUILT_NOT_MADE       "V005" Warning "an edition that was not made";
    WORDS_LOST           "V006" Error   "words that an edition has lost";
    NUMBERS_DIFFER       "V007" Error   "a number that an edition has lost";
    OUTPUT_TITLE         "V008" Error   "a file without its title";
    OUTPUT_LANGUAGE      "V009" Error   "a file without its language";
    TYPE_SMALL           "V010" Error   "type that is too small";
    LEADING              "V011" Warning "lines that stand too close";
    LINE_STARTS          "V012" Warning "lines that begin at different places";
    HYPHENATED           "V013" Warning "a word divided at the end of a line";
    SLANTED              "V014" Warning "slanted or turned letters";
    FONTS                "V015" Error   "a typeface that is not whole";
    OUTPUT_CONTRAST      "V016" Error   "letters with too little contrast";
    ON_PICTURE           "V017" Warning "words on a picture";
    COVERED              "V018" Error   "words that something hides";
    PAGE_SIZE            "V019" Error   "pages of the wrong size";
    LINE_LONG            "V020" Warning "lines that are too long";
    FOLIO                "V021" Warning "a page number that moves";
    CONTENTS_PAGES       "V022" Error   "an entry that names the wrong page";
    OUTSIDE              "V023" Error   "words that run off the page";
    PDF_FLAGS            "V030" Error   "a PDF that does not say how it is tagged";
    UNTAGGED             "V031" Error   "content that is not tagged";
    OUTPUT_HEADINGS      "V032" Error   "headings out of order";
    OUTPUT_TABLE_HEADERS "V033" Error   "table headers that head nothing";
    TABLE_SHAPE          "V034" Error   "a table whose rows differ";
    OUTPUT_ALT           "V035" Error   "a picture without its description";
    OUTPUT_LINKS         "V036" Error   "a link that cannot be used";
    ROLES                "V037" Error   "a tag that readers do not know";
    NESTING              "V038" Error   "parts of a list or table out of place";
    BOOKMARKS            "V039" Warning "bookmarks that do not match";
    PAGE_LABELS          "V040" Warning "page labels that do not match";
    TAB_ORDER            "V041" Error   "a tab key that jumps about";
    PARENT_TREE          "V042" Error   "content that cannot find its tag";
    NOTE_IDS             "V043" Error   "a note without a name";
    PACKAGE              "V050" Error   "an e-book whose parts do not match";
    OUTPUT_CONTENTS      "V051" Error   "contents that do not match the text";
    PAGE_LIST            "V052" Error   "a page-list that does not match";
    LANDMARKS            "V053" Error   "landmarks that are missing";
    ACCESS_METADATA      "V054" Error   "a book that does not say how it can be read";
    ACCESS_CLAIMS        "V055" Error   "a claim that the book does not keep";
    CONFORMANCE_CLAIM    "V056" Error   "a claim of conformance that nobody made";
    STYLE_FIXED          "V057" Warning "a style sheet that fixes what readers change";
    ACTIVE_CONTENT       "V058" Error   "a file that runs a program or loads from elsewhere";
    IDS_DOUBLED          "V059" Error   "two parts with the same name";
    // R: review
    REVIEW_OVERDUE       "R001" Warning "the review is overdue";
    PRESS_OVERDUE        "R002" Error   "an overdue page is not printed";
    PRESS_UNDATED        "R003" Error   "a page without review dates is not printed";
    // L: layout
    LAYOUT_OUTSIDE       "L001" Error   "words outside the page";
    LAYOUT_FAILED        "L002" Error   "the layout could not be set";
    NEED_MISSING         "L003" Error   "an edition needs another that failed";
    LAYOUT_INVALID       "L004" Error   "a layout's description has a mistake";
    LEAFLET_OVERFULL     "L005" Error   "a page too long for its leaflet";
    EDITION_SKIPPED      "L006" Note    "an edition that does not suit the page";
    LINKS_BARE           "L007" Warning "links without their addresses in print";
    // P: the run
    PAGE_MISSING         "P001" Error   "no such page";
    EDITION_UNKNOWN      "P002" Error   "no such edition";
    CHAPTER_MISSING      "P003" Error   "a chapter that cannot be read";
    OUTPUT_FAILED        "P004" Error   "a file that cannot be written";
    // M: sheets, made up for printing
    SHEETS_LOCKED        "M001" Error   "a PDF that is locked";
    SHEETS_DAMAGED       "M002" Error   "a PDF that cannot be read";
    SHEETS_EMPTY         "M003" Error   "a PDF without pages";
    SHEETS_SIZES         "M004" Error   "pages of differing size";
    SHEETS_PAPER         "M005" Error   "a sheet that is too small";
    SHEETS_COUNT         "M006" Error   "a number of pages that does not suit the fold";
    SHEETS_NO_BLEED      "M007" Warning "pages without bleed";
    PRESS_BLANKS         "M008" Note    "blank pages in a booklet for print";
    PRESS_DIVIDED        "M009" Note    "words divided at the end of a line";
    // X: press files, judged before they go to the printer
    PREFLIGHT_UNREADABLE "X001" Error   "a press file that cannot be read";
    PREFLIGHT_TRIM       "X002" Error   "a page without a trim";
    PREFLIGHT_BLEED_BOX  "X003" Error   "a page without bleed";
    PREFLIGHT_BLEED_ART  "X004" Error   "artwork that does not reach the bleed";
    PREFLIGHT_QUIET      "X005" Error   "words too near the trim";
    PREFLIGHT_COUNT      "X006" Error   "a number of pages that does not suit the binding";
    PREFLIGHT_SIZES      "X007" Error   "finished pages of differing size";
    PREFLIGHT_COLOUR     "X008" Error   "a colour that is not in printing inks";
    PREFLIGHT_INK        "X009" Error   "too much ink in one place";
    PREFLIGHT_UNMEASURED "X010" Warning "ink that could not be measured";
    PREFLIGHT_BRAND      "X011" Warning "a colour outside the brand";
    PREFLIGHT_RICH_BLACK "X012" Error   "black words in more than black ink";
    PREFLIGHT_WHITE      "X013" Error   "white that would vanish";
    PREFLIGHT_COARSE     "X014" Error   "a picture with too few pixels";
    PREFLIGHT_HAIRLINE   "X015" Error   "a line that is too thin";
    PREFLIGHT_SMALL      "X016" Error   "type too small to print";
    PREFLIGHT_REVERSED   "X017" Error   "light type too small to print";
    PREFLIGHT_FONT       "X018" Error   "a font that is not in the file";
    PREFLIGHT_ANNOTATION "X019" Error   "a link, note, action or attached file";
    PREFLIGHT_INTENT     "X020" Error   "no printing condition";
    PREFLIGHT_VERSION    "X021" Error   "a file that does not say it is PDF/X-4";
    PREFLIGHT_TRAPPED    "X022" Error   "a file that does not say whether it is trapped";
    PREFLIGHT_ID         "X023" Error   "a file without an identifier";
    PREFLIGHT_TRANSPARENT "X024" Note    "something that shows through";
    PREFLIGHT_LOST       "X025" Error   "something that is missing from the file";
    // I: import
    IMPORT_REFUSED       "I001" Error   "not a page that can be imported";
    IMPORT_LINK_WORDS    "I002" Warning "a link that became words";
    IMPORT_NO_DATES      "I003" Warning "no review dates found";
    IMPORT_PICTURE       "I004" Warning "a picture that was left out";
    IMPORT_REPAIRED      "I005" Note    "something was repaired";
    IMPORT_EXISTS        "I006" Error   "the page is there already";
    IMPORT_INSECURE      "I007" Note    "an address to look at";
    IMPORT_DATE_UNSURE   "I008" Warning "a date that cannot be read surely";
    IMPORT_LANGUAGE      "I009" Warning "the page's language is only likely";
    IMPORT_RULES         "I020" Error   "rules for an import have a mistake";
    INPUT_UNREADABLE     "I021" Error   "an input that cannot be read";
    INPUT_TOO_LARGE      "I022" Error   "an input that is too large";
    FETCH_UNREACHABLE    "I023" Error   "an address that cannot be reached";
    FETCH_SLOW           "I024" Error   "a server that takes too long";
    FETCH_REDIRECTS      "I025" Error   "an address that leads on and on";
    FETCH_REFUSED        "I026" Error   "an address that is refused";
    FETCH_KIND           "I027" Error   "an address that holds no page";
    IMPORT_RECORD        "I028" Error   "the record of an import has a mistake";
    IMPORT_CHANGED       "I029" Note    "the web page has changed";
    IMPORT_CONFLICT      "I030" Warning "changed here and on the web";
    SERIES_BROKEN        "I031" Warning "a series that is not whole";
    BOOKLET_TITLE        "I032" Error   "a booklet without a title";
    BOOKLET_HEADING      "I033" Warning "a heading too deep for a booklet";
    BOOKLET_DATES        "I034" Warning "a booklet with a page that has no dates";
}
