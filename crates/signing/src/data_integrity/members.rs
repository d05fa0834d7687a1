//! The members a proof can have, picked out of its JSON in one pass and read by what each must be.

use accolade_core::Timestamp;
use serde_json::{Map, Value};

use super::ProofError;
use crate::iri;

/// One member, there or not.
#[derive(Clone, Copy)]
pub(super) struct Member<'p> {
    name: &'static str,
    pub(super) value: Option<&'p Value>,
}

/// A date-time, and how it is written.
#[derive(Clone, Copy)]
pub(super) struct Moment<'p> {
    pub(super) at: Timestamp,
    pub(super) text: &'p str,
}

macro_rules! members {
    ($($field:ident $name:literal,)*) => {
        /// Every member with a meaning of its own.
        pub(super) struct Members<'p> {
            $(pub(super) $field: Member<'p>,)*
            /// Whether there are others beside.
            pub(super) others: bool,
        }

        impl<'p> Members<'p> {
            pub(super) fn of(proof: &'p Map<String, Value>) -> Self {
                let mut members = Self { $($field: Member { name: $name, value: None },)* others: false };
                for (name, value) in proof {
                    match name.as_str() {
                        $($name => members.$field.value = Some(value),)*
                        _ => members.others = true,
                    }
                }
                members
            }
        }
    };
}

members! {
    kind "type",
    cryptosuite "cryptosuite",
    id "id",
    created "created",
    expires "expires",
    verification_method "verificationMethod",
    proof_purpose "proofPurpose",
    domain "domain",
    challenge "challenge",
    nonce "nonce",
    previous_proof "previousProof",
    proof_value "proofValue",
    context "@context",
}

impl<'p> Member<'p> {
    pub(super) fn text(self) -> Result<Option<&'p str>, ProofError> {
        match self.value {
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.bad("it is not a text")),
            None => Ok(None),
        }
    }

    /// The text of a member that must be there.
    pub(super) fn required(self) -> Result<&'p str, ProofError> {
        self.text()?.ok_or_else(|| self.bad("it is missing"))
    }

    /// An absolute IRI.
    pub(super) fn iri(self) -> Result<Option<&'p str>, ProofError> {
        match self.text()? {
            Some(text) if !iri::is_absolute(text) => Err(self.bad("it is no absolute IRI")),
            text => Ok(text),
        }
    }

    /// A text or an array of some; each must be good.
    pub(super) fn texts(self, is_good: impl Fn(&str) -> bool) -> Result<&'p [Value], ProofError> {
        let texts = match self.value {
            None => return Ok(&[]),
            Some(Value::Array(texts)) => texts.as_slice(),
            Some(one) => std::slice::from_ref(one),
        };
        if texts.is_empty() || !texts.iter().all(|text| text.as_str().is_some_and(&is_good)) {
            return Err(self.bad("it is neither one such text nor a list of some"));
        }
        Ok(texts)
    }

    /// A date-time with a zone.
    pub(super) fn moment(self) -> Result<Option<Moment<'p>>, ProofError> {
        let Some(text) = self.text()? else { return Ok(None) };
        match Timestamp::parse(text) {
            Ok(at) => Ok(Some(Moment { at, text })),
            Err(_) => Err(self.bad("it is not a date-time with a zone")),
        }
    }

    fn bad(self, reason: &'static str) -> ProofError {
        ProofError::bad(self.name, reason)
    }
}
