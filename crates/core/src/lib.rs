#![doc = include_str!("../README.md")]

pub mod achievement;
mod alignment;
mod attachment;
pub mod check;
pub mod class;
pub mod context;
pub mod credential;
pub mod endorsement;
pub mod entropy;
pub mod identifier;
pub mod identity;
pub mod image;
mod invisible;
pub mod number;
pub mod profile;
mod result_description;
pub mod status_list;
pub mod subject;
pub mod text;
pub mod time;
pub mod uri;
pub mod v2;
pub mod vocabulary;

pub use class::Class;
pub use context::{CREDENTIALS_V2, OB_CONTEXTS, OPEN_BADGES_EXTENSIONS, OPEN_BADGES_V3};
pub use entropy::{Entropy, random_hex, random_uuid};
pub use number::Credits;
pub use text::{COUNTRY_CODES, CompactJws, CountryCode, EmailAddress, LanguageCode};
pub use time::{Clock, Date, Timestamp};
pub use uri::Uri;
