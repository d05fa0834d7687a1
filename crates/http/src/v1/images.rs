//! `/v1/images` and `/v1/badge-designs:render`: what badges look like.

use accolade_issuing::{Fault, IMAGE_SIDES, ImageForm, Office};
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, post};
use bytes::Bytes;
use futures_util::future::LocalBoxFuture;
use serde_json::Value;

use super::upload::the_part;
use crate::input::{StrictJson, read_body};
use crate::negotiation;
use crate::permit::{AchievementsRead, AchievementsWrite, Permit};
use crate::policies::Policy;
use crate::problem::{Kind, Problem, rejected};
use crate::reply::{self, Reply};
use crate::schema::{self, DrawingProblems, UploadProblems};
use crate::state::AppState;

/// An image may have 4 MiB; a form with one a little more.
const IMAGE_LIMIT: usize = 4 << 20;
const FORM_LIMIT: usize = IMAGE_LIMIT + (64 << 10);
/// The names a form may give its one part.
const PARTS: &[&str] = &["file", "image"];

/// Upload an image.
///
/// PNG or SVG, at most 4 MiB; best is a square of 600 pixels or more. The bytes decide what it is, not its name. Everything but
/// the picture is taken out of it: text and camera data from a PNG; scripts, animations, styles and links from an SVG, whose
/// text becomes outlines. What remains is public under the hash of its bytes, belongs to nobody, and is never changed or taken
/// away: the same image again gives the same reply. `url` of the reply is what an achievement's or issuer's `image` may name.
#[utoipa::path(operation_id = "uploadImage", tag = "Images", security(("apiKey" = ["achievements:write"])),
    request_body(description = "The image.", content(
        (schema::Binary = "image/png"),
        (schema::Binary = "image/svg+xml"),
        (schema::ImageUpload = "multipart/form-data")
    )),
    responses(
        (status = 201, description = "The image is here.", body = schema::KeptImage, headers(("Location" = String, description = "Its public URL."))),
        UploadProblems
    ))]
#[post("/v1/images")]
pub(crate) async fn upload_image(
    state: Data<AppState>,
    permit: Permit<AchievementsWrite, Uploaded>,
) -> Reply {
    let (caller, Uploaded(bytes)) = (permit.caller, permit.input);
    let kept = state.draw(move |office: &Office| office.keep_image(&caller, &bytes)).await?;
    reply::created(&kept.url, &kept)
}

/// An image as it was handed in.
pub(crate) struct Uploaded(Bytes);

impl FromRequest for Uploaded {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Uploaded, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            match req.content_type() {
                "image/png" | "image/svg+xml" => {
                    Ok(Uploaded(read_body(&req, &mut payload, IMAGE_LIMIT).await?))
                }
                "multipart/form-data" => {
                    let body = read_body(&req, &mut payload, FORM_LIMIT).await?;
                    let (_, content) = the_part(&req, body, PARTS).await?;
                    if content.len() > IMAGE_LIMIT {
                        return Err(Problem::new(Kind::TooLarge, "the image may have at most 4 MiB"));
                    }
                    Ok(Uploaded(content))
                }
                other => Err(Problem::new(
                    Kind::UnsupportedMediaType,
                    format!("send the image itself (image/png, image/svg+xml) or a form, not {other:?}"),
                )),
            }
        })
    }
}

const FORMS: &[&str] = &["image/png", "image/svg+xml"];

/// Draw a badge design.
///
/// To look at it before it becomes an achievement's `image: {"design": …}`. Nothing is stored; the same design gives the same
/// bytes. By `Accept`: `image/png` (the default), or `image/svg+xml`.
#[utoipa::path(operation_id = "renderBadgeDesign", tag = "Images", security(("apiKey" = ["achievements:read"])),
    params(("Accept" = Option<String>, Header, nullable = false, description = "`image/png` or `image/svg+xml`.")),
    request_body(content = schema::DesignToRender, content_type = "application/json"),
    responses(
        (status = 200, description = "The badge.", content((schema::Binary = "image/png"), (schema::Anything = "image/svg+xml"))),
        DrawingProblems
    ))]
#[post("/v1/badge-designs:render")]
pub(crate) async fn render_badge_design(
    state: Data<AppState>,
    req: HttpRequest,
    permit: Permit<AchievementsRead, StrictJson>,
) -> Reply {
    let (caller, StrictJson(mut design)) = (permit.caller, permit.input);
    let side = side(&mut design)?;
    let form = match negotiation::choose(&req, FORMS).media_type {
        "image/svg+xml" => ImageForm::Svg,
        _ => ImageForm::Side(side),
    };
    let drawn = state.draw(move |office: &Office| office.render_design(&caller, &design, form)).await?;
    Ok(picture(drawn.content_type, drawn.bytes))
}

/// Takes `size` out of the request: the rest is the design.
fn side(design: &mut Value) -> Result<u32, Problem> {
    let Some(size) = design.as_object_mut().and_then(|members| members.remove("size")) else {
        return Ok(600);
    };
    let known = IMAGE_SIDES.into_iter().find(|side| size.as_u64() == Some(u64::from(*side)));
    known.ok_or_else(|| {
        let detail = "`size` is 90, 200, 400 or 600 (pixels a side, of a PNG)";
        rejected(vec![Fault::new("/size", "choice", detail)])
    })
}

/// A picture for the caller alone, who may have designed anything.
fn picture(content_type: &'static str, bytes: Bytes) -> HttpResponse {
    let name = if content_type == "image/png" { "badge.png" } else { "badge.svg" };
    let disposition = HeaderValue::try_from(format!("inline; filename=\"{name}\""));
    let mut reply = HttpResponse::Ok();
    reply.insert_header((header::CONTENT_TYPE, content_type));
    reply.insert_header((header::CACHE_CONTROL, "no-store"));
    reply.insert_header((header::VARY, "Accept"));
    if let Ok(disposition) = disposition {
        reply.insert_header((header::CONTENT_DISPOSITION, disposition));
    }
    let mut reply = reply.body(bytes);
    Policy::Drawing.write(reply.headers_mut());
    reply
}
