//! Names of files and folders that every file system takes, one for each text.

use std::fmt::Write as _;

/// The longest name that is written out, in bytes; the usual limit of file systems is 255, and
/// `.yaml` as well as the ending of a temporary file must find room.
const LONGEST: usize = 200;

/// Device names of Windows, which are no file names there, whatever ending they have.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Appends a name for a file or folder; two texts never get the same one.
///
/// Lower-case letters, digits, dashes and inner dots stay. Everything else becomes `_` and two
/// hexadecimal digits for each byte, capital letters too, because not every file system tells them
/// from small ones. What would be too long ends in `__` and a hash of the whole.
pub(crate) fn push(path: &mut String, text: &str) {
    let start = path.len();
    let bytes = text.as_bytes();
    let device = text
        .split('.')
        .next()
        .is_some_and(|stem| DEVICES.contains(&stem));
    for (index, byte) in bytes.iter().enumerate() {
        let edge = index == 0 || index + 1 == bytes.len();
        let kept = match byte {
            b'a'..=b'z' => !(device && index == 0),
            b'0'..=b'9' => true,
            b'-' => index > 0,
            b'.' => !edge,
            _ => false,
        };
        if kept {
            path.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(path, "_{byte:02x}");
        }
    }
    if path.len() - start > LONGEST {
        // Everything appended is ASCII, so that this is a boundary of characters.
        path.truncate(start + LONGEST - 18);
        let _ = write!(path, "__{:016x}", fnv1a(bytes));
    }
}

/// The 64-bit hash FNV-1a: the same on every machine and in every version.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> String {
        let mut path = String::new();
        push(&mut path, text);
        path
    }

    #[test]
    fn ordinary_names_stay() {
        for text in [
            "deployment-api-gateway",
            "a.b.example.com",
            "0",
            "config",
            "nullable",
        ] {
            assert_eq!(name(text), text);
        }
    }

    #[test]
    fn everything_else_is_spelt_out() {
        for (text, expected) in [
            ("clusterrole-system:metrics", "clusterrole-system_3ametrics"),
            ("Upper", "_55pper"),
            ("a_b", "a_5fb"),
            ("..", "_2e_2e"),
            (".hidden", "_2ehidden"),
            ("end.", "end_2e"),
            ("a/b\\c", "a_2fb_5cc"),
            ("-flag", "_2dflag"),
            ("con", "_63on"),
            ("nul.txt", "_6eul.txt"),
            ("é", "_c3_a9"),
        ] {
            assert_eq!(name(text), expected);
        }
    }

    #[test]
    fn long_names_keep_their_beginning_and_stay_apart() {
        let one = name(&format!("{}1", "a".repeat(300)));
        let two = name(&format!("{}2", "a".repeat(300)));
        assert_ne!(one, two);
        for name in [one, two] {
            assert_eq!(name.len(), LONGEST);
            assert!(name.starts_with("aaaa"));
        }
        assert_eq!(name(&"a".repeat(LONGEST)), "a".repeat(LONGEST));
    }
}
