//! Other software canonicalising the minimal credential in the same run: npm `jsonld` with `rdf-canonize`, and the crates `json-ld`
//! with `rdf-canon`. Each is a program that reads everything into memory, does a batch for each line it is sent, and answers
//! with the microseconds of one canonicalisation in its best batch; in the end it prints its canonical form.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::Outcome;

/// The contexts of the minimal credential: URL, published file under `ACCOLADE_VECTORS`, our own file.
const CONTEXTS: [(&str, &str, &str); 2] = [
    ("https://www.w3.org/ns/credentials/v2", "contexts/w3c/credentials-v2.jsonld", "credentials-v2.json"),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "contexts/ob30/context-3.0.3.json",
        "ob-v3p0-3.0.3.json",
    ),
];

/// The programs that could be found.
pub(crate) struct Rivals(Vec<Rival>);

struct Rival {
    name: &'static str,
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
    best: f64,
}

impl Rivals {
    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }

    /// Starts those that `just bench` has made ready; says which ones it has not.
    pub(crate) fn find() -> Outcome<Self> {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut found = Vec::new();
        if root.join("interop/node_modules/jsonld").exists() {
            let mut node = Command::new("node");
            node.arg(root.join("interop/linked-data/time.mjs"));
            found.push(Rival::start("canon_vs_jsonld_js", node, &root)?);
        }
        let crates = root.join("target/rivals/release/accolade-rivals");
        if crates.exists() {
            found.push(Rival::start("canon_vs_crates", Command::new(crates), &root)?);
        }
        Ok(Self(found))
    }

    /// One batch of each.
    pub(crate) fn time(&mut self) -> Outcome<()> {
        for rival in &mut self.0 {
            writeln!(rival.ask, "again")?;
            let mut answer = String::new();
            rival.answers.read_line(&mut answer)?;
            rival.best = answer.trim().parse().map_err(|_| format!("{} answered {answer:?}", rival.name))?;
        }
        Ok(())
    }

    /// The name of each comparison and the rival's microseconds. Whoever writes another canonical form did other work.
    pub(crate) fn finish(self, canonical: &str) -> Outcome<Vec<(&'static str, f64)>> {
        let mut figures = Vec::new();
        for Rival { name, mut child, ask, mut answers, best } in self.0 {
            drop(ask);
            let mut theirs = String::new();
            answers.read_to_string(&mut theirs)?;
            if theirs != canonical {
                return Err(format!("{name}: the rival's canonical form is another one:\n{theirs}").into());
            }
            child.wait()?;
            figures.push((name, best));
        }
        Ok(figures)
    }
}

impl Rival {
    fn start(name: &'static str, mut command: Command, root: &Path) -> Outcome<Self> {
        command.arg(root.join("crates/signing/benches/proofs/minimal.json"));
        let published = std::env::var_os("ACCOLADE_VECTORS").map(PathBuf::from);
        for (url, theirs, ours) in CONTEXTS {
            let own = root.join("crates/linked-data/contexts").join(ours);
            command.arg(url).arg(published.as_ref().map_or(own, |folder| folder.join(theirs)));
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let ask = child.stdin.take().ok_or("no standard input")?;
        let answers = BufReader::new(child.stdout.take().ok_or("no standard output")?);
        Ok(Self { name, child, ask, answers, best: f64::INFINITY })
    }
}
