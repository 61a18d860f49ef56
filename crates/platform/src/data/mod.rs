//! What keeps data: storage classes and the replicated database.

mod postgres;
mod storage_class;

pub(crate) use postgres::{PostgresHandles, postgres};
pub(crate) use storage_class::{StorageClasses, storage_classes};
