//! How incidents are answered: the severities, and whom to ask next.

use names::Duration;

use crate::record;

record! {
    /// How fast an incident of one kind has to be answered.
    pub struct IncidentSeverity {
        /// Its name, as people say it.
        pub name: String,
        /// What users see.
        pub means: String,
        /// The time to the first answer.
        pub within: Duration,
    }
}

record! {
    /// One step of the escalation.
    pub struct EscalationStep {
        /// Who.
        pub role: String,
        /// How long after the step before.
        pub after: Duration,
        /// How to reach them: a rotation, a channel, a number.
        pub contact: String,
    }
}

record! {
    /// How incidents are answered.
    pub struct Operations {
        /// Where an incident is talked about.
        pub channel: String,
        /// The severities, the worst first.
        pub severities: Vec<IncidentSeverity>,
        /// Whom to ask next, in order.
        pub escalation: Vec<EscalationStep>,
    }
}
