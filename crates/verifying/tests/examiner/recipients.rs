//! Whom the badge was awarded to.

use accolade_verifying::{Expectations, Submission};

use crate::support::badges::{EMAIL, badge};
use crate::support::{IdMethod, School, World, assert_fails, assert_valid, v2};

#[tokio::test]
async fn the_expected_recipient_is_compared_with_the_salted_hash() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let signed = school.sign(&badge(&school));
    for spelling in [EMAIL, " ada@example.org ", "Ada@Example.org"] {
        let report = world.verify_for(&signed, spelling).await;
        assert_valid(&report);
        assert_eq!(report.recipient.unwrap().matches, Some(true));
    }
    let other = world.verify_for(&signed, "eve@example.org").await;
    assert_fails(&other, "recipient", "other_recipient");
    assert_eq!(other.recipient.unwrap().matches, Some(false));
}

#[tokio::test]
async fn the_subjects_own_id_counts_too() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let mut badge = badge(&school);
    badge["credentialSubject"]["id"] = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK".into();
    let signed = school.sign(&badge);
    assert_valid(
        &world.verify_for(&signed, "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK").await,
    );
}

#[tokio::test]
async fn without_an_expectation_nothing_is_claimed_about_the_recipient() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let report = world.verify(&school.sign(&badge(&school))).await;
    assert_eq!(report.recipient.as_ref().unwrap().matches, None);
    assert_eq!(report.recipient.unwrap().identified_by, ["emailAddress"]);
}

#[tokio::test]
async fn the_recipient_of_a_2_0_badge_is_compared_as_well() {
    let world = World::new();
    v2::open(&world.shelf);
    let token = v2::sign(&v2::signed());
    let verify = async |who: &str| {
        world.examiner.verify_expecting(Submission::Jwt(token.clone()), &Expectations::recipient(who)).await
    };
    assert_valid(&verify(EMAIL).await);
    assert_fails(&verify("eve@example.org").await, "recipient", "other_recipient");
}
