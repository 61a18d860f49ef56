//! Whole reviews of small trees, as people read them.

#![expect(clippy::disallowed_methods, reason = "a browser reads files")]

use check::Context;
use review::{Effect, Files, Review, Trees, across, review};
use schemas::Store;

/// The files of a tree from texts, with a ledger that names their origins.
pub(crate) fn files(texts: &[(&str, &str)]) -> Files {
    let mut files: Files = texts
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect();
    let entries = texts.iter().map(|(path, _)| {
        let application = path.split('/').nth(1).unwrap_or_default();
        format!("\"{path}\": {{\"application\": \"{application}\", \"origin\": \"crates/platform/src/{application}.rs:7\"}}")
    });
    let entries: Vec<String> = entries.collect();
    let ledger = format!("{{\"version\": 1, \"files\": {{{}}}}}", entries.join(","));
    files.insert("ledger.json".to_owned(), ledger.into_bytes());
    files
}

pub(crate) fn reviewed(
    environment: &str,
    base: &[(&str, &str)],
    head: &[(&str, &str)],
) -> (Review, Trees) {
    let trees = Trees::new(files(base), files(head));
    let context = Context::new("1.35".parse().unwrap(), Store::embedded());
    let mut review = review(environment, &trees, &context);
    review::draw(&mut review, &trees, &context);
    (review, trees)
}

const APPLICATION: &str = "\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  annotations: {argocd.argoproj.io/sync-wave: '5'}
  name: shop
  namespace: argocd
spec:
  source: {path: generated/prod/apps/shop}
  ignoreDifferences:
  - {group: apps, kind: Deployment, name: worker, jsonPointers: [/spec/replicas]}
  syncPolicy: {automated: {prune: true}, syncOptions: [RespectIgnoreDifferences=true]}
";

fn deployment(name: &str, image: &str, extra: &str) -> String {
    format!(
        "apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, namespace: shop}}
spec:
  replicas: 3
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      containers:
      - name: {name}
        image: registry.example.com/{name}:{image}
        ports: [{{name: http, containerPort: 8080}}]
        readinessProbe: {{httpGet: {{port: http}}, initialDelaySeconds: 20}}
        resources: {{requests: {{cpu: 500m, memory: 256Mi}}}}
{extra}"
    )
}

const SECURE: &str = "        securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}\n";

fn policy(callers: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: web, namespace: shop}}
spec:
  podSelector: {{matchLabels: {{app: web}}}}
  policyTypes: [Ingress]
  ingress:
  - from: [{callers}]
    ports: [{{port: 8080}}]
"
    )
}

fn database(storage: &str, name: &str) -> String {
    format!(
        "apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: {name}, namespace: shop}}
spec:
  replicas: 3
  serviceName: database
  selector: {{matchLabels: {{app: database}}}}
  template:
    metadata: {{labels: {{app: database}}}}
    spec:
      containers:
      - {{name: database, image: 'registry.example.com/database:v1'}}
  volumeClaimTemplates:
  - metadata: {{name: data}}
    spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: {storage}}}}}}}
"
    )
}

const RULES: &str = "apiVersion: v1
kind: ConfigMap
metadata: {name: rules, namespace: shop}
data:
  shop.rules.yaml: |
    groups:
    - name: shop
      rules:
      - alert: ShopIsSlow
        expr: latency_seconds > THRESHOLD
        for: 5m
        labels: {severity: critical}
";

/// The files of a tree, by path.
type Tree = Vec<(&'static str, String)>;

fn shop() -> (Tree, Tree) {
    let base = vec![
        ("argocd/application-shop.yaml", APPLICATION.to_owned()),
        ("apps/shop/web.yaml", deployment("web", "v1", SECURE)),
        ("apps/shop/worker.yaml", deployment("worker", "v1", SECURE)),
        (
            "apps/shop/policy.yaml",
            policy("{podSelector: {matchLabels: {app: front}}}"),
        ),
        ("apps/shop/front.yaml", deployment("front", "v1", SECURE)),
        ("apps/shop/database.yaml", database("100Gi", "database")),
        ("apps/shop/rules.yaml", RULES.replace("THRESHOLD", "0.5")),
        ("apps/shop/gone.yaml", deployment("gone", "v1", SECURE)),
    ];
    let mut head = base.clone();
    head[1].1 = deployment("web", "v2", "");
    head[2].1 = deployment("worker", "v1", SECURE).replace("replicas: 3", "replicas: 5");
    head[3].1 = policy(
        "{podSelector: {matchLabels: {app: front}}}, {podSelector: {matchLabels: {app: worker}}}",
    );
    head[5].1 = database("200Gi", "database");
    head[6].1 = RULES.replace("THRESHOLD", "1.5");
    head[7] = ("apps/shop/renamed.yaml", deployment("here", "v1", SECURE));
    (base, head)
}

pub(crate) fn borrowed<'t>(tree: &'t [(&'static str, String)]) -> Vec<(&'t str, &'t str)> {
    tree.iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect()
}

pub(crate) fn shop_review() -> (Review, Trees) {
    let (base, head) = shop();
    reviewed("prod", &borrowed(&base), &borrowed(&head))
}

#[test]
fn a_change_of_many_kinds_reads_well() {
    let (review, trees) = shop_review();
    insta::assert_snapshot!("text", review::text::render(&review, false));
    let reviews = [review];
    insta::assert_snapshot!("markdown", review::markdown::render(&reviews, &[], 60_000));
    let json = format!("{:#}", review::json::render(&reviews, &[]));
    insta::assert_snapshot!("json", json);
    assert!(across(&[(&reviews[0], &trees)]).is_empty());
}

#[test]
fn the_markdown_keeps_within_its_budget_and_tells_the_worst_first() {
    let reviews = [shop_review().0];
    for budget in [300, 1_000, 2_000, 5_000, 60_000] {
        let text = review::markdown::render(&reviews, &[], budget);
        assert!(text.len() <= budget, "{} of {budget}", text.len());
    }
    let text = review::markdown::render(&reviews, &[], 2_500);
    assert!(text.contains("StatefulSet shop/database"), "{text}");
    assert!(text.contains("did not fit"), "{text}");
}

#[test]
fn an_environment_that_was_left_behind_is_named() {
    let tree = |image: &str| vec![("apps/shop/web.yaml", deployment("web", image, SECURE))];
    let (old, new) = (tree("v1"), tree("v2"));
    let prod = reviewed("prod", &borrowed(&old), &borrowed(&new));
    let standby = reviewed("prod-dr", &borrowed(&old), &borrowed(&old));
    let other = tree("v0");
    let dev = reviewed("dev", &borrowed(&other), &borrowed(&other));
    let found = across(&[
        (&prod.0, &prod.1),
        (&standby.0, &standby.1),
        (&dev.0, &dev.1),
    ]);
    let texts: Vec<String> = found.iter().map(review::Across::text).collect();
    assert_eq!(
        texts,
        [
            "Deployment shop/web spec.template.spec.containers[web].image registry.example.com/web:v1 → registry.example.com/web:v2: in prod, not in prod-dr"
        ]
    );
}

#[test]
fn an_object_in_another_file_is_moved_and_a_set_under_another_name_leaves_its_data() {
    let set = database("100Gi", "database");
    let (moved, _) = reviewed("prod", &[("a.yaml", &set)], &[("b.yaml", &set)]);
    assert_eq!(moved.effect(), Effect::Nothing);
    assert_eq!(moved.objects[0].fate.as_str(), "moved");
    let renamed = database("100Gi", "db");
    let (review, _) = reviewed("prod", &[("a.yaml", &set)], &[("b.yaml", &renamed)]);
    assert_eq!(review.objects.len(), 1, "one object, not two");
    assert_eq!(review.objects[0].fate.as_str(), "renamed");
    assert_eq!(review.effect(), Effect::DataAtRisk);
    assert!(review.objects[0].no_way_back.is_some());
}

#[test]
fn what_argo_cd_leaves_alone_does_nothing() {
    let (review, _) = shop_review();
    let worker = review
        .objects
        .iter()
        .find(|object| object.id.name == "worker")
        .unwrap();
    assert_eq!(worker.effect, Effect::Nothing);
}

#[test]
fn what_an_application_leaves_behind_is_not_said_to_stop() {
    let web = deployment("web", "v1", SECURE);
    let base = [
        ("argocd/application-shop.yaml", APPLICATION),
        ("apps/shop/web.yaml", web.as_str()),
    ];
    let (left, _) = reviewed("prod", &base, &[]);
    assert_eq!(left.effect(), Effect::InPlace);
    assert!(left.objects.iter().any(|object| !object.recipe.is_empty()));
    let finalizer = "  finalizers: [resources-finalizer.argocd.argoproj.io]\nspec:";
    let cascades = APPLICATION.replace("spec:", finalizer);
    let base = [
        ("argocd/application-shop.yaml", cascades.as_str()),
        ("apps/shop/web.yaml", web.as_str()),
    ];
    let (deleted, _) = reviewed("prod", &base, &[]);
    assert_eq!(deleted.effect(), Effect::DataAtRisk);
    let web = deleted
        .objects
        .iter()
        .find(|object| object.id.name == "web");
    assert_eq!(web.unwrap().effect, Effect::Interrupted);
}

#[test]
fn no_value_of_a_secret_is_told() {
    let secret = |value: &str| {
        format!(
            "apiVersion: v1\nkind: Secret\nmetadata: {{name: a, namespace: b}}\nstringData: {{key: {value}}}\n"
        )
    };
    let (old, new) = (secret("hunter2"), secret("swordfish"));
    let (review, _) = reviewed("prod", &[("a.yaml", &old)], &[("a.yaml", &new)]);
    let reviews = [review];
    let written = [
        review::text::render(&reviews[0], false),
        review::markdown::render(&reviews, &[], 60_000),
        review::html::render(&reviews, &[]),
        review::json::render(&reviews, &[]).to_string(),
    ];
    for text in written {
        // Neither in plain text nor in base64.
        for value in ["hunter2", "swordfish", "aHVudGVyMg", "c3dvcmRmaXNo"] {
            assert!(!text.contains(value), "{text}");
        }
    }
}

#[test]
fn hostile_input_is_told_and_ends() {
    let deep = format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {}{}\n",
        "[".repeat(3_000),
        "]".repeat(3_000)
    );
    let lines: Vec<String> = (0..3_000).map(|line| format!("    line {line}")).collect();
    let many = lines.join("\n") + "\n";
    let map = |text: &str| {
        format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: m}}\ndata:\n  run.txt: |\n{text}"
        )
    };
    let other = many.replace("line", "other");
    let (old, new) = (map(&many), map(&other));
    let (review, _) = reviewed(
        "prod",
        &[("a.yaml", &deep), ("m.yaml", &old)],
        &[("a.yaml", "kind: [\n"), ("m.yaml", &new)],
    );
    assert_eq!(review.undecided.len(), 2, "{:?}", review.undecided);
    assert_eq!(review.objects.len(), 1);
}

#[test]
fn the_page_needs_nothing_from_anywhere() {
    let reviews = [shop_review().0];
    let page = review::html::render(&reviews, &[]);
    // The name of a language is no address.
    let page = page.replace("http://www.w3.org/2000/svg", "");
    for outside in [
        "http://",
        "https://",
        "src=\"http",
        "<link",
        "<script",
        "@import",
        "url(",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("name=\"viewport\""));
    assert!(
        page.matches("data:image/svg+xml").count() == 2 && page.contains("<svg"),
        "the ways that open are drawn, and all before and after"
    );
}

/// A page around the page that measures how wide it becomes in the width of a phone.
fn on_a_phone(page: &str) -> String {
    let inner = page.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<!doctype html><body><iframe id=p width=390 height=800 srcdoc=\"{inner}\"></iframe><pre id=said></pre><script>
p.onload=()=>{{const d=p.contentDocument,e=d.documentElement;said.textContent='width '+e.scrollWidth+' sections '+d.querySelectorAll('section').length+' drawn '+d.querySelectorAll('svg path').length}}
</script></body>"
    )
}

#[test]
#[ignore = "needs chromium"]
fn chromium_shows_the_page_on_a_phone() {
    use std::process::Command;
    let folder = tempfile::tempdir().unwrap();
    let page = review::html::render(&[shop_review().0], &[]);
    let file = folder.path().join("phone.html");
    std::fs::write(&file, on_a_phone(&page)).unwrap();
    let output = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--virtual-time-budget=3000",
            "--dump-dom",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.path().join("profile").display()
        ))
        .arg(format!("file://{}", file.display()))
        .output()
        .expect("chromium runs");
    let shown = String::from_utf8_lossy(&output.stdout);
    let said = shown
        .split("<pre id=\"said\">")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    let said = said.unwrap_or_else(|| panic!("nothing was measured: {shown}"));
    let numbers: Vec<u32> = said
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect();
    let [width, sections, drawn] = numbers[..] else {
        panic!("{said}");
    };
    assert!(width <= 390, "it is {width} wide");
    assert_eq!(sections, 1);
    assert!(drawn > 0);
}
