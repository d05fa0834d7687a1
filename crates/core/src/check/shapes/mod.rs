//! The classes of Open Badges 3.0 as tables.

pub(crate) mod achievement;
pub(crate) mod attachment;
pub(crate) mod credential;
pub(crate) mod profile;
pub(crate) mod vocabulary;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::shape::Shape;
    use crate::class::Class;

    fn agree<C: Class>(shape: &Shape) {
        let names: Vec<&str> = shape.members.iter().map(|member| member.name).collect();
        assert_eq!(names, C::MEMBERS, "{}", C::NAME);
    }

    #[test]
    fn tables_and_types_name_the_same_members_in_the_same_order() {
        agree::<crate::credential::AchievementCredential>(&credential::ACHIEVEMENT_CREDENTIAL);
        agree::<crate::endorsement::EndorsementCredential>(&credential::ENDORSEMENT_CREDENTIAL);
        agree::<crate::endorsement::EndorsementSubject>(&credential::ENDORSEMENT_SUBJECT);
        agree::<crate::subject::AchievementSubject>(&credential::ACHIEVEMENT_SUBJECT);
        agree::<crate::subject::IdentityObject>(&credential::IDENTITY_OBJECT);
        agree::<crate::subject::Result>(&credential::RESULT);
        agree::<crate::achievement::Achievement>(&achievement::ACHIEVEMENT);
        agree::<crate::achievement::Criteria>(&achievement::CRITERIA);
        agree::<crate::achievement::Alignment>(&achievement::ALIGNMENT);
        agree::<crate::achievement::ResultDescription>(&achievement::RESULT_DESCRIPTION);
        agree::<crate::achievement::RubricCriterionLevel>(&achievement::RUBRIC_CRITERION_LEVEL);
        agree::<crate::achievement::Related>(&achievement::RELATED);
        agree::<crate::profile::Profile>(&profile::PROFILE);
        agree::<crate::profile::Address>(&profile::ADDRESS);
        agree::<crate::profile::GeoCoordinates>(&profile::GEO_COORDINATES);
        agree::<crate::image::Image>(&profile::IMAGE);
        agree::<crate::identifier::IdentifierEntry>(&profile::IDENTIFIER_ENTRY);
        agree::<crate::credential::Evidence>(&attachment::EVIDENCE);
        agree::<crate::credential::Proof>(&attachment::PROOF);
        agree::<crate::credential::CredentialSchema>(&attachment::CREDENTIAL_SCHEMA);
        agree::<crate::credential::CredentialStatus>(&attachment::CREDENTIAL_STATUS);
        agree::<crate::credential::RefreshService>(&attachment::REFRESH_SERVICE);
        agree::<crate::credential::TermsOfUse>(&attachment::TERMS_OF_USE);
    }
}
