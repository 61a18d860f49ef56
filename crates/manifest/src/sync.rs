//! How Argo CD applies an object or an application.

/// How Argo CD applies one object, where that is not as it does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SyncOption {
    /// Somebody must agree before it is deleted because it is no longer in Git.
    PruneConfirm,
    /// It stays in the cluster when it is no longer in Git.
    PruneNever,
    /// It is pruned after everything else is healthy.
    PruneLast,
    /// Somebody must agree before it is deleted together with its application.
    DeleteConfirm,
    /// It stays in the cluster when its application is deleted.
    DeleteNever,
    /// The API server merges the fields, and does not need the last-applied annotation (262144
    /// bytes at most) for that.
    ServerSideApply,
    /// No dry run while its kind is not yet known to the cluster.
    SkipDryRunOnMissingResource,
    /// It is replaced and not patched. Wins over [`Self::ServerSideApply`].
    Replace,
    /// It is deleted and created again where it cannot be changed: only for jobs meant to run again.
    ForceReplace,
    /// The client does not hold it against its own schema.
    SkipValidation,
}

impl SyncOption {
    /// The text in the annotation `argocd.argoproj.io/sync-options`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PruneConfirm => "Prune=confirm",
            Self::PruneNever => "Prune=false",
            Self::PruneLast => "PruneLast=true",
            Self::DeleteConfirm => "Delete=confirm",
            Self::DeleteNever => "Delete=false",
            Self::ServerSideApply => "ServerSideApply=true",
            Self::SkipDryRunOnMissingResource => "SkipDryRunOnMissingResource=true",
            Self::Replace => "Replace=true",
            Self::ForceReplace => "Force=true,Replace=true",
            Self::SkipValidation => "Validate=false",
        }
    }
}

/// How Argo CD applies a whole application, where that is not as it does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ApplicationSyncOption {
    /// Only what differs is applied.
    ApplyOutOfSyncOnly,
    /// The destination namespace is made when it is missing: only for charts, since rendered
    /// namespaces carry labels.
    CreateNamespace,
    /// It does not touch an object that another application owns.
    FailOnSharedResource,
    /// What is no longer in Git is deleted after everything else is healthy.
    PruneLast,
    /// Deleting waits for what the deleted object owns.
    PruneForeground,
    /// Objects are replaced and not patched.
    Replace,
    /// What is ignored in the comparison is left alone when applying, too.
    RespectIgnoreDifferences,
    /// The API server merges the fields.
    ServerSideApply,
    /// No dry run for kinds not yet known to the cluster.
    SkipDryRunOnMissingResource,
}

impl ApplicationSyncOption {
    /// The text in `spec.syncPolicy.syncOptions`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ApplyOutOfSyncOnly => "ApplyOutOfSyncOnly=true",
            Self::CreateNamespace => "CreateNamespace=true",
            Self::FailOnSharedResource => "FailOnSharedResource=true",
            Self::PruneLast => "PruneLast=true",
            Self::PruneForeground => "PrunePropagationPolicy=foreground",
            Self::Replace => "Replace=true",
            Self::RespectIgnoreDifferences => "RespectIgnoreDifferences=true",
            Self::ServerSideApply => "ServerSideApply=true",
            Self::SkipDryRunOnMissingResource => "SkipDryRunOnMissingResource=true",
        }
    }
}
