//! Reviewing two trees of 1,000 manifests with 10 changes, beside what compares the text of both.
#![expect(
    clippy::disallowed_methods,
    reason = "measuring a review takes two trees of files"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::process::{processor_seconds_of_others, run};
use super::{Figure, duration, median};
use crate::failure::Failure;

/// Services, each of [`KINDS`] manifests.
const SERVICES: usize = 200;
/// Manifests of a service.
const KINDS: usize = 5;
/// Every so many services one of the manifests differs.
const STEP: usize = 20;
/// Reviews between two looks at the kernel's counter, which is too coarse for one.
const REVIEWS: u32 = 4;

/// Processor time of a review, and of `dyff` where its path is given, in turns.
pub(super) fn figures(rounds: u32, dyff: Option<&Path>) -> Result<Vec<Figure>, Failure> {
    let trees = Trees::written()?;
    let program = std::env::current_exe().map_err(|error| Failure::of(&error))?;
    let mut ours = Command::new(program);
    ours.arg("review")
        .arg("--base")
        .arg(trees.at("a"))
        .arg("--head")
        .arg(trees.at("b"));
    let mut theirs = dyff.map(|dyff| {
        let mut command = Command::new(dyff);
        command
            .args(["between", "--omit-header"])
            .arg(trees.at("a.yaml"))
            .arg(trees.at("b.yaml"));
        command
    });
    let (mut of_ours, mut of_theirs) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        of_ours.extend(processor_time(&mut ours)?);
        if let Some(theirs) = &mut theirs {
            of_theirs.extend(processor_time(theirs)?);
        }
    }
    let shown = |measured: &[f64]| match measured {
        [] => "not known".to_owned(),
        measured => duration(median(measured.to_vec())),
    };
    let mut figures = vec![Figure {
        what: "review of 1,000 manifests with 10 changes, processor time".into(),
        value: shown(&of_ours),
    }];
    if theirs.is_some() {
        figures.push(Figure {
            what: "the text of the same compared by dyff, processor time".into(),
            value: shown(&of_theirs),
        });
        figures.push(Figure {
            what: "dyff's processor time for one of the review".into(),
            value: format!("{:.1}", median(of_theirs) / median(of_ours)),
        });
    }
    Ok(figures)
}

/// The processor time of one of several runs of a command, in seconds; none where the kernel does not show it.
fn processor_time(command: &mut Command) -> Result<Option<f64>, Failure> {
    let before = processor_seconds_of_others();
    for _ in 0..REVIEWS {
        run(command)?;
    }
    let after = processor_seconds_of_others();
    Ok(before
        .zip(after)
        .map(|(before, after)| (after - before) / f64::from(REVIEWS)))
}

/// Two trees, as folders and each as one file; gone when this is.
struct Trees(PathBuf);

impl Trees {
    fn written() -> Result<Self, Failure> {
        let trees = Self(std::env::temp_dir().join(format!("xtask-review-{}", std::process::id())));
        for (name, is_after) in [("a", false), ("b", true)] {
            let mut whole = String::new();
            for service in 0..SERVICES {
                let folder = trees.at(name).join(format!("service-{service:03}"));
                fs::create_dir_all(&folder).map_err(|error| Failure::of(&error))?;
                for (kind, text) in manifests(service, is_after).into_iter().enumerate() {
                    fs::write(folder.join(format!("{kind}.yaml")), &text)
                        .map_err(|error| Failure::of(&error))?;
                    whole.push_str("---\n");
                    whole.push_str(&text);
                }
            }
            fs::write(trees.at(&format!("{name}.yaml")), whole)
                .map_err(|error| Failure::of(&error))?;
        }
        Ok(trees)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Trees {
    fn drop(&mut self) {
        // What is left in the folder for temporary files is not worth a failure.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The manifests of a service; of some of them one is another one after the change.
fn manifests(service: usize, is_after: bool) -> [String; KINDS] {
    let (name, namespace) = (
        format!("service-{service:03}"),
        format!("team-{}", service % 10),
    );
    let changed = (is_after && service.is_multiple_of(STEP)).then_some(service / STEP % KINDS);
    let either = |kind: usize, before: &'static str, after: &'static str| {
        if changed == Some(kind) { after } else { before }
    };
    let head = |api: &str, kind: &str| {
        format!(
            "apiVersion: {api}\nkind: {kind}\nmetadata:\n  name: {name}\n  namespace: {namespace}\n  labels:\n    app: {name}\nspec:\n"
        )
    };
    let image = either(0, "1.4.0", "1.5.0");
    [
        format!(
            "{}  replicas: 3
  selector:
    matchLabels:
      app: {name}
  template:
    metadata:
      labels:
        app: {name}
    spec:
      containers:
      - name: {name}
        image: registry.example.com/{name}:{image}
        envFrom:
        - configMapRef:
            name: {name}
        ports:
        - name: http
          containerPort: 8080
        readinessProbe:
          httpGet:
            path: /ready
            port: http
        resources:
          requests:
            cpu: 100m
            memory: 128Mi
          limits:
            memory: 256Mi
        securityContext:
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          runAsNonRoot: true
",
            head("apps/v1", "Deployment")
        ),
        format!(
            "{}  selector:\n    app: {name}\n  ports:\n  - name: http\n    port: {}\n    targetPort: http\n",
            head("v1", "Service"),
            either(1, "80", "8080")
        ),
        format!(
            "{}  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: {name}\n  minReplicas: 3\n  maxReplicas: {}\n",
            head("autoscaling/v2", "HorizontalPodAutoscaler"),
            either(2, "6", "8")
        ),
        format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n  namespace: {namespace}\ndata:\n  LEVEL: info\n  TIMEOUT: {}\n",
            either(3, "5s", "6s")
        ),
        format!(
            "{}  podSelector:\n    matchLabels:\n      app: {name}\n  policyTypes:\n  - Ingress\n  ingress:\n  - ports:\n    - port: {}\n",
            head("networking.k8s.io/v1", "NetworkPolicy"),
            either(4, "8080", "8081")
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_of_a_thousand_manifests_differ() {
        let services =
            (0..SERVICES).map(|service| (manifests(service, false), manifests(service, true)));
        let pairs: Vec<(String, String)> = services
            .flat_map(|(before, after)| before.into_iter().zip(after))
            .collect();
        assert_eq!(pairs.len(), 1_000);
        assert_eq!(
            pairs
                .iter()
                .filter(|(before, after)| before != after)
                .count(),
            10
        );
    }
}
