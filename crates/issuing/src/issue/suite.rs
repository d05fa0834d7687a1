//! How a credential can be secured on request.

use std::fmt;

use accolade_signing::KeyPurpose;
use accolade_signing::data_integrity::Suite;
use serde::{Deserialize, Serialize};

/// A way to secure a credential: a cryptosuite with its curve, or a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum IssueSuite {
    /// [`eddsa-rdfc-2022`](https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022), the default.
    #[default]
    #[serde(rename = "eddsa-rdfc-2022")]
    EddsaRdfc2022,
    /// [`eddsa-jcs-2022`](https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022).
    #[serde(rename = "eddsa-jcs-2022")]
    EddsaJcs2022,
    /// [`ecdsa-rdfc-2019`](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-rdfc-2019) on P-256.
    #[serde(rename = "ecdsa-rdfc-2019-p256")]
    EcdsaRdfc2019P256,
    /// `ecdsa-rdfc-2019` on P-384.
    #[serde(rename = "ecdsa-rdfc-2019-p384")]
    EcdsaRdfc2019P384,
    /// [`ecdsa-jcs-2019`](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019) on P-256.
    #[serde(rename = "ecdsa-jcs-2019-p256")]
    EcdsaJcs2019P256,
    /// `ecdsa-jcs-2019` on P-384.
    #[serde(rename = "ecdsa-jcs-2019-p384")]
    EcdsaJcs2019P384,
    /// [`ecdsa-sd-2023`](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023): a base proof, of which the holder shows a part.
    #[serde(rename = "ecdsa-sd-2023")]
    EcdsaSd2023,
    /// A [`vc+jwt`](https://www.w3.org/TR/vc-jose-cose/#securing-with-jose) in an envelope.
    #[serde(rename = "jwt")]
    Jwt,
}

impl IssueSuite {
    /// Every suite, in the order of the documentation.
    pub const ALL: [IssueSuite; 8] = [
        IssueSuite::EddsaRdfc2022,
        IssueSuite::EddsaJcs2022,
        IssueSuite::EcdsaRdfc2019P256,
        IssueSuite::EcdsaRdfc2019P384,
        IssueSuite::EcdsaJcs2019P256,
        IssueSuite::EcdsaJcs2019P384,
        IssueSuite::EcdsaSd2023,
        IssueSuite::Jwt,
    ];

    /// The name in paths, such as `ecdsa-rdfc-2019-p256`.
    pub fn as_str(self) -> &'static str {
        match self {
            IssueSuite::EddsaRdfc2022 => "eddsa-rdfc-2022",
            IssueSuite::EddsaJcs2022 => "eddsa-jcs-2022",
            IssueSuite::EcdsaRdfc2019P256 => "ecdsa-rdfc-2019-p256",
            IssueSuite::EcdsaRdfc2019P384 => "ecdsa-rdfc-2019-p384",
            IssueSuite::EcdsaJcs2019P256 => "ecdsa-jcs-2019-p256",
            IssueSuite::EcdsaJcs2019P384 => "ecdsa-jcs-2019-p384",
            IssueSuite::EcdsaSd2023 => "ecdsa-sd-2023",
            IssueSuite::Jwt => "jwt",
        }
    }

    /// The suite of that name, `None` for an unknown one.
    pub fn parse(name: &str) -> Option<IssueSuite> {
        IssueSuite::ALL.into_iter().find(|suite| suite.as_str() == name)
    }

    /// What the keys that it signs with are for.
    pub(super) fn purpose(self) -> KeyPurpose {
        match self {
            IssueSuite::EddsaRdfc2022 | IssueSuite::EddsaJcs2022 => KeyPurpose::AssertionProof,
            IssueSuite::EcdsaRdfc2019P256 | IssueSuite::EcdsaJcs2019P256 | IssueSuite::EcdsaSd2023 => {
                KeyPurpose::P256Proof
            }
            IssueSuite::EcdsaRdfc2019P384 | IssueSuite::EcdsaJcs2019P384 => KeyPurpose::P384Proof,
            IssueSuite::Jwt => KeyPurpose::Jwt,
        }
    }

    /// The cryptosuite of its proofs; a token has none.
    pub(super) fn cryptosuite(self) -> Option<Suite> {
        match self {
            IssueSuite::EddsaRdfc2022 => Some(Suite::EddsaRdfc2022),
            IssueSuite::EddsaJcs2022 => Some(Suite::EddsaJcs2022),
            IssueSuite::EcdsaRdfc2019P256 | IssueSuite::EcdsaRdfc2019P384 => Some(Suite::EcdsaRdfc2019),
            IssueSuite::EcdsaJcs2019P256 | IssueSuite::EcdsaJcs2019P384 => Some(Suite::EcdsaJcs2019),
            IssueSuite::EcdsaSd2023 => Some(Suite::EcdsaSd2023),
            IssueSuite::Jwt => None,
        }
    }
}

impl fmt::Display for IssueSuite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suite_is_read_back_from_its_name() {
        for suite in IssueSuite::ALL {
            assert_eq!(IssueSuite::parse(suite.as_str()), Some(suite));
            assert_eq!(serde_json::to_value(suite).unwrap(), suite.as_str());
        }
        assert_eq!(IssueSuite::parse("ecdsa-rdfc-2019"), None);
    }
}
