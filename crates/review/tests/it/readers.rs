//! Who gets new content, and how: with a checksum in the template, as files, or only when somebody restarts them.

use review::Effect;

use crate::examples::{borrowed, reviewed};

fn settings(level: &str) -> String {
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: settings, namespace: shop}}\ndata: {{level: {level}}}\n"
    )
}

fn reader(name: &str, checksum: &str, reads: &str) -> String {
    format!(
        "apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, namespace: shop}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}, annotations: {{checksum: '{checksum}'}}}}
    spec:
      containers:
      - {{name: {name}, image: 'registry.example.com/{name}:v1', {reads}}}
      volumes:
      - {{name: settings, configMap: {{name: settings}}}}
"
    )
}

#[test]
fn every_reader_is_told_how_it_gets_new_content() {
    let files = "volumeMounts: [{name: settings, mountPath: /etc/settings}]";
    let part = "volumeMounts: [{name: settings, mountPath: /etc/settings/level, subPath: level}]";
    let variables = "envFrom: [{configMapRef: {name: settings}}]";
    let [was, is] = [("info", "1"), ("debug", "2")].map(|(level, checksum)| {
        [
            ("a.yaml", settings(level)),
            ("b.yaml", reader("hashed", checksum, variables)),
            ("c.yaml", reader("follows", "1", files)),
            ("d.yaml", reader("part", "1", part)),
            ("e.yaml", reader("variables", "1", variables)),
        ]
    });
    let (review, _) = reviewed("prod", &borrowed(&was), &borrowed(&is));
    assert_eq!(review.objects.len(), 2);
    let map = review
        .objects
        .iter()
        .find(|object| object.id.kind == "ConfigMap")
        .unwrap();
    assert_eq!(map.effect, Effect::Restart);
    assert_eq!(map.reason, "Deployment shop/hashed restarts with it");
    let notes = map.notes.join("\n");
    for said in [
        "Deployment shop/follows finds the new files within about a minute",
        "Deployment shop/part, Deployment shop/variables reads it as variables or single files",
    ] {
        assert!(notes.contains(said), "{notes}");
    }
}
