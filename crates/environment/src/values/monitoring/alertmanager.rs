//! Alerts: whom they reach, how, and when.

use std::collections::BTreeMap;

use names::{Duration, EmailAddress, HostName, ImageReference, ObjectName, Port};

use super::TimeOfDay;
use crate::values::{ClaimSize, ComputeResources, SecretReference};
use crate::{Located, choice, record};

choice! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

record! {
    /// A channel of Slack.
    pub struct AlertSlack {
        /// The channel, with its `#`.
        pub channel: String,
        /// The key of a secret that holds the webhook's URL.
        pub url: SecretReference,
    }
}

record! {
    /// Mail.
    pub struct AlertEmail {
        /// To whom.
        pub to: EmailAddress,
    }
}

record! {
    /// Somebody who is told of alerts, by each way that is said; at least one.
    pub struct AlertReceiver {
        /// The key of a secret that holds the routing key of a `PagerDuty` service.
        pub pagerduty: Option<SecretReference>,
        /// A channel of Slack.
        pub slack: Option<AlertSlack>,
        /// Mail; needs `smtp`.
        pub email: Option<AlertEmail>,
        /// The key of a secret that holds the URL of a webhook.
        pub webhook: Option<SecretReference>,
    }
}

record! {
    /// Which alerts go where. The first route that fits is taken.
    pub struct AlertRoute {
        /// Values that labels of the alert must have.
        pub labels: BTreeMap<String, String>,
        /// Who is told.
        pub receiver: Located<ObjectName>,
        /// How long to wait for more alerts of the group before the first notification.
        pub wait: Option<Duration>,
        /// How often an alert that goes on is told again.
        pub repeat: Option<Duration>,
        /// The time outside of which nobody is told.
        pub during: Option<Located<ObjectName>>,
        /// Whether the routes after this one are looked at as well.
        pub go_on: bool = false,
    }
}

record! {
    /// A part of the week.
    pub struct AlertTimes {
        /// The first day.
        pub first_day: Weekday,
        /// The last day.
        pub last_day: Weekday,
        /// When it begins on each of the days.
        pub start: Located<TimeOfDay>,
        /// When it ends on each of the days.
        pub end: Located<TimeOfDay>,
        /// Whose clock is meant, as a name of the time zone database: `Europe/Berlin`.
        pub time_zone: String = "UTC".to_owned(),
    }
}

record! {
    /// The server that takes mail.
    pub struct AlertSmtp {
        /// Its host.
        pub host: HostName,
        /// Its port.
        pub port: Port,
        /// The sender.
        pub from: EmailAddress,
        /// The user.
        pub user: String,
        /// The key of a secret that holds the password.
        pub password: SecretReference,
    }
}

record! {
    /// The companion that tells the server when its configuration has changed.
    pub struct ConfigReloader {
        /// Its image.
        pub image: ImageReference,
        /// Its CPU and memory.
        pub resources: ComputeResources,
    }
}

record! {
    /// What tells people of alerts.
    pub struct Alertmanager {
        /// Its image.
        pub image: ImageReference,
        /// How many replicas share silences and notifications, 1 to 9.
        pub replicas: u16,
        /// How long silences and notifications are remembered.
        pub retention: Duration,
        /// The volume of each replica.
        pub storage: ClaimSize,
        /// CPU and memory of each replica.
        pub resources: ComputeResources,
        /// What has it read a changed configuration.
        pub reloader: ConfigReloader,
        /// Who can be told.
        pub receivers: BTreeMap<ObjectName, Located<AlertReceiver>>,
        /// Who is told of what no route fits.
        pub default: Located<ObjectName>,
        /// How often an alert that goes on is told again.
        pub repeat: Duration,
        /// Which alerts go where, in this order.
        pub routes: Vec<AlertRoute> = Vec::new(),
        /// Parts of the week that routes refer to.
        pub times: BTreeMap<ObjectName, AlertTimes> = BTreeMap::new(),
        /// The server that takes mail.
        pub smtp: Option<AlertSmtp>,
    }
}
