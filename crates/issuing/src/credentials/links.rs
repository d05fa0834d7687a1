//! Where the world finds an award.

use accolade_core::Timestamp;
use accolade_store::credentials::CredentialRecord;
use accolade_store::{Db, achievements, issuers};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Award, Visibility};
use crate::OfficeError;
use crate::office::Desk;

/// Where the world finds an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AwardLinks {
    /// The address for people and machines.
    pub public: String,
    /// The 3.0 credential with its embedded proof.
    pub credential: String,
    /// The VC-JWT.
    pub jwt: String,
    /// The 2.0 hosted Assertion.
    pub assertion: String,
    /// The 2.0 signed Assertion.
    pub assertion_jws: String,
    /// The badge as a PNG image with the credential inside.
    #[serde(default)]
    pub png: String,
    /// The badge as an SVG image with the credential inside.
    #[serde(default)]
    pub svg: String,
    /// The certificate.
    #[serde(default)]
    pub pdf: String,
    /// The wide picture of the achievement for link previews; nobody's name is in it.
    #[serde(default)]
    pub card: String,
    /// The small page for an `<iframe>`.
    #[serde(default)]
    pub embed: String,
    /// The address with the share key: opens a private award and shows the name. Only for the awarder, and for whoever came
    /// with that key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// The page where a person checks it.
    pub verify: String,
    /// Adds it to a LinkedIn profile.
    pub linkedin: String,
}

/// The names that people see beside an award.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    issuer: String,
    linkedin_organization_id: Option<String>,
    achievement: String,
}

impl Names {
    pub(crate) fn of(profile: &Value, linkedin_organization_id: Option<&str>, achievement: &Value) -> Names {
        let name = |of: &Value| of.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        Names {
            issuer: name(profile),
            linkedin_organization_id: linkedin_organization_id.map(str::to_owned),
            achievement: name(achievement),
        }
    }
}

/// The names beside an award, as the database has them now.
pub(crate) fn names_in(db: &mut Db<'_>, record: &CredentialRecord) -> Result<Names, OfficeError> {
    let issuer = issuers::get(db, &record.issuer_id)?;
    let achievement = achievements::get(db, &record.achievement_id)?;
    let (Some(issuer), Some(achievement)) = (issuer, achievement) else { return Ok(Names::default()) };
    let read = |document: &str| serde_json::from_str(document).map_err(OfficeError::corrupt);
    let organization = issuer.linkedin_organization_id.as_deref();
    Ok(Names::of(&read(&issuer.document)?, organization, &read(&achievement.document)?))
}

impl Desk {
    pub(crate) fn names_of(&self, record: &CredentialRecord) -> Result<Names, OfficeError> {
        self.store.read("credential.names", |db| names_in(db, record))
    }

    /// The links for whoever awarded it: the plain addresses, and the one to share.
    pub(crate) fn links_for_awarder(&self, record: &CredentialRecord, names: &Names) -> AwardLinks {
        AwardLinks { share: Some(self.shared_address(record)), ..self.links(record, names, None) }
    }

    /// The links for whoever looks at it. Who came with the share key gets it back in every link.
    pub(crate) fn links_for_visitor(
        &self,
        record: &CredentialRecord,
        names: &Names,
        shared: bool,
    ) -> AwardLinks {
        if !shared {
            return self.links(record, names, None);
        }
        let key = self.share_keys.of(&record.id, record.share_version);
        AwardLinks { share: Some(self.shared_address(record)), ..self.links(record, names, Some(&key)) }
    }

    /// A reply that was kept before these links were there, with them.
    pub(crate) fn completed(&self, mut award: Award) -> Award {
        let (id, achievement) = (&award.id, &award.achievement_id);
        if let Some(links) = award.links.as_mut().filter(|links| links.png.is_empty()) {
            let credential = self.addresses.credential(id);
            links.png = format!("{credential}.png");
            links.svg = format!("{credential}.svg");
            links.pdf = format!("{credential}.pdf");
            links.card = self.addresses.card(achievement);
            links.embed = self.addresses.embed(id);
            links.share = Some(format!("{credential}?key={}", self.share_keys.of(id, 1)));
        }
        award
    }

    fn shared_address(&self, record: &CredentialRecord) -> String {
        let key = self.share_keys.of(&record.id, record.share_version);
        format!("{}?key={key}", self.addresses.credential(&record.id))
    }

    fn links(&self, record: &CredentialRecord, names: &Names, key: Option<&str>) -> AwardLinks {
        let credential = self.addresses.credential(&record.id);
        let assertion = self.addresses.assertion(&record.id);
        let keyed = |address: String| match key {
            Some(key) => format!("{address}?key={key}"),
            None => address,
        };
        // What strangers follow must open: of a private award that takes the key.
        let open = match record.visibility.into() {
            Visibility::Private => self.shared_address(record),
            Visibility::Public | Visibility::Unlisted => credential.clone(),
        };
        AwardLinks {
            credential: keyed(format!("{credential}.json")),
            jwt: keyed(format!("{credential}.jwt")),
            png: keyed(format!("{credential}.png")),
            svg: keyed(format!("{credential}.svg")),
            pdf: keyed(format!("{credential}.pdf")),
            assertion_jws: keyed(format!("{assertion}.jws")),
            assertion: keyed(assertion),
            card: self.addresses.card(&record.achievement_id),
            // It stands in the HTML of others, where no key belongs.
            embed: self.addresses.embed(&record.id),
            share: None,
            verify: self.addresses.verify(&open),
            linkedin: linkedin(record, names, &open),
            public: keyed(credential),
        }
    }
}

/// Opens LinkedIn's form for a certification, filled in.
fn linkedin(record: &CredentialRecord, names: &Names, public: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("startTask", "CERTIFICATION_NAME");
    query.append_pair("name", &names.achievement);
    match &names.linkedin_organization_id {
        Some(organization) => query.append_pair("organizationId", organization),
        None => query.append_pair("organizationName", &names.issuer),
    };
    append_year_and_month(&mut query, "issue", record.valid_from);
    if let Some(until) = record.valid_until {
        append_year_and_month(&mut query, "expiration", until);
    }
    query.append_pair("certUrl", public);
    query.append_pair("certId", &record.id);
    // A form writes spaces as `+`; LinkedIn is not a form of ours, and `%20` is a space everywhere.
    format!("https://www.linkedin.com/profile/add?{}", query.finish().replace('+', "%20"))
}

fn append_year_and_month(
    query: &mut url::form_urlencoded::Serializer<'_, String>,
    what: &str,
    at: Timestamp,
) {
    let text = at.to_string();
    let mut parts = text.split('-');
    if let (Some(year), Some(month)) = (parts.next(), parts.next()) {
        query.append_pair(&format!("{what}Year"), year);
        query.append_pair(&format!("{what}Month"), month.trim_start_matches('0'));
    }
}
