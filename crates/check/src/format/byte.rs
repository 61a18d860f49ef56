//! Base64 as Kubernetes reads it.

/// The bytes of padded standard base64; line breaks inside are skipped, as Go does.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .collect();
    if !digits.len().is_multiple_of(4) {
        return None;
    }
    let padding = digits
        .iter()
        .rev()
        .take_while(|byte| **byte == b'=')
        .count();
    if padding > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    let mut buffer = 0_u32;
    for (index, digit) in digits[..digits.len() - padding].iter().enumerate() {
        buffer = (buffer << 6) | value(*digit)?;
        if index % 4 != 0 {
            let shift = [0, 4, 2, 0][index % 4];
            bytes.push(u8::try_from((buffer >> shift) & 0xff).ok()?);
        }
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn padded_base64_is_read() {
        assert_eq!(decode("aGVsbG8="), Some(b"hello".to_vec()));
        assert_eq!(decode("aGVs\nbG8h"), Some(b"hello!".to_vec()));
        assert_eq!(decode(""), Some(Vec::new()));
    }

    #[test]
    fn what_is_no_base64_is_refused() {
        for text in ["abc", "a===", "aGVsbG8", "aGV$", "===="] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
