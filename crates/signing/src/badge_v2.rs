//! Signed Open Badges 2.0 assertions: the Assertion's JSON as the payload of an RS256 compact JWS
//! ([OB 2.0, signed badges](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#SignedBadge)).

use serde_json::Value;

use crate::jws::{self, Header, HeaderToSign, JwsError};
use crate::{Algorithm, PublicKey, Signer, SigningError};

/// A signed assertion taken apart, its signature not yet verified.
///
/// The assertion comes out of the signed payload and cannot be exchanged.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedAssertion<'a> {
    jws: jws::CompactJws<'a>,
    assertion: Value,
}

/// Signs an Assertion. Verifiers of Open Badges 2.0 know RSA keys only, so the signer must be one.
pub fn sign(assertion: &Value, signer: &Signer) -> Result<String, SigningError> {
    if signer.algorithm() != Algorithm::Rs256 {
        let format = "a signed Open Badges 2.0 assertion";
        return Err(SigningError::WrongAlgorithm { format, algorithm: signer.algorithm() });
    }
    if !assertion.is_object() {
        return Err(SigningError::Unfit { pointer: String::new(), reason: "it is not a JSON object" });
    }
    signer.sign_jws(HeaderToSign::default(), assertion.to_string().as_bytes())
}

/// Takes a signed assertion apart; the signature is for [`SignedAssertion::verify`].
pub fn read(token: &str) -> Result<SignedAssertion<'_>, JwsError> {
    let jws = jws::parse(token)?;
    jws.header().check_plain()?;
    let assertion = Value::Object(jws.payload_json()?);
    Ok(SignedAssertion { jws, assertion })
}

impl SignedAssertion<'_> {
    /// The protected header.
    pub fn header(&self) -> &Header {
        self.jws.header()
    }

    /// The Assertion inside.
    pub fn assertion(&self) -> &Value {
        &self.assertion
    }

    /// Verifies the signature with a key that was found to be the issuer's.
    pub fn verify(&self, key: &PublicKey) -> Result<(), JwsError> {
        self.jws.verify(key)
    }
}
