//! `ecdsa-rdfc-2019` and `ecdsa-jcs-2019`.

use accolade_linked_data::Options;
use accolade_signing::{data_integrity, did};

use super::{assert_every_change_is_refused, assert_holds, expected, folder, json, key_of_multibase};
use super::{options, options_384, reproduce};
use crate::jws::hex;

#[test]
fn the_w3c_vectors_of_ecdsa_rdfc_reproduce_to_the_byte() {
    let Some(folder) = folder("vc-di-ecdsa") else { return };
    let pair = json(&folder, "p256KeyPair.json");
    let key = key_of_multibase(&pair["secretKeyMultibase"]);
    assert_eq!(key.public().to_multibase().as_deref(), pair["publicKeyMultibase"].as_str());
    for sub in ["ecdsa-rdfc-2019-p256", "ecdsa-rdfc-2019-p256/employ"] {
        let folder = folder.join(sub);
        reproduce(&json(&folder, "signedECDSAP256.json"), &expected(&folder, "ECDSAP256"), &key);
    }
}

/// A proof over W3C's example credential, with the numbers of the published one.
struct Published {
    suite: &'static str,
    method: &'static str,
    value: &'static str,
    combined: &'static str,
}

impl Published {
    fn assert_reproduced(&self, options: &Options<'_>) {
        let Some(folder) = folder("vc-di-eddsa") else { return };
        let document = json(&folder, "unsigned.json");
        let key = did::parse_did_key_method(self.method).unwrap();
        let proofs = [json!({
            "type": "DataIntegrityProof",
            "cryptosuite": self.suite,
            "created": "2023-02-24T23:36:38Z",
            "verificationMethod": self.method,
            "proofPurpose": "assertionMethod",
            "proofValue": self.value,
        })];
        let explained = data_integrity::explain(&document, &proofs[0], options).unwrap();
        assert_eq!(explained.signing_input, hex(self.combined));
        assert_holds(&document, &proofs, 0, &key);
        assert_every_change_is_refused(&document, &proofs, 0, &key);
    }
}

const P256: &str = "did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP#zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP";
const P384: &str = "did:key:z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ#z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ";

#[test]
fn the_w3c_vector_of_ecdsa_rdfc_on_p_384_reproduces() {
    Published {
        suite: "ecdsa-rdfc-2019",
        method: P384,
        value: "z967Mvv5bxtmLNqTzPZ8KmJjFmFXaAKeQNzq7GWnQkMcLtaGSSmuozE5WtJ8PipMe178B1tE28K1vsJur9bGVJhz6jgSJsRHFSQeqgH8hhjcg8gZDFJC1b9FsR5ggNmDBqHv",
        combined: "e32805a26492eac777aa7a138f6d8da3c74e0c7be7b296dcaccf97420c3b92eaad7be6449ca565e165031567f5c7cbc18bf6e01df72c5b62f91b685231915ac4b8c58ea95f002c6b8f6bfafa1b251df476b56b8e01518e317dab099d3ecbff96",
    }
    .assert_reproduced(&options_384());
}

// In the edition these come from, the proof kept no `@context`, and none was signed with its options.
#[test]
fn the_w3c_vectors_of_ecdsa_jcs_reproduce() {
    Published {
        suite: "ecdsa-jcs-2019",
        method: P256,
        value: "zq6PrUMCtqY5obCSsrQxuFJdGffCDxvFuopdZiBPUBRTFEs1VVsBZi8YiEwVWgHYrXxoV93gBHqGDBtQLPFxpZxz",
        combined: "9c4b552d65fcb106b6b27ec2436d8ae81b319afc7aeaab7964b2938cd120cec359b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19",
    }
    .assert_reproduced(&options());
    Published {
        suite: "ecdsa-jcs-2019",
        method: P384,
        value: "zR3krc7pt9Dpn1PY2u8HWPePggtzAG2SuH2ZGNrzw8Ku3QrFLWgDTjS5mCWy65ShixJEtpMwfviAFfh5xTgd5FGN1sSbpPJ5djqSZQLqQkY8KLBPNswuqKtq3bS8f9vEHm8w",
        combined: "bb8fd231f3f5441c089210bb991ca21910ecb2c62e82111f9d4de1ac0db3e6f2fc5dbe33cffc3a08ec1165b7b3a8bedd3e0be671cc1881035d463158c80921973dab3534d4f8dfacf4ff2725a4115eb718e49d66de0e90e7365cd6062abf2259",
    }
    .assert_reproduced(&options_384());
}
