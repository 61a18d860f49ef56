//! The priority classes, and the handle by which pods ask for one.

use builders::PriorityClassRef;
use environment::Environment;
use k8s_openapi::api::scheduling::v1 as scheduling;
use manifest::Manifest;
use names::{ApplicationName, NamespaceName, PriorityClassName, name};

use crate::component::Component;
use crate::wave;

const PLATFORM_CRITICAL: PriorityClassName = PriorityClassName::from_static("platform-critical");
const PRODUCTION: PriorityClassName = PriorityClassName::from_static("production");
const DEFAULT: PriorityClassName = PriorityClassName::from_static("default");
const BATCH: PriorityClassName = PriorityClassName::from_static("batch");
const PLACEHOLDER: PriorityClassName = PriorityClassName::from_static("placeholder");

/// The classes that a pod may ask for.
#[derive(Clone, Debug)]
pub(crate) struct PriorityClasses {
    /// For what other pods cannot do without: databases, admission, secrets. Such pods also request all that they may
    /// use, so that they are the last to be evicted when their node runs out of memory.
    pub(crate) platform_critical: PriorityClassRef,
    /// For what users use.
    pub(crate) production: PriorityClassRef,
    /// For jobs that can wait.
    pub(crate) batch: PriorityClassRef,
    /// For pods that only keep room for others.
    pub(super) placeholder: PriorityClassRef,
}

impl PriorityClasses {
    fn made_here() -> Self {
        let class = |name| PriorityClassRef::declared(name, "a class of this component");
        Self {
            platform_critical: class(&PLATFORM_CRITICAL),
            production: class(&PRODUCTION),
            batch: class(&BATCH),
            placeholder: class(&PLACEHOLDER),
        }
    }
}

/// What a class is beside its name and value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Others make room for it.
    Preempting,
    /// It is the class of pods that name none.
    Default,
    /// It waits for room.
    Patient,
}

/// All classes of the environment.
pub(crate) fn priority_classes(environment: &Environment) -> Component<PriorityClasses> {
    let values = &environment.priorities;
    Component::new(
        &name!(ApplicationName, "scheduling"),
        &name!(NamespaceName, "kube-system"),
        wave::FOUNDATION,
        PriorityClasses::made_here(),
    )
    .with([
        class(
            &PLATFORM_CRITICAL,
            values.platform_critical.value,
            Manner::Preempting,
            "What other pods cannot do without: databases, admission, secrets, the mesh.",
        ),
        class(
            &PRODUCTION,
            values.production.value,
            Manner::Preempting,
            "What users use.",
        ),
        class(
            &DEFAULT,
            values.default.value,
            Manner::Default,
            "Pods that name no class.",
        ),
        class(
            &BATCH,
            values.batch.value,
            Manner::Patient,
            "Jobs that can wait; they wait for room and preempt nobody.",
        ),
        class(
            &PLACEHOLDER,
            values.placeholder.value,
            Manner::Patient,
            "Pods that only keep room for others and give way to every other pod.",
        ),
    ])
}

fn class(name: &PriorityClassName, value: i32, manner: Manner, description: &str) -> Manifest {
    let preemption = if manner == Manner::Patient {
        "Never"
    } else {
        "PreemptLowerPriority"
    };
    Manifest::cluster(
        name.clone(),
        scheduling::PriorityClass {
            value,
            global_default: (manner == Manner::Default).then_some(true),
            preemption_policy: Some(preemption.to_owned()),
            description: Some(description.to_owned()),
            ..Default::default()
        },
    )
}
