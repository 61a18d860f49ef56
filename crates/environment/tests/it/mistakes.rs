//! One snapshot for each kind of mistake.

use environment::{Diagnostics, Located, Origin, Range, Value};
use names::Cpu;

use crate::model::{Environment, Provider, RIGHT, Replicas, Service, Strategy};
use crate::{load, mistakes, shows};

/// What is said about [`RIGHT`] after one text in it was replaced.
fn wrong(right: &str, replacement: &str) -> String {
    assert_eq!(
        RIGHT.matches(right).count(),
        1,
        "`{right}` is not there exactly once"
    );
    mistakes::<Environment>(&RIGHT.replace(right, replacement))
}

fn service<'a>(environment: &'a Environment, name: &'static str) -> &'a Service {
    let name = Located::implied(names::ServiceName::from_static(name));
    environment.services.get(&name).unwrap()
}

#[test]
fn a_file_that_is_right_becomes_typed_values() {
    let environment: Environment = load(&[("prod", RIGHT)]).unwrap();
    assert_eq!(environment.kubernetes.to_string(), "1.35");
    assert_eq!(environment.provider.as_str(), "eks");
    assert!(matches!(&environment.provider, Provider::Eks(eks) if eks.region == "eu-central-1"));
    let invoices = service(&environment, "invoices");
    let resources = invoices.resources.as_ref().unwrap();
    assert_eq!(
        (resources.cpu.lower(), resources.cpu.upper()),
        (&Cpu::millis(200), &Cpu::millis(500))
    );
    assert_eq!(invoices.arguments, ["--verbose", "010", "1.10"]);
    assert_eq!((invoices.roll_out, invoices.mesh), (Strategy::Canary, true));
    let identity = service(&environment, "identity-service");
    assert_eq!(
        (
            identity.resources.as_ref(),
            identity.roll_out,
            identity.mesh
        ),
        (None, Strategy::Rolling, false)
    );
    assert_eq!(environment.limits.get(&Strategy::Canary), Some(&50));
    let maximum = invoices.replicas.as_ref().unwrap().max;
    assert_eq!(
        (maximum.get(), maximum.origin.line, maximum.origin.column),
        (12, 8, 30)
    );
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let text = RIGHT
        .replace("1.35", "one")
        .replace("    port: 8080\n", "")
        .replace("rollOut: canary", "rollout: canary")
        .replace("mesh: false", "mesh: no");
    shows!("all_at_once", mistakes::<Environment>(&text));
}

#[test]
fn an_unknown_key_is_answered_with_the_nearest_and_the_list() {
    shows!("unknown_key", wrong("rollOut", "roll_out"));
    shows!(
        "unknown_key_far",
        wrong("rollOut: canary", "owner: somebody")
    );
    shows!(
        "unknown_key_for_a_required_one",
        wrong("port: 8081", "prot: 8081")
    );
}

#[test]
fn a_missing_key_is_shown_at_the_key_it_belongs_to() {
    shows!(
        "missing_key",
        wrong(
            "    image: registry.example.com/identity:v2\n    port: 8081\n",
            ""
        )
    );
    shows!("missing_key_on_one_line", wrong("cpu: 200m..500m, ", ""));
    shows!("missing_key_at_the_top", wrong("kubernetes: 1.35\n", ""));
}

#[test]
fn a_value_of_the_wrong_sort_is_named() {
    shows!(
        "list_for_a_mapping",
        wrong("{ cpu: 200m..500m, memory: 256Mi..512Mi }", "[200m, 500m]")
    );
    shows!(
        "word_for_a_list",
        wrong("[identity-service]", "identity-service")
    );
    shows!(
        "mapping_for_a_word",
        wrong("port: 8081", "port: { http: 8081 }")
    );
    shows!(
        "no_value",
        wrong("image: registry.example.com/identity:v2", "image:")
    );
    shows!("quoted_number", wrong("{ canary: 50 }", "{ canary: '50' }"));
    shows!("quoted_boolean", wrong("mesh: false", "mesh: \"false\""));
}

#[test]
fn a_word_that_cannot_be_read_is_shown_with_what_was_expected() {
    shows!("number_out_of_bounds", wrong("max: 12", "max: 501"));
    shows!(
        "number_with_leading_zero",
        wrong("{ canary: 50 }", "{ canary: 050 }")
    );
    shows!(
        "number_with_underscore",
        wrong("{ canary: 50 }", "{ canary: 1_000 }")
    );
    shows!("boolean_of_yaml_1_1", wrong("mesh: false", "mesh: no"));
    shows!(
        "word_of_a_closed_set",
        wrong("rollOut: canary", "rollOut: canaries")
    );
    shows!(
        "key_of_a_closed_set",
        wrong("{ canary: 50 }", "{ blueGreen: 50 }")
    );
    shows!(
        "key_of_a_map",
        wrong("  identity-service:\n", "  identity_service:\n")
    );
    shows!("image_without_tag", wrong("identity:v2", "identity:latest"));
    shows!(
        "item_of_a_list",
        wrong("[identity-service]", "[identity-service, Postgres]")
    );
    shows!(
        "item_twice",
        wrong("[identity-service]", "[identity-service, identity-service]")
    );
}

#[test]
fn a_range_is_checked_in_its_parts() {
    shows!("range_upside_down", wrong("200m..500m", "500m..200m"));
    shows!("range_half", wrong("200m..500m", "200m.."));
    shows!("range_with_a_wrong_part", wrong("200m..500m", "200m..half"));
    let range: Range<u32> = Range::exactly(3);
    assert_eq!(
        (range.to_string().as_str(), Range::new(4, 3)),
        ("3", None::<Range<u32>>)
    );
}

#[test]
fn a_variant_takes_one_known_key() {
    shows!(
        "variant_unknown",
        wrong(
            "{ eks: { region: eu-central-1 } }",
            "{ ekz: { region: eu-central-1 } }"
        )
    );
    shows!(
        "variant_two",
        wrong(
            "{ eks: { region: eu-central-1 } }",
            "{ eks: { region: x }, aks: { location: y } }"
        )
    );
    shows!(
        "variant_none",
        wrong("{ eks: { region: eu-central-1 } }", "{}")
    );
    shows!(
        "variant_word",
        wrong("{ eks: { region: eu-central-1 } }", "eks")
    );
}

#[test]
fn what_is_not_yaml_is_explained() {
    shows!(
        "yaml_tab",
        mistakes::<Environment>("services:\n  a:\n\tport: 1\n")
    );
    shows!(
        "yaml_tab_below_a_value",
        mistakes::<Environment>("kubernetes: 1.35\n\tservices: x\n")
    );
    shows!(
        "yaml_unclosed_bracket",
        wrong("[identity-service]", "[identity-service")
    );
    shows!("yaml_unclosed_quote", wrong("{ canary: 50 }", "'canary"));
    shows!(
        "yaml_indentation",
        wrong("    port: 8081\n", "     port: 8081\n")
    );
    shows!(
        "yaml_colon_in_text",
        wrong("image: registry.example.com/identity:v2", "image: a: b")
    );
    shows!(
        "yaml_reserved_character",
        wrong("{ canary: 50 }", "@canary")
    );
    shows!(
        "yaml_key_without_colon",
        mistakes::<Environment>("kubernetes\nprovider: x\n")
    );
    shows!("yaml_not_a_mapping", mistakes::<Environment>("- a\n- b\n"));
    shows!("yaml_empty", mistakes::<Environment>("# nothing yet\n"));
    shows!(
        "yaml_duplicate_key",
        wrong("    mesh: false\n", "    port: 8082\n")
    );
    shows!("yaml_unknown_alias", wrong("{ canary: 50 }", "*common"));
}

#[test]
fn what_an_environment_has_no_use_for_is_refused() {
    shows!(
        "refused_merge_key",
        wrong("    mesh: false\n", "    <<: { mesh: false }\n")
    );
    shows!(
        "refused_tag",
        wrong("{ canary: 50 }", "!!map { canary: 50 }")
    );
    shows!(
        "refused_second_document",
        wrong("limits: { canary: 50 }\n", "---\nlimits: { canary: 50 }\n")
    );
    shows!(
        "refused_directive",
        mistakes::<Environment>("%YAML 1.2\n---\nkubernetes: 1.35\n")
    );
    shows!("refused_key", mistakes::<Environment>("? [a, b]\n: c\n"));
    shows!(
        "refused_empty_key",
        mistakes::<Environment>("kubernetes: { : x }\n")
    );
}

/// A rule as a caller writes one.
fn minimum_is_not_above_maximum(replicas: &Replicas, diagnostics: &mut Diagnostics) {
    if replicas.min > replicas.max {
        diagnostics
            .error(
                &replicas.max.origin,
                "the maximum of replicas is below their minimum",
            )
            .here(format!("at most {}", replicas.max.get()))
            .label(
                &replicas.min.origin,
                format!("at least {}", replicas.min.get()),
            )
            .help(format!("write `max: {}` or more", replicas.min.get()));
    }
}

fn diagnostics_of_rule(text: &str) -> Diagnostics {
    let (tree, files) = environment::load_tree("prod", &crate::sources(&[("prod", text)])).unwrap();
    let replicas: Replicas = environment::decode(&tree, files.clone()).unwrap();
    let mut diagnostics = Diagnostics::new(files);
    minimum_is_not_above_maximum(&replicas, &mut diagnostics);
    diagnostics
}

#[test]
fn a_rule_points_at_every_value_that_it_compares() {
    shows!(
        "rule_on_one_line",
        diagnostics_of_rule("{ min: 12, max: 3 }\n").render(false)
    );
    shows!(
        "rule_on_two_lines",
        diagnostics_of_rule("min: 12\n\ncpu: 70%\nmax: 3\n").render(false)
    );
    shows!(
        "rule_with_colours",
        diagnostics_of_rule("min: 12\nmax: 3\n")
            .render(true)
            .replace('\u{1b}', "ESC")
    );
    let json = format!("{:#}", diagnostics_of_rule("min: 12\nmax: 3\n").to_json());
    shows!("rule_as_json", json);
}

#[test]
fn a_value_without_a_place_is_reported_without_a_line() {
    let mut diagnostics = Diagnostics::default();
    diagnostics
        .error(&Origin::NOWHERE, "nothing is on")
        .label(&Origin::NOWHERE, "unseen")
        .help("turn something on");
    diagnostics.warning(&Origin::NOWHERE, "this is old");
    shows!("nowhere", diagnostics.render(false));
    assert_eq!(diagnostics.summary(), "1 error, 1 warning");
}

#[test]
fn places_count_characters_and_marks_count_columns() {
    shows!(
        "wide_characters",
        mistakes::<Wide>("{ 名前: ok, naïve: 日本語, last: x }\n")
    );
    let long = format!(
        "{{ padding: {}, mesh: perhaps, more: {} }}\n",
        "a".repeat(300),
        "b".repeat(300)
    );
    shows!("long_line", mistakes::<Long>(&long));
    shows!(
        "control_characters",
        mistakes::<Long>("mesh: \"\\e[31m\"\n\"\\e]0;x\\a\": 1\n")
    );
}

environment::record! {
    /// Keys beyond ASCII.
    pub struct Wide {
        /// Any.
        pub last: String,
    }
}

environment::record! {
    /// One long line.
    pub struct Long {
        /// Any.
        pub padding: Option<String>,
        /// Any.
        pub more: Option<String>,
        /// Wrong.
        pub mesh: bool,
    }
}

#[test]
fn a_hundred_mistakes_are_shown_and_the_others_counted() {
    let items = (0..250).map(|_| "no").collect::<Vec<_>>().join(", ");
    let diagnostics = load::<Flags>(&[("prod", &format!("flags: [{items}]\n"))]).unwrap_err();
    assert_eq!(
        (diagnostics.len(), diagnostics.sorted().len()),
        (250, Diagnostics::LIMIT)
    );
    assert!(
        diagnostics
            .render(false)
            .ends_with("and 150 more, not shown\n")
    );
    assert_eq!(diagnostics.summary(), "250 errors");
}

environment::record! {
    /// A list.
    pub struct Flags {
        /// Booleans.
        pub flags: Vec<bool>,
    }
}

#[test]
fn what_is_expected_is_said_for_every_type() {
    assert_eq!(
        <Vec<Range<Cpu>>>::expected(),
        "a list, each item a range `lower..upper` or one value, each an amount of CPU"
    );
    assert_eq!(Strategy::expected(), "`rolling`, `blue-green` or `canary`");
    assert_eq!(
        <Option<Provider>>::expected(),
        "a mapping with one key, `eks` or `aks`"
    );
    assert_eq!(u8::expected(), "a whole number from 0 to 255");
}

/// Numbers from a linear congruential sequence: the same ones at every run.
fn numbers(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |bound| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % bound
    }
}

#[test]
fn a_garbled_file_is_read_or_explained() {
    let pieces = [
        "{", "}", "[", "]", "'", "\"", ":", ": ", "\n", "\t", "  ", "- ", "&a ", "*a", "|", ">",
        "#", "!x ", "..", "é", "\u{85}", "\r", "~", "%", "\u{0}",
    ];
    let mut below = numbers(5);
    let (mut read, mut explained) = (0, 0);
    for _ in 0..1500 {
        let mut text: Vec<char> = RIGHT.chars().collect();
        for _ in 0..=below(3) {
            let position = below(text.len());
            match below(3) {
                0 => {
                    text.remove(position);
                }
                1 => text.truncate(position.max(1)),
                _ => {
                    text.splice(position..position, pieces[below(pieces.len())].chars());
                }
            }
        }
        let text: String = text.into_iter().collect();
        match load::<Environment>(&[("prod", &text)]) {
            Ok(_) => read += 1,
            Err(diagnostics) => {
                explained += 1;
                let rendered = diagnostics.render(false);
                assert!(
                    rendered.starts_with("error: ") && rendered.contains("prod.yaml"),
                    "{text}\n{rendered}"
                );
                assert!(
                    !rendered
                        .contains(|character: char| character.is_control() && character != '\n'),
                    "{rendered:?}"
                );
            }
        }
    }
    assert!(
        read > 50 && explained > 500,
        "{read} read, {explained} explained"
    );
}
