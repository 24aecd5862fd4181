//! What `onrecord --version` says: which program this is, how it was built, and which model it carries.

use crate::annotate::model::Model;
use crate::store::schema_version;

/// Behind the name of the program. `-V` says the version alone.
pub(super) fn long() -> String {
    let commit = option_env!("ONRECORD_COMMIT")
        .map_or("commit unknown".to_owned(), |commit| format!("commit {commit}"));
    let model = Model::embedded_version().map_or("none".to_owned(), |model| {
        format!(
            "english.bin, layout {}, features {}, checksum {}",
            model.layout, model.features, model.checksum
        )
    });
    format!(
        "{}\nbuild   {commit}, {}, {}\nmodel   {model}\nschema  version {}",
        env!("CARGO_PKG_VERSION"),
        env!("ONRECORD_TARGET"),
        env!("ONRECORD_PROFILE"),
        schema_version()
    )
}
