//! Kubernetes' own types and those of every imported custom resource.
