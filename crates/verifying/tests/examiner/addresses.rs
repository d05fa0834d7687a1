//! SSRF: every address a badge can name, pointed at this machine.

use accolade_verifying::{CheckOutcome, Outcome, Submission};
use serde_json::{Value, json};

use crate::support::badges::{badge, plain_badge};
use crate::support::servers::Canary;
use crate::support::{IdMethod, School, World, check, v2};

/// A badge whose issuer is at `issuer`, signed by somebody.
fn badge_of(school: &School, issuer: &str) -> Value {
    let mut badge = plain_badge(school);
    badge["issuer"]["id"] = issuer.into();
    badge
}

#[tokio::test]
async fn no_address_in_a_badge_of_3_0_reaches_inside() {
    let canary = Canary::new();
    let inside = format!("http://127.0.0.1:{}/x", canary.port);
    let inside_tls = format!("https://127.0.0.1:{}/x", canary.port);
    let did = format!("did:web:127.0.0.1%3A{}", canary.port);
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    for issuer in [&inside, &inside_tls, &did] {
        let embedded = school.sign_as(&badge_of(&school, issuer), &format!("{issuer}#key"));
        let token = accolade_signing::vc_jwt::sign(
            &badge_of(&school, issuer),
            &format!("{issuer}#key"),
            &school.p256,
        )
        .unwrap();
        for report in [world.verify(&embedded).await, world.verify_token(&token).await] {
            assert_ne!(report.outcome, Outcome::Valid);
            assert_eq!(check(&report, "key").code, Some("egress_blocked"), "{report:#?}");
        }
    }
    for list in [&inside, &inside_tls] {
        let mut badge = badge(&school);
        badge["credentialStatus"]["statusListCredential"] = list.as_str().into();
        let report = world.verify(&school.sign(&badge)).await;
        assert_eq!(report.outcome, Outcome::Unknown);
        assert_eq!(check(&report, "status").code, Some("egress_blocked"));
    }
    let kid = accolade_signing::vc_jwt::sign(&badge(&school), &inside, &school.p256).unwrap();
    assert_eq!(
        world.verify_token(&kid).await.outcome,
        Outcome::Invalid,
        "a kid is looked for, never visited"
    );
    canary.assert_silent();
}

#[tokio::test]
async fn no_address_in_a_badge_of_2_0_reaches_inside() {
    let canary = Canary::new();
    let inside = format!("http://127.0.0.1:{}/x", canary.port);
    let world = World::new();
    v2::open(&world.shelf);
    let submit = async |change: &dyn Fn(&mut Value)| {
        let mut assertion = v2::signed();
        change(&mut assertion);
        world.verify_token(&v2::sign(&assertion)).await
    };
    let mut hosted = v2::hosted();
    hosted["id"] = inside.clone().into();
    let mut reports = vec![
        world.examiner.verify(Submission::Url(inside.clone())).await,
        world.verify(&hosted).await,
        submit(&|assertion| assertion["badge"] = inside.clone().into()).await,
        submit(&|assertion| {
            assertion["badge"] = v2::badge_class();
            assertion["badge"]["issuer"] = inside.clone().into();
        })
        .await,
        submit(&|assertion| assertion["verification"]["creator"] = inside.clone().into()).await,
    ];
    for member in ["publicKey", "revocationList"] {
        let mut issuer = v2::issuer();
        issuer[member] = json!(inside);
        world.shelf.put(&v2::url("/issuers/1/v2"), &issuer);
        reports.push(
            submit(&|assertion| {
                if member == "publicKey" {
                    assertion["verification"]["creator"] = inside.clone().into();
                }
            })
            .await,
        );
    }
    for report in reports {
        assert_ne!(report.outcome, Outcome::Valid, "{report:#?}");
        assert!(
            report.checks.iter().any(|check| {
                matches!(check.outcome, CheckOutcome::Unknown | CheckOutcome::Failed)
                    && matches!(check.code, Some("egress_blocked" | "key_not_controlled_by_issuer"))
            }),
            "{report:#?}"
        );
    }
    canary.assert_silent();
}
