//! The two kinds of proof value, as the suite
//! [serializes](https://www.w3.org/TR/vc-di-ecdsa/#selective-disclosure-functions) them: three bytes that tell which, then an array of five.

use super::cbor::{Reader, Writer};
use super::{MOST_SIGNATURES, SelectiveError};
use crate::{KeyType, PublicKey, base64url};

const BASE_HEADER: [u8; 3] = [0xd9, 0x5d, 0x00];
const DERIVED_HEADER: [u8; 3] = [0xd9, 0x5d, 0x01];

/// The longest text taken: [`MOST_SIGNATURES`] signatures, and as much again for labels, indexes and pointers.
const LONGEST: usize = MOST_SIGNATURES * 160;

/// `r || s`.
pub(super) type Signature = [u8; 64];
/// The bytes of a P-256 Multikey: two of codec, 33 of the compressed point. (A step of the standard says 36; all that exists, and its own
/// vectors, have 35.)
pub(super) type ProofKey = [u8; 35];
/// The HMAC of a canonical label.
pub(super) type Label = [u8; 32];

/// What the issuer gives to the holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BaseValue {
    pub(super) base_signature: Signature,
    pub(super) proof_key: ProofKey,
    pub(super) hmac_key: [u8; 32],
    pub(super) signatures: Vec<Signature>,
    pub(super) mandatory_pointers: Vec<String>,
}

/// What the holder gives to a verifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DerivedValue {
    pub(super) base_signature: Signature,
    pub(super) proof_key: ProofKey,
    pub(super) signatures: Vec<Signature>,
    /// The label of `c14n0`, of `c14n1` and so on.
    pub(super) labels: Vec<Label>,
    /// Which of the document's statements are mandatory, ascending.
    pub(super) mandatory_indexes: Vec<usize>,
}

impl BaseValue {
    pub(super) fn to_text(&self) -> String {
        let mut out = Writer::after(&BASE_HEADER);
        out.array(5);
        out.bytes(&self.base_signature);
        out.bytes(&self.proof_key);
        out.bytes(&self.hmac_key);
        write_signatures(&mut out, &self.signatures);
        out.array(self.mandatory_pointers.len());
        self.mandatory_pointers.iter().for_each(|pointer| out.text(pointer));
        to_multibase(out)
    }

    pub(super) fn read(text: &str) -> Result<Self, SelectiveError> {
        let bytes = from_multibase(text)?;
        let mut input = match bytes.split_first_chunk() {
            Some((&BASE_HEADER, rest)) => Reader::new(rest),
            Some((&DERIVED_HEADER, _)) => return Err(SelectiveError::DerivedProof),
            _ => return Err(WRONG_HEADER),
        };
        five(&mut input)?;
        let value = Self {
            base_signature: input.bytes()?,
            proof_key: input.bytes()?,
            hmac_key: input.bytes()?,
            signatures: read_signatures(&mut input)?,
            mandatory_pointers: {
                let count = input.array()?;
                (0..count).map(|_| input.text().map(str::to_owned)).collect::<Result<_, _>>()?
            },
        };
        input.end()?;
        Ok(value)
    }
}

impl DerivedValue {
    pub(super) fn to_text(&self) -> String {
        let mut out = Writer::after(&DERIVED_HEADER);
        out.array(5);
        out.bytes(&self.base_signature);
        out.bytes(&self.proof_key);
        write_signatures(&mut out, &self.signatures);
        out.map(self.labels.len());
        for (number, label) in self.labels.iter().enumerate() {
            out.unsigned(number);
            out.bytes(label);
        }
        out.array(self.mandatory_indexes.len());
        self.mandatory_indexes.iter().for_each(|index| out.unsigned(*index));
        to_multibase(out)
    }

    pub(super) fn read(text: &str) -> Result<Self, SelectiveError> {
        let bytes = from_multibase(text)?;
        let mut input = match bytes.split_first_chunk() {
            Some((&DERIVED_HEADER, rest)) => Reader::new(rest),
            Some((&BASE_HEADER, _)) => return Err(SelectiveError::BaseProof),
            _ => return Err(WRONG_HEADER),
        };
        five(&mut input)?;
        let value = Self {
            base_signature: input.bytes()?,
            proof_key: input.bytes()?,
            signatures: read_signatures(&mut input)?,
            labels: read_labels(&mut input)?,
            mandatory_indexes: read_indexes(&mut input)?,
        };
        input.end()?;
        Ok(value)
    }
}

/// The key that signed the statements. Keys on other curves can have the same length.
pub(super) fn public_key(proof_key: &ProofKey) -> Result<PublicKey, SelectiveError> {
    let text = format!("z{}", bs58::encode(proof_key).into_string());
    let key = PublicKey::from_multibase(&text).map_err(|_| SelectiveError::ProofKey)?;
    if key.key_type() == KeyType::P256 { Ok(key) } else { Err(SelectiveError::ProofKey) }
}

const WRONG_HEADER: SelectiveError = SelectiveError::Encoding("it does not begin as the suite's values do");

fn to_multibase(out: Writer) -> String {
    let mut text = String::from("u");
    base64url::encode_onto(out.into_bytes(), &mut text);
    text
}

fn from_multibase(text: &str) -> Result<Vec<u8>, SelectiveError> {
    if text.len() > LONGEST {
        return Err(SelectiveError::Encoding("it is too long"));
    }
    let digits =
        text.strip_prefix('u').ok_or(SelectiveError::Encoding("it does not start with `u` (base64url)"))?;
    base64url::decode(digits).ok_or(SelectiveError::Encoding("it is not base64url without padding"))
}

fn five(input: &mut Reader<'_>) -> Result<(), SelectiveError> {
    match input.array()? {
        5 => Ok(()),
        _ => Err(SelectiveError::Cbor { at: 0, reason: "the value has five components" }),
    }
}

fn write_signatures(out: &mut Writer, signatures: &[Signature]) {
    out.array(signatures.len());
    signatures.iter().for_each(|signature| out.bytes(signature));
}

fn read_signatures(input: &mut Reader<'_>) -> Result<Vec<Signature>, SelectiveError> {
    let count = input.array()?;
    if count > MOST_SIGNATURES {
        return Err(SelectiveError::TooManyStatements(count));
    }
    (0..count).map(|_| input.bytes()).collect()
}

/// The keys are the numbers of all canonical labels of a document, so they are 0, 1, 2 and so on; some write them in another order.
fn read_labels(input: &mut Reader<'_>) -> Result<Vec<Label>, SelectiveError> {
    let count = input.map()?;
    let mut labels = vec![None; count];
    for _ in 0..count {
        let number = usize::try_from(input.unsigned()?).ok();
        let label = input.bytes()?;
        match number.and_then(|number| labels.get_mut(number)) {
            Some(place @ None) => *place = Some(label),
            Some(Some(_)) => return Err(SelectiveError::LabelMap("a label is there twice")),
            None => return Err(SelectiveError::LabelMap("a label's number is too high")),
        }
    }
    let labels: Vec<Label> = labels.into_iter().flatten().collect();
    let mut sorted: Vec<&Label> = labels.iter().collect();
    sorted.sort_unstable();
    if sorted.windows(2).any(|pair| matches!(pair, [first, second] if first == second)) {
        return Err(SelectiveError::LabelMap("two nodes share a label"));
    }
    Ok(labels)
}

fn read_indexes(input: &mut Reader<'_>) -> Result<Vec<usize>, SelectiveError> {
    let count = input.array()?;
    let mut indexes = Vec::with_capacity(count);
    for _ in 0..count {
        let index = usize::try_from(input.unsigned()?)
            .map_err(|_| SelectiveError::MandatoryIndexes("an index is past the end"))?;
        if indexes.last().is_some_and(|last| *last >= index) {
            return Err(SelectiveError::MandatoryIndexes("they do not ascend"));
        }
        indexes.push(index);
    }
    Ok(indexes)
}
