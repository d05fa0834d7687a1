#![doc = include_str!("../README.md")]

pub mod check;
pub mod entropy;
pub mod identity;
pub mod time;

pub use entropy::{Entropy, random_uuid};
pub use time::{Clock, Timestamp};
