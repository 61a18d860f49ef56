use crate::table::{Numbers, texts};
use names::{Arn, EmailAddress, Name, Url, name, port};
use std::net::{Ipv4Addr, Ipv6Addr};

#[test]
fn urls_have_a_known_scheme_and_a_host() {
    texts::<Url>(
        &[
            "https://api.example.com",
            "http://prometheus.monitoring.svc:9090/api/v1?query=up&x=%20",
            "oci://registry.example.com/charts",
            "https://10.0.0.1:8443/",
            "git://git.example.com/a.git",
            "s3://backups/postgresql",
            "gs://backups",
            "https://[2001:db8::1]:443/x",
            "https://[::]",
            "https://[::1]",
            "https://[1:2:3:4:5:6:7:8]",
            "https://example.com?x=1",
        ],
        &[
            "",
            "https",
            "https:",
            "https:/a",
            "https://",
            "https:///a",
            "HTTPS://a",
            "ftp://a",
            "file:///etc",
            "https://user@a",
            "https://user:secret@a",
            "https://a b",
            "https://a/b c",
            "https://a#b",
            "https://a:0",
            "https://a:65536",
            "https://a:",
            "https://a:b",
            "https://A",
            "https://1.2.3",
            "https://256.1.1.1",
            "https://[::1",
            "https://[:::1]",
            "https://[1::2::3]",
            "https://[12345::]",
            "https://[1:2:3:4:5:6:7]",
            "https://[::1]x",
            "https://[1:2:3:4:5:6:7:8::]",
            "https://[:1]",
            "https://[1:]",
            "https://a/{x}",
            "https://a/\n",
            "javascript:alert(1)",
            "//a",
        ],
    );
}

#[test]
fn a_url_is_taken_apart() {
    let url = name!(Url, "http://prometheus.monitoring.svc:9090/api?query=a/b:c");
    assert_eq!(
        (url.scheme(), url.host(), url.path()),
        ("http", "prometheus.monitoring.svc", "/api?query=a/b:c")
    );
    assert_eq!(
        (url.port(), url.effective_port(), url.is_encrypted()),
        (Some(port!(9090)), Some(port!(9090)), false)
    );
    let url = name!(Url, "https://[2001:db8::1]");
    assert_eq!(
        (url.host(), url.port(), url.effective_port(), url.path()),
        ("[2001:db8::1]", None, Some(port!(443)), "")
    );
    assert_eq!(name!(Url, "https://[::1]:8443/a").port(), Some(port!(8443)));
    assert_eq!(name!(Url, "s3://backups/a").effective_port(), None);
    assert!(name!(Url, "oci://a.b").is_encrypted());
    assert_eq!(name!(Url, "https://a.b?c=1").path(), "?c=1");
}

#[test]
fn amazon_resource_names_have_six_parts() {
    texts::<Arn>(
        &[
            "arn:aws:iam::123456789012:role/external-dns",
            "arn:aws:s3:::backups/*",
            "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
            "arn:aws-cn:kms:cn-north-1:123456789012:key/1a2b",
            "arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/a",
            "arn:aws:sns:eu-central-1:123456789012:a:b",
        ],
        &[
            "",
            "arn",
            "arn:",
            "arn:aws",
            "arn:aws:iam",
            "arn:aws:iam:",
            "arn:aws:iam::123456789012",
            "arn:aws:iam::123456789012:",
            "arn:aws:iam::12345678901:role/a",
            "arn:aws:iam::1234567890123:role/a",
            "arn:aws:iam::12345678901a:role/a",
            "arn:azure:iam::123456789012:role/a",
            "arn:aws::eu-central-1:123456789012:a",
            "arn:aws:iam:Frankfurt:123456789012:a",
            "arn:aws:iam:europe:123456789012:a",
            "arn:aws:iam::123456789012:role/a b",
            "ARN:aws:iam::123456789012:role/a",
            "aws:iam::123456789012:role/a",
        ],
    );
    let arn = name!(Arn, "arn:aws:sns:eu-central-1:123456789012:a:b");
    assert_eq!(
        (arn.partition(), arn.service(), arn.resource()),
        ("aws", "sns", "a:b")
    );
    assert_eq!(
        (arn.region(), arn.account()),
        (Some("eu-central-1"), Some("123456789012"))
    );
    assert_eq!(name!(Arn, "arn:aws:s3:::backups").account(), None);
}

#[test]
fn e_mail_addresses_have_a_domain() {
    texts::<EmailAddress>(
        &[
            "a@b.c",
            "platform@example.com",
            "first.last+tag@sub.example.com",
            "external-dns@project.iam.gserviceaccount.com",
        ],
        &[
            "",
            "a",
            "@",
            "a@",
            "@b.c",
            "a@b",
            "a@b@c.d",
            "a b@c.d",
            ".a@b.c",
            "a.@b.c",
            "a..b@c.d",
            "a@B.c",
            "a@10.0.0.1",
            "a@b.",
            "\"a\"@b.c",
            "ä@b.c",
            "a@b..c",
        ],
    );
    assert!(
        format!("{}@b.c", "a".repeat(64))
            .parse::<EmailAddress>()
            .is_ok()
    );
    assert!(
        format!("{}@b.c", "a".repeat(65))
            .parse::<EmailAddress>()
            .is_err()
    );
    assert_eq!(name!(EmailAddress, "a@b.c").domain(), "b.c");
}

#[test]
fn ip_addresses_in_urls_are_those_that_the_standard_library_reads() {
    let mut numbers = Numbers(6);
    let mut accepted = 0;
    for _ in 0..50_000 {
        let text = numbers.text("01f::", 18);
        let expected = text.parse::<Ipv6Addr>().is_ok();
        assert_eq!(
            Url::accepts(&format!("https://[{text}]")),
            expected,
            "{text}"
        );
        accepted += u32::from(expected);
        let text = numbers.text("0125..", 9);
        if text.ends_with(|last: char| last.is_ascii_digit()) {
            let expected = text.parse::<Ipv4Addr>().is_ok();
            assert_eq!(Url::accepts(&format!("http://{text}/")), expected, "{text}");
            accepted += u32::from(expected);
        }
    }
    assert!(
        accepted > 1000,
        "the generator must make good addresses, not {accepted}"
    );
}
