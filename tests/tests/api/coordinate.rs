//! The coordinator's tab and the learner's own page, as a browser without scripts uses them.

use accolade_issuing::{Caller, Scope};
use accolade_issuing::{Enrolment, EnrolmentOrder};
use accolade_tests::exchange::{Answer, Request};
use accolade_tests::server::Server;
use serde_json::json;

use crate::on_both;

const SITE: &str = "https://badges.example.edu";

/// A browser that is signed in.
struct Desk<'a> {
    server: &'a Server,
    cookie: String,
}

impl Desk<'_> {
    fn get(&self, path: &str) -> Answer {
        self.server.anyone().send(asking(Request::new("GET", path)).header("Cookie", &self.cookie))
    }

    /// The form's fields beside the token of the page at `path`.
    fn post(&self, path: &str, from: &str, fields: &[(&str, &str)]) -> Answer {
        let token = csrf(self.get(from).text());
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", token.as_str())]).collect();
        self.send(path, SITE, &fields)
    }

    fn send(&self, path: &str, origin: &str, fields: &[(&str, &str)]) -> Answer {
        self.server.anyone().send(form(path, origin, fields).header("Cookie", &self.cookie))
    }
}

fn asking(request: Request) -> Request {
    request.header("Accept", "text/html").header("Accept-Language", "en")
}

fn form(path: &str, origin: &str, fields: &[(&str, &str)]) -> Request {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    asking(Request::new("POST", path))
        .header("Origin", origin)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body)
}

fn csrf(page: &str) -> String {
    let found = page.split("name=\"csrf\" value=\"").nth(1).unwrap_or_default();
    found.split('"').next().unwrap_or_default().to_owned()
}

fn key(server: &Server, issuer: Option<&str>, scopes: &[Scope]) -> String {
    server.new_key(scopes, issuer).1
}

fn signed_in<'a>(server: &'a Server, key: &str) -> Desk<'a> {
    let reply = server.anyone().send(form("/coordinate/sign-in", SITE, &[("key", key)]));
    assert_eq!((reply.status, reply.header("location")), (303, Some("../coordinate")), "{}", reply.text());
    let cookie = reply.header("set-cookie").unwrap();
    for part in ["__Host-accolade=", "; Path=/;", "; HttpOnly", "; SameSite=Strict", "; Secure"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    Desk { server, cookie: cookie.split(';').next().unwrap().to_owned() }
}

const ALL: &[Scope] = &[Scope::EnrolmentsRead, Scope::EnrolmentsWrite, Scope::CredentialsAward];

/// A micro-credential with three requirements, one of them with a mark; awarded when a coordinator approves.
fn course(server: &Server, issuer: &str, approval: &str) -> String {
    let body = json!({
        "name": "Onion Studies", "description": "All about onions.", "criteria": {"narrative": "See the requirements."},
        "microCredential": {"language": "en"}, "approval": approval,
        "requirements": {"allOf": [
            {"id": "workshop", "kind": "workshop", "title": "Two days of onions"},
            {"id": "test", "kind": "assessment", "title": "The onion test", "passMark": 60},
            {"id": "essay", "kind": "assignment", "title": "An essay"},
        ]}
    });
    let made = server.owner().post(&format!("/v1/issuers/{issuer}/achievements"), &body).expect(201);
    made["id"].as_str().unwrap().to_owned()
}

fn enrol(server: &Server, achievement: &str, email: &str, cohort: &str) -> String {
    let order = json!({"learner": {"email": email, "name": "Ana Ruiz"}, "cohort": cohort});
    let order = EnrolmentOrder::parse(&order).unwrap();
    server.office.enrol(&Caller::system(), achievement, &order, None).unwrap().enrolment.id
}

fn told(server: &Server, enrolment: &str) -> Enrolment {
    server.office.enrolment(&Caller::system(), enrolment).unwrap()
}

fn ticks(page: &str) -> Vec<String> {
    let values = page.split("type=\"checkbox\" name=\"done\" value=\"").skip(1);
    values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

on_both! {
    fn a_coordinator_ticks_marks_and_approves_and_the_learner_sees_it(server) {
        let school = server.school();
        let achievement = course(server, &school.issuer, "coordinator");
        let enrolment = enrol(server, &achievement, "ana@example.org", "Autumn");
        enrol(server, &achievement, "bo@example.org", "Spring");
        let desk = signed_in(server, &key(server, Some(&school.issuer), ALL));
        assert!(desk.get("/coordinate").text().contains("Onion Studies"));
        let roster = format!("/coordinate/achievements/{achievement}");
        let page = desk.get(&format!("{roster}?cohort=Autumn"));
        let boxes = ticks(page.text());
        assert_eq!(boxes.len(), 2, "the workshop and the essay");
        let fields: Vec<(&str, &str)> =
            boxes.iter().map(|tick| ("done", tick.as_str())).chain([("cohort", "Autumn")]).collect();
        for _ in 0..2 {
            // Sent twice, recorded once.
            let reply = desk.post(&format!("{roster}/tick"), &roster, &fields);
            assert_eq!(reply.status, 303, "{}", reply.text());
            assert_eq!(reply.header("location"), Some(format!("../{achievement}?said=recorded-2&cohort=Autumn").as_str()));
        }
        let own = format!("/coordinate/enrolments/{enrolment}");
        let record = |score: &str| desk.post(&format!("{own}/complete"), &own, &[("requirement", "test"), ("stamp", score), ("score", score)]);
        assert!(record("sixty").text().contains("That did not work"));
        assert_eq!(record("59,5").status, 303);
        assert!(desk.get(&own).text().contains("Not enough yet"));
        assert_eq!(record("62,5").status, 303);
        let page = desk.get(&own);
        assert!(page.text().contains("Approve and award"), "{}", page.text());
        assert_eq!(page.text().matches("An essay</bdi></th>").count(), 1, "one completion of two sendings");
        let link = desk.post(&format!("{own}/link"), &own, &[]);
        let url = link.text().split(&format!("{SITE}/progress/")).nth(1).unwrap().split('<').next().unwrap().to_owned();
        let progress = format!("/progress/{url}");
        let learner = || server.anyone().send(asking(Request::new("GET", &progress)));
        assert!(learner().text().contains("Everything is done"));
        let approved = desk.post(&format!("{own}/approve"), &own, &[]);
        assert_eq!(approved.header("location"), Some(format!("../{enrolment}?said=approved").as_str()), "{}", approved.text());
        let page = learner();
        assert!(page.text().contains("See your credential") && !page.text().contains("ana@example.org"));
        for (name, value) in [
            ("cache-control", "private, no-store"), ("x-robots-tag", "noindex"), ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(page.header(name), Some(value), "{name}");
        }
        assert!(page.header("content-security-policy").unwrap().contains("form-action 'none'"));
        assert!(desk.get(&roster).text().contains("Awarded"));
    }

    fn taking_back_and_ending_need_a_reason(server) {
        let school = server.school();
        let achievement = course(server, &school.issuer, "automatic");
        let enrolment = enrol(server, &achievement, "ana@example.org", "Autumn");
        let desk = signed_in(server, &key(server, Some(&school.issuer), ALL));
        let own = format!("/coordinate/enrolments/{enrolment}");
        let act = |verb: &str, fields: &[(&str, &str)]| desk.post(&format!("{own}/{verb}"), &own, fields);
        assert_eq!(act("complete", &[("requirement", "essay"), ("stamp", "1")]).status, 303);
        let first = told(server, &enrolment).completions.remove(0);
        let completion = first.id;
        assert_eq!((first.source.as_str(), first.vouched_by.as_deref()), ("coordinator", Some("a test")));
        assert_eq!(act("withdraw", &[("completion", &completion)]).status, 422);
        assert_eq!(act("withdraw", &[("completion", &completion), ("reason", "A copy.")]).status, 303);
        assert_eq!(told(server, &enrolment).completions[0].withdrawn_reason.as_deref(), Some("A copy."));
        assert_eq!(act("leave", &[]).status, 422);
        assert_eq!(act("leave", &[("reason", "Moved away.")]).status, 303);
        assert!(desk.get(&own).text().contains("Moved away."));
    }

    fn a_form_from_elsewhere_does_nothing(server) {
        let school = server.school();
        let achievement = course(server, &school.issuer, "automatic");
        let enrolment = enrol(server, &achievement, "ana@example.org", "Autumn");
        let secret = key(server, Some(&school.issuer), ALL);
        let desk = signed_in(server, &secret);
        let own = format!("/coordinate/enrolments/{enrolment}");
        let token = csrf(desk.get(&own).text());
        let fields = [("requirement", "essay"), ("stamp", "1"), ("csrf", token.as_str())];
        let path = format!("{own}/complete");
        for origin in ["https://evil.example", "null", "https://badges.example.edu.evil.example", "http://badges.example.edu"] {
            assert_eq!(desk.send(&path, origin, &fields).status, 403, "{origin}");
            let sign_in = server.anyone().send(form("/coordinate/sign-in", origin, &[("key", &secret)]));
            assert_eq!((sign_in.status, sign_in.header("set-cookie")), (403, None), "{origin}");
        }
        let other = signed_in(server, &secret);
        let of_another = csrf(other.get(&own).text());
        for bad in ["", "0123456789abcdef0123456789abcdef", of_another.as_str()] {
            assert_eq!(desk.send(&path, SITE, &[("requirement", "essay"), ("stamp", "1"), ("csrf", bad)]).status, 403, "{bad}");
        }
        assert!(told(server, &enrolment).completions.is_empty());
        assert_eq!(desk.send(&path, SITE, &fields).status, 303);
    }

    fn a_session_sees_what_its_key_may_and_no_more(server) {
        let school = server.school();
        let achievement = course(server, &school.issuer, "automatic");
        let enrolment = enrol(server, &achievement, "ana@example.org", "Autumn");
        let other = server.school();
        let foreign = signed_in(server, &key(server, Some(&other.issuer), ALL));
        assert!(!foreign.get("/coordinate").text().contains(&achievement));
        for path in [format!("/coordinate/achievements/{achievement}"), format!("/coordinate/enrolments/{enrolment}")] {
            assert_eq!(foreign.get(&path).status, 404, "{path}");
        }
        let tick = format!("{enrolment}:essay:1");
        let roster = format!("/coordinate/achievements/{}", other.achievement);
        let refused = foreign.post(&format!("{roster}/tick"), "/coordinate", &[("done", &tick)]);
        assert_eq!(refused.status, 422, "{}", refused.text());
        let reader = signed_in(server, &key(server, Some(&school.issuer), &[Scope::EnrolmentsRead]));
        let own = format!("/coordinate/enrolments/{enrolment}");
        assert!(!reader.get(&own).text().contains("/complete"));
        assert_eq!(reader.post(&format!("{own}/complete"), &own, &[("requirement", "essay"), ("stamp", "1")]).status, 403);
        for (secret, status) in [
            (key(server, None, &[Scope::CredentialsAward]), 403), ("acc_nonsense".to_owned(), 401), (String::new(), 401),
        ] {
            let reply = server.anyone().send(form("/coordinate/sign-in", SITE, &[("key", &secret)]));
            assert_eq!((reply.status, reply.header("set-cookie")), (status, None), "{}", reply.text());
        }
        let nobody = Desk { server, cookie: "__Host-accolade=act_nonsense".to_owned() };
        assert_eq!(nobody.get(&own).status, 401);
        let stranger = server.anyone().send(asking(Request::new("GET", &own)));
        assert!(stranger.text().contains("type=\"password\"") && !stranger.text().contains("Ana Ruiz"));
    }

    fn a_progress_link_ends_when_it_is_withdrawn_and_opens_nothing_else(server) {
        let school = server.school();
        let achievement = course(server, &school.issuer, "automatic");
        let enrolment = enrol(server, &achievement, "ana@example.org", "Autumn");
        let made = server.office.progress_link(&Caller::system(), &enrolment, None).unwrap();
        let url = made.url.trim_start_matches(SITE).to_owned();
        let open = |path: &str| server.anyone().send(asking(Request::new("GET", path)));
        assert_eq!(open(&url).status, 200);
        for wrong in [format!("{url}x"), url.replace("/progress/", "/progress/a"), "/progress/x".to_owned(), format!("/progress/{enrolment}")] {
            let page = open(&wrong);
            assert_eq!(page.status, 404, "{wrong}");
            assert!(page.text().contains("does not open any more"), "{wrong}");
        }
        server.office.revoke_progress_links(&Caller::system(), &enrolment).unwrap();
        assert_eq!(open(&url).status, 404);
    }
}
