//! Which kinds of keys there are, what each is for, and which algorithms they sign with.

use std::fmt;

/// The kinds of key pairs an issuer can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// Edwards curve 25519: embedded proofs, and the JWTs of `did:key` issuers.
    Ed25519,
    /// NIST P-256: VC-JWTs by default.
    P256,
    /// NIST P-384.
    P384,
    /// RSA with a modulus of 2048 bits: what every Open Badges verifier must support.
    Rsa2048,
}

/// What an issuer's key may be used for; a key serves one purpose only, so that no signature made for one can pass
/// as another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyPurpose {
    /// Data Integrity proofs inside credentials and status lists.
    AssertionProof,
    /// Data Integrity proofs of the suites for P-256: `ecdsa-rdfc-2019`, `ecdsa-jcs-2019` and `ecdsa-sd-2023`. What those sign
    /// names the suite, so one key serves all three.
    P256Proof,
    /// Data Integrity proofs of the suites for P-384.
    P384Proof,
    /// VC-JWTs.
    Jwt,
    /// Signed Open Badges 2.0 assertions.
    BadgeV2,
}

/// The JWS algorithm of a signature; always chosen by the key, never by what a message says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// Ed25519 ([RFC 8037](https://www.rfc-editor.org/rfc/rfc8037.html)).
    EdDsa,
    /// ECDSA on P-256 with SHA-256 ([RFC 7518](https://www.rfc-editor.org/rfc/rfc7518.html#section-3.4)).
    Es256,
    /// ECDSA on P-384 with SHA-384 ([RFC 7518](https://www.rfc-editor.org/rfc/rfc7518.html#section-3.4)).
    Es384,
    /// RSASSA-PKCS1-v1_5 with SHA-256 ([RFC 7518](https://www.rfc-editor.org/rfc/rfc7518.html#section-3.3)).
    Rs256,
    /// RSASSA-PSS with SHA-256 and 32 bytes of salt
    /// ([RFC 7518](https://www.rfc-editor.org/rfc/rfc7518.html#section-3.5)).
    Ps256,
}

impl KeyType {
    const ALL: [Self; 4] = [Self::Ed25519, Self::P256, Self::P384, Self::Rsa2048];

    /// The name under which the kind is stored: `ed25519`, `p256`, `p384` or `rsa2048`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
            Self::P256 => "p256",
            Self::P384 => "p384",
            Self::Rsa2048 => "rsa2048",
        }
    }

    /// The kind with that stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The algorithm keys of this kind sign with; of RSA keys the one that is meant where nothing else is said.
    pub fn algorithm(self) -> Algorithm {
        match self {
            Self::Ed25519 => Algorithm::EdDsa,
            Self::P256 => Algorithm::Es256,
            Self::P384 => Algorithm::Es384,
            Self::Rsa2048 => Algorithm::Rs256,
        }
    }
}

impl KeyPurpose {
    /// Every purpose.
    pub const ALL: [Self; 5] =
        [Self::AssertionProof, Self::P256Proof, Self::P384Proof, Self::Jwt, Self::BadgeV2];

    /// The name under which the purpose is stored: `assertion-proof`, `p256-proof`, `p384-proof`, `jwt` or `badge-v2`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AssertionProof => "assertion-proof",
            Self::P256Proof => "p256-proof",
            Self::P384Proof => "p384-proof",
            Self::Jwt => "jwt",
            Self::BadgeV2 => "badge-v2",
        }
    }

    /// The purpose with that stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == name)
    }

    /// The kind of key that is made for it.
    pub fn key_type(self) -> KeyType {
        match self {
            Self::AssertionProof => KeyType::Ed25519,
            Self::P256Proof | Self::Jwt => KeyType::P256,
            Self::P384Proof => KeyType::P384,
            Self::BadgeV2 => KeyType::Rsa2048,
        }
    }

    /// Whether its keys make Data Integrity proofs.
    pub fn is_proof(self) -> bool {
        matches!(self, Self::AssertionProof | Self::P256Proof | Self::P384Proof)
    }
}

impl Algorithm {
    const ALL: [Self; 5] = [Self::EdDsa, Self::Es256, Self::Es384, Self::Rs256, Self::Ps256];

    /// The registered JWS name: `EdDSA`, `ES256`, `ES384`, `RS256` or `PS256`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
        }
    }

    /// The algorithm with exactly that registered name; case matters.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == name)
    }

    /// The kind of key that signs with it.
    pub fn key_type(self) -> KeyType {
        match self {
            Self::EdDsa => KeyType::Ed25519,
            Self::Es256 => KeyType::P256,
            Self::Es384 => KeyType::P384,
            Self::Rs256 | Self::Ps256 => KeyType::Rsa2048,
        }
    }
}

impl fmt::Display for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for KeyPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
