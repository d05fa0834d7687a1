//! Stacking: an achievement that others lead to is awarded when the last of them is.

use accolade_issuing::{
    Achievement, Award, AwardOrder, Caller, CompletionOrder, Enrolment, EnrolmentOrder, EnrolmentStatus,
    FollowedUp, Publicly,
};
use serde_json::{Value, json};

use crate::support::{School, faults, micro_credential, school, to_ana};

/// A school with two parts and what is stacked of them.
struct Stack {
    school: School,
    parts: [Achievement; 2],
    whole: Achievement,
}

fn named(name: &str) -> Value {
    let mut achievement = micro_credential();
    achievement["name"] = name.into();
    achievement
}

/// An achievement that needs those others.
fn needing(name: &str, parts: &[&Achievement]) -> Value {
    let mut achievement = named(name);
    let leaves: Vec<Value> = parts
        .iter()
        .enumerate()
        .map(|(index, part)| {
            json!({ "id": format!("part-{index}"), "kind": "prior-credential", "title": format!("Part {index}"),
                "achievement": part.links.public })
        })
        .collect();
    achievement["requirements"] = json!({ "allOf": leaves });
    achievement
}

fn stack() -> Stack {
    let school = school();
    let house = &school.house;
    // The second part is another issuer's.
    let other = house.register(json!({ "name": "Academy", "url": "https://academy.example/" }));
    let parts = [house.define(&school.issuer.id, named("Tables")), house.define(&other.id, named("Charts"))];
    let whole = house.define(&school.issuer.id, needing("Data Steward", &[&parts[0], &parts[1]]));
    Stack { school, parts, whole }
}

impl Stack {
    fn enrol(&self) -> Enrolment {
        self.enrol_for(&self.whole)
    }

    fn enrol_for(&self, achievement: &Achievement) -> Enrolment {
        let order = EnrolmentOrder::parse(&json!({ "learner": { "email": "Ana@Example.org" } })).unwrap();
        self.school.house.office.enrol(&Caller::system(), &achievement.id, &order, None).unwrap().enrolment
    }

    fn award(&self, part: usize, order: Value) -> Award {
        let order = AwardOrder::parse(&order).unwrap();
        self.school.house.office.award(&Caller::system(), &self.parts[part].id, order, None).unwrap().award
    }

    /// Follows up until nothing is left to do.
    fn settle(&self) -> FollowedUp {
        let mut all = FollowedUp::default();
        loop {
            let told = self.school.house.office.follow_up().unwrap();
            assert_eq!(told.put_off, Vec::<String>::new());
            if told.messages == 0 {
                return all;
            }
            all.messages += told.messages;
            all.completed += told.completed;
            all.withdrawn += told.withdrawn;
        }
    }

    fn look(&self, enrolment: &Enrolment) -> Enrolment {
        self.school.house.office.enrolment(&Caller::system(), &enrolment.id).unwrap()
    }

    fn credential(&self, enrolment: &Enrolment) -> Value {
        let award = self.look(enrolment).award_id.unwrap();
        let award = self.school.house.office.credential(&Caller::system(), &award).unwrap();
        self.school.house.credential_json(&award)
    }
}

#[test]
fn the_award_of_the_last_part_awards_what_is_stacked_of_them() {
    let stack = stack();
    let enrolment = stack.enrol();
    let first = stack.award(0, to_ana());
    assert_eq!(stack.settle().completed, 1);
    let halfway = stack.look(&enrolment);
    assert_eq!((halfway.status, halfway.progress.share), (EnrolmentStatus::Active, 0.5));
    assert_eq!(halfway.progress.next_steps, ["part-1"]);
    let second = stack.award(1, to_ana());
    assert_eq!(stack.settle().completed, 1);
    let done = stack.look(&enrolment);
    assert_eq!(done.status, EnrolmentStatus::Awarded);
    let credential = stack.credential(&enrolment);
    let evidence = credential["evidence"].as_array().unwrap();
    let linked: Vec<_> =
        evidence.iter().map(|piece| (piece["id"].as_str().unwrap(), &piece["name"])).collect();
    let page = |award: &Award| award.links.as_ref().unwrap().public.clone();
    assert_eq!(
        linked,
        [(page(&first).as_str(), &json!("Tables")), (page(&second).as_str(), &json!("Charts"))]
    );
    let achievement = &credential["credentialSubject"]["achievement"];
    let related: Vec<_> = achievement["related"].as_array().unwrap().iter().collect();
    assert_eq!(related.len(), 2);
    for (related, part) in related.into_iter().zip(&stack.parts) {
        assert_eq!(related["id"], part.links.public);
        assert_eq!(related["type"], json!(["Related", "https://purl.org/ctdl/terms/Credential"]));
    }
    assert_eq!(credential["credentialSubject"]["result"].as_array().unwrap().len(), 2);
    assert_eq!(stack.settle(), FollowedUp::default());
}

#[test]
fn what_a_learner_holds_already_counts_when_he_enrols() {
    let stack = stack();
    stack.award(0, to_ana());
    stack.award(1, to_ana());
    // Somebody else's counts for nobody else.
    stack.award(1, json!({ "recipient": { "email": "bo@example.org" } }));
    assert_eq!(stack.settle().completed, 0);
    let enrolment = stack.enrol();
    assert_eq!(stack.settle().completed, 2);
    assert_eq!(stack.look(&enrolment).status, EnrolmentStatus::Awarded);
}

#[test]
fn a_part_that_was_revoked_counts_no_longer_until_it_is_awarded_anew() {
    let stack = stack();
    let enrolment = stack.enrol();
    let first = stack.award(0, to_ana());
    stack.settle();
    let office = &stack.school.house.office;
    office.revoke(&Caller::system(), &first.id, Some("Wrong person."), None).unwrap();
    assert_eq!(stack.settle().withdrawn, 1);
    assert_eq!(stack.look(&enrolment).progress.share, 0.0);
    stack.award(1, to_ana());
    stack.settle();
    assert_eq!(stack.look(&enrolment).status, EnrolmentStatus::Active);
    stack.award(0, to_ana());
    stack.settle();
    assert_eq!(stack.look(&enrolment).status, EnrolmentStatus::Awarded);
}

#[test]
fn what_was_awarded_stays_when_a_part_is_revoked_afterwards() {
    let stack = stack();
    let enrolment = stack.enrol();
    let first = stack.award(0, to_ana());
    stack.award(1, to_ana());
    stack.settle();
    stack.school.house.office.revoke(&Caller::system(), &first.id, None, None).unwrap();
    assert_eq!(stack.settle().withdrawn, 0);
    assert_eq!(stack.look(&enrolment).status, EnrolmentStatus::Awarded);
}

#[test]
fn a_part_that_is_valid_later_counts_later_and_an_expired_one_never() {
    let stack = stack();
    let enrolment = stack.enrol();
    let mut later = to_ana();
    later["validFrom"] = "2026-11-23T11:00:00Z".into();
    stack.award(0, later);
    let mut over = to_ana();
    over["awardedDate"] = "2026-11-01T10:00:00Z".into();
    over["validFrom"] = "2026-11-01T10:00:00Z".into();
    over["validUntil"] = "2026-11-23T10:00:30Z".into();
    stack.award(1, over);
    stack.school.house.clock.advance(60);
    assert_eq!(stack.settle().completed, 0);
    stack.school.house.clock.advance(3600);
    assert_eq!(stack.settle().completed, 1);
    assert_eq!(stack.look(&enrolment).progress.next_steps, ["part-1"]);
}

#[test]
fn a_stack_of_stacks_is_awarded_to_the_top() {
    let stack = stack();
    let top = stack.school.house.define(&stack.school.issuer.id, needing("Data Lead", &[&stack.whole]));
    let (whole, summit) = (stack.enrol(), stack.enrol_for(&top));
    stack.award(0, to_ana());
    stack.award(1, to_ana());
    assert_eq!(stack.settle().completed, 3);
    assert_eq!(stack.look(&whole).status, EnrolmentStatus::Awarded);
    assert_eq!(stack.look(&summit).status, EnrolmentStatus::Awarded);
}

#[test]
fn of_a_private_part_only_the_achievement_is_named() {
    let stack = stack();
    let enrolment = stack.enrol();
    let mut private = to_ana();
    private["visibility"] = "private".into();
    stack.award(0, private);
    stack.award(1, to_ana());
    stack.settle();
    assert_eq!(stack.credential(&enrolment)["evidence"][0]["id"], stack.parts[0].links.public);
}

#[test]
fn however_many_follow_up_at_once_there_is_one_award() {
    let stack = stack();
    let enrolment = stack.enrol();
    stack.award(0, to_ana());
    stack.award(1, to_ana());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| while stack.school.house.office.follow_up().unwrap().messages > 0 {});
        }
    });
    let done = stack.look(&enrolment);
    assert_eq!((done.status, done.completions.len()), (EnrolmentStatus::Awarded, 2));
}

#[test]
fn a_coordinator_who_wants_to_look_himself_is_waited_for() {
    let stack = stack();
    let mut achievement = needing("Data Judge", &[&stack.parts[0]]);
    achievement["requirements"]["allOf"][0]["confirmedBy"] = json!(["coordinator"]);
    let judged = stack.school.house.define(&stack.school.issuer.id, achievement);
    let enrolment = stack.enrol_for(&judged);
    stack.award(0, to_ana());
    assert_eq!(stack.settle().completed, 1);
    assert_eq!(stack.look(&enrolment).progress.requirements[0].state, "unconfirmed");
    stack.award(1, to_ana());
    assert_eq!(stack.settle().completed, 0, "what waits for a word is told once");
    let word = CompletionOrder::parse(&json!({ "requirement": "part-0", "source": "coordinator" })).unwrap();
    let done = stack.school.house.office.complete(&Caller::system(), &enrolment.id, &word, None).unwrap();
    assert_eq!(done.enrolment.status, EnrolmentStatus::Awarded);
}

#[test]
fn achievements_that_need_each_other_are_refused_whoever_comes_last() {
    let stack = stack();
    let patch = json!({ "requirements": needing("", &[&stack.whole])["requirements"] });
    let refused =
        stack.school.house.office.amend_achievement(&Caller::system(), &stack.parts[0].id, &patch, None);
    assert_eq!(faults(refused.unwrap_err()), [("/requirements".to_owned(), "circle".to_owned())]);
    let published = stack.school.house.json(&Publicly::Achievement(stack.parts[0].id.clone()));
    assert!(published.get("related").is_none());
}
