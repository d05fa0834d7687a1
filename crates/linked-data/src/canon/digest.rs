//! Hashes as RDFC-1.0 uses them: compared as bytes, fed on as lower-case hex.

use sha2::{Digest as _, Sha256, Sha384};

use crate::number;
use crate::options::HashAlgorithm;

/// A hash of either algorithm. Bytes compare as their hex does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Digest {
    bytes: [u8; 48],
    length: usize,
}

impl Digest {
    pub(crate) fn of(algorithm: HashAlgorithm, data: &[u8]) -> Self {
        let mut bytes = [0; 48];
        let length = match algorithm {
            HashAlgorithm::Sha256 => put(&mut bytes, &Sha256::digest(data)),
            HashAlgorithm::Sha384 => put(&mut bytes, &Sha384::digest(data)),
        };
        Self { bytes, length }
    }

    pub(super) fn push_hex(&self, out: &mut String) {
        for &byte in self.bytes.iter().take(self.length) {
            number::push_hex(out, byte);
        }
    }
}

fn put(bytes: &mut [u8; 48], hash: &[u8]) -> usize {
    for (to, from) in bytes.iter_mut().zip(hash) {
        *to = *from;
    }
    hash.len()
}
