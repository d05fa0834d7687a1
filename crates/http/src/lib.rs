#![doc = include_str!("../README.md")]

mod envelope;
mod identifiers;
mod input;
mod local;
mod metrics;
mod negotiation;
mod oauth;
mod openapi;
mod operations;
mod pages;
mod permit;
mod policies;
mod pool;
mod probes;
mod problem;
mod public;
mod publications;
mod rates;
mod reply;
mod routes;
mod schema;
mod server;
mod state;
mod v1;
mod vc_api;
mod visits;
mod xapi;

pub use local::local_documents;
pub use openapi::{openapi, openapi_json};
pub use problem::Kind as ProblemKind;
pub use server::serve;
pub use state::{AppState, Settings};
