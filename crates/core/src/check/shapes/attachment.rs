//! What hangs on a credential.

use crate::check::rule::ob;
use crate::check::shape::Kind::{Any, DateTime, Name, Text, Types, Uri};
use crate::check::shape::{Shape, may, must};
use crate::check::{contexts, proofs, status};
use crate::credential;

pub(crate) static EVIDENCE: Shape = Shape::open::<credential::Evidence>(
    ob!("evidence"),
    &[
        may("id", Uri),
        must("type", Types),
        may("narrative", Text),
        may("name", Name),
        may("description", Text),
        may("genre", Text),
        may("audience", Text),
    ],
);

pub(crate) static PROOF: Shape = Shape::open::<credential::Proof>(
    ob!("proof"),
    &[
        must("type", Text),
        may("created", DateTime),
        may("cryptosuite", Text),
        may("challenge", Text),
        may("domain", Text),
        may("nonce", Text),
        may("proofPurpose", Text),
        may("proofValue", Text),
        may("verificationMethod", Uri),
    ],
)
.with(&[proofs::is_an_assertion]);

pub(crate) static CREDENTIAL_SCHEMA: Shape = Shape::open::<credential::CredentialSchema>(
    ob!("credentialschema"),
    &[must("id", Uri), must("type", Text)],
)
.with(&[contexts::cover_type]);

// The standard's class has `id` and `type`; the other three are those of a Bitstring Status List entry, which the
// rules beside look at where the type says so.
pub(crate) static CREDENTIAL_STATUS: Shape = Shape::open::<credential::CredentialStatus>(
    ob!("credentialstatus"),
    &[
        may("id", Uri),
        must("type", Text),
        may("statusPurpose", Any),
        may("statusListIndex", Any),
        may("statusListCredential", Any),
    ],
)
.with(&[contexts::cover_type, status::entry]);

pub(crate) static REFRESH_SERVICE: Shape =
    Shape::open::<credential::RefreshService>(ob!("refreshservice"), &[must("id", Uri), must("type", Text)])
        .with(&[contexts::cover_type]);

pub(crate) static TERMS_OF_USE: Shape =
    Shape::open::<credential::TermsOfUse>(ob!("termsofuse"), &[may("id", Uri), must("type", Text)])
        .with(&[contexts::cover_type]);
