//! The goldens as their users see them: written as literals, serialised, asked for their resource.

use k8s_openapi::Resource;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, Time};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use k8s_openapi::jiff::Timestamp;
use serde_json::{Value, json};

use crate::groups::choices::v1::{
    Choice, ChoiceAwkward, ChoiceFirst, ChoiceSecond, ChoiceSpec, ChoiceThird, ChoiceVerb,
};
use crate::groups::fields::v1::{
    Anything, Widget, WidgetPaint, WidgetPolicy, WidgetSelfSigned, WidgetSettings, WidgetSpec,
    WidgetZone,
};
use crate::groups::versions::{v1, v1beta1};

fn json(object: &impl serde::Serialize) -> Value {
    serde_json::to_value(object).unwrap()
}

fn named(name: &str) -> ObjectMeta {
    ObjectMeta {
        name: Some(name.to_owned()),
        ..Default::default()
    }
}

#[test]
fn a_kind_is_written_with_its_type_first_and_only_what_is_set() {
    let widget = Widget {
        metadata: named("wheel"),
        spec: WidgetSpec {
            sides: 1,
            size: 2,
            paint: WidgetPaint {
                colour: "red".to_owned(),
                ..Default::default()
            },
            limits: Some([("cpu".to_owned(), Quantity("250m".to_owned()))].into()),
            policies: Some(vec![WidgetPolicy {
                pod_cidrs: Some(vec!["10.0.0.0/8".to_owned()]),
            }]),
            self_signed: Some(WidgetSelfSigned {}),
            surge: Some(IntOrString::String("25%".to_owned())),
            type_: Some("round".to_owned()),
            zones: Some([("a".to_owned(), WidgetZone { weight: Some(3) })].into()),
            ..Default::default()
        },
    };
    let expected = json!({
        "apiVersion": "widgets.example.com/v1",
        "kind": "Widget",
        "metadata": { "name": "wheel" },
        "spec": {
            "containers": [],
            "labels": {},
            "limits": { "cpu": "250m" },
            "paint": { "colour": "red" },
            "policies": [{ "podCIDRs": ["10.0.0.0/8"] }],
            "selfSigned": {},
            "sides": 1,
            "size": 2,
            "surge": "25%",
            "type": "round",
            "zones": { "a": { "weight": 3 } },
        },
    });
    assert_eq!(json(&widget), expected);
    let text = serde_json::to_string(&widget).unwrap();
    assert!(
        text.starts_with(r#"{"apiVersion":"widgets.example.com/v1","kind":"Widget","metadata":"#),
        "{text}"
    );
}

#[test]
fn fields_that_the_schema_does_not_name_are_written_behind_the_others() {
    let settings = WidgetSettings {
        level: Some(1),
        additional_fields: [("beyond".to_owned(), json!([2]))].into(),
    };
    assert_eq!(
        serde_json::to_string(&settings).unwrap(),
        r#"{"level":1,"beyond":[2]}"#
    );
    assert_eq!(
        serde_json::to_string(&WidgetSettings::default()).unwrap(),
        "{}"
    );
}

#[test]
fn a_kind_with_a_required_time_has_no_default_and_can_still_be_written() {
    let anything = Anything {
        metadata: named("any"),
        additional_fields: None,
        since: Time(Timestamp::UNIX_EPOCH),
        additional_fields2: [("spec".to_owned(), json!({ "any": "thing" }))].into(),
    };
    assert_eq!(
        json(&anything),
        json!({
            "apiVersion": "widgets.example.com/v1",
            "kind": "Anything",
            "metadata": { "name": "any" },
            "since": "1970-01-01T00:00:00Z",
            "spec": { "any": "thing" },
        })
    );
}

#[test]
fn closed_sets_are_written_with_the_values_of_the_schema() {
    let awkward = [
        (ChoiceAwkward::Empty, ""),
        (ChoiceAwkward::V1_2, "1.2"),
        (ChoiceAwkward::Self_, "self"),
        (ChoiceAwkward::NotEqual, "!="),
        (ChoiceAwkward::AllowUpper, "ALLOW"),
        (ChoiceAwkward::Tlsv1_3, "TLSV1_3"),
    ];
    for (value, expected) in awkward {
        assert_eq!(value.as_str(), expected);
        assert_eq!(json(&value), json!(expected));
    }
}

#[test]
fn a_required_closed_set_defaults_to_its_first_value_or_that_of_the_schema() {
    let choice = Choice {
        metadata: named("choice"),
        spec: Some(ChoiceSpec {
            first: ChoiceFirst::default(),
            second: ChoiceSecond::default(),
            third: Some(ChoiceThird {
                mode: Some(Default::default()),
            }),
            verbs: Some(vec![ChoiceVerb::Post]),
            ..Default::default()
        }),
    };
    assert_eq!(
        json(&choice)["spec"],
        json!({ "first": {}, "second": { "mode": "On" }, "third": { "mode": "Off" }, "verbs": ["POST"] })
    );
}

#[test]
fn equal_shapes_are_one_type_under_every_name_of_theirs() {
    let matched = v1beta1::RouteMatch {
        uri: Some(v1::RouteMatchUri {
            prefix: Some("/".to_owned()),
            ..Default::default()
        }),
        ..Default::default()
    };
    let spec = v1::RouteTemplateSpec {
        match_: Some(matched),
        ..Default::default()
    };
    let route = v1::Route {
        spec: Some(spec),
        ..Default::default()
    };
    assert_eq!(
        json(&route)["spec"],
        json!({ "match": { "uri": { "prefix": "/" } } })
    );
}

#[test]
fn each_version_of_a_kind_is_its_own_resource() {
    assert_eq!(
        <v1::Route as Resource>::API_VERSION,
        "versions.example.com/v1"
    );
    assert_eq!(
        <v1beta1::Route as Resource>::API_VERSION,
        "versions.example.com/v1beta1"
    );
    assert_eq!(<v1beta1::Route as Resource>::URL_PATH_SEGMENT, "routes");
}
