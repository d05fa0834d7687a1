//! The crates `json-ld` and `rdf-canon` canonicalising one credential, timed.
//!
//! `rivals CREDENTIAL [URL FILE]…` reads everything into memory first. Then, for each line on standard input, it canonicalises the
//! credential for a tenth of a second and prints the microseconds of one canonicalisation in its best batch so far; at the
//! end of input it prints the canonical form, for whoever wants to compare.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::{self, BufRead as _, Write as _};
use std::time::{Duration, Instant};

use iref::IriBuf;
use json_ld::rdf::{QuadRef, Value};
use json_ld::syntax::Parse as _;
use json_ld::{JsonLdProcessor as _, Options, RemoteDocument, ValidId};
use oxrdf::{BlankNode, Dataset, GraphName, Literal, NamedNode, Quad, Subject, Term};
use rdf_types::{BlankIdBuf, LiteralType, generator};

type Outcome<T> = Result<T, Box<dyn Error>>;
type Contexts = HashMap<IriBuf, RemoteDocument>;
type TheirLiteral = rdf_types::Literal;

const BATCH: Duration = Duration::from_millis(100);

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (credential, contexts) = arguments.split_first().ok_or("usage: rivals CREDENTIAL [URL FILE]…")?;
    let credential = document(None, credential)?;
    let contexts: Contexts = contexts
        .chunks_exact(2)
        .map(|pair| Ok((IriBuf::new(pair[0].clone())?, document(Some(&pair[0]), &pair[1])?)))
        .collect::<Outcome<_>>()?;
    let mut best = f64::INFINITY;
    for line in io::stdin().lock().lines() {
        line?;
        best = best.min(batch(&credential, &contexts)?);
        println!("{best}");
        io::stdout().flush()?;
    }
    print!("{}", canonicalize(&credential, &contexts)?);
    Ok(())
}

fn document(url: Option<&str>, file: &str) -> Outcome<RemoteDocument> {
    let (value, _) = json_ld::syntax::Value::parse_str(&fs::read_to_string(file)?)?;
    let url = url.map(|url| IriBuf::new(url.to_owned())).transpose()?;
    Ok(RemoteDocument::new(url, Some("application/ld+json".parse()?), value))
}

/// Microseconds of one canonicalisation.
fn batch(credential: &RemoteDocument, contexts: &Contexts) -> Outcome<f64> {
    let start = Instant::now();
    let mut done = 0.0;
    while start.elapsed() < BATCH {
        canonicalize(credential, contexts)?;
        done += 1.0;
    }
    Ok(start.elapsed().as_secs_f64() * 1e6 / done)
}

fn canonicalize(credential: &RemoteDocument, contexts: &Contexts) -> Outcome<String> {
    let generator = generator::Blank::new_with_prefix("b".to_owned());
    let mut rdf = pollster::block_on(credential.to_rdf_using(generator, contexts, Options::default()))
        .map_err(|error| error.to_string())?;
    let dataset: Dataset = rdf.quads().map(quad).collect::<Outcome<_>>()?;
    Ok(rdf_canon::canonicalize(&dataset)?)
}

fn quad(quad: QuadRef<'_, IriBuf, BlankIdBuf, TheirLiteral>) -> Outcome<Quad> {
    let rdf_types::Quad(subject, predicate, object, graph) = quad;
    let subject: Subject = match &*subject {
        ValidId::Iri(iri) => NamedNode::new_unchecked(iri.as_str()).into(),
        ValidId::Blank(label) => blank(label).into(),
    };
    let ValidId::Iri(predicate) = &*predicate else { return Err("a blank predicate".into()) };
    let object: Term = match object {
        Value::Literal(literal) => self::literal(literal).into(),
        Value::Id(ValidId::Iri(iri)) => NamedNode::new_unchecked(iri.as_str()).into(),
        Value::Id(ValidId::Blank(label)) => blank(&label).into(),
    };
    let graph: GraphName = match graph {
        None => GraphName::DefaultGraph,
        Some(ValidId::Iri(iri)) => NamedNode::new_unchecked(iri.as_str()).into(),
        Some(ValidId::Blank(label)) => blank(label).into(),
    };
    Ok(Quad::new(subject, NamedNode::new_unchecked(predicate.as_str()), object, graph))
}

fn blank(label: &BlankIdBuf) -> BlankNode {
    BlankNode::new_unchecked(label.suffix())
}

fn literal(literal: TheirLiteral) -> Literal {
    match literal.type_ {
        LiteralType::Any(iri) => {
            Literal::new_typed_literal(literal.value, NamedNode::new_unchecked(iri.as_str()))
        }
        LiteralType::LangString(tag) => {
            Literal::new_language_tagged_literal_unchecked(literal.value, tag.as_str())
        }
    }
}
