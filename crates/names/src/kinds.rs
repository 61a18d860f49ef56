//! One type per kind of name, so that the name of a Secret cannot stand where that of a `ConfigMap`
//! belongs.

use crate::rules::{self, LABEL_MAXIMUM, PORT_NAME_MAXIMUM, SUBDOMAIN_MAXIMUM, WORKLOAD_MAXIMUM};
use crate::text::text;

text! {
    /// The name of any object whose kind has no stricter rule: an RFC 1123 subdomain. Narrower
    /// names turn into it with `From`.
    ObjectName {
        kind: "object name",
        maximum: SUBDOMAIN_MAXIMUM,
        rule: rules::is_subdomain,
        expected: "lowercase letters, digits, dashes and dots, alphanumeric beside each dot and at both ends, at most 253 characters",
        example: "prometheus-k8s",
    }
}

text! {
    /// The name of a Namespace: an RFC 1123 label.
    NamespaceName {
        kind: "namespace name",
        maximum: LABEL_MAXIMUM,
        rule: rules::is_label,
        expected: "lowercase letters, digits and dashes, alphanumeric at both ends, at most 63 characters",
        example: "monitoring",
    }
}

text! {
    /// The name of a Service: an RFC 1035 label, which every Kubernetes version accepts.
    ServiceName {
        kind: "service name",
        maximum: LABEL_MAXIMUM,
        rule: rules::is_service_label,
        expected: "lowercase letters, digits and dashes, a letter first, no dash at the end, at most 63 characters",
        example: "api-gateway",
    }
}

text! {
    /// The name of a `ServiceAccount`.
    ServiceAccountName {
        kind: "service account name",
        maximum: SUBDOMAIN_MAXIMUM,
        rule: rules::is_subdomain,
        expected: "lowercase letters, digits, dashes and dots, alphanumeric beside each dot and at both ends, at most 253 characters",
        example: "api-gateway",
    }
}

text! {
    /// The name of a Secret.
    SecretName {
        kind: "secret name",
        maximum: SUBDOMAIN_MAXIMUM,
        rule: rules::is_subdomain,
        expected: "lowercase letters, digits, dashes and dots, alphanumeric beside each dot and at both ends, at most 253 characters",
        example: "postgresql-credentials",
    }
}

text! {
    /// The name of a `ConfigMap`.
    ConfigMapName {
        kind: "config map name",
        maximum: SUBDOMAIN_MAXIMUM,
        rule: rules::is_subdomain,
        expected: "lowercase letters, digits, dashes and dots, alphanumeric beside each dot and at both ends, at most 253 characters",
        example: "fluentd-config",
    }
}

text! {
    /// The name of a container inside its pod: an RFC 1123 label.
    ContainerName {
        kind: "container name",
        maximum: LABEL_MAXIMUM,
        rule: rules::is_label,
        expected: "lowercase letters, digits and dashes, alphanumeric at both ends, at most 63 characters",
        example: "redis",
    }
}

text! {
    /// The name of a volume inside its pod: an RFC 1123 label.
    VolumeName {
        kind: "volume name",
        maximum: LABEL_MAXIMUM,
        rule: rules::is_label,
        expected: "lowercase letters, digits and dashes, alphanumeric at both ends, at most 63 characters",
        example: "config",
    }
}

text! {
    /// The name of a `PersistentVolumeClaim`.
    ClaimName {
        kind: "claim name",
        maximum: SUBDOMAIN_MAXIMUM,
        rule: rules::is_subdomain,
        expected: "lowercase letters, digits, dashes and dots, alphanumeric beside each dot and at both ends, at most 253 characters",
        example: "data-postgresql-0",
    }
}

text! {
    /// The name of a container or service port: an IANA service name.
    PortName {
        kind: "port name",
        maximum: PORT_NAME_MAXIMUM,
        rule: rules::is_port_name,
        expected: "lowercase letters, digits and single dashes, at least one letter, at most 15 characters",
        example: "http-metrics",
    }
}

text! {
    /// The name of a Deployment, `StatefulSet`, `DaemonSet`, Rollout, Job or `CronJob`: an RFC 1035 label
    /// of at most 52 characters.
    ///
    /// The limit is the least of what these kinds allow, so that every one of them can carry the
    /// name, its pods can be labelled with it, and a Service can be called the same.
    WorkloadName {
        kind: "workload name",
        maximum: WORKLOAD_MAXIMUM,
        rule: rules::is_workload_name,
        expected: "lowercase letters, digits and dashes, a letter first, no dash at the end, at most 52 characters",
        example: "api-gateway",
    }
}

text! {
    /// The name of a Role, `ClusterRole` or binding: one path segment, so that
    /// `system:auth-delegator` is one.
    RoleName {
        kind: "role name",
        maximum: SUBDOMAIN_MAXIMUM,
        rule: rules::is_path_segment,
        expected: "visible ASCII characters without `/` and `%`, at most 253 characters",
        example: "system:auth-delegator",
    }
}

text! {
    /// The name of a subset in an Istio `DestinationRule`: an RFC 1123 label.
    SubsetName {
        kind: "subset name",
        maximum: LABEL_MAXIMUM,
        rule: rules::is_label,
        expected: "lowercase letters, digits and dashes, alphanumeric at both ends, at most 63 characters",
        example: "canary",
    }
}

text! {
    /// The name of a `StorageClass`.
    StorageClassName {
        kind: "storage class name",
        maximum: SUBDOMAIN_MAXIMUM,
        rule: rules::is_subdomain,
        expected: "lowercase letters, digits, dashes and dots, alphanumeric beside each dot and at both ends, at most 253 characters",
        example: "gp3",
    }
}

text! {
    /// The name of a `PriorityClass`, the built-in `system-…` ones included.
    PriorityClassName {
        kind: "priority class name",
        maximum: SUBDOMAIN_MAXIMUM,
        rule: rules::is_subdomain,
        expected: "lowercase letters, digits, dashes and dots, alphanumeric beside each dot and at both ends, at most 253 characters",
        example: "system-cluster-critical",
    }
}

text! {
    /// The name of an Argo CD Application: an RFC 1123 label, because Argo CD may also write it
    /// into a label.
    ApplicationName {
        kind: "application name",
        maximum: LABEL_MAXIMUM,
        rule: rules::is_label,
        expected: "lowercase letters, digits and dashes, alphanumeric at both ends, at most 63 characters",
        example: "monitoring",
    }
}

text! {
    /// The name of a component of the platform; it can name the component's workload, service,
    /// account and application as it is.
    ComponentName {
        kind: "component name",
        maximum: WORKLOAD_MAXIMUM,
        rule: rules::is_workload_name,
        expected: "lowercase letters, digits and dashes, a letter first, no dash at the end, at most 52 characters",
        example: "redis",
    }
}

text! {
    /// A key in the data of a `ConfigMap` or Secret, which is also the file name when it is mounted.
    DataKey {
        kind: "data key",
        maximum: SUBDOMAIN_MAXIMUM,
        rule: rules::is_data_key,
        expected: "letters, digits, dashes, underscores and dots, not `.` and not starting with `..`, at most 253 characters",
        example: "prometheus.yaml",
    }
}

text! {
    /// The name of an environment variable of a container.
    EnvironmentVariable {
        kind: "environment variable",
        maximum: usize::MAX,
        rule: rules::is_environment_variable,
        expected: "printable ASCII characters without `=`",
        example: "DATABASE_URL",
    }
}
