#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (file, mut sink) = everyleaf_fuzz::file(text);
    let _ = everyleaf_fuzz::brand::Brand::parse(text, file, false, &mut sink);
});
