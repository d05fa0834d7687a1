//! Fixed keys and a counted source of randomness.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU8, Ordering};

use accolade_core::Entropy;
use accolade_signing::{Algorithm, KeyType, PrivateKey, Signer};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// Gives 1, 1, 1, … to the first asker, 2, 2, 2, … to the next.
pub(crate) struct Counted(AtomicU8);

impl Counted {
    pub(crate) fn new() -> Self {
        Self(AtomicU8::new(1))
    }
}

impl Entropy for Counted {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0.fetch_add(1, Ordering::Relaxed));
    }
}

/// One signer of each kind, made once: an RSA key takes its time.
pub(crate) static ED25519: LazyLock<Signer> = LazyLock::new(|| signer(KeyType::Ed25519));
pub(crate) static P256: LazyLock<Signer> = LazyLock::new(|| signer(KeyType::P256));
pub(crate) static P384: LazyLock<Signer> = LazyLock::new(|| signer(KeyType::P384));
pub(crate) static RSA: LazyLock<Signer> = LazyLock::new(|| Signer::new(&RSA_KEY).unwrap());
/// The RSA key again, for PS256.
pub(crate) static RSA_PSS: LazyLock<Signer> =
    LazyLock::new(|| Signer::with_algorithm(&RSA_KEY, Algorithm::Ps256).unwrap());

pub(crate) static RSA_KEY: LazyLock<PrivateKey> = LazyLock::new(|| key(KeyType::Rsa2048));

pub(crate) fn key(kind: KeyType) -> PrivateKey {
    PrivateKey::generate(kind, &Counted::new()).unwrap()
}

fn signer(kind: KeyType) -> Signer {
    Signer::new(&key(kind)).unwrap()
}

/// One signer of each algorithm.
pub(crate) fn signers() -> [&'static Signer; 5] {
    [&ED25519, &P256, &P384, &RSA, &RSA_PSS]
}

pub(crate) fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn from_base64url(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// A compact token of any header, payload and signature, well formed or not.
pub(crate) fn token(
    header: impl AsRef<[u8]>,
    payload: impl AsRef<[u8]>,
    signature: impl AsRef<[u8]>,
) -> String {
    format!("{}.{}.{}", base64url(header), base64url(payload), base64url(signature))
}

/// The same JSON with one member set, removed (`null`), or added.
pub(crate) fn with(value: &Value, pointer: &str, member: &str, new: Value) -> Value {
    let mut changed = value.clone();
    let members = changed.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap();
    if new.is_null() {
        members.remove(member);
    } else {
        members.insert(member.to_owned(), new);
    }
    changed
}
