#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| everyleaf_fuzz::take_page(text));
