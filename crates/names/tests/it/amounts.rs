use crate::table::{Numbers, refused, values};
use names::{Bytes, Cpu, Percentage, Port, Protocol, Weight};

#[test]
fn cpu_is_read_as_kubernetes_reads_quantities() {
    values::<Cpu>(&[
        ("0", Cpu::ZERO),
        ("250m", Cpu::millis(250)),
        ("1", Cpu::cores(1)),
        ("1.", Cpu::cores(1)),
        ("+1", Cpu::cores(1)),
        ("01", Cpu::cores(1)),
        (".5", Cpu::millis(500)),
        ("0.1", Cpu::millis(100)),
        ("1.5", Cpu::millis(1500)),
        ("2000m", Cpu::cores(2)),
        ("1k", Cpu::cores(1000)),
        ("1Ki", Cpu::cores(1024)),
        ("1e3", Cpu::cores(1000)),
        ("1E-2", Cpu::millis(10)),
        ("500000u", Cpu::millis(500)),
        // Less than a millicore is rounded up.
        ("1n", Cpu::millis(1)),
        ("0.0001", Cpu::millis(1)),
        ("100.5m", Cpu::millis(101)),
        ("1e-300", Cpu::millis(1)),
        ("0e99", Cpu::ZERO),
    ]);
}

#[test]
fn bytes_are_read_as_kubernetes_reads_quantities() {
    values::<Bytes>(&[
        ("0", Bytes::ZERO),
        ("0Gi", Bytes::ZERO),
        ("128974848", Bytes::new(128_974_848)),
        ("129e6", Bytes::new(129_000_000)),
        ("129M", Bytes::new(129_000_000)),
        ("128974848000m", Bytes::new(128_974_848)),
        ("123Mi", Bytes::mebi(123)),
        ("1.5Gi", Bytes::mebi(1536)),
        ("0.5Ki", Bytes::new(512)),
        ("1E", Bytes::new(1_000_000_000_000_000_000)),
        ("1E3", Bytes::new(1000)),
        ("1Ti", Bytes::gibi(1024)),
        ("15Ei", Bytes::new(15 << 60)),
        ("1P", Bytes::new(1_000_000_000_000_000)),
        // Part of a byte is rounded up.
        ("1m", Bytes::new(1)),
        ("1.1", Bytes::new(2)),
        ("0.1Ki", Bytes::new(103)),
        (
            "1.00000000000000000000000000000000000000000000",
            Bytes::new(1),
        ),
        ("1.0000000000000000000000000000000000001", Bytes::new(2)),
    ]);
}

#[test]
fn what_is_no_quantity_is_refused() {
    let texts = [
        "",
        " ",
        "-1",
        "-0",
        "+",
        ".",
        "1.2.3",
        "1 Gi",
        "Gi",
        "1K",
        "1ki",
        "1GI",
        "1gb",
        "1Gb",
        "1MB",
        "1mi",
        "1e",
        "1e+",
        "1e1.5",
        "1ee1",
        "1e1Gi",
        "0x10",
        "1_000",
        "1,5",
        "½",
        "1Zi",
        "1e99",
        "16Ei",
        "99999999999999999999999999999999999999999",
        "1e9999999999",
    ];
    refused::<Bytes>(&texts);
    refused::<Cpu>(&texts);
}

#[test]
fn amounts_are_written_in_one_form() {
    let cpu = [0, 1, 250, 1000, 1500, 64_000].map(|millis| Cpu::millis(millis).to_string());
    assert_eq!(cpu, ["0", "1m", "250m", "1", "1500m", "64"]);
    let bytes = [
        Bytes::ZERO,
        Bytes::new(1),
        Bytes::new(1000),
        Bytes::new(1024),
        Bytes::kibi(1500),
        Bytes::mebi(256),
        Bytes::mebi(1024),
        Bytes::mebi(1536),
        Bytes::gibi(2048),
        Bytes::new(1 << 60),
        Bytes::new((1 << 30) + 1),
    ];
    let written = bytes.map(|amount| amount.to_string());
    assert_eq!(
        written,
        [
            "0",
            "1",
            "1000",
            "1Ki",
            "1500Ki",
            "256Mi",
            "1Gi",
            "1536Mi",
            "2Ti",
            "1Ei",
            "1073741825"
        ]
    );
}

#[test]
fn every_amount_is_read_back_from_what_was_written() {
    let mut numbers = Numbers(1);
    for _ in 0..2000 {
        let shift = numbers.below(64);
        let amount = numbers.next() >> shift << numbers.below(shift + 1);
        assert_eq!(
            Bytes::new(amount).to_string().parse(),
            Ok(Bytes::new(amount))
        );
        assert_eq!(
            Cpu::millis(amount).to_string().parse(),
            Ok(Cpu::millis(amount))
        );
    }
}

#[test]
fn no_text_makes_the_quantity_reader_panic() {
    let mut numbers = Numbers(2);
    for _ in 0..20_000 {
        let text = numbers.text("0129.eE+-mkKMGiunPT", 12);
        if let Ok(amount) = text.parse::<Bytes>() {
            assert_eq!(amount.to_string().parse(), Ok(amount), "from `{text}`");
        }
        if let (Ok(cpu), Ok(bytes)) = (text.parse::<Cpu>(), text.parse::<Bytes>()) {
            assert_eq!(cpu.whole_cores(), bytes.get(), "both round `{text}` up");
        }
    }
}

#[test]
fn amounts_are_added_multiplied_and_compared() {
    let mut total = Cpu::millis(250) + Cpu::cores(1);
    total += Cpu::millis(250);
    assert_eq!(total, Cpu::millis(1500));
    assert_eq!(total * 3, Cpu::millis(4500));
    assert_eq!(total.whole_cores(), 2);
    assert_eq!(total.saturating_sub(Cpu::cores(1)), Cpu::millis(500));
    assert_eq!(total.saturating_sub(Cpu::cores(2)), Cpu::ZERO);
    assert_eq!([total, total].iter().sum::<Cpu>(), Cpu::cores(3));
    assert!(Cpu::millis(999) < Cpu::cores(1));

    let mut total = Bytes::mebi(512) + Bytes::mebi(256);
    total += Bytes::mebi(256);
    assert_eq!(total, Bytes::gibi(1));
    assert_eq!(total * 4, Bytes::gibi(4));
    assert_eq!(total.saturating_sub(Bytes::gibi(2)), Bytes::ZERO);
    assert_eq!([total, total].into_iter().sum::<Bytes>(), Bytes::gibi(2));
    assert_eq!((total.as_mebi(), total.as_gibi()), (1024, 1));
}

#[test]
fn arithmetic_stops_at_the_largest_amount() {
    let largest = Bytes::new(u64::MAX);
    assert_eq!(largest + Bytes::new(1), largest);
    assert_eq!(largest * 2, largest);
    assert_eq!(largest.share(Percentage::ALL), largest);
    assert_eq!(Cpu::millis(u64::MAX) * 2, Cpu::millis(u64::MAX));
}

#[test]
fn shares_are_rounded_down() {
    assert_eq!(
        Bytes::gibi(1).share(names::percentage!(25)),
        Bytes::mebi(256)
    );
    assert_eq!(
        Bytes::new(199).share(names::percentage!(50)),
        Bytes::new(99)
    );
    assert_eq!(
        Cpu::cores(1).share(names::percentage!(33)),
        Cpu::millis(330)
    );
}

#[test]
fn percentages_run_from_one_to_a_hundred() {
    values::<Percentage>(&[
        ("1%", names::percentage!(1)),
        ("70%", names::percentage!(70)),
        ("100", names::percentage!(100)),
    ]);
    refused::<Percentage>(&[
        "", "%", "0%", "0", "101%", "-1%", "1.5%", "070%", "70 %", "70%%", "256",
    ]);
    assert_eq!(names::percentage!(70).to_string(), "70%");
    assert_eq!(i32::from(names::percentage!(70)), 70);
    assert!(Percentage::try_from(101_i64).is_err());
    assert_eq!(Percentage::try_from(5_i64), Ok(names::percentage!(5)));
}

#[test]
fn weights_run_from_zero_to_a_hundred() {
    values::<Weight>(&[
        ("0", Weight::NONE),
        ("20%", Weight::from_static(20)),
        ("100", Weight::ALL),
    ]);
    refused::<Weight>(&["", "101", "-1", "a", "1000"]);
    assert_eq!(Weight::from_static(20).rest(), Weight::from_static(80));
    assert_eq!(Weight::from_static(20).to_string(), "20");
    assert!(Weight::try_from(-1_i64).is_err());
}

#[test]
fn ports_run_from_1_to_65535() {
    values::<Port>(&[
        ("1", names::port!(1)),
        ("8080", names::port!(8080)),
        ("65535", names::port!(65535)),
    ]);
    refused::<Port>(&[
        "",
        "0",
        "65536",
        "99999999999",
        "-1",
        "+1",
        "080",
        "http",
        "80 ",
        "8o80",
    ]);
    assert_eq!(Port::new(0), None);
    assert_eq!(Port::new(443), Some(names::port!(443)));
    assert_eq!(i32::from(names::port!(65535)), 65535);
    assert!(Port::try_from(65_536_i64).is_err());
    assert!(!names::port!(1023).is_unprivileged() && names::port!(1024).is_unprivileged());
}

#[test]
fn protocols_are_written_in_capitals() {
    values::<Protocol>(&[
        ("TCP", Protocol::Tcp),
        ("UDP", Protocol::Udp),
        ("SCTP", Protocol::Sctp),
    ]);
    refused::<Protocol>(&["", "tcp", "HTTP"]);
    assert_eq!(Protocol::default().to_string(), "TCP");
}
