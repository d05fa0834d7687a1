//! What a Profile must be before it may stand in credentials.

use accolade_core::check::{self, Severity};
use serde_json::{Map, Value, json};

use crate::achievements::contexts_of;
use crate::images::{Brought, Depicts, Illustration, as_published};
use crate::office::Desk;
use crate::orders::{members_of, shape};
use crate::{Fault, OfficeError};

/// Reads the Profile members of a request: known ones only, completed to full OB 3.0 objects.
pub(super) fn read(body: &Value) -> Result<Map<String, Value>, OfficeError> {
    if body.get("id").is_some() {
        return Err(OfficeError::rejected(
            "/id",
            "given_here",
            "an issuer's `id` is given by Accolade; leave it out",
        ));
    }
    read_some(body)
}

/// The same of a request that need not have all of them.
pub(super) fn read_some(body: &Value) -> Result<Map<String, Value>, OfficeError> {
    members_of(body, &shape::ISSUER)
}

/// The member of ours that holds the number of the issuer's page on LinkedIn.
pub(super) const LINKEDIN_ORGANIZATION_ID: &str = "linkedinOrganizationId";

/// The number of an organisation's page on LinkedIn, as it stands in the address of that page's administration.
pub(super) fn read_organization_id(value: &Value) -> Result<String, OfficeError> {
    let digits =
        |text: &&str| (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    value.as_str().filter(digits).map(str::to_owned).ok_or_else(|| {
        let detail = "`linkedinOrganizationId` is a string of 1 to 20 digits, such as \"1035\"";
        OfficeError::rejected(format!("/{LINKEDIN_ORGANIZATION_ID}"), "linkedin_organization_id", detail)
    })
}

/// The whole Profile under its id, as it is stored; what the world will see of it is checked against every rule and against
/// JSON-LD in safe mode.
pub(super) fn whole(mut members: Map<String, Value>, profile_id: &str) -> Result<Value, OfficeError> {
    members.insert("id".to_owned(), json!(profile_id));
    let stored = Value::Object(members);
    let mut profile = stored.clone();
    as_published(&mut profile);
    let mut faults: Vec<Fault> = check::profile(&profile)
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| Fault::new(finding.pointer, finding.rule, finding.detail))
        .collect();
    if profile.get("name").is_none() {
        faults.push(Fault::new("/name", "required", "an issuer needs a `name`"));
    }
    if faults.is_empty() {
        linked_data_faults(&profile, &mut faults);
    }
    if faults.is_empty() { Ok(stored) } else { Err(OfficeError::Rejected(faults)) }
}

impl Desk {
    /// The logo that `members` ask for; their `image` becomes the one to store.
    pub(super) fn logo(
        &self,
        members: &mut Map<String, Value>,
        brought: Option<&Brought>,
    ) -> Result<Option<Illustration>, OfficeError> {
        let Some(image) = members.remove("image") else { return Ok(None) };
        let logo = self.illustration(&image, Depicts::Logo, brought)?;
        members.extend(logo.member.clone().map(|image| ("image".to_owned(), image)));
        Ok(Some(logo))
    }
}

/// What could not be signed as part of a credential: undefined terms, relative IRIs.
pub(crate) fn linked_data_faults(document: &Value, faults: &mut Vec<Fault>) {
    let mut with_context = document.clone();
    if let Some(members) = with_context.as_object_mut() {
        members.insert("@context".to_owned(), contexts_of(document));
    }
    let result =
        accolade_linked_data::canonical_hash(&with_context, &accolade_linked_data::Options::default());
    if let Err(error) = result {
        faults.push(Fault::new(error.pointer().unwrap_or_default(), error.code(), error.to_string()));
    }
}
