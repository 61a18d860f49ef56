// Made by `codegen` from the schemas of `choices.example.com`.

/// Version `v1`.
pub mod v1 {
    #[allow(unused_imports)]
    use std::collections::BTreeMap;

    /// `Choice` of `choices.example.com/v1`, for the whole cluster.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Choice {
        pub metadata: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta,
        pub spec: Option<ChoiceSpec>,
    }

    impl k8s_openapi::Resource for Choice {
        const API_VERSION: &'static str = "choices.example.com/v1";
        const GROUP: &'static str = "choices.example.com";
        const KIND: &'static str = "Choice";
        const VERSION: &'static str = "v1";
        const URL_PATH_SEGMENT: &'static str = "choices";
        type Scope = k8s_openapi::ClusterResourceScope;
    }

    impl k8s_openapi::Metadata for Choice {
        type Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

        fn metadata(&self) -> &Self::Ty {
            &self.metadata
        }

        fn metadata_mut(&mut self) -> &mut Self::Ty {
            &mut self.metadata
        }
    }

    impl serde::Serialize for Choice {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "Choice", 3, &[self.spec.is_some()]);
            object.required("apiVersion", <Self as k8s_openapi::Resource>::API_VERSION);
            object.required("kind", <Self as k8s_openapi::Resource>::KIND);
            object.required("metadata", &self.metadata);
            object.optional("spec", &self.spec);
            object.end()
        }
    }

    /// `spec` of `Choice`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct ChoiceSpec {
        pub awkward: Option<ChoiceAwkward>,
        pub codes: Option<Vec<i32>>,
        pub first: ChoiceFirst,
        pub mixed: Option<serde_json::Value>,
        pub second: ChoiceSecond,
        pub third: Option<ChoiceThird>,
        pub verbs: Option<Vec<ChoiceVerb>>,
    }

    impl serde::Serialize for ChoiceSpec {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let present = [
                self.awkward.is_some(),
                self.codes.is_some(),
                self.mixed.is_some(),
                self.third.is_some(),
                self.verbs.is_some(),
            ];
            let mut object = crate::object::Object::new(serializer, "ChoiceSpec", 2, &present);
            object.optional("awkward", &self.awkward);
            object.optional("codes", &self.codes);
            object.required("first", &self.first);
            object.optional("mixed", &self.mixed);
            object.required("second", &self.second);
            object.optional("third", &self.third);
            object.optional("verbs", &self.verbs);
            object.end()
        }
    }

    /// `spec.awkward` of `Choice`; `Default` is "".
    #[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
    pub enum ChoiceAwkward {
        #[default]
        Empty,
        V1_2,
        Self_,
        NotEqual,
        Allow,
        AllowUpper,
        AllowLower,
        Tlsv1_3,
    }

    impl ChoiceAwkward {
        /// The value in YAML.
        pub const fn as_str(self) -> &'static str {
            match self {
                Self::Empty => "",
                Self::V1_2 => "1.2",
                Self::Self_ => "self",
                Self::NotEqual => "!=",
                Self::Allow => "Allow",
                Self::AllowUpper => "ALLOW",
                Self::AllowLower => "allow",
                Self::Tlsv1_3 => "TLSV1_3",
            }
        }
    }

    impl serde::Serialize for ChoiceAwkward {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }

    /// `spec.first` of `Choice`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct ChoiceFirst {
        pub mode: Option<ChoiceFirstMode>,
    }

    impl serde::Serialize for ChoiceFirst {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "ChoiceFirst", 0, &[self.mode.is_some()]);
            object.optional("mode", &self.mode);
            object.end()
        }
    }

    /// `spec.first.mode` of `Choice`; `Default` is "On".
    #[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
    pub enum ChoiceFirstMode {
        #[default]
        On,
        Off,
    }

    impl ChoiceFirstMode {
        /// The value in YAML.
        pub const fn as_str(self) -> &'static str {
            match self {
                Self::On => "On",
                Self::Off => "Off",
            }
        }
    }

    impl serde::Serialize for ChoiceFirstMode {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }

    /// `spec.second` of `Choice`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct ChoiceSecond {
        pub mode: ChoiceSecondMode,
    }

    impl serde::Serialize for ChoiceSecond {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "ChoiceSecond", 1, &[]);
            object.required("mode", &self.mode);
            object.end()
        }
    }

    /// `spec.third` of `Choice`.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct ChoiceThird {
        pub mode: Option<ChoiceThirdMode>,
    }

    impl serde::Serialize for ChoiceThird {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = crate::object::Object::new(serializer, "ChoiceThird", 0, &[self.mode.is_some()]);
            object.optional("mode", &self.mode);
            object.end()
        }
    }

    /// `spec.third.mode` of `Choice`; `Default` is "Off".
    #[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
    pub enum ChoiceThirdMode {
        On,
        #[default]
        Off,
    }

    impl ChoiceThirdMode {
        /// The value in YAML.
        pub const fn as_str(self) -> &'static str {
            match self {
                Self::On => "On",
                Self::Off => "Off",
            }
        }
    }

    impl serde::Serialize for ChoiceThirdMode {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }

    /// `spec.verbs[]` of `Choice`; `Default` is "GET".
    #[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
    pub enum ChoiceVerb {
        #[default]
        Get,
        Post,
    }

    impl ChoiceVerb {
        /// The value in YAML.
        pub const fn as_str(self) -> &'static str {
            match self {
                Self::Get => "GET",
                Self::Post => "POST",
            }
        }
    }

    impl serde::Serialize for ChoiceVerb {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }

    pub type ChoiceSecondMode = ChoiceFirstMode;
}
