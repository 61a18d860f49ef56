//! Every chapter of the runbook with every branch of its template.

use configs::prometheus::{AlertRule, RuleFile, RuleGroup, Severity};
use configs::runbook::{
    Alerts, Backup, Breaker, Budget, Checkpoints, Cluster, Coordination, Database, DatabaseArchive,
    Delivery, Escalation, Failover, Maintenance, Overview, Pool, Response, Restore, Runbook,
    Service, Services, Strategy, Tenants, Tier, TierTest, Troubleshooting, Twin, Wave,
};

fn text(text: &str) -> String {
    text.to_owned()
}

fn overview() -> Overview {
    Overview {
        cluster: Cluster {
            name: text("shop"),
            environment: text("small"),
            provider: "Amazon EKS",
            region: text("eu-central-1"),
            kubernetes: text("1.35"),
            role: "active",
            credentials: text("aws eks update-kubeconfig --name shop"),
        },
        delivery: Delivery {
            repository: text("https://git.example.com/platform.git"),
            revision: text("main"),
            namespace: text("argocd"),
            root: text("root"),
            waves: vec![Wave {
                number: 0,
                applications: text("namespaces, storage"),
            }],
        },
        response: Response {
            channel: text("#incidents"),
            severities: vec![configs::runbook::Severity {
                name: text("critical"),
                means: text("nothing works"),
                within: text("15m"),
            }],
            escalation: vec![Escalation {
                role: text("on call"),
                after: text("0s"),
                contact: text("the pager"),
            }],
        },
    }
}

fn maintenance(limits: &[&str]) -> Maintenance {
    Maintenance {
        environment: text("small"),
        next_kubernetes: text("1.36"),
        pool_label: text("platform/node-pool"),
        pools: vec![Pool {
            name: text("general"),
            machine: text("m5.large"),
            nodes: text("2–4"),
            selector: text("platform/node-pool=general"),
        }],
        budgets: vec![Budget {
            namespace: text("shop"),
            name: text("web"),
            holds: text("at most 1 unavailable"),
        }],
        limits: limits.iter().map(|limit| text(limit)).collect(),
    }
}

fn service(name: &str, strategy: Strategy) -> Service {
    Service {
        name: text(name),
        namespace: text("shop"),
        kind: text("Rollout"),
        strategy,
        minimum: 2,
        maximum: 6,
        port: 80,
        autoscaler: Some(text(name)),
        virtual_service: Some(format!("{name}-vs")),
        active: Some(text(name)),
        preview: Some(format!("{name}-preview")),
    }
}

fn services(services: Vec<Service>) -> Services {
    let any = |strategy| services.iter().any(|service| service.strategy == strategy);
    Services {
        environment: text("small"),
        canaries: any(Strategy::Canary),
        blue_greens: any(Strategy::BlueGreen),
        services,
    }
}

fn failover(standby: bool, lag: Option<&str>) -> Failover {
    Failover {
        standby,
        twin: Twin {
            name: text("shop-twin"),
            region: text("eu-west-1"),
        },
        lag: lag.map(text),
    }
}

fn restore(backup: bool) -> Restore {
    Restore {
        environment: text("small"),
        cluster_application: text("cluster"),
        backup: backup.then(|| Backup {
            namespace: text("velero"),
            schedule: text("daily-backup"),
            cron: text("0 2 * * *"),
            namespaces: text("shop"),
            keep: text("720h"),
            location: text("bucket"),
        }),
    }
}

fn database(whole: bool) -> Database {
    Database {
        namespace: text("data"),
        stateful_set: text("postgres"),
        app: text("postgres"),
        topology: text("postgres-topology"),
        members: vec![text("postgres-0")],
        several: whole,
        read_write: text("postgres-rw"),
        archive: whole.then(|| DatabaseArchive {
            backup: text("postgres-backup"),
            restore: text("postgres-restore"),
            settings: text("postgres-restore"),
            nobody: "nobody",
            test: text("postgres-restore-test"),
            test_schedule: text("0 4 * * 0"),
            keep: text("336h"),
        }),
        follows: whole.then(|| text("shop-twin")),
        nobody: "nobody",
        pooler: whole.then(|| text("postgres-pooler")),
        pooler_app: whole.then(|| text("postgres-pooler")),
    }
}

fn tenancy() -> (Checkpoints, Coordination, Tenants) {
    let checkpoints = Checkpoints {
        namespace: text("platform"),
        cron_job: text("vpa-checkpoint-backup"),
        app: text("vpa-checkpoint-backup"),
        schedule: text("0 */6 * * *"),
        settings: text("vpa-checkpoint-restore"),
    };
    let coordination = Coordination {
        namespace: text("platform"),
        deployment: text("coordinator"),
        app: text("coordinator"),
        lease: text("coordinator"),
        breakers: vec![Breaker {
            tier: text("small"),
            nodes: 10,
            evictions: 5,
            minutes: 15,
        }],
    };
    let tenants = Tenants {
        environment: text("small"),
        pool_label: text("node-pool"),
        tiers: vec![Tier {
            name: text("small"),
            pool: text("shared"),
            mode: text("initial"),
            cpu: text("2"),
            memory: text("4Gi"),
            monitoring: text("basic"),
            tenants: text("acme"),
        }],
        tests: vec![TierTest {
            namespace: text("tenant-small-test"),
            autoscaler: text("test-small-vpa"),
        }],
    };
    (checkpoints, coordination, tenants)
}

fn alerts() -> Alerts {
    let rule = AlertRule::new(
        "HighCPUUsage",
        Severity::Warning,
        "up == 0",
        "{{ $labels.pod }} is busy",
        "It has been for a while.",
    );
    Alerts::of(&[RuleFile {
        groups: vec![RuleGroup::of_alerts("nodes", [rule])],
    }])
}

#[test]
fn a_runbook_with_everything_in_it() {
    let all = services(vec![
        service("web", Strategy::Rolling),
        service("orders", Strategy::Canary),
        service("stock", Strategy::BlueGreen),
    ]);
    let (checkpoints, coordination, tenants) = tenancy();
    let runbook = Runbook::new()
        .chapter(Some(&overview()))
        .chapter(Some(&maintenance(&["The API server's flags."])))
        .chapter(Some(&all))
        .chapter(Some(&failover(true, Some("5m"))))
        .chapter(Some(&restore(true)))
        .chapter(Some(&database(true)))
        .chapter(Some(&checkpoints))
        .chapter(Some(&coordination))
        .chapter(Some(&tenants))
        .chapter(Some(&Troubleshooting {}))
        .chapter(Some(&alerts()))
        .to_text();
    assert!(!runbook.contains("failed to render"), "{runbook}");
    insta::with_settings!({prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("runbook", runbook);
    });
}

#[test]
fn chapters_do_without_what_an_environment_does_not_run() {
    let rolling = services(vec![Service {
        autoscaler: None,
        ..service("web", Strategy::Rolling)
    }]);
    let runbook = Runbook::new()
        .chapter(Some(&maintenance(&[])))
        .chapter(Some(&rolling))
        .chapter(Some(&failover(false, None)))
        .chapter(Some(&restore(false)))
        .chapter(Some(&database(false)))
        .chapter(None::<&Tenants>)
        .to_text();
    assert!(!runbook.contains("failed to render"), "{runbook}");
    for word in ["velero", "canary", "preview", "cronjob", "nobody", "pooler"] {
        assert!(!runbook.contains(word), "{word}\n{runbook}");
    }
}
