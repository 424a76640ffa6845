#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = everyleaf_fuzz::inspect::pdf::inspect(bytes);
    let _ = everyleaf_fuzz::inspect::pdf::ink::inspect(bytes);
});
