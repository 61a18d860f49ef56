//! Placeholders: pods that sleep and keep room free, so that a new pod starts at once and its node is replaced behind it.

use builders::{Container, DisruptionBudget, Pod, RunAs, ServiceAccount, Workload};
use environment::OverProvisioning;
use manifest::Exception;
use names::{
    ApplicationName, Bytes, ContainerName, Duration, ServiceAccountName, WorkloadName, name,
};

use super::PriorityClasses;
use crate::component::Component;
use crate::convert::{identity, resources};
use crate::wave;

/// The user of the image `pause`.
const USER: RunAs = RunAs {
    user: 65_535,
    group: 65_535,
    volume_group: None,
};

/// The placeholders with the account they run under.
pub(super) fn over_provisioning(
    settings: &OverProvisioning,
    classes: &PriorityClasses,
) -> Component<()> {
    let identity = identity(
        &name!(ApplicationName, "over-provisioning"),
        &settings.namespace.value,
        &name!(WorkloadName, "placeholder"),
    );
    let account = ServiceAccount::new(&identity, &name!(ServiceAccountName, "placeholder"));
    let container = Container::new(
        &name!(ContainerName, "pause"),
        &settings.image,
        &resources(&settings.resources).ephemeral_storage(Bytes::mebi(1), Bytes::mebi(1)),
    );
    let pod = Pod::new(&identity, &account.handle(), USER, container)
        .priority(&classes.placeholder)
        .prefer_separate_nodes()
        // They have nothing to finish, and somebody waits for their room.
        .termination_grace(Duration::ZERO);
    // A drain may take all of them: they hold nothing but room.
    let budget = DisruptionBudget::max_unavailable(&identity, settings.replicas.value).manifest();
    let budget = if settings.replicas.value > 1 {
        budget.excuse(Exception {
            code: "WORK019",
            reason: "the pods hold nothing but room: a drain may take all of them",
        })
    } else {
        budget
    };
    Component::new(
        identity.application(),
        identity.namespace(),
        wave::OPERATIONS,
        (),
    )
    .with([
        account.manifest(),
        Workload::deployment(pod)
            .replicas(settings.replicas.value.into())
            .manifest()
            .excuse(Exception {
                code: "WORK012",
                reason: "a pod that only waits cannot hang",
            })
            .excuse(Exception {
                code: "WORK013",
                reason: "nobody asks the pods anything",
            }),
        budget,
    ])
}
