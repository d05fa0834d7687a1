//! Achievements: what is awarded, and for what.

use accolade_core::micro_credential::check::Profile;
use accolade_issuing::Office;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, get, patch, post};

use crate::input::{Id, Idempotency, Parameters, StrictJson, bad_parameter};
use crate::permit::{AchievementsRead, AchievementsWrite, Permit};
use crate::problem::Problem;
use crate::publications::Publications;
use crate::reply::{self, Reply};
use crate::schema::{self, ListProblems, ReadProblems, WriteProblems};
use crate::state::AppState;

/// Define an achievement of an issuer.
#[utoipa::path(operation_id = "defineAchievement", tag = "Achievements", security(("apiKey" = ["achievements:write"])),
    params(
        ("id" = String, Path, description = "The issuer's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::NewAchievement, content_type = "application/json"),
    responses(
        (status = 201, description = "The achievement, defined.", body = schema::AchievementView, headers(("Location" = String, description = "Its URL in this API."))),
        WriteProblems
    ))]
#[post("/v1/issuers/{id}/achievements")]
pub(crate) async fn define_achievement(
    state: Data<AppState>,
    permit: Permit<AchievementsWrite, (Id, Idempotency, StrictJson)>,
) -> Reply {
    let (Id(issuer), Idempotency(key), StrictJson(members)) = permit.input;
    let caller = permit.caller;
    let image = members.get("image").cloned();
    let define =
        move |office: &Office| office.define_achievement(&caller, &issuer, members.clone(), key.clone());
    let achievement = state.illustrate(image.as_ref(), define).await?;
    reply::created(&format!("/v1/achievements/{}", achievement.id), &achievement)
}

/// List the achievements of an issuer.
///
/// Newest first.
#[utoipa::path(operation_id = "listAchievements", tag = "Achievements", security(("apiKey" = ["achievements:read"])),
    params(
        ("id" = String, Path, description = "The issuer's `id`."),
        ("limit" = Option<u32>, Query, nullable = false, description = "Items on a page: 1 to 200, 50 by default.", minimum = 1, maximum = 200),
        ("cursor" = Option<schema::Cursor>, Query, nullable = false, description = "`next` of the page before.")
    ),
    responses((status = 200, description = "A page of achievements.", body = schema::AchievementPage), ListProblems))]
#[get("/v1/issuers/{id}/achievements")]
pub(crate) async fn list_achievements(
    state: Data<AppState>,
    req: HttpRequest,
    permit: Permit<AchievementsRead, (Id, Parameters)>,
) -> Reply {
    let (caller, (Id(issuer), query)) = (permit.caller, permit.input);
    let wanted = query.page()?;
    let page = state.ask(move |office| office.achievements(&caller, &issuer, &wanted)).await?;
    reply::page(&req, &query, &page)
}

/// Read an achievement.
#[utoipa::path(operation_id = "getAchievement", tag = "Achievements", security(("apiKey" = ["achievements:read"])),
    params(("id" = String, Path, description = "The achievement's `id`.")),
    responses((status = 200, description = "The achievement.", body = schema::AchievementView), ReadProblems))]
#[get("/v1/achievements/{id}")]
pub(crate) async fn get_achievement(state: Data<AppState>, permit: Permit<AchievementsRead, Id>) -> Reply {
    let (caller, Id(id)) = (permit.caller, permit.input);
    let achievement = state.ask(move |office| office.achievement(&caller, &id)).await?;
    reply::json(StatusCode::OK, &achievement)
}

/// Amend an achievement.
///
/// A [merge patch](https://www.rfc-editor.org/rfc/rfc7396) of its members: `null` takes a member away, and what is given
/// replaces a member as a whole. What it said before stays as a version of its own, and credentials already awarded keep what they say.
#[utoipa::path(operation_id = "amendAchievement", tag = "Achievements", security(("apiKey" = ["achievements:write"])),
    params(
        ("id" = String, Path, description = "The achievement's `id`."),
        ("Idempotency-Key" = Option<schema::IdempotencyKey>, Header, nullable = false, description = "1 to 255 visible ASCII characters; repeat it when you repeat the request.")
    ),
    request_body(content = schema::AchievementAmendment, content_type = "application/json", example = json!({"tag": ["data"], "image": null})),
    responses((status = 200, description = "The achievement as it is now.", body = schema::AchievementView), WriteProblems))]
#[patch("/v1/achievements/{id}")]
pub(crate) async fn amend_achievement(
    state: Data<AppState>,
    permit: Permit<AchievementsWrite, (Id, Idempotency, StrictJson)>,
) -> Reply {
    let (Id(id), Idempotency(key), StrictJson(patch)) = permit.input;
    let caller = permit.caller;
    let image = patch.get("image").cloned();
    let amend = move |office: &Office| office.amend_achievement(&caller, &id, &patch, key.clone());
    let amend = state.then_forget(amend, Publications::forget_everything);
    let achievement = state.illustrate(image.as_ref(), amend).await?;
    reply::json(StatusCode::OK, &achievement)
}

/// List the versions of an achievement.
///
/// Newest first. Every amendment makes one, and none ever changes; an award says of which it was made.
#[utoipa::path(operation_id = "listAchievementVersions", tag = "Achievements", security(("apiKey" = ["achievements:read"])),
    params(
        ("id" = String, Path, description = "The achievement's `id`."),
        ("limit" = Option<u32>, Query, nullable = false, description = "Items on a page: 1 to 200, 50 by default.", minimum = 1, maximum = 200),
        ("cursor" = Option<schema::Cursor>, Query, nullable = false, description = "`next` of the page before.")
    ),
    responses((status = 200, description = "A page of versions.", body = schema::VersionPage), ListProblems))]
#[get("/v1/achievements/{id}/versions")]
pub(crate) async fn list_achievement_versions(
    state: Data<AppState>,
    req: HttpRequest,
    permit: Permit<AchievementsRead, (Id, Parameters)>,
) -> Reply {
    let (caller, (Id(id), query)) = (permit.caller, permit.input);
    let wanted = query.page()?;
    let page = state.ask(move |office| office.achievement_versions(&caller, &id, &wanted)).await?;
    reply::page(&req, &query, &page)
}

/// Compare an achievement with a framework for micro-credentials.
///
/// Says of each element whether it is there, and where to say what is missing. Nothing is changed.
#[utoipa::path(operation_id = "checkAchievement", tag = "Achievements", security(("apiKey" = ["achievements:read"])),
    params(
        ("id" = String, Path, description = "The achievement's `id`."),
        ("profile" = Option<schema::FrameworkProfile>, Query, nullable = false, description = "Which framework; `eu-2022` where nothing is said.")
    ),
    responses((status = 200, description = "What is there and what is missing.", body = schema::FrameworkReport), ListProblems))]
#[post("/v1/achievements/{id}:check")]
pub(crate) async fn check_achievement(
    state: Data<AppState>,
    permit: Permit<AchievementsRead, (Id, Parameters)>,
) -> Reply {
    let (caller, (Id(id), query)) = (permit.caller, permit.input);
    let profile = profile(query.text("profile")?.as_deref())?;
    let report = state.ask(move |office| office.check_achievement(&caller, &id, profile)).await?;
    reply::json(StatusCode::OK, &report)
}

fn profile(name: Option<&str>) -> Result<Profile, Problem> {
    let Some(name) = name else { return Ok(Profile::Eu2022) };
    Profile::parse(name).ok_or_else(|| {
        let known: Vec<&str> = Profile::WORDS.iter().map(|(word, _)| *word).collect();
        bad_parameter("profile", "choice", format!("profile is one of {}", known.join(", ")))
    })
}
