//! The pages, one file each; the templates of the same names are in `templates/`.

mod achievement;
pub(crate) mod catalogue;
mod closed;
pub(crate) mod credential;
pub(crate) mod desk;
mod embed;
pub(crate) mod facts;
mod frame;
mod issuer;
mod landing;
mod problem;
mod progress;
mod record;
mod report;
pub(crate) mod results;
mod said;
mod tree;
pub(crate) mod verdict;
mod verify;

pub(crate) use facts::eqf_level;
