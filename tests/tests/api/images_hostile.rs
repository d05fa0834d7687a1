//! Images from people who mean ill, through the door. What each may cost in time and memory is measured in tests/bounds.

use accolade_tests::exchange::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::images::{SVG, png, upload};
use crate::on_both;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 600 600'><circle cx='300' cy='300' r='290' fill='#123c8c'/>{inside}</svg>"
    )
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend_from_slice(kind);
    bytes.extend_from_slice(data);
    let mut sum = crc32fast::Hasher::new();
    sum.update(&bytes[4..]);
    bytes.extend_from_slice(&sum.finalize().to_be_bytes());
    bytes
}

/// `chunks` put into a good picture behind its header.
fn with(chunks: &[Vec<u8>]) -> Vec<u8> {
    let good = png(600, 600);
    let header_end = 8 + 25;
    [&good[..header_end], &chunks.concat(), &good[header_end..]].concat()
}

fn header(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat())
}

on_both! {
    fn img_01_nothing_that_runs_or_reaches_out_is_left_of_a_drawing(server) {
        let owner = server.owner();
        for inside in [
            "<script>alert(1)</script>",
            "<circle r='9' onload='alert(1)' onclick='alert(1)'/>",
            "<a href='javascript:alert(1)'><circle r='9'/></a>",
            "<a xlink:href='javascript:alert(1)'><set attributeName='href' to='javascript:alert(1)'/><circle r='9'/></a>",
            "<foreignObject width='600' height='600'><iframe xmlns='http://www.w3.org/1999/xhtml' src='http://canary.example/'/></foreignObject>",
            "<use href='data:image/svg+xml,&lt;svg xmlns=&quot;http://www.w3.org/2000/svg&quot;>&lt;script>alert(1)&lt;/script>&lt;/svg>#x'/>",
            "<use href='http://canary.example/x.svg#y'/>",
            "<style>@import url(http://canary.example/x.css); circle { fill: url(http://canary.example/y.svg#z) }</style>",
            "<image href='http://canary.example/x.png' width='9' height='9'/>",
            "<image href='file:///etc/passwd' width='9' height='9'/>",
            "<image href='data:text/html,&lt;script>alert(1)&lt;/script>' width='9' height='9'/>",
            "<animate attributeName='href' values='javascript:alert(1)'/>",
            "<handler xmlns:ev='http://www.w3.org/2001/xml-events' ev:event='load'>alert(1)</handler>",
        ] {
            let answer = owner.send(upload("image/svg+xml", svg(inside)));
            if answer.status == 422 {
                answer.expect_problem(422, "rejected");
                continue;
            }
            let image = answer.expect(201);
            let served = server.anyone().get(image["svg"].as_str().unwrap());
            let text = served.text();
            for bad in ["script", "alert", "canary", "onload", "onclick", "iframe", "foreignObject", "@import", "<set", "animate", "passwd", "handler"] {
                assert!(!text.contains(bad), "{inside}: {text}");
            }
            let policy = served.header("content-security-policy").unwrap();
            assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
            assert!(!policy.contains("unsafe"), "{policy}");
            assert_eq!(served.header("x-content-type-options"), Some("nosniff"));
        }
        let with_entity = "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>".to_owned() + &svg("<text>&x;</text>");
        let answer = owner.send(upload("image/svg+xml", with_entity));
        assert!(answer.status == 422 || !answer.text().contains("root:"), "{answer:?}");
    }

    fn img_04_what_a_file_is_called_is_not_looked_at(server) {
        let owner = server.owner();
        for name in ["../../x", "a\u{0}b.svg", &"x".repeat(300), "<script>.svg", "con"] {
            let head = format!("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
            let body = [head.as_bytes(), SVG.as_bytes(), b"\r\n--b--\r\n"].concat();
            let answer = owner.send(upload("multipart/form-data; boundary=b", body));
            if answer.status == 201 {
                let id = answer.json()["id"].as_str().unwrap().to_owned();
                assert!(id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
                let served = server.anyone().get(&format!("/public/images/{id}.png"));
                assert_eq!(served.header("content-disposition"), Some("inline; filename=\"badge.png\""));
            } else {
                assert_eq!(answer.status, 400, "{name}: {answer:?}");
                answer.expect_problem(400, "unreadable");
            }
        }
    }

    fn img_06_what_is_too_large_is_refused_before_it_is_looked_at(server) {
        let owner = server.owner();
        let issuer = owner.register("Example University");
        let mut large = vec![b' '; (4 << 20) + 1];
        large[..8].copy_from_slice(SIGNATURE);
        owner.send(upload("image/png", large.clone())).expect_problem(413, "too-large");
        owner.send(upload("image/svg+xml", large.clone())).expect_problem(413, "too-large");
        let form = [&b"--b\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\n"[..], &large, b"\r\n--b--\r\n"].concat();
        owner.send(upload("multipart/form-data; boundary=b", form)).expect_problem(413, "too-large");
        let data = format!("data:image/png;base64,{}", "A".repeat(10 << 20));
        let body = json!({"name": "x", "description": "x", "criteria": {"narrative": "x"}, "image": data});
        owner.post(&format!("/v1/issuers/{issuer}/achievements"), &body).expect_problem(413, "too-large");
        owner.post("/v1/badge-designs:render", &json!({"ribbon": "x".repeat(2 << 20)})).expect_problem(413, "too-large");
    }

    fn img_08_a_colour_profile_that_unpacks_to_a_gigabyte_is_not_unpacked(server) {
        let mut deflated = Vec::new();
        {
            let mut writer = flate2::write::ZlibEncoder::new(&mut deflated, flate2::Compression::best());
            let zeros = vec![0; 1 << 20];
            for _ in 0..256 {
                std::io::Write::write_all(&mut writer, &zeros).unwrap();
            }
        }
        let profile = chunk(b"iCCP", &[&b"bomb\0\0"[..], &deflated].concat());
        let answer = server.owner().send(upload("image/png", with(&[profile])));
        if answer.status == 201 {
            let served = server.anyone().get(answer.json()["url"].as_str().unwrap());
            assert!(!served.body.windows(4).any(|kind| kind == b"iCCP"), "the profile is gone");
        } else {
            answer.expect_problem(422, "rejected");
        }
    }

    fn img_09_an_image_says_how_it_is_to_be_taken_and_only_a_public_one_may_be_shown_elsewhere(server) {
        let owner = server.owner();
        let image = owner.send(upload("image/svg+xml", SVG)).expect(201);
        for (url, name) in [(image["url"].as_str().unwrap(), "badge.png"), (image["svg"].as_str().unwrap(), "badge.svg")] {
            let served = server.anyone().get(url);
            assert_eq!(served.header("content-disposition"), Some(format!("inline; filename=\"{name}\"").as_str()), "{url}");
            assert_eq!(served.header("cross-origin-resource-policy"), Some("cross-origin"), "{url}");
            assert_eq!(served.header("access-control-allow-origin"), Some("*"), "{url}");
            assert_eq!(served.header("x-content-type-options"), Some("nosniff"), "{url}");
            assert!(served.header("cache-control").unwrap().contains("max-age=31536000"), "{url}");
            let again = Request::new("GET", url.trim_start_matches("https://badges.example.edu")).header("if-none-match", served.header("etag").unwrap());
            assert_eq!(server.anyone().send(again).status, 304);
        }
        let drawn = owner.post("/v1/badge-designs:render", &json!({"size": 90}));
        assert_eq!(drawn.header("cross-origin-resource-policy"), Some("same-origin"));
        assert!(drawn.header("access-control-allow-origin").is_none());
    }

    fn img_10_a_picture_is_refused_by_its_header_before_it_is_decoded(server) {
        for (width, height) in [(65_535, 65_535), (4_097, 4_097), (0, 0), (u32::MAX, u32::MAX), (1, 4_000_000)] {
            let end = [chunk(b"IDAT", b"\x78\x9c\x03\x00\x00\x00\x00\x01"), chunk(b"IEND", b"")].concat();
            let bomb = [SIGNATURE, &header(width, height, 1, 0), &end].concat();
            server.owner().send(upload("image/png", bomb)).expect_problem(422, "rejected");
        }
    }

    fn img_12_an_uploaded_picture_keeps_no_badge_and_two_in_one_are_ambiguous(server) {
        let badge = |text: &str| chunk(b"iTXt", format!("openbadges\0\0\0\0\0{text}").as_bytes());
        let two = with(&[badge("https://a.example/1"), badge("https://a.example/2")]);
        let report = server.anyone().send(Request::new("POST", "/v1/verify").header("content-type", "image/png").body(two.clone()));
        assert!(report.expect(200)["checks"].to_string().contains("ambiguous_baked"), "{}", report.text());
        let image = server.owner().send(upload("image/png", two)).expect(201);
        let served = server.anyone().get(image["url"].as_str().unwrap());
        assert_eq!(accolade_baking::unbake(&served.body), Ok(Vec::new()));
    }

    fn img_13_a_broken_picture_is_refused_and_nothing_breaks(server) {
        let good = png(600, 600);
        let mut wrong_sum = good.clone();
        wrong_sum[29] ^= 1;
        let mut endless = good.clone();
        endless.splice(33..37, [0xff; 4]);
        let end = good.len() - 12;
        let after_the_end = [&good[..], &chunk(b"IDAT", b"x")].concat();
        for broken in [
            wrong_sum,
            endless,
            after_the_end,
            good[..end].to_vec(),
            good[..good.len() / 2].to_vec(),
            SIGNATURE.to_vec(),
            b"GIF89a".to_vec(),
            b"\xff\xd8\xff\xe0".to_vec(),
            Vec::new(),
        ] {
            server.owner().send(upload("image/png", broken)).expect_problem(422, "rejected");
        }
    }

    fn img_14_a_picture_of_very_many_chunks_is_refused(server) {
        let chunks = chunk(b"tEXt", b"a\0b").repeat(200_000);
        server.owner().send(upload("image/png", with(&[chunks]))).expect_problem(422, "rejected");
    }

    fn img_16_a_drawing_nested_very_deep_is_refused(server) {
        for depth in [2_000, 60_000] {
            let nested = "<g>".repeat(depth) + "<circle r='9'/>" + &"</g>".repeat(depth);
            server.owner().send(upload("image/svg+xml", svg(&nested))).expect_problem(422, "rejected");
        }
        server.owner().send(upload("image/svg+xml", svg(&"<g>".repeat(60_000)))).expect_problem(422, "rejected");
    }

    fn img_17_a_drawing_that_multiplies_is_refused(server) {
        let twice = |name: &str, wrap: &dyn Fn(usize, &str) -> String| {
            (1..40).map(|level| wrap(level, &format!("<use href='#{name}{}'/>", level - 1).repeat(2))).collect::<String>()
        };
        let uses = "<g id='g0'><circle r='9'/></g>".to_owned() + &twice("g", &|level, used| format!("<g id='g{level}'>{used}</g>")) + "<use href='#g39'/>";
        let patterns: String = (1..40)
            .map(|level| format!("<pattern id='p{level}' width='1' height='1' patternUnits='userSpaceOnUse'><rect width='9' height='9' fill='url(#p{0})'/><rect width='9' height='9' stroke='url(#p{0})'/></pattern>", level - 1))
            .collect();
        let patterns = format!("<defs>{patterns}</defs><rect width='600' height='600' fill='url(#p39)'/>");
        for bomb in [uses, patterns] {
            let answer = server.owner().send(upload("image/svg+xml", svg(&bomb)));
            // A chain of patterns whose first is missing paints nothing, and then there is nothing to refuse.
            assert!(matches!(answer.status, 201 | 422), "{answer:?}");
        }
        let entities: String = (1..30).map(|level| format!("<!ENTITY e{level} \"&e{0};&e{0};\">", level - 1)).collect();
        let bomb = format!("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY e0 'x'>{entities}]>{}", svg("<text>&e29;</text>"));
        server.owner().send(upload("image/svg+xml", bomb)).expect_problem(422, "rejected");
    }

    fn img_18_a_tag_of_very_many_attributes_is_refused(server) {
        let attributes: String = (0..80_000).map(|number| format!(" a{number}=''")).collect();
        server.owner().send(upload("image/svg+xml", svg(&format!("<circle r='9'{attributes}/>")))).expect_problem(422, "rejected");
        let spaces: String = (0..80_000).map(|number| format!(" xmlns:a{number}='u'")).collect();
        server.owner().send(upload("image/svg+xml", svg(&format!("<circle r='9'{spaces}/>")))).expect_problem(422, "rejected");
    }

    fn a_hostile_image_is_refused_by_every_door(server) {
        let owner = server.owner();
        let issuer = owner.register("Example University");
        let nested = svg(&"<g>".repeat(60_000));
        let data = format!("data:image/svg+xml;base64,{}", STANDARD.encode(&nested));
        for (path, body) in [
            (format!("/v1/issuers/{issuer}/achievements"), json!({"name": "x", "description": "x", "criteria": {"narrative": "x"}, "image": data})),
            ("/v1/issuers".to_owned(), json!({"name": "x", "image": {"id": data}})),
        ] {
            let problem = owner.post(&path, &body).expect_problem(422, "rejected");
            assert_eq!(problem["errors"][0]["pointer"], "/image", "{problem}");
        }
        owner.patch(&format!("/v1/issuers/{issuer}"), &json!({"image": data})).expect_problem(422, "rejected");
    }
}
