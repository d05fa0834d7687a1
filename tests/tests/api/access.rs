//! Who may do what: every operation of the OpenAPI document, as every actor. An operation without a row here fails.

use accolade_issuing::Scope;
use accolade_tests::actors::{Actor, School};
use accolade_tests::exchange::Request;
use accolade_tests::server::Server;
use serde_json::{Value, json};

use crate::on_both;

/// What another issuer's key gets, although it has every scope.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Foreigner {
    /// Nothing of ours: a list without our things.
    SeesNothingOfOurs,
    /// The same as for something that does not exist.
    FindsNothing,
    /// It is above what a bound key may do.
    IsForbidden,
    /// It is open to everybody.
    IsWelcome,
}
use Foreigner::{FindsNothing, IsForbidden, IsWelcome, SeesNothingOfOurs};

/// One operation: how to ask for it, what the right caller gets, and what a foreigner gets.
struct Row {
    operation: &'static str,
    request: fn(&World) -> Request,
    answer: u16,
    foreigner: Foreigner,
}

const fn row(
    operation: &'static str,
    request: fn(&World) -> Request,
    answer: u16,
    foreigner: Foreigner,
) -> Row {
    Row { operation, request, answer, foreigner }
}

/// What the requests are about.
struct World<'a> {
    server: &'a Server,
    school: School,
}

impl World<'_> {
    /// A fresh award, so that each actor finds it in force.
    fn award(&self) -> Value {
        let order = json!({"recipient": {"email": "ana@example.org"}, "onDuplicate": "allow"});
        self.server.owner().post(&self.orders(), &order).expect(201)
    }

    fn orders(&self) -> String {
        format!("/v1/achievements/{}/credentials", self.school.achievement)
    }

    fn award_at(&self, shelf: &str, suffix: &str) -> Request {
        let award = self.award();
        get(&format!("{shelf}/{}{suffix}", award["id"].as_str().unwrap()))
    }

    fn act(&self, verb: &str) -> Request {
        let award = self.award();
        let path = format!("/v1/credentials/{}", award["id"].as_str().unwrap());
        if verb == "reinstate" {
            self.server.owner().post(&format!("{path}/suspend"), &json!({})).expect(200);
        }
        Request::new("POST", &format!("{path}/{verb}")).json(&json!({"reason": "a test"}))
    }

    /// An achievement that is earned, and awarded when a coordinator approves.
    fn earned(&self) -> String {
        let members = json!({
            "name": "Talking", "description": "Talks.", "criteria": {"narrative": "Talk."}, "approval": "coordinator",
            "requirements": {"id": "talk", "kind": "presentation", "title": "Talk", "iri": "https://lms.example.edu/talk"}
        });
        let path = format!("/v1/issuers/{}/achievements", self.school.issuer);
        let known = self.server.owner().get(&path).expect(200);
        let known =
            known["items"].as_array().unwrap().iter().find(|known| known["name"] == "Talking").cloned();
        let earned = known.unwrap_or_else(|| self.server.owner().post(&path, &members).expect(201));
        earned["id"].as_str().unwrap().to_owned()
    }

    fn earning(&self, what: &str) -> String {
        let achievement = self.earned();
        if what == "enrolments" {
            let learner = json!({"learner": {"email": "cy@example.org"}});
            self.server.owner().post(&format!("/v1/achievements/{achievement}/enrolments"), &learner);
        }
        format!("/v1/achievements/{achievement}/{what}")
    }

    /// The path of something about a fresh enrolment.
    fn enrolment(&self, part: &str) -> String {
        let learner = json!({"learner": {"externalId": self.server.new_key(&[Scope::IssuersRead], None).0}});
        let enrolment = self.server.owner().post(&self.earning("enrolments"), &learner).expect(201);
        format!("/v1/enrolments/{}{part}", enrolment["id"].as_str().unwrap())
    }

    /// The same of an enrolment with a completion.
    fn satisfied(&self, part: &str) -> String {
        let path = self.enrolment("");
        self.server.owner().post(&format!("{path}/completions"), &json!({"requirement": "talk"})).expect(201);
        path + part
    }

    fn withdrawal(&self) -> Request {
        let path = self.satisfied("");
        let completion = self.server.owner().get(&path).expect(200)["completions"][0]["id"].clone();
        let path = format!("{path}/completions/{}/withdraw", completion.as_str().unwrap());
        Request::new("POST", &path).json(&json!({"reason": "a test"}))
    }

    fn erasure(&self) -> Request {
        let learner = self.server.owner().get(&self.enrolment("")).expect(200)["learner"]["id"].clone();
        Request::new("POST", &format!("/v1/learners/{}/erase", learner.as_str().unwrap())).json(&json!({}))
    }

    /// A statement about a requirement of the school; a stranger's is about nothing of his.
    fn statement(&self, method: &str, query: &str) -> Request {
        self.earned();
        let statement = json!({
            "actor": {"mbox": "mailto:di@example.org"},
            "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
            "object": {"id": "https://lms.example.edu/talk"},
        });
        Request::new(method, &format!("/xapi/statements{query}"))
            .header("x-experience-api-version", "1.0.3")
            .json(&statement)
    }

    fn issuer(&self, part: &str) -> Request {
        get(&format!("/public/issuers/{}{part}", self.school.issuer))
    }

    fn did(&self) -> String {
        let path = format!("/v1/issuers/{}", self.school.issuer);
        self.server.owner().get(&path).expect(200)["profileId"].as_str().unwrap().replace(':', "%3A")
    }

    fn key(&self, part: &str) -> Request {
        let jwks = self
            .server
            .anyone()
            .get(&format!("/public/issuers/{}/jwks.json", self.school.issuer))
            .expect(200);
        let kid = jwks["keys"][0]["kid"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        get(&format!("/public/keys/{kid}{part}"))
    }

    fn issuing(&self, suite: &str) -> Request {
        let suites = self.server.owner().get(&format!("/vc-api/issuers/{}", self.school.issuer)).expect(200);
        let credential = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiableCredential"],
            "issuer": suites["profileId"],
            "credentialSubject": {"id": "did:example:ana"},
        });
        Request::new("POST", &format!("/vc-api/issuers/{}{suite}/credentials/issue", self.school.issuer))
            .json(&json!({ "credential": credential }))
    }

    fn image(&self, form: &str) -> Request {
        let path = format!("/v1/achievements/{}", self.school.achievement);
        let links = self.server.owner().get(&path).expect(200)["links"].clone();
        let image = links["image"].as_str().unwrap().trim_start_matches("https://badges.example.edu");
        get(&image.replace(".png", form))
    }

    fn status_list(&self) -> Request {
        let credential =
            self.server.anyone().get(self.award()["links"]["credential"].as_str().unwrap()).expect(200);
        let list = credential["credentialStatus"]["statusListCredential"].as_str().unwrap();
        get(list.trim_start_matches("https://badges.example.edu"))
    }
}

fn get(path: &str) -> Request {
    Request::new("GET", path)
}

const CIRCLE: &str =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 600 600'><circle cx='300' cy='300' r='280'/></svg>";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("registerIssuer", |_| Request::new("POST", "/v1/issuers").json(&json!({"name": "A School"})), 201, IsForbidden),
    row("listIssuers", |_| get("/v1/issuers?limit=200"), 200, SeesNothingOfOurs),
    row("getIssuer", |w| get(&format!("/v1/issuers/{}", w.school.issuer)), 200, FindsNothing),
    row("amendIssuer", |w| Request::new("PATCH", &format!("/v1/issuers/{}", w.school.issuer)).json(&json!({"description": "x"})), 200, FindsNothing),
    row("defineAchievement", |w| Request::new("POST", &format!("/v1/issuers/{}/achievements", w.school.issuer))
        .json(&json!({"name": "A", "description": "B", "criteria": {"narrative": "C"}})), 201, FindsNothing),
    row("listAchievements", |w| get(&format!("/v1/issuers/{}/achievements", w.school.issuer)), 200, FindsNothing),
    row("getAchievement", |w| get(&format!("/v1/achievements/{}", w.school.achievement)), 200, FindsNothing),
    row("amendAchievement", |w| Request::new("PATCH", &format!("/v1/achievements/{}", w.school.achievement)).json(&json!({"tag": ["x"]})), 200, FindsNothing),
    row("listAchievementVersions", |w| get(&format!("/v1/achievements/{}/versions", w.school.achievement)), 200, FindsNothing),
    row("checkAchievement", |w| Request::new("POST", &format!("/v1/achievements/{}:check?profile=unesco", w.school.achievement)), 200, FindsNothing),
    row("fetchCatalogue", |_| get("/public/catalogue?skill=data&page=1"), 200, IsWelcome),
    row("enrolLearner", |w| Request::new("POST", &w.earning("enrolments")).json(&json!({"learner": {"email": "cy@example.org"}, "cohort": "x"})), 200, FindsNothing),
    row("listEnrolments", |w| get(&w.earning("enrolments")), 200, FindsNothing),
    row("getEnrolment", |w| get(&w.enrolment("")), 200, FindsNothing),
    row("completeRequirement", |w| Request::new("POST", &w.enrolment("/completions")).json(&json!({"requirement": "talk"})), 201, FindsNothing),
    row("withdrawCompletion", |w| w.withdrawal(), 200, FindsNothing),
    row("approveEnrolment", |w| Request::new("POST", &w.satisfied("/approve")), 200, FindsNothing),
    row("transferEnrolment", |w| Request::new("POST", &w.enrolment("/transfer")), 200, FindsNothing),
    row("leaveEnrolment", |w| Request::new("POST", &w.enrolment("/leave")).json(&json!({"reason": "a test"})), 200, FindsNothing),
    row("createProgressLink", |w| Request::new("POST", &w.enrolment("/progress-link")).json(&json!({})), 200, FindsNothing),
    row("revokeProgressLinks", |w| Request::new("DELETE", &w.enrolment("/progress-link")), 204, FindsNothing),
    row("eraseLearner", |w| w.erasure(), 204, FindsNothing),
    row("completeForLearners", |w| Request::new("POST", &w.earning("completions"))
        .json(&json!({"learner": {"email": "cy@example.org"}, "requirement": "talk"})), 200, FindsNothing),
    row("getEarningReport", |w| get(&w.earning("report")), 200, FindsNothing),
    row("postStatements", |w| w.statement("POST", ""), 200, SeesNothingOfOurs),
    row("putStatement", |w| w.statement("PUT", "?statementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee"), 204, SeesNothingOfOurs),
    row("getXapiAbout", |_| get("/xapi/about"), 200, IsWelcome),
    row("awardCredential", |w| Request::new("POST", &w.orders())
        .json(&json!({"recipient": {"email": "bo@example.org"}, "onDuplicate": "allow"})), 201, FindsNothing),
    row("listCredentials", |w| { w.award(); get("/v1/credentials?limit=200") }, 200, SeesNothingOfOurs),
    row("getCredential", |w| w.award_at("/v1/credentials", ""), 200, FindsNothing),
    row("revokeCredential", |w| w.act("revoke"), 200, FindsNothing),
    row("suspendCredential", |w| w.act("suspend"), 200, FindsNothing),
    row("eraseCredential", |w| w.act("erase"), 200, FindsNothing),
    row("amendCredential", |w| Request::new("PATCH", &format!("/v1/credentials/{}", w.award()["id"].as_str().unwrap())).json(&json!({"visibility": "private"})), 200, FindsNothing),
    row("reinstateCredential", |w| w.act("reinstate"), 200, FindsNothing),
    row("verifyBadge", |_| Request::new("POST", "/v1/verify").json(&json!({"jwt": "x"})), 200, IsWelcome),
    row("verifyUrl", |_| get("/verify?url=https%3A%2F%2Fbadges.example.edu%2Fpublic%2Fcredentials%2Fx"), 200, IsWelcome),
    row("getIssuerSuites", |w| get(&format!("/vc-api/issuers/{}", w.school.issuer)), 200, FindsNothing),
    row("issueCredential", |w| w.issuing(""), 201, FindsNothing),
    row("issueCredentialBySuite", |w| w.issuing("/eddsa-jcs-2022"), 201, FindsNothing),
    row("verifyCredential", |_| Request::new("POST", "/vc-api/credentials/verify")
        .json(&json!({"verifiableCredential": "x"})), 400, SeesNothingOfOurs),
    row("verifyPresentation", |_| Request::new("POST", "/vc-api/presentations/verify")
        .json(&json!({"verifiablePresentation": "x"})), 400, SeesNothingOfOurs),
    row("deriveCredential", |_| Request::new("POST", "/vc-api/credentials/derive")
        .json(&json!({"verifiableCredential": {}})), 400, SeesNothingOfOurs),
    row("fetchCredential", |w| w.award_at("/public/credentials", ""), 200, IsWelcome),
    row("fetchCredentialJson", |w| w.award_at("/public/credentials", ".json"), 200, IsWelcome),
    row("fetchCredentialJwt", |w| w.award_at("/public/credentials", ".jwt"), 200, IsWelcome),
    row("fetchCertificate", |w| w.award_at("/public/credentials", ".pdf"), 200, IsWelcome),
    row("fetchOembed", |w| {
        let award = w.award();
        get(&format!("/oembed?url={}", award["links"]["public"].as_str().unwrap()))
    }, 200, IsWelcome),
    row("fetchAssertion", |w| w.award_at("/public/assertions", ""), 200, IsWelcome),
    row("fetchAssertionJson", |w| w.award_at("/public/assertions", ".json"), 200, IsWelcome),
    row("fetchAssertionJws", |w| w.award_at("/public/assertions", ".jws"), 200, IsWelcome),
    row("fetchAchievement", |w| get(&format!("/public/achievements/{}", w.school.achievement)), 200, IsWelcome),
    row("fetchAchievementVersion", |w| get(&format!("/public/achievements/{}/versions/1", w.school.achievement)), 200, IsWelcome),
    row("fetchBadge", |w| get(&format!("/public/badges/{}", w.school.achievement)), 200, IsWelcome),
    row("uploadImage", |_| Request::new("POST", "/v1/images").header("content-type", "image/svg+xml").body(CIRCLE), 201, SeesNothingOfOurs),
    row("renderBadgeDesign", |_| Request::new("POST", "/v1/badge-designs:render").json(&json!({"size": 90})), 200, SeesNothingOfOurs),
    row("fetchCard", |w| get(&format!("/public/achievements/{}/card.png", w.school.achievement)), 200, IsWelcome),
    row("fetchImagePng", |w| w.image(".png"), 200, IsWelcome),
    row("fetchImageSvg", |w| w.image(".svg"), 200, IsWelcome),
    row("fetchImageSide", |w| w.image("/90.png"), 200, IsWelcome),
    row("fetchCredentialPng", |w| w.award_at("/public/credentials", ".png"), 200, IsWelcome),
    row("fetchCredentialSvg", |w| w.award_at("/public/credentials", ".svg"), 200, IsWelcome),
    row("fetchAssertionImage", |w| w.award_at("/public/assertions", "/image"), 200, IsWelcome),
    row("fetchBadgeImage", |w| get(&format!("/public/badges/{}/image", w.school.achievement)), 200, IsWelcome),
    row("fetchIssuer", |w| w.issuer(""), 200, IsWelcome),
    row("fetchIssuerV2", |w| w.issuer("/v2"), 200, IsWelcome),
    row("fetchDidDocument", |w| w.issuer("/did.json"), 200, IsWelcome),
    row("fetchJwks", |w| w.issuer("/jwks.json"), 200, IsWelcome),
    row("fetchRevocations", |w| w.issuer("/revocations"), 200, IsWelcome),
    row("fetchKey", |w| w.key(""), 200, IsWelcome),
    row("fetchKeyV2", |w| w.key("/v2"), 200, IsWelcome),
    row("fetchStatusList", |w| w.status_list(), 200, IsWelcome),
    // The server is its own doorkeeper here: no bearer helps, and this is what everybody is told.
    row("giveToken", |_| Request::new("POST", "/oauth/token").header("content-type", "application/x-www-form-urlencoded").body("grant_type=password"), 400, IsWelcome),
    row("fetchServerMetadata", |_| get("/.well-known/oauth-authorization-server"), 200, IsWelcome),
    row("resolveDid", |w| get(&format!("/1.0/identifiers/{}", w.did())), 200, IsWelcome),
    row("getHealth", |_| get("/healthz"), 200, IsWelcome),
    row("getReadiness", |_| get("/readyz"), 200, IsWelcome),
    row("getMetrics", |_| get("/metrics"), 200, IsWelcome),
    row("getOpenApi", |_| get("/openapi.json"), 200, IsWelcome),
];

/// An operation of the document with the scopes it asks for, none where it is open.
fn documented() -> Vec<(String, Vec<Scope>)> {
    let document: Value = serde_json::from_str(&accolade_http::openapi_json()).unwrap();
    let items =
        document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    items
        .map(|operation| {
            let scopes = operation["security"][0]["apiKey"].as_array().into_iter().flatten();
            let scopes = scopes.map(|name| Scope::parse(name.as_str().unwrap()).unwrap()).collect();
            (operation["operationId"].as_str().unwrap().to_owned(), scopes)
        })
        .collect()
}

fn row_of(operation: &str) -> &'static Row {
    ROWS.iter()
        .find(|row| row.operation == operation)
        .unwrap_or_else(|| panic!("{operation} has no row in access.rs"))
}

#[test]
fn every_operation_has_a_row_and_every_row_an_operation() {
    let documented = documented();
    for (operation, scopes) in &documented {
        assert_eq!(scopes.is_empty(), row_of(operation).foreigner == IsWelcome, "{operation}");
    }
    for row in ROWS {
        assert!(documented.iter().any(|(operation, _)| operation == row.operation), "{}", row.operation);
    }
}

/// Keys bound to `issuer` with every scope but `without` and `admin`.
fn all_but(server: &Server, without: Scope, issuer: Option<&str>) -> Actor {
    let scopes: Vec<_> =
        Scope::ALL.into_iter().filter(|scope| ![without, Scope::Admin].contains(scope)).collect();
    server.holder_of(&scopes, issuer)
}

on_both! {
    fn every_operation_as_every_actor(server) {
        let world = World { server, school: server.school() };
        let (anyone, stranger, outcast, owner) = (server.anyone(), server.stranger(), server.outcast(), server.owner());
        let nobody = anyone.with_key("acc_0000000000000000000000000000000000000000000");
        for (operation, scopes) in documented() {
            let row = row_of(&operation);
            let ask = |actor: &Actor| actor.send((row.request)(&world));
            if scopes.is_empty() {
                for actor in [&anyone, &stranger, &outcast, &nobody, &owner] {
                    assert_eq!(ask(actor).status, row.answer, "{operation} is open");
                }
                continue;
            }
            for actor in [&anyone, &outcast, &nobody] {
                let answer = ask(actor);
                answer.expect_problem(401, "unauthenticated");
                assert!(answer.header("www-authenticate").unwrap().starts_with("Bearer"), "{operation}");
            }
            // A bound key is enough where the operation stays within the issuer.
            let bound = if row.foreigner == IsForbidden { None } else { Some(world.school.issuer.as_str()) };
            for scope in &scopes {
                let wrong = ask(&all_but(server, *scope, bound));
                let problem = wrong.expect_problem(403, "forbidden");
                assert!(problem["detail"].as_str().unwrap().contains(scope.as_str()), "{operation}: {problem}");
                assert!(wrong.header("www-authenticate").unwrap().contains("insufficient_scope"), "{operation}");
            }
            assert_eq!(ask(&server.holder_of(&scopes, bound)).status, row.answer, "{operation} by the right key");
            assert_eq!(ask(&owner).status, row.answer, "{operation} by the owner");

            let foreign = ask(&stranger);
            match row.foreigner {
                IsForbidden => drop(foreign.expect_problem(403, "forbidden")),
                FindsNothing => drop(foreign.expect_problem(404, "not-found")),
                _ => {
                    assert_eq!(foreign.status, row.answer, "{operation}");
                    assert!(!String::from_utf8_lossy(&foreign.body).contains(&world.school.issuer), "{operation} shows a foreign thing");
                }
            }
        }
    }

    fn a_foreign_id_looks_exactly_like_a_missing_one(server) {
        let world = World { server, school: server.school() };
        let stranger = server.stranger();
        let missing = "00000000-0000-4000-8000-000000000000";
        let award = world.award();
        for (ours, path) in [
            (world.school.issuer.as_str(), "/v1/issuers/{}"),
            (world.school.issuer.as_str(), "/v1/issuers/{}/achievements"),
            (world.school.achievement.as_str(), "/v1/achievements/{}"),
            (award["id"].as_str().unwrap(), "/v1/credentials/{}"),
        ] {
            let fetch = |id: &str| {
                let mut problem = stranger.get(&path.replace("{}", id)).expect_problem(404, "not-found");
                problem.as_object_mut().unwrap().retain(|name, _| name != "instance");
                problem
            };
            assert_eq!(fetch(ours), fetch(missing), "{path}");
        }
    }

    fn a_foreign_filter_or_cursor_shows_nothing(server) {
        let world = World { server, school: server.school() };
        for _ in 0..3 {
            world.award();
        }
        let stranger = server.stranger();
        for query in [
            format!("issuer={}", world.school.issuer),
            format!("achievement={}", world.school.achievement),
            "recipient=ana@example.org".to_owned(),
        ] {
            assert_eq!(stranger.get(&format!("/v1/credentials?{query}")).expect(200)["items"], json!([]), "{query}");
        }
        let page = server.owner().get("/v1/credentials?limit=1").expect(200);
        let stolen = stranger.get(&format!("/v1/credentials?cursor={}", page["next"].as_str().unwrap()));
        if stolen.status == 200 {
            assert_eq!(stolen.json()["items"], json!([]));
        } else {
            stolen.expect_problem(400, "bad-cursor");
        }
    }

    fn vcj_16_a_badge_is_not_a_key(server) {
        let world = World { server, school: server.school() };
        let award = world.award();
        let jwt = server.anyone().get(award["links"]["jwt"].as_str().unwrap()).text().to_owned();
        let jws = server.anyone().get(award["links"]["assertionJws"].as_str().unwrap()).text().to_owned();
        for token in [jwt.as_str(), jws.as_str(), award["id"].as_str().unwrap(), "acc_", "null", "' or 1=1--"] {
            server.anyone().with_key(token).get("/v1/issuers").expect_problem(401, "unauthenticated");
        }
    }

    fn only_one_bearer_token_is_an_authorization(server) {
        let secret = server.secret();
        let get = || Request::new("GET", "/v1/issuers");
        for header in [
            format!("Basic {secret}"),
            secret.clone(),
            "Bearer".to_owned(),
            "Bearer ".to_owned(),
            format!("Bearer {secret} {secret}"),
            format!("Bearer {secret}x"),
            format!("Bearer {}", secret.to_uppercase()),
        ] {
            server.anyone().send(get().header("authorization", &header)).expect_problem(401, "unauthenticated");
        }
        let bearer = format!("Bearer {secret}");
        server.anyone().send(get().header("authorization", &bearer).header("authorization", &bearer))
            .expect_problem(401, "unauthenticated");
        server.anyone().send(get().header("authorization", &format!("bearer {secret}"))).expect(200);
        server.anyone().get(&format!("/v1/issuers?access_token={secret}")).expect_problem(401, "unauthenticated");
    }

    fn a_stranger_is_refused_before_his_body_is_read(server) {
        let request = Request::new("POST", "/v1/issuers").header("content-type", "application/json").body("{");
        server.anyone().send(request.clone()).expect_problem(401, "unauthenticated");
        server.holder_of(&[Scope::IssuersRead], None).send(request.clone()).expect_problem(403, "forbidden");
        server.owner().send(request).expect_problem(400, "unreadable");
        let large = Request::new("POST", "/v1/issuers").header("content-type", "application/json").body(vec![b' '; 10 << 20]);
        server.anyone().send(large).expect_problem(401, "unauthenticated");
    }
}
