#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = everyleaf_fuzz::import::Rules::parse(text, "site.toml");
});
