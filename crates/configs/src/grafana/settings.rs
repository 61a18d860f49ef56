//! `grafana.ini` of a Grafana that shows what is provisioned and lets an identity provider say who may look.

use names::{HostName, Url};

use super::ini::Ini;
use crate::path::FilePath;

/// Single sign-on with `OpenID` Connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenIdConnect {
    /// What the button says.
    pub name: String,
    /// The file with the client's identifier.
    pub client_id: FilePath,
    /// The file with the client's secret.
    pub client_secret: FilePath,
    /// Where users sign in.
    pub authorize: Url,
    /// Where codes become tokens.
    pub token: Url,
    /// Where claims about the user are read.
    pub user_info: Url,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// The group whose members administer Grafana.
    pub admin_group: String,
    /// The group whose members edit.
    pub editor_group: String,
}

impl OpenIdConnect {
    /// The role of a user, as an expression over the claims.
    fn role(&self) -> String {
        let literal = |group: &str| group.replace(['\'', '\\'], "");
        format!(
            "contains(groups[*], '{}') && 'GrafanaAdmin' || contains(groups[*], '{}') && 'Editor' || 'Viewer'",
            literal(&self.admin_group),
            literal(&self.editor_group)
        )
    }
}

/// What a Grafana is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The host under which browsers reach it, over HTTPS.
    pub host: HostName,
    /// The file with the administrator's password, which counts at the first start only.
    pub admin_password: FilePath,
    /// The file with the key that secrets in the database are encrypted with; it must never change.
    pub secret_key: FilePath,
    /// How users sign in besides the administrator.
    pub sign_in: Option<OpenIdConnect>,
    /// The directory that holds the database.
    pub data: FilePath,
    /// The directory of what is provisioned.
    pub provisioning: FilePath,
    /// The dashboard that is shown first.
    pub home: FilePath,
}

/// The value of a setting that is read from a file at the start.
fn file(path: &FilePath) -> String {
    format!("$__file{{{path}}}")
}

impl Settings {
    /// The file.
    pub fn ini(&self) -> Ini {
        let ini = self.security(self.basics(Ini::default()));
        match &self.sign_in {
            Some(sign_in) => with_sign_in(ini, sign_in),
            None => ini,
        }
    }

    fn basics(&self, ini: Ini) -> Ini {
        ini.set("paths", "data", &self.data)
            .set("paths", "provisioning", &self.provisioning)
            .set("server", "root_url", &format!("https://{}/", self.host))
            .set("server", "domain", &self.host)
            .set("log", "mode", "console")
            .set("log.console", "format", "json")
            .set("metrics", "enabled", &true)
            .set("dashboards", "default_home_dashboard_path", &self.home)
            .set("dashboards", "min_refresh_interval", "15s")
            // One writer and a volume of its own: write-ahead logging is what SQLite needs to serve readers meanwhile.
            .set("database", "type", "sqlite3")
            .set("database", "wal", &true)
            // Nothing of this cluster is told to anybody, and nothing is loaded from outside.
            .set("analytics", "reporting_enabled", &false)
            .set("analytics", "check_for_updates", &false)
            .set("analytics", "check_for_plugin_updates", &false)
            .set("news", "news_feed_enabled", &false)
            .set("plugins", "plugin_admin_enabled", &false)
            .set("plugins", "preinstall_disabled", &true)
            .set("snapshots", "external_enabled", &false)
            // Alerts belong to Prometheus and Alertmanager; what people add here goes to the same Alertmanager.
            .set("unified_alerting", "enabled", &true)
    }

    fn security(&self, ini: Ini) -> Ini {
        ini.set("security", "admin_user", "admin")
            .set("security", "admin_password", &file(&self.admin_password))
            .set("security", "secret_key", &file(&self.secret_key))
            .set("security", "cookie_secure", &true)
            .set("security", "cookie_samesite", "lax")
            .set("security", "content_security_policy", &true)
            .set("security", "strict_transport_security", &true)
            .set("security", "disable_gravatar", &true)
            .set("auth.anonymous", "enabled", &false)
            .set("users", "allow_sign_up", &false)
            .set("users", "allow_org_create", &false)
            .set("users", "viewers_can_edit", &false)
            .set("auth", "disable_login_form", &false)
    }
}

fn with_sign_in(ini: Ini, sign_in: &OpenIdConnect) -> Ini {
    const SECTION: &str = "auth.generic_oauth";
    ini.set(SECTION, "enabled", &true)
        .set(SECTION, "name", &sign_in.name)
        .set(SECTION, "client_id", &file(&sign_in.client_id))
        .set(SECTION, "client_secret", &file(&sign_in.client_secret))
        .set(SECTION, "auth_url", &sign_in.authorize)
        .set(SECTION, "token_url", &sign_in.token)
        .set(SECTION, "api_url", &sign_in.user_info)
        .set(SECTION, "scopes", &sign_in.scopes.join(" "))
        .set(SECTION, "use_pkce", &true)
        .set(SECTION, "use_refresh_token", &true)
        .set(SECTION, "allow_sign_up", &true)
        .set(
            SECTION,
            "login_attribute_path",
            "preferred_username || email",
        )
        .set(SECTION, "groups_attribute_path", "groups")
        .set(SECTION, "role_attribute_path", &sign_in.role())
        .set(SECTION, "role_attribute_strict", &true)
        // Without it a role that is an administrator's would be taken for an organisation's only.
        .set(SECTION, "allow_assign_grafana_admin", &true)
}
