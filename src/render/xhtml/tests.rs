//! The walker and the web page.
