// Made by `codegen` from the schemas of `widgets.example.com`.

/// Version `v1`.
pub mod v1 {
    #[allow(unused_imports)]
    use std::collections::BTreeMap;

    /// `Anything` of `widgets.example.com/v1`, for the whole cluster.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Anything {
        pub metadata: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta,
        pub additional_fields: Option<String>,
        pub since: k8s_openapi::apimachinery::pkg::apis::meta::v1::Time,
        pub additional_fields2: BTreeMap<String, serde_json::Value>,
    }

    impl k8s_openapi::Resource for Anything {
        const API_VERSION: &'static str = "widgets.example.com/v1";
        const GROUP: &'static str = "widgets.example.com";
        const KIND: &'static str = "Anything";
        const VERSION: &'static str = "v1";
        const URL_PATH_SEGMENT: &'static str = "anythings";
        type Scope = k8s_openapi::ClusterResourceScope;
    }

    impl k8s_openapi::Metadata for Anything {
        type Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

        fn metadata(&self) -> &Self::Ty {
            &self.metadata
        }

        fn metadata_mut(&mut self) -> &mut Self::Ty {
            &mut self.metadata
        }
    }

    impl serde::Serialize for Anything {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::OpenObject::new(serializer, 4, &[self.additional_fields.is_some()], &self.additional_fields2);
            object.required("apiVersion", <Self as k8s_openapi::Resource>::API_VERSION);
            object.required("kind", <Self as k8s_openapi::Resource>::KIND);
            object.required("metadata", &self.metadata);
            object.optional("additionalFields", &self.additional_fields);
            object.required("since", &self.since);
            object.end()
        }
    }

    /// `Widget` of `widgets.example.com/v1`, in a namespace.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Widget {
        pub metadata: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta,
        pub spec: WidgetSpec,
    }

    impl k8s_openapi::Resource for Widget {
        const API_VERSION: &'static str = "widgets.example.com/v1";
        const GROUP: &'static str = "widgets.example.com";
        const KIND: &'static str = "Widget";
        const VERSION: &'static str = "v1";
        const URL_PATH_SEGMENT: &'static str = "widgets";
        type Scope = k8s_openapi::NamespaceResourceScope;
    }

    impl k8s_openapi::Metadata for Widget {
        type Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

        fn metadata(&self) -> &Self::Ty {
            &self.metadata
        }

        fn metadata_mut(&mut self) -> &mut Self::Ty {
            &mut self.metadata
        }
    }

    impl serde::Serialize for Widget {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "Widget", 4, &[]);
            object.required("apiVersion", <Self as k8s_openapi::Resource>::API_VERSION);
            object.required("kind", <Self as k8s_openapi::Resource>::KIND);
            object.required("metadata", &self.metadata);
            object.required("spec", &self.spec);
            object.end()
        }
    }

    /// `spec` of `Widget`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct WidgetSpec {
        pub anything: Option<serde_json::Value>,
        pub certificate: Option<k8s_openapi::ByteString>,
        pub containers: Vec<k8s_openapi::api::core::v1::Container>,
        pub documents: Option<Vec<serde_json::Value>>,
        pub labels: BTreeMap<String, String>,
        pub limits: Option<BTreeMap<String, k8s_openapi::apimachinery::pkg::api::resource::Quantity>>,
        pub mode: Option<String>,
        pub not_before: Option<k8s_openapi::apimachinery::pkg::apis::meta::v1::Time>,
        pub paint: WidgetPaint,
        pub policies: Option<Vec<WidgetPolicy>>,
        pub ratio: Option<f64>,
        pub retries: Option<i64>,
        pub self_signed: Option<WidgetSelfSigned>,
        pub settings: Option<WidgetSettings>,
        pub sides: i32,
        pub size: i64,
        pub surge: Option<k8s_openapi::apimachinery::pkg::util::intstr::IntOrString>,
        pub type_: Option<String>,
        pub zones: Option<BTreeMap<String, WidgetZone>>,
    }

    impl serde::Serialize for WidgetSpec {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let present = [
                self.anything.is_some(),
                self.certificate.is_some(),
                self.documents.is_some(),
                self.limits.is_some(),
                self.mode.is_some(),
                self.not_before.is_some(),
                self.policies.is_some(),
                self.ratio.is_some(),
                self.retries.is_some(),
                self.self_signed.is_some(),
                self.settings.is_some(),
                self.surge.is_some(),
                self.type_.is_some(),
                self.zones.is_some(),
            ];
            let mut object = crate::object::Object::new(serializer, "WidgetSpec", 5, &present);
            object.optional("anything", &self.anything);
            object.optional("certificate", &self.certificate);
            object.required("containers", &self.containers);
            object.optional("documents", &self.documents);
            object.required("labels", &self.labels);
            object.optional("limits", &self.limits);
            object.optional("mode", &self.mode);
            object.optional("notBefore", &self.not_before);
            object.required("paint", &self.paint);
            object.optional("policies", &self.policies);
            object.optional("ratio", &self.ratio);
            object.optional("retries", &self.retries);
            object.optional("selfSigned", &self.self_signed);
            object.optional("settings", &self.settings);
            object.required("sides", &self.sides);
            object.required("size", &self.size);
            object.optional("surge", &self.surge);
            object.optional("type", &self.type_);
            object.optional("zones", &self.zones);
            object.end()
        }
    }

    /// `spec.paint` of `Widget`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct WidgetPaint {
        pub colour: String,
        pub glossy: Option<bool>,
    }

    impl serde::Serialize for WidgetPaint {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "WidgetPaint", 1, &[self.glossy.is_some()]);
            object.required("colour", &self.colour);
            object.optional("glossy", &self.glossy);
            object.end()
        }
    }

    /// `spec.policies[]` of `Widget`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct WidgetPolicy {
        pub pod_cidrs: Option<Vec<String>>,
    }

    impl serde::Serialize for WidgetPolicy {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "WidgetPolicy", 0, &[self.pod_cidrs.is_some()]);
            object.optional("podCIDRs", &self.pod_cidrs);
            object.end()
        }
    }

    /// `spec.selfSigned` of `Widget`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct WidgetSelfSigned {}

    impl serde::Serialize for WidgetSelfSigned {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            crate::object::Object::new(serializer, "WidgetSelfSigned", 0, &[]).end()
        }
    }

    /// `spec.settings` of `Widget`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct WidgetSettings {
        pub level: Option<i32>,
        pub additional_fields: BTreeMap<String, serde_json::Value>,
    }

    impl serde::Serialize for WidgetSettings {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::OpenObject::new(serializer, 0, &[self.level.is_some()], &self.additional_fields);
            object.optional("level", &self.level);
            object.end()
        }
    }

    /// `spec.zones{}` of `Widget`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct WidgetZone {
        pub weight: Option<i32>,
    }

    impl serde::Serialize for WidgetZone {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "WidgetZone", 0, &[self.weight.is_some()]);
            object.optional("weight", &self.weight);
            object.end()
        }
    }
}
