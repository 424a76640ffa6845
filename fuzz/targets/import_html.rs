#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| everyleaf_fuzz::take_import("page.html", bytes));
