//! Numbers come back equal.

use serde_json::{Value, json};

use crate::readers::assert_reads;

#[test]
fn integers_come_back() {
    for value in [
        0,
        1,
        -1,
        7,
        10,
        8080,
        i64::from(i32::MAX),
        i64::MAX,
        i64::MIN,
    ] {
        assert_reads(&yaml::to_string(&value).unwrap(), &json!(value));
    }
    assert_reads(&yaml::to_string(&u64::MAX).unwrap(), &json!(u64::MAX));
    assert_eq!(
        yaml::to_string(&i128::MIN).unwrap(),
        format!("{}\n", i128::MIN)
    );
    assert_eq!(
        yaml::to_string(&u128::MAX).unwrap(),
        format!("{}\n", u128::MAX)
    );
}

#[test]
fn floats_come_back_as_floats() {
    let mut floats = vec![
        0.0,
        -0.0,
        1.0,
        0.1,
        0.8,
        1.5,
        -12.75,
        1e-5,
        1e-6,
        1.5e-7,
        123_456.789,
        1e15,
        1e16,
        1e20,
        1e21,
        1.25e300,
        5e-324,
        f64::MAX,
        f64::MIN,
        f64::EPSILON,
        0.1 + 0.2,
    ];
    for exponent in -30_i32..30 {
        floats.extend([
            10f64.powi(exponent),
            -1.234_567_890_123 * 10f64.powi(exponent),
        ]);
    }
    for value in floats {
        let text = yaml::to_string(&value).unwrap();
        assert!(text.contains('.'), "{text}");
        for read in [
            serde_yaml::from_str::<Value>(&text).unwrap(),
            serde_saphyr::from_str::<Value>(&text).unwrap(),
        ] {
            let read = read.as_f64().unwrap();
            assert_eq!(read.to_bits(), value.to_bits(), "{text}");
        }
    }
}

#[test]
fn single_precision_keeps_its_own_digits() {
    assert_eq!(yaml::to_string(&0.1_f32).unwrap(), "0.1\n");
    assert_eq!(yaml::to_string(&f32::MAX).unwrap(), "3.4028235e+38\n");
}

#[test]
fn what_is_no_number_has_yamls_words() {
    assert_eq!(
        yaml::to_string(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]).unwrap(),
        "- .nan\n- .inf\n- -.inf\n"
    );
    for text in [".nan", ".inf", "-.inf"] {
        assert!(!serde_yaml::from_str::<f64>(text).unwrap().is_finite());
        assert!(!serde_saphyr::from_str::<f64>(text).unwrap().is_finite());
    }
}
