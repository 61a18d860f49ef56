//! `explain` and `impact`: what is behind a field, and what a value moves.

use serde_json::Value;

use super::{Place, assert_snapshot};

#[test]
fn a_field_is_explained_by_the_values_that_move_it() {
    let place = Place::new();
    let ended = place.run(&["explain", "tenants-staging", "storageclass/fast-ssd"]);
    assert_eq!(ended.status, 0, "{}", ended.error);
    assert_snapshot("explain", &ended.output);
}

#[test]
fn programs_get_every_field_with_its_sources() {
    let place = Place::new();
    let ended = place.run(&[
        "explain",
        "tenants-staging",
        "storageclass/fast-ssd",
        "--format",
        "json",
    ]);
    assert_eq!(ended.status, 0, "{}", ended.error);
    let explained: Value = serde_json::from_str(&ended.output).expect("JSON");
    let fields = explained["fields"].as_array().expect("fields");
    let with_source = |field: &&Value| {
        field["sources"]
            .as_array()
            .is_some_and(|sources| !sources.is_empty())
    };
    assert!(
        fields.iter().any(|field| with_source(&field)),
        "{explained:#}"
    );
    for source in fields
        .iter()
        .flat_map(|field| field["sources"].as_array().expect("sources"))
    {
        let place = source["place"].as_str().expect("a place");
        assert!(place.starts_with("environments/tenants-"), "{place}");
    }
}

#[test]
fn an_object_or_a_field_that_is_not_there_is_told_with_the_nearest() {
    let place = Place::new();
    for (words, help) in [
        (
            ["rollout/api-gatway", "spec"],
            "did you mean `rollout/api-gateway`?",
        ),
        (
            ["rollout/api-gateway", "spec.template.spec.contaners"],
            "did you mean `containers`?",
        ),
        (["rollout/api-gateway", "spec..x"], "write it as"),
        (["networkpolicy/default-deny-all", "spec"], "name one of"),
    ] {
        let ended = place.run(&[&["explain", "prod"], &words[..]].concat());
        assert_eq!(ended.status, 2, "{words:?}");
        assert!(ended.error.contains(help), "{words:?}: {}", ended.error);
    }
}

#[test]
fn the_fields_that_a_value_moves_are_listed() {
    let place = Place::new();
    let ended = place.run(&["impact", "prod", "services.api-gateway.port"]);
    assert_eq!(ended.status, 0, "{}", ended.error);
    assert_snapshot("impact", &ended.output);
}

#[test]
fn a_value_that_the_reader_names_is_tried_and_refused_where_it_is_wrong() {
    let place = Place::new();
    let run =
        |path: &str, to: &str| place.run(&["impact", "prod", path, "--to", to, "--format", "json"]);
    let ended = run(
        "services.api-gateway.image",
        "registry.example.com/platform/api-gateway:v9.9.9",
    );
    assert_eq!(ended.status, 0, "{}", ended.error);
    assert!(
        ended.output.contains("api-gateway:v9.9.9"),
        "{}",
        ended.output
    );
    let ended = run("services.api-gateway.port", "99999");
    assert_eq!(ended.status, 2, "{}", ended.output);
    assert!(
        ended.error.contains("`99999` is not valid there"),
        "{}",
        ended.error
    );
    let ended = run("services.api-gateway.prot", "1");
    assert!(
        ended
            .error
            .contains("did you mean `services.api-gateway.port`?"),
        "{}",
        ended.error
    );
}
