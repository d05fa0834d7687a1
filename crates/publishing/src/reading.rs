//! Reading members of documents without demanding any: a page leaves out what is not there.

use serde_json::Value;
use url::Url;

/// A text that says something.
pub(crate) fn text<'a>(of: &'a Value, member: &str) -> Option<&'a str> {
    of.get(member).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// The values of a member that may hold one or many.
pub(crate) fn list<'a>(of: &'a Value, member: &str) -> &'a [Value] {
    match of.get(member) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(values)) => values,
        Some(one) => std::slice::from_ref(one),
    }
}

/// The texts of a member that may hold one or many.
pub(crate) fn texts<'a>(of: &'a Value, member: &str) -> Vec<&'a str> {
    list(of, member).iter().filter_map(Value::as_str).map(str::trim).filter(|text| !text.is_empty()).collect()
}

/// The host of a web address, in the letters that are looked up.
pub(crate) fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().filter(|host| !host.is_empty()).map(str::to_owned)
}

/// The domain that an issuer's identity stands on: of its profile's URL, or of a `did:web`. `None` for a name that is a key.
pub(crate) fn identity_host(profile_id: &str) -> Option<String> {
    match profile_id.strip_prefix("did:web:") {
        // The port is written `%3A`, and is no part of the name.
        Some(rest) => rest.split([':', '%']).next().filter(|host| !host.is_empty()).map(str::to_owned),
        None => host(profile_id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_or_many_read_alike_and_nothing_as_nothing() {
        let value = json!({"a": "x", "b": ["y", " ", 1], "c": null, "d": "  "});
        assert_eq!(texts(&value, "a"), ["x"]);
        assert_eq!(texts(&value, "b"), ["y"]);
        assert!(texts(&value, "c").is_empty() && list(&value, "e").is_empty());
        assert_eq!(text(&value, "d"), None);
    }

    #[test]
    fn an_identity_shows_the_domain_it_stands_on() {
        for (profile, expected) in [
            ("https://badges.example.edu/public/issuers/1", Some("badges.example.edu")),
            ("did:web:badges.example.edu:public:issuers:1", Some("badges.example.edu")),
            ("did:web:127.0.0.1%3A8080:public", Some("127.0.0.1")),
            ("https://аpple.example/x", Some("xn--pple-43d.example")),
            ("did:key:z6Mk", None),
        ] {
            assert_eq!(identity_host(profile).as_deref(), expected, "{profile}");
        }
    }
}
