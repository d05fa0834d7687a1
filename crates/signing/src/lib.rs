#![doc = include_str!("../README.md")]

mod base58;
mod base64url;
mod ecdsa;
mod iri;
mod json_text;
mod jwk;
mod key_type;
mod master_key;
mod multikey;
mod pem;
mod private_key;
mod public_key;
mod signer;
mod weak_keys;

pub mod badge_v2;
pub mod data_integrity;
pub mod did;
pub mod jwk_set;
pub mod jws;
pub mod jwt;
pub mod sealed;
pub mod status_list;
pub mod vc_jose;
pub mod vc_jwt;
pub mod vp_jwt;

pub use key_type::{Algorithm, KeyPurpose, KeyType};
pub use master_key::{MasterKey, MasterKeyError};
pub use private_key::{KeyMakingError, PrivateKey};
pub use public_key::{BadSignature, KeyError, PublicKey};
pub use signer::{Signer, SigningError};
