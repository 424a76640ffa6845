#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| everyleaf_fuzz::take_picture(bytes));
