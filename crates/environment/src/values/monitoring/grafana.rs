//! Dashboards: who shows them, and who may see them.

use names::{HostName, ImageReference, Url};

use crate::record;
use crate::values::{ClaimSize, ComputeResources};

record! {
    /// Which of the identity provider's groups have which role; everybody else who signs in may look.
    pub struct GrafanaRoles {
        /// The group whose members administer Grafana.
        pub admin: String,
        /// The group whose members edit dashboards.
        pub editor: String,
    }
}

record! {
    /// Single sign-on over OpenID Connect.
    pub struct SignIn {
        /// What the button says.
        pub name: String,
        /// Where users sign in.
        pub authorize: Url,
        /// Where codes become tokens.
        pub token: Url,
        /// Where claims about the user are read.
        pub user_info: Url,
        /// What is asked for.
        pub scopes: Vec<String>,
        /// Which groups have which role.
        pub roles: GrafanaRoles,
    }
}

record! {
    /// Dashboards.
    pub struct Grafana {
        /// Its image.
        pub image: ImageReference,
        /// The host under which browsers reach it.
        pub host: HostName,
        /// The volume with its database.
        pub storage: ClaimSize,
        /// Its CPU and memory.
        pub resources: ComputeResources,
        /// How users sign in; without it there is only the administrator with the password from the secret.
        pub sign_in: Option<SignIn>,
    }
}
