//! The book, packed and read back.
