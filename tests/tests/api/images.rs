//! `/v1/images`, `/v1/badge-designs:render` and what comes of them under `/public/images`.

use accolade_baking::{Version, unbake};
use accolade_tests::actors::{Actor, School};
use accolade_tests::exchange::{Answer, Request};
use accolade_tests::server::{PUBLIC_URL, Server};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::on_both;

/// A PNG of one colour with transparent corners, and with a remark nobody should read.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.add_itxt_chunk("Comment".to_owned(), "taken at 47.3769, 8.5417 by Ana".to_owned()).unwrap();
    let pixels: Vec<u8> = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .flat_map(|(x, y)| {
            let corner = x.min(width - 1 - x) + y.min(height - 1 - y) < width / 6;
            if corner { [0, 0, 0, 0] } else { [20, 60, 140, 255] }
        })
        .collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    bytes
}

pub(crate) const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 600 600'><circle cx='300' cy='300' r='290' fill='#123c8c'/></svg>";

pub(crate) fn upload(media_type: &str, body: impl Into<Vec<u8>>) -> Request {
    Request::new("POST", "/v1/images").header("content-type", media_type).body(body)
}

fn kept(actor: &Actor, media_type: &str, body: impl Into<Vec<u8>>) -> Value {
    actor.send(upload(media_type, body)).expect(201)
}

/// Width and height out of a PNG's header.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"), "{png:?}");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

fn fetched(server: &Server, url: &str, media_type: &str) -> Answer {
    let answer = server.anyone().get(url);
    assert_eq!((answer.status, answer.header("content-type")), (200, Some(media_type)), "{url}");
    answer
}

/// An achievement that looks like `image`, through the API.
fn define(actor: &Actor, issuer: &str, image: &Value) -> Answer {
    let mut members = json!({"name": "Data", "description": "Data.", "criteria": {"narrative": "Pass."}});
    if !image.is_null() {
        members["image"] = image.clone();
    }
    actor.post(&format!("/v1/issuers/{issuer}/achievements"), &members)
}

fn published(server: &Server, achievement: &Value) -> Value {
    server.anyone().get(achievement["links"]["public"].as_str().unwrap()).expect(200)
}

fn id_in(url: &Value) -> String {
    let url = url.as_str().unwrap();
    let id = url.strip_prefix(&format!("{PUBLIC_URL}/public/images/")).unwrap_or_else(|| panic!("{url}"));
    id.strip_suffix(".png").unwrap().to_owned()
}

fn examined(server: &Server, badge: &[u8]) -> Value {
    let media_type = if badge.starts_with(b"\x89PNG") { "image/png" } else { "image/svg+xml" };
    let request = Request::new("POST", "/v1/verify").header("content-type", media_type).body(badge);
    server.anyone().send(request).expect(200)
}

fn versions(image: &[u8]) -> Vec<Version> {
    unbake(image).unwrap().into_iter().map(|baked| baked.version).collect()
}

on_both! {
    fn an_uploaded_png_is_served_under_its_hash_without_what_stood_beside_the_picture(server) {
        let owner = server.owner();
        let given = png(300, 300);
        let answer = owner.send(upload("image/png", given.clone()));
        let image = answer.expect(201);
        assert_eq!(answer.header("location"), image["url"].as_str());
        assert_eq!((&image["width"], &image["height"], &image["mediaType"]), (&json!(300), &json!(300), &json!("image/png")));
        assert_eq!(image["warnings"][0]["rule"], "small", "{image}");
        assert!(image.get("svg").is_none());
        let served = fetched(server, image["url"].as_str().unwrap(), "image/png");
        let hash: String = Sha256::digest(&served.body).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(image["id"], hash);
        assert!(!String::from_utf8_lossy(&served.body).contains("Ana"), "a remark was kept");
        assert_eq!(size(&served.body), (300, 300));
        assert_eq!(kept(&owner, "image/png", given), image, "the same again is the same");
        for side in [90, 200, 400, 600] {
            let url = format!("/public/images/{hash}/{side}.png");
            let first = fetched(server, &url, "image/png");
            assert_eq!(size(&first.body), (side, side));
            assert_eq!(server.anyone().get(&url).body, first.body, "made once");
        }
        for missing in ["/91.png", "/090.png", "/600.svg", ".svg", ".jpg", ""] {
            server.anyone().get(&format!("/public/images/{hash}{missing}")).expect_problem(404, "not-found");
        }
        server.anyone().get(&format!("/public/images/{}.png", "0".repeat(64))).expect_problem(404, "not-found");
    }

    fn an_uploaded_svg_is_served_as_both(server) {
        let image = kept(&server.owner(), "image/svg+xml", SVG);
        assert_eq!(image["mediaType"], "image/svg+xml");
        let svg = fetched(server, image["svg"].as_str().unwrap(), "image/svg+xml");
        let hash: String = Sha256::digest(&svg.body).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(image["id"], hash);
        let png = fetched(server, image["url"].as_str().unwrap(), "image/png");
        assert_eq!(size(&png.body), (600, 600));
        assert_eq!(fetched(server, &format!("/public/images/{hash}/600.png"), "image/png").body, png.body);
    }

    fn an_image_may_come_in_a_form_and_its_name_does_not_matter(server) {
        let owner = server.owner();
        let plain = kept(&owner, "image/svg+xml", SVG);
        for name in ["badge.svg", "x.exe"] {
            assert_eq!(owner.send(form("file", name, SVG.as_bytes())).expect(201), plain);
        }
        owner.send(form("picture", "badge.svg", SVG.as_bytes())).expect_problem(422, "rejected");
        owner.send(upload("image/jpeg", SVG)).expect_problem(415, "unsupported-media-type");
    }

    fn an_achievement_looks_as_it_was_asked_to_and_is_published_with_one_kind_of_address(server) {
        let owner = server.owner();
        let issuer = owner.register("Example University");
        let uploaded = kept(&owner, "image/png", png(600, 600));
        let data = format!("data:image/png;base64,{}", STANDARD.encode(png(600, 600)));
        let design = json!({"shape": "hexagon", "ribbon": "Data"});
        for (image, shown) in [
            (json!(uploaded["url"]), json!({"id": uploaded["url"], "type": "Image"})),
            (json!({"id": data, "caption": "Blue"}), json!({"id": uploaded["url"], "type": "Image", "caption": "Blue"})),
            (json!({"design": design, "caption": "Six"}), json!({"design": design, "type": "Image", "caption": "Six"})),
            (Value::Null, Value::Null),
        ] {
            let achievement = define(&owner, &issuer, &image).expect(201);
            assert_eq!(achievement.get("image").cloned().unwrap_or_default(), shown);
            let public = published(server, &achievement);
            assert_eq!(public["image"]["id"], achievement["links"]["image"], "{image}");
            assert_eq!(public["image"].get("caption"), shown.get("caption"));
            assert!(public["image"].get("design").is_none(), "{public}");
            fetched(server, public["image"]["id"].as_str().unwrap(), "image/png");
            let badge = server.anyone().get(achievement["links"]["badge"].as_str().unwrap()).expect(200);
            assert_eq!(badge["image"], achievement["links"]["image"]);
            let card = fetched(server, achievement["links"]["card"].as_str().unwrap(), "image/png");
            assert_eq!(size(&card.body), (1200, 627));
            let path = format!("/v1/achievements/{}", achievement["id"].as_str().unwrap());
            assert_eq!(owner.get(&path).expect(200), achievement);
            // What is shown can be sent back.
            let again = if shown.is_null() { json!({}) } else { json!({"image": shown}) };
            assert_eq!(owner.patch(&path, &again).expect(200)["links"], achievement["links"], "{image}");
        }
    }

    fn a_picture_drawn_from_the_name_follows_it_and_no_other_does(server) {
        let owner = server.owner();
        let school = server.school();
        let path = format!("/v1/achievements/{}", school.achievement);
        let look = |patch: Value| owner.patch(&path, &patch).expect(200)["links"]["image"].clone();
        let drawn = owner.get(&path).expect(200)["links"]["image"].clone();
        assert_eq!(look(json!({"tag": ["x"]})), drawn);
        let renamed = look(json!({"name": "Bread and Pastry"}));
        assert_ne!(renamed, drawn);
        let designed = look(json!({"image": {"design": {"shape": "shield"}}}));
        assert_eq!(look(json!({"name": "Applied Data Skills"})), designed);
        assert_eq!(look(json!({"image": null})), drawn);
    }

    fn an_image_that_is_none_or_not_square_is_refused_where_it_stands(server) {
        let owner = server.owner();
        let issuer = owner.register("Example University");
        let wide = kept(&owner, "image/png", png(400, 200));
        assert!(wide["warnings"].as_array().unwrap().iter().any(|warning| warning["rule"] == "not_square"), "{wide}");
        let data = format!("data:image/png;base64,{}", STANDARD.encode(png(400, 200)));
        for (image, pointer, rule) in [
            (wide["url"].clone(), "/image/id", "image_not_square"),
            (json!(data), "/image", "image_not_square"),
            (json!("data:image/png;base64,AAAA"), "/image", "image_unknown_format"),
            (json!("data:text/html,x"), "/image", "data_uri"),
            (json!(format!("{PUBLIC_URL}/public/images/{}.png", "0".repeat(64))), "/image/id", "image_unknown"),
            (json!(format!("{PUBLIC_URL}/public/issuers/x")), "/image/id", "image_unknown"),
            (json!({"id": wide["url"], "design": {}}), "/image", "one_of"),
            (json!({"caption": "x"}), "/image", "required"),
            (json!({"design": {"shap": "hexagon"}}), "/image/design/shap", "unknown_member"),
            (json!({"design": {"level": {"reached": 4, "of": 3}}}), "/image/design/level/reached", "range"),
        ] {
            let problem = define(&owner, &issuer, &image).expect_problem(422, "rejected");
            let faults = problem["errors"].as_array().unwrap();
            assert!(faults.iter().any(|fault| fault["pointer"] == pointer && fault["rule"] == rule), "{image}: {problem}");
        }
        assert_eq!(owner.get(&format!("/v1/issuers/{issuer}/achievements")).expect(200)["items"], json!([]));
        // A logo may have any shape.
        let school = owner.post("/v1/issuers", &json!({"name": "School", "image": wide["url"]})).expect(201);
        assert_eq!(school["image"]["id"], wide["url"]);
    }

    fn an_issuers_logo_is_published_as_a_picture_of_ours_however_it_was_given(server) {
        let owner = server.owner();
        let data = format!("data:image/png;base64,{}", STANDARD.encode(png(100, 100)));
        let issuer = owner.post("/v1/issuers", &json!({"name": "School", "image": data})).expect(201);
        let public = |issuer: &Value| server.anyone().get(issuer["links"]["public"].as_str().unwrap()).expect(200);
        let url = issuer["image"]["id"].clone();
        id_in(&url);
        assert_eq!(public(&issuer)["image"]["id"], url);
        let path = format!("/v1/issuers/{}", issuer["id"].as_str().unwrap());
        let designed = owner.patch(&path, &json!({"image": {"design": {"monogram": "S"}}})).expect(200);
        assert_eq!(designed["image"], json!({"type": "Image", "design": {"monogram": "S"}}));
        let shown = public(&designed)["image"].clone();
        assert_eq!((shown["id"] == url, shown.get("design")), (false, None));
        let renamed = owner.patch(&path, &json!({"name": "The School"})).expect(200);
        assert_eq!(renamed["image"], designed["image"]);
        assert_eq!(public(&renamed)["image"], shown);
        assert!(public(&owner.patch(&path, &json!({"image": null})).expect(200)).get("image").is_none());
    }

    fn a_baked_picture_holds_the_award_in_both_versions_and_verifies(server) {
        let School { achievement, .. } = server.school();
        let award = server.owner().award(&achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        let png = fetched(server, &format!("/public/credentials/{id}.png"), "image/png").body;
        assert_eq!(size(&png), (600, 600));
        assert_eq!(versions(&png), [Version::V3, Version::V2]);
        let svg = fetched(server, &format!("/public/credentials/{id}.svg"), "image/svg+xml").body;
        assert_eq!(versions(&svg).len(), 2);
        for image in [&png, &svg] {
            let report = examined(server, image);
            assert_eq!((&report["outcome"], report["format"].as_str().unwrap().contains("3.0")), (&json!("valid"), true), "{report}");
        }
        let stored = server.anyone().get(&format!("/public/credentials/{id}.json")).body;
        assert!(unbake(&png).unwrap().iter().any(|baked| baked.text.as_bytes() == stored), "byte for byte");
        let old = fetched(server, &format!("/public/assertions/{id}/image"), "image/png").body;
        assert_eq!(versions(&old), [Version::V2]);
        let report = examined(server, &old);
        assert_eq!((&report["outcome"], report["format"].as_str().unwrap().contains("2.0")), (&json!("valid"), true), "{report}");
        let report = server.anyone().post("/v1/verify", &json!({"url": format!("{PUBLIC_URL}/public/credentials/{id}.png")}));
        assert_eq!(report.expect(200)["outcome"], "valid");
    }

    fn what_was_awarded_keeps_its_picture(server) {
        let School { achievement, .. } = server.school();
        let owner = server.owner();
        let path = format!("/v1/achievements/{achievement}");
        owner.patch(&path, &json!({"image": kept(&owner, "image/png", png(500, 500))["url"]})).expect(200);
        let award = owner.award(&achievement, "ana@example.org");
        let url = format!("/public/credentials/{}.png", award["id"].as_str().unwrap());
        assert_eq!(size(&server.anyone().get(&url).body), (500, 500), "a reasonable PNG is baked as it is");
        owner.patch(&path, &json!({"image": kept(&owner, "image/png", png(1300, 1300))["url"]})).expect(200);
        assert_eq!(size(&server.anyone().get(&url).body), (500, 500));
        let framed = fetched(server, &url.replace(".png", ".svg"), "image/svg+xml");
        assert!(framed.text().contains("data:image/png;base64,"), "a PNG stands in a frame");
        assert_eq!(examined(server, &framed.body)["outcome"], "valid");
        let award = owner.award(&achievement, "bo@example.org");
        let url = format!("/public/credentials/{}.png", award["id"].as_str().unwrap());
        assert_eq!(size(&server.anyone().get(&url).body), (600, 600), "a very large one is made smaller");
    }

    fn the_image_of_an_assertion_that_was_revoked_says_so_and_that_of_the_credential_no_longer_verifies(server) {
        let School { achievement, .. } = server.school();
        let award = server.owner().award(&achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        let image = format!("/public/assertions/{id}/image");
        fetched(server, &image, "image/png");
        server.owner().post(&format!("/v1/credentials/{id}/revoke"), &json!({"reason": "a test"})).expect(200);
        let answer = server.anyone().get(&image);
        assert_eq!((answer.status, &answer.json()["revoked"]), (410, &json!(true)));
        let baked = server.anyone().get(&format!("/public/credentials/{id}.png")).body;
        assert_eq!(examined(server, &baked)["outcome"], "invalid");
    }

    fn a_design_is_drawn_to_look_at(server) {
        let owner = server.owner();
        let draw = |body: &Value, accept: &str| {
            let request = Request::new("POST", "/v1/badge-designs:render").json(body);
            owner.send(if accept.is_empty() { request } else { request.header("accept", accept) })
        };
        let design = json!({"shape": "shield", "ribbon": "Data Analysis", "level": {"reached": 2, "of": 3}});
        let answer = draw(&design, "");
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("image/png")));
        assert_eq!(size(&answer.body), (600, 600));
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
        assert!(answer.header("content-disposition").unwrap().starts_with("inline; filename="));
        assert_eq!(draw(&design, "*/*").body, answer.body, "the same design, the same bytes");
        let mut small = design.clone();
        small["size"] = json!(90);
        assert_eq!(size(&draw(&small, "image/png").body), (90, 90));
        let svg = draw(&design, "image/svg+xml");
        assert_eq!(svg.header("content-type"), Some("image/svg+xml"));
        assert!(svg.header("content-security-policy").unwrap().contains("sandbox"));
        assert!(svg.text().starts_with("<svg") && !svg.text().contains("<text"), "text is outlines");
        for (body, pointer) in [
            (json!({"size": 91}), "/size"),
            (json!({"shape": "hexagone"}), "/shape"),
            (json!({"ribbon": ""}), "/ribbon"),
            (json!({"palette": {"base": "#333333", "accent": "#444444"}}), "/palette"),
            (json!([]), ""),
        ] {
            let problem = draw(&body, "").expect_problem(422, "rejected");
            assert!(problem["errors"].as_array().unwrap().iter().any(|fault| fault["pointer"] == pointer), "{body}: {problem}");
        }
        // What was looked at is what an achievement gets.
        let issuer = owner.register("Example University");
        let achievement = define(&owner, &issuer, &json!({"design": design})).expect(201);
        assert_eq!(server.anyone().get(achievement["links"]["image"].as_str().unwrap()).body, answer.body);
    }
}

fn form(part: &str, file: &str, content: &[u8]) -> Request {
    let head = format!(
        "--b\r\ncontent-disposition: form-data; name=\"{part}\"; filename=\"{file}\"\r\ncontent-type: image/svg+xml\r\n\r\n"
    );
    let body = [head.as_bytes(), content, b"\r\n--b--\r\n"].concat();
    upload("multipart/form-data; boundary=b", body)
}
