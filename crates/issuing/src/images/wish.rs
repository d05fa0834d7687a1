//! What the `image` of a request asks for.

use accolade_imaging::Design;
use serde_json::Value;
use url::Url;

use super::data_uri;
use crate::Fault;
use crate::addresses::Addresses;
use crate::orders::kind_of;

/// Where the picture comes from.
#[derive(Debug)]
pub(super) enum Wish {
    /// It is here already, under this id.
    Kept(String),
    /// It stands in the request.
    Given(Vec<u8>),
    /// It is to be drawn.
    Drawn(Box<Design>),
    /// It is to be fetched once.
    Elsewhere(String),
}

const AT: &str = "/image";
const ID: &str = "/image/id";

impl Wish {
    /// Reads the `image` member of a request, in its full form.
    pub(super) fn read(image: &Value, addresses: &Addresses) -> Result<Wish, Vec<Fault>> {
        let one = |at: &str, rule: &str, detail: String| Err(vec![Fault::new(at, rule, detail)]);
        match (image.get("id"), image.get("design")) {
            (Some(_), Some(_)) => {
                let detail = "an image has an `id` (where it is) or a `design` (how to draw it), not both";
                one(AT, "one_of", detail.to_owned())
            }
            (None, None) => {
                let detail = "say where the image is (`id`: a URL, or the image itself as a data URI) or how to draw it (`design`)";
                one(AT, "required", detail.to_owned())
            }
            (None, Some(design)) => {
                Design::parse(design).map(|design| Wish::Drawn(Box::new(design))).map_err(|faults| {
                    let at = |pointer: &str| format!("{AT}/design{pointer}");
                    faults.into_iter().map(|fault| super::design::fault(at(&fault.pointer), fault)).collect()
                })
            }
            (Some(Value::String(uri)), None) => Wish::at(uri, addresses).map_err(|fault| vec![fault]),
            (Some(other), None) => one(ID, "wrong_type", format!("`id` is a text, not {}", kind_of(other))),
        }
    }

    fn at(uri: &str, addresses: &Addresses) -> Result<Wish, Fault> {
        if let Some(bytes) = data_uri::read(uri) {
            return bytes.map(Wish::Given).map_err(|detail| Fault::new(AT, "data_uri", detail));
        }
        if let Some(id) = addresses.image_named(uri) {
            return Ok(Wish::Kept(id));
        }
        if uri.starts_with(&format!("{}/", addresses.base())) {
            let detail = "this is no image of this server; `POST /v1/images` gives the URL of one";
            return Err(Fault::new(ID, "image_unknown", detail));
        }
        match Url::parse(uri) {
            Ok(url) if matches!(url.scheme(), "https" | "http") => Ok(Wish::Elsewhere(uri.to_owned())),
            _ => {
                let detail =
                    "an image is named by an https URL, or is a data URI (image/png or image/svg+xml)";
                Err(Fault::new(ID, "image_uri", detail))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(image: Value) -> Result<Wish, Vec<String>> {
        let addresses = Addresses::new("https://badges.example.edu/b").unwrap();
        Wish::read(&image, &addresses)
            .map_err(|faults| faults.into_iter().map(|fault| fault.pointer).collect())
    }

    #[test]
    fn a_picture_is_here_or_in_the_request_or_elsewhere_or_to_be_drawn() {
        let id = "5f".repeat(32);
        for end in [".png", ".svg", "/200.png"] {
            let url = format!("https://badges.example.edu/b/public/images/{id}{end}");
            assert!(matches!(read(json!({ "id": url })), Ok(Wish::Kept(found)) if found == id), "{end}");
        }
        assert!(matches!(read(json!({"id": "data:image/png;base64,AAAA"})), Ok(Wish::Given(_))));
        assert!(matches!(read(json!({"id": "https://example.org/i.png"})), Ok(Wish::Elsewhere(_))));
        assert!(matches!(read(json!({"id": "HTTP://example.org/i.png"})), Ok(Wish::Elsewhere(_))));
        assert!(matches!(read(json!({"design": {}})), Ok(Wish::Drawn(_))));
    }

    #[test]
    fn what_names_no_picture_is_refused_where_it_stands() {
        for (image, at) in [
            (json!({}), AT),
            (json!({"id": "https://example.org/i.png", "design": {}}), AT),
            (json!({"id": 7}), ID),
            (json!({"id": "i.png"}), ID),
            (json!({"id": "ftp://example.org/i.png"}), ID),
            (json!({"id": "data:text/html,<script>"}), AT),
            (json!({"id": "https://badges.example.edu/b/public/badges/x/image"}), ID),
            (json!({"id": "https://badges.example.edu/b/public/images/../x.png"}), ID),
        ] {
            assert_eq!(read(image.clone()).unwrap_err(), [at], "{image}");
        }
    }
}
