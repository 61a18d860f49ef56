// Made by `codegen` from the schemas of `versions.example.com`.

/// Version `v1`.
pub mod v1 {
    #[allow(unused_imports)]
    use std::collections::BTreeMap;

    /// `Route` of `versions.example.com/v1`, in a namespace.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Route {
        pub metadata: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta,
        pub spec: Option<RouteSpec>,
    }

    impl k8s_openapi::Resource for Route {
        const API_VERSION: &'static str = "versions.example.com/v1";
        const GROUP: &'static str = "versions.example.com";
        const KIND: &'static str = "Route";
        const VERSION: &'static str = "v1";
        const URL_PATH_SEGMENT: &'static str = "routes";
        type Scope = k8s_openapi::NamespaceResourceScope;
    }

    impl k8s_openapi::Metadata for Route {
        type Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

        fn metadata(&self) -> &Self::Ty {
            &self.metadata
        }

        fn metadata_mut(&mut self) -> &mut Self::Ty {
            &mut self.metadata
        }
    }

    impl serde::Serialize for Route {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "Route", 3, &[self.spec.is_some()]);
            object.required("apiVersion", <Self as k8s_openapi::Resource>::API_VERSION);
            object.required("kind", <Self as k8s_openapi::Resource>::KIND);
            object.required("metadata", &self.metadata);
            object.optional("spec", &self.spec);
            object.end()
        }
    }

    /// `RouteTemplate` of `versions.example.com/v1`, in a namespace.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct RouteTemplate {
        pub metadata: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta,
        pub spec: Option<RouteTemplateSpec>,
    }

    impl k8s_openapi::Resource for RouteTemplate {
        const API_VERSION: &'static str = "versions.example.com/v1";
        const GROUP: &'static str = "versions.example.com";
        const KIND: &'static str = "RouteTemplate";
        const VERSION: &'static str = "v1";
        const URL_PATH_SEGMENT: &'static str = "routetemplates";
        type Scope = k8s_openapi::NamespaceResourceScope;
    }

    impl k8s_openapi::Metadata for RouteTemplate {
        type Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

        fn metadata(&self) -> &Self::Ty {
            &self.metadata
        }

        fn metadata_mut(&mut self) -> &mut Self::Ty {
            &mut self.metadata
        }
    }

    impl serde::Serialize for RouteTemplate {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "RouteTemplate", 3, &[self.spec.is_some()]);
            object.required("apiVersion", <Self as k8s_openapi::Resource>::API_VERSION);
            object.required("kind", <Self as k8s_openapi::Resource>::KIND);
            object.required("metadata", &self.metadata);
            object.optional("spec", &self.spec);
            object.end()
        }
    }

    /// `spec` of `Route`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct RouteSpec {
        pub match_: Option<RouteMatch>,
        pub timeout: Option<String>,
    }

    impl serde::Serialize for RouteSpec {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "RouteSpec", 0, &[self.match_.is_some(), self.timeout.is_some()]);
            object.optional("match", &self.match_);
            object.optional("timeout", &self.timeout);
            object.end()
        }
    }

    /// `spec.match` of `Route`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct RouteMatch {
        pub methods: Option<Vec<RouteMatchMethod>>,
        pub uri: Option<RouteMatchUri>,
    }

    impl serde::Serialize for RouteMatch {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "RouteMatch", 0, &[self.methods.is_some(), self.uri.is_some()]);
            object.optional("methods", &self.methods);
            object.optional("uri", &self.uri);
            object.end()
        }
    }

    /// `spec.match.methods[]` of `Route`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct RouteMatchMethod {
        pub exact: Option<String>,
        pub prefix: Option<String>,
    }

    impl serde::Serialize for RouteMatchMethod {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "RouteMatchMethod", 0, &[self.exact.is_some(), self.prefix.is_some()]);
            object.optional("exact", &self.exact);
            object.optional("prefix", &self.prefix);
            object.end()
        }
    }

    /// `spec.match.uri` of `Route`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct RouteMatchUri {
        pub exact: Option<String>,
        pub prefix: Option<String>,
    }

    impl serde::Serialize for RouteMatchUri {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "RouteMatchUri", 0, &[self.exact.is_some(), self.prefix.is_some()]);
            object.optional("exact", &self.exact);
            object.optional("prefix", &self.prefix);
            object.end()
        }
    }

    pub type RouteTemplateSpec = RouteSpec;
}

/// Version `v1beta1`.
pub mod v1beta1 {
    #[allow(unused_imports)]
    use std::collections::BTreeMap;
    pub use super::v1::{
        RouteMatch,
        RouteMatchMethod,
        RouteMatchUri,
    };

    /// `Route` of `versions.example.com/v1beta1`, in a namespace.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Route {
        pub metadata: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta,
        pub spec: Option<RouteSpec>,
    }

    impl k8s_openapi::Resource for Route {
        const API_VERSION: &'static str = "versions.example.com/v1beta1";
        const GROUP: &'static str = "versions.example.com";
        const KIND: &'static str = "Route";
        const VERSION: &'static str = "v1beta1";
        const URL_PATH_SEGMENT: &'static str = "routes";
        type Scope = k8s_openapi::NamespaceResourceScope;
    }

    impl k8s_openapi::Metadata for Route {
        type Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

        fn metadata(&self) -> &Self::Ty {
            &self.metadata
        }

        fn metadata_mut(&mut self) -> &mut Self::Ty {
            &mut self.metadata
        }
    }

    impl serde::Serialize for Route {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "Route", 3, &[self.spec.is_some()]);
            object.required("apiVersion", <Self as k8s_openapi::Resource>::API_VERSION);
            object.required("kind", <Self as k8s_openapi::Resource>::KIND);
            object.required("metadata", &self.metadata);
            object.optional("spec", &self.spec);
            object.end()
        }
    }

    /// `spec` of `Route`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct RouteSpec {
        pub match_: Option<RouteMatch>,
    }

    impl serde::Serialize for RouteSpec {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "RouteSpec", 0, &[self.match_.is_some()]);
            object.optional("match", &self.match_);
            object.end()
        }
    }
}
