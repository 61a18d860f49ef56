//! The scripts that copy what vertical scaling has learnt to other regions, and bring it back: from the templates in
//! `templates/checkpoints`, one for each step of a Job.

use std::collections::BTreeMap;

use names::{DataKey, Duration, NamespaceName, WorkloadName, name};
use serde::{Serialize, Serializer};

use crate::path::FilePath;
use crate::serialize;
use crate::templates::{shell_script, template};

/// A Job whose name begins like this restores; every other one backs up.
pub const RESTORE_PREFIX: &str = "restore-";
/// The word for the newest copy, where a point in time could stand.
pub const LATEST: &str = "latest";

/// The workload that reads checkpoints at its start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recommender {
    /// Its namespace.
    #[serde(serialize_with = "serialize::display")]
    pub namespace: NamespaceName,
    /// The Deployment.
    #[serde(serialize_with = "serialize::display")]
    pub name: WorkloadName,
}

/// Everything that the scripts agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scripts {
    /// Folders in object storage, as rclone writes them: `:azureblob,account=…,env_auth=true:container/folder`.
    pub remotes: Vec<String>,
    /// How long a copy is kept.
    pub keep: Duration,
    /// A directory that all steps share.
    pub work_directory: FilePath,
    /// The file that holds the point in time to restore, or [`LATEST`].
    pub point_in_time_file: FilePath,
    /// The workload that reads checkpoints at its start.
    pub recommender: Recommender,
}

impl Scripts {
    /// The key of the first step's script: it needs rclone.
    pub const DOWNLOAD: DataKey = name!(DataKey, "download.sh");
    /// The key of the second step's script: it needs kubectl, jq and bash.
    pub const CLUSTER: DataKey = name!(DataKey, "cluster.sh");
    /// The key of the last step's script: it needs rclone.
    pub const UPLOAD: DataKey = name!(DataKey, "upload.sh");

    /// All scripts by the keys that they have in a ConfigMap.
    pub fn files(&self) -> BTreeMap<DataKey, String> {
        BTreeMap::from([
            (Self::DOWNLOAD, shell_script(&self.download())),
            (Self::CLUSTER, shell_script(&self.cluster())),
            (Self::UPLOAD, shell_script(&self.upload())),
        ])
    }

    fn fetched_file(&self) -> FilePath {
        self.work_directory.join("fetched.tar.gz")
    }

    fn download(&self) -> Download<'_> {
        Download {
            restore_prefix: RESTORE_PREFIX,
            latest: LATEST,
            remotes: &self.remotes,
            point_in_time_file: &self.point_in_time_file,
            fetched_file: self.fetched_file(),
        }
    }

    fn cluster(&self) -> Cluster<'_> {
        Cluster {
            restore_prefix: RESTORE_PREFIX,
            work_directory: &self.work_directory,
            fetched_file: self.fetched_file(),
            recommender: &self.recommender,
        }
    }

    fn upload(&self) -> Upload<'_> {
        Upload {
            restore_prefix: RESTORE_PREFIX,
            remotes: &self.remotes,
            work_directory: &self.work_directory,
            keep: self.keep,
        }
    }
}

/// What `download.sh` is made from: it fetches the copy to restore.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Download<'a> {
    restore_prefix: &'static str,
    latest: &'static str,
    remotes: &'a [String],
    #[serde(serialize_with = "serialize::display")]
    point_in_time_file: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    fetched_file: FilePath,
}

template!(Download<'_>, "checkpoints/download.sh");

/// What `cluster.sh` is made from: it reads from the cluster, or writes into it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Cluster<'a> {
    restore_prefix: &'static str,
    #[serde(serialize_with = "serialize::display")]
    work_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    fetched_file: FilePath,
    recommender: &'a Recommender,
}

template!(Cluster<'_>, "checkpoints/cluster.sh");

/// What `upload.sh` is made from: it copies what was backed up to every region.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Upload<'a> {
    restore_prefix: &'static str,
    remotes: &'a [String],
    #[serde(serialize_with = "serialize::display")]
    work_directory: &'a FilePath,
    #[serde(serialize_with = "rclone_duration")]
    keep: Duration,
}

template!(Upload<'_>, "checkpoints/upload.sh");

/// rclone knows days beside hours, but a number of seconds is what it reads everywhere.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
fn rclone_duration<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{}s", duration.as_seconds()))
}

#[cfg(test)]
mod tests {
    use names::{Duration, NamespaceName, WorkloadName, name};

    use super::{FilePath, Recommender, Scripts};
    use crate::templates::render;

    /// Without this, a template that does not fit would be found by whoever runs its script.
    #[test]
    fn every_template_fits_its_context() {
        let scripts = Scripts {
            remotes: vec![":local:/a".to_owned(), ":local:/b".to_owned()],
            keep: Duration::days(30),
            work_directory: FilePath::from_static("/work"),
            point_in_time_file: FilePath::from_static("/restore/pointInTime"),
            recommender: Recommender {
                namespace: name!(NamespaceName, "kube-system"),
                name: name!(WorkloadName, "recommender"),
            },
        };
        render(&scripts.download()).unwrap();
        render(&scripts.cluster()).unwrap();
        render(&scripts.upload()).unwrap();
    }
}
