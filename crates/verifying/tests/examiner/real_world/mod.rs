//! Badges in the shapes that well-known issuers publish, made here with servers and keys of our own. The whole report of each
//! is a snapshot: what a person gets to read about it.

mod badgr;
mod canvas;
mod credly;
mod dcc;
mod edubadges;
mod factory;
mod moodle;

use accolade_baking::{Version, png};
use accolade_core::identity;
use accolade_verifying::{Report, Submission};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::World;
use crate::support::badges::EMAIL;

/// A PNG of one pixel.
const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";

/// Examines what a person would paste, and whether it is theirs.
async fn examine(world: &World, submission: Submission) -> Report {
    let expected = accolade_verifying::Expectations::recipient(EMAIL);
    world.examiner.verify_expecting(submission, &expected).await
}

async fn examine_json(world: &World, badge: &Value) -> Report {
    examine(world, Submission::from_value(badge)).await
}

fn png_with(text: &str) -> Submission {
    Submission::from_bytes(png::bake(&STANDARD.decode(PIXEL).unwrap(), Version::V2, text).unwrap())
}

/// The recipient, hashed with that salt, as 2.0 has it.
fn recipient(salt: &str) -> Value {
    json!({ "type": "email", "hashed": true, "salt": salt, "identity": identity::hash(EMAIL, salt) })
}
