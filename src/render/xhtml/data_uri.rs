//! Files inside a page, as `data:` addresses.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes as an address that needs no network.
pub fn data_uri(media_type: &str, bytes: &[u8]) -> String {
    let mut out = String::with_capacity(media_type.len() + 16 + bytes.len().div_ceil(3) * 4);
    out.push_str("data:");
    out.push_str(media_type);
    out.push_str(";base64,");
    for group in bytes.chunks(3) {
        let byte = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for place in 0..4 {
            if place > group.len() {
                out.push('=');
            } else {
                let six = (bits >> (18 - 6 * place)) & 0x3F;
                out.push(char::from(ALPHABET[six as usize]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::data_uri;

    #[test]
    fn base64_is_the_standard_s() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(data_uri("a/b", plain.as_bytes()), format!("data:a/b;base64,{coded}"));
        }
    }
}
