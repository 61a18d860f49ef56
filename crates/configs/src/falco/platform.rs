//! The platform's own rules beside Falco's: they know which namespaces hold applications and what is expected there.

use names::{Cidr, NamespaceName};

use super::{Condition, Field, List, Macro, Priority, Rule, RulesFile};

/// Where services of the provider tell a machine its credentials.
const METADATA_SERVICE: &str = "169.254.169.254";

/// What is expected of an environment; everything else is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The namespaces of applications and data.
    pub workload_namespaces: Vec<NamespaceName>,
    /// The namespaces whose pods may have any privilege.
    pub privileged_namespaces: Vec<NamespaceName>,
    /// The addresses of nodes, pods and services.
    pub own_networks: Vec<Cidr>,
    /// The beginnings of images whose processes talk to the API server.
    pub api_clients: Vec<String>,
    /// The beginnings of images that may be privileged wherever they run.
    pub privileged_images: Vec<String>,
    /// The beginnings of images that open connections to the world.
    pub outbound_images: Vec<String>,
}

/// The rules, with the values of the environment in their lists.
pub fn platform_rules(expected: &Expected) -> RulesFile {
    let parts = Parts::of(expected);
    RulesFile::new([
        parts.shell(),
        parts.package_manager(),
        parts.written_program(),
        parts.token(expected),
        parts.metadata_service(),
        parts.outbound(expected),
        parts.miner(),
        privileged(expected, &parts),
    ])
}

/// What several rules use.
struct Parts {
    spawned: Condition,
    in_workload: Condition,
    connects: Condition,
}

impl Parts {
    fn of(expected: &Expected) -> Self {
        let container = Macro::new(
            "platform_container",
            Condition::IsNot(Field::CONTAINER, "host"),
        );
        let namespaces = List::new(
            "platform_workload_namespaces",
            expected.workload_namespaces.iter().map(ToString::to_string),
        );
        let spawned = Macro::new(
            "platform_spawned_process",
            Condition::Any(vec![
                Condition::Is(Field::EVENT, "execve"),
                Condition::Is(Field::EVENT, "execveat"),
            ]),
        );
        let in_workload = Macro::new(
            "platform_workload",
            Condition::all([
                Condition::holds(&container),
                Condition::In(Field::NAMESPACE, namespaces),
            ]),
        );
        let connects = Macro::new(
            "platform_connects",
            Condition::all([
                Condition::Is(Field::EVENT, "connect"),
                Condition::Any(vec![
                    Condition::Is(Field::DESCRIPTOR_KIND, "4"),
                    Condition::Is(Field::DESCRIPTOR_KIND, "6"),
                ]),
            ]),
        );
        Self {
            spawned: Condition::holds(&spawned),
            in_workload: Condition::holds(&in_workload),
            connects: Condition::holds(&connects),
        }
    }

    /// A process of the list starts inside an application.
    fn started(&self, programs: List) -> [Condition; 3] {
        [
            self.spawned.clone(),
            self.in_workload.clone(),
            Condition::In(Field::PROCESS, programs),
        ]
    }

    fn shell(&self) -> Rule {
        let shells = List::new(
            "platform_shells",
            ["ash", "bash", "csh", "dash", "fish", "ksh", "sh", "zsh"],
        );
        let interactive = Condition::IsNot(Field::TERMINAL, "0");
        Rule::new(
            "Platform interactive shell in an application",
            "Somebody has a terminal inside a container of an application; what is changed there is in no repository.",
            Priority::Error,
            Condition::all(self.started(shells).into_iter().chain([interactive])),
        )
        .saying("terminal", "%proc.tty")
        .technique("mitre_execution", "T1059")
    }

    fn package_manager(&self) -> Rule {
        let managers = List::new(
            "platform_package_managers",
            [
                "apk", "apt", "apt-get", "dnf", "dpkg", "gem", "microdnf", "npm", "pip", "pip3",
                "rpm", "yum",
            ],
        );
        Rule::new(
            "Platform package manager in an application",
            "Software is installed into a running container, where no scan has seen it.",
            Priority::Error,
            Condition::all(self.started(managers)),
        )
        .technique("mitre_persistence", "T1505")
    }

    fn written_program(&self) -> Rule {
        let directories = List::new(
            "platform_binary_directories",
            [
                "/bin",
                "/sbin",
                "/usr/bin",
                "/usr/sbin",
                "/usr/local/bin",
                "/usr/local/sbin",
                "/lib",
                "/lib64",
                "/usr/lib",
            ],
        );
        Rule::new(
            "Platform write below a binary directory",
            "A file is written where programs and libraries lie; images are built elsewhere and never change.",
            Priority::Critical,
            Condition::all([
                opened(Field::OPENED_FOR_WRITING),
                self.in_workload.clone(),
                Condition::Below(Field::DESCRIPTOR_NAME, directories),
            ]),
        )
        .saying("file", "%fd.name")
        .technique("mitre_persistence", "T1543")
    }

    fn token(&self, expected: &Expected) -> Rule {
        let tokens = List::new(
            "platform_token_directories",
            [
                "/run/secrets/kubernetes.io/serviceaccount",
                "/var/run/secrets/kubernetes.io/serviceaccount",
            ],
        );
        Rule::new(
            "Platform service account token is read",
            "An application that does not talk to the API server reads the token that it would need for that.",
            Priority::Error,
            Condition::all(
                [
                    opened(Field::OPENED_FOR_READING),
                    self.in_workload.clone(),
                    Condition::Below(Field::DESCRIPTOR_NAME, tokens),
                ]
                .into_iter()
                .chain(but("platform_api_clients", &expected.api_clients)),
            ),
        )
        .saying("file", "%fd.name")
        .technique("mitre_credential_access", "T1528")
    }

    fn metadata_service(&self) -> Rule {
        Rule::new(
            "Platform contact to the metadata service",
            "An application asks for the credentials of its node.",
            Priority::Critical,
            Condition::all([
                self.connects.clone(),
                self.in_workload.clone(),
                Condition::Is(Field::SERVER_ADDRESS, METADATA_SERVICE),
            ]),
        )
        .saying("connection", "%fd.name")
        .technique("mitre_credential_access", "T1552.005")
    }

    fn outbound(&self, expected: &Expected) -> Rule {
        let own = List::new(
            "platform_own_networks",
            expected
                .own_networks
                .iter()
                .map(ToString::to_string)
                .chain(["127.0.0.0/8".to_owned(), "169.254.0.0/16".to_owned()]),
        );
        Rule::new(
            "Platform unexpected outbound connection",
            "An application connects to an address outside of the cluster although nothing that it calls is there.",
            Priority::Warning,
            Condition::all(
                [
                    self.connects.clone(),
                    self.in_workload.clone(),
                    Condition::In(Field::SERVER_NETWORK, own).negated(),
                ]
                .into_iter()
                .chain(but("platform_outbound_images", &expected.outbound_images)),
            ),
        )
        .saying("connection", "%fd.name")
        .technique("mitre_command_and_control", "T1071")
    }

    fn miner(&self) -> Rule {
        Rule::new(
            "Platform connection to a mining pool",
            "The command line names the protocol of mining pools.",
            Priority::Critical,
            Condition::all([
                self.spawned.clone(),
                Condition::Any(vec![
                    Condition::Contains(Field::COMMAND, "stratum+tcp"),
                    Condition::Contains(Field::COMMAND, "stratum+ssl"),
                    Condition::Contains(Field::COMMAND, "stratum2+tcp"),
                ]),
            ]),
        )
        .technique("mitre_impact", "T1496")
    }
}

/// A file is opened, and the call did not fail.
fn opened(how: Field) -> Condition {
    Condition::all([
        Condition::Any(
            ["open", "openat", "openat2"]
                .map(|call| Condition::Is(Field::EVENT, call))
                .to_vec(),
        ),
        Condition::Is(how, "true"),
        Condition::Is(Field::DESCRIPTOR_KIND, "f"),
        Condition::AtLeast(Field::DESCRIPTOR, 0),
    ])
}

/// Images that the rule is not about, if there are any.
fn but(name: &'static str, images: &[String]) -> Option<Condition> {
    (!images.is_empty()).then(|| {
        Condition::StartsWithAny(Field::IMAGE, List::new(name, images.iter().cloned())).negated()
    })
}

fn privileged(expected: &Expected, parts: &Parts) -> Rule {
    let namespaces = List::new(
        "platform_privileged_namespaces",
        expected
            .privileged_namespaces
            .iter()
            .map(ToString::to_string),
    );
    Rule::new(
        "Platform privileged container",
        "A container with all privileges starts where admission should have refused it.",
        Priority::Critical,
        Condition::all(
            [
                parts.spawned.clone(),
                Condition::Is(Field::PROCESS_IN_CONTAINER, "1"),
                Condition::IsNot(Field::CONTAINER, "host"),
                Condition::Is(Field::PRIVILEGED, "true"),
                Condition::In(Field::NAMESPACE, namespaces).negated(),
            ]
            .into_iter()
            .chain(but(
                "platform_privileged_images",
                &expected.privileged_images,
            )),
        ),
    )
    .technique("mitre_privilege_escalation", "T1610")
}
