//! Where the tests' databases are: SQLite files.

/// A fresh, empty database for one test.
pub(crate) struct Place {
    pub(crate) url: String,
    folder: tempfile::TempDir,
}

pub(crate) fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    Place { url: format!("sqlite:{}", folder.path().join("accolade.db").display()), folder }
}

impl Place {
    /// Whether the text stands anywhere in the database's files.
    pub(crate) fn holds(&self, text: &str) -> bool {
        std::fs::read_dir(self.folder.path()).unwrap().any(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        })
    }
}
