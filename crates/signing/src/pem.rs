//! Public keys in PEM, the form Open Badges 2.0 publishes them in
//! ([OB 2.0, CryptographicKey](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#CryptographicKey)).

use openssl::pkey::PKey;
use openssl::rsa::Rsa;

use crate::{Algorithm, KeyError, PublicKey};

/// The longest text taken; an 8192-bit RSA key has about 1,500 characters.
const LONGEST: usize = 8192;

impl PublicKey {
    /// The key as `-----BEGIN PUBLIC KEY-----` (SubjectPublicKeyInfo), lines of 64, ending in a line feed.
    pub fn to_pem(&self) -> String {
        let pem = self.to_openssl().and_then(|key| key.public_key_to_pem()).unwrap_or_default();
        String::from_utf8(pem).unwrap_or_default()
    }

    /// Reads one PEM public key (`PUBLIC KEY`, or the older `RSA PUBLIC KEY`); anything else, private keys above all,
    /// and weak keys are refused.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(KeyError::BadPem("it is too long"));
        }
        if text.contains("PRIVATE KEY") {
            return Err(KeyError::PrivateMember("PRIVATE KEY"));
        }
        if text.matches("-----BEGIN ").count() != 1 {
            return Err(KeyError::BadPem("it does not hold exactly one key"));
        }
        let unreadable = |_| KeyError::BadPem("OpenSSL cannot read it");
        if text.starts_with("-----BEGIN PUBLIC KEY-----") {
            Self::from_openssl(&PKey::public_key_from_pem(text.as_bytes()).map_err(unreadable)?)
        } else if text.starts_with("-----BEGIN RSA PUBLIC KEY-----") {
            let key = Rsa::public_key_from_pem_pkcs1(text.as_bytes()).map_err(unreadable)?;
            Self::from_rsa(&key.n().to_vec(), &key.e().to_vec(), Algorithm::Rs256)
        } else {
            Err(KeyError::BadPem("it does not start with a public key's label"))
        }
    }
}
