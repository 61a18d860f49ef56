// Made by `codegen` from the schemas of `names.example.com`.

/// Version `v1`.
pub mod v1 {
    #[allow(unused_imports)]
    use std::collections::BTreeMap;

    /// `Backup` of `names.example.com/v1`, in a namespace.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Backup {
        pub metadata: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta,
        pub spec: BackupSpec,
    }

    impl k8s_openapi::Resource for Backup {
        const API_VERSION: &'static str = "names.example.com/v1";
        const GROUP: &'static str = "names.example.com";
        const KIND: &'static str = "Backup";
        const VERSION: &'static str = "v1";
        const URL_PATH_SEGMENT: &'static str = "backups";
        type Scope = k8s_openapi::NamespaceResourceScope;
    }

    impl k8s_openapi::Metadata for Backup {
        type Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

        fn metadata(&self) -> &Self::Ty {
            &self.metadata
        }

        fn metadata_mut(&mut self) -> &mut Self::Ty {
            &mut self.metadata
        }
    }

    impl serde::Serialize for Backup {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "Backup", 4, &[]);
            object.required("apiVersion", <Self as k8s_openapi::Resource>::API_VERSION);
            object.required("kind", <Self as k8s_openapi::Resource>::KIND);
            object.required("metadata", &self.metadata);
            object.required("spec", &self.spec);
            object.end()
        }
    }

    /// `BackupRepository` of `names.example.com/v1`, in a namespace.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct BackupRepository {
        pub metadata: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta,
        pub spec: Option<BackupRepositorySpec>,
    }

    impl k8s_openapi::Resource for BackupRepository {
        const API_VERSION: &'static str = "names.example.com/v1";
        const GROUP: &'static str = "names.example.com";
        const KIND: &'static str = "BackupRepository";
        const VERSION: &'static str = "v1";
        const URL_PATH_SEGMENT: &'static str = "backuprepositories";
        type Scope = k8s_openapi::NamespaceResourceScope;
    }

    impl k8s_openapi::Metadata for BackupRepository {
        type Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

        fn metadata(&self) -> &Self::Ty {
            &self.metadata
        }

        fn metadata_mut(&mut self) -> &mut Self::Ty {
            &mut self.metadata
        }
    }

    impl serde::Serialize for BackupRepository {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "BackupRepository", 3, &[self.spec.is_some()]);
            object.required("apiVersion", <Self as k8s_openapi::Resource>::API_VERSION);
            object.required("kind", <Self as k8s_openapi::Resource>::KIND);
            object.required("metadata", &self.metadata);
            object.optional("spec", &self.spec);
            object.end()
        }
    }

    /// `Option` of `names.example.com/v1`, in a namespace.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct OptionObject {
        pub metadata: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta,
        pub data: Option<BTreeMap<String, String>>,
    }

    impl k8s_openapi::Resource for OptionObject {
        const API_VERSION: &'static str = "names.example.com/v1";
        const GROUP: &'static str = "names.example.com";
        const KIND: &'static str = "Option";
        const VERSION: &'static str = "v1";
        const URL_PATH_SEGMENT: &'static str = "options";
        type Scope = k8s_openapi::NamespaceResourceScope;
    }

    impl k8s_openapi::Metadata for OptionObject {
        type Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

        fn metadata(&self) -> &Self::Ty {
            &self.metadata
        }

        fn metadata_mut(&mut self) -> &mut Self::Ty {
            &mut self.metadata
        }
    }

    impl serde::Serialize for OptionObject {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "OptionObject", 3, &[self.data.is_some()]);
            object.required("apiVersion", <Self as k8s_openapi::Resource>::API_VERSION);
            object.required("kind", <Self as k8s_openapi::Resource>::KIND);
            object.required("metadata", &self.metadata);
            object.optional("data", &self.data);
            object.end()
        }
    }

    /// `spec` of `Backup`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct BackupSpec {
        pub _2fa: Option<bool>,
        pub cluster_ip: Option<String>,
        pub cluster_ip2: Option<String>,
        pub kube_dns: Option<String>,
        pub repository: Option<BackupSpecRepository>,
        pub self_: Option<bool>,
        pub template: Option<BackupTemplate>,
    }

    impl serde::Serialize for BackupSpec {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let present = [
                self._2fa.is_some(),
                self.cluster_ip.is_some(),
                self.cluster_ip2.is_some(),
                self.kube_dns.is_some(),
                self.repository.is_some(),
                self.self_.is_some(),
                self.template.is_some(),
            ];
            let mut object = crate::object::Object::new(serializer, "BackupSpec", 0, &present);
            object.optional("2fa", &self._2fa);
            object.optional("clusterIP", &self.cluster_ip);
            object.optional("clusterIp", &self.cluster_ip2);
            object.optional("kube-dns", &self.kube_dns);
            object.optional("repository", &self.repository);
            object.optional("self", &self.self_);
            object.optional("template", &self.template);
            object.end()
        }
    }

    /// `spec.repository` of `Backup`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct BackupSpecRepository {
        pub url: Option<String>,
    }

    impl serde::Serialize for BackupSpecRepository {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "BackupSpecRepository", 0, &[self.url.is_some()]);
            object.optional("url", &self.url);
            object.end()
        }
    }

    /// `spec.template` of `Backup`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct BackupTemplate {
        pub size: Option<BackupTemplateSize>,
        pub spec: Option<BackupTemplateSpec>,
    }

    impl serde::Serialize for BackupTemplate {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "BackupTemplate", 0, &[self.size.is_some(), self.spec.is_some()]);
            object.optional("size", &self.size);
            object.optional("spec", &self.spec);
            object.end()
        }
    }

    /// `spec.template.size` of `Backup`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct BackupTemplateSize {
        pub cpu: Option<String>,
    }

    impl serde::Serialize for BackupTemplateSize {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "BackupTemplateSize", 0, &[self.cpu.is_some()]);
            object.optional("cpu", &self.cpu);
            object.end()
        }
    }

    /// `spec.template.spec` of `Backup`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct BackupTemplateSpec {
        pub anti_affinity: Option<BackupTemplateAntiAffinity>,
        pub size: Option<BackupSpecTemplateSpecSize>,
    }

    impl serde::Serialize for BackupTemplateSpec {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "BackupTemplateSpec", 0, &[self.anti_affinity.is_some(), self.size.is_some()]);
            object.optional("antiAffinity", &self.anti_affinity);
            object.optional("size", &self.size);
            object.end()
        }
    }

    /// `spec.template.spec.antiAffinity` of `Backup`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct BackupTemplateAntiAffinity {
        pub preferred_during_scheduling_ignored_during_execution: Option<BackupAntiAffinityPreferredDuringSchedulingIgnoredDuringExecution>,
    }

    impl serde::Serialize for BackupTemplateAntiAffinity {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "BackupTemplateAntiAffinity", 0, &[self.preferred_during_scheduling_ignored_during_execution.is_some()]);
            object.optional("preferredDuringSchedulingIgnoredDuringExecution", &self.preferred_during_scheduling_ignored_during_execution);
            object.end()
        }
    }

    /// `spec.template.spec.antiAffinity.preferredDuringSchedulingIgnoredDuringExecution` of `Backup`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct BackupAntiAffinityPreferredDuringSchedulingIgnoredDuringExecution {
        pub weight: Option<i32>,
    }

    impl serde::Serialize for BackupAntiAffinityPreferredDuringSchedulingIgnoredDuringExecution {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "BackupAntiAffinityPreferredDuringSchedulingIgnoredDuringExecution", 0, &[self.weight.is_some()]);
            object.optional("weight", &self.weight);
            object.end()
        }
    }

    /// `spec.template.spec.size` of `Backup`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct BackupSpecTemplateSpecSize {
        pub cpu: Option<i64>,
    }

    impl serde::Serialize for BackupSpecTemplateSpecSize {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "BackupSpecTemplateSpecSize", 0, &[self.cpu.is_some()]);
            object.optional("cpu", &self.cpu);
            object.end()
        }
    }

    /// `spec` of `BackupRepository`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct BackupRepositorySpec {
        pub path: Option<String>,
    }

    impl serde::Serialize for BackupRepositorySpec {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "BackupRepositorySpec", 0, &[self.path.is_some()]);
            object.optional("path", &self.path);
            object.end()
        }
    }
}
