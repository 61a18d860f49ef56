//! What keeps data: storage classes, the replicated database and the cache.

mod cache;
mod postgres;
mod storage_class;

pub(crate) use cache::cache;
pub(crate) use postgres::{Foundations, operated as database_names, postgres};
pub(crate) use storage_class::{StorageClasses, storage_classes};
