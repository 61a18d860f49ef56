//! The JSON Schema for editors.

use crate::model::Environment;
use crate::shows;

#[test]
fn the_schema_describes_every_key() {
    shows!(
        "json_schema",
        environment::json_schema_of::<Environment>("An environment")
    );
}
