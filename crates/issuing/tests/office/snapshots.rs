//! Snapshots under the same names on every database, because an award's bytes do not depend on where it is stored.

/// Compares text with the snapshot of that name.
pub(crate) fn assert_snapshot(name: &str, text: String) {
    bare().bind(|| insta::assert_snapshot!(name, text));
}

/// Compares a document with the snapshot of that name.
pub(crate) fn assert_json_snapshot(name: &str, document: impl serde::Serialize) {
    bare().bind(|| insta::assert_json_snapshot!(name, document));
}

fn bare() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}
