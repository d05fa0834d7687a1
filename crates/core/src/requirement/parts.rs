//! What an achievement is put together from: the other achievements that its requirements ask for.

use super::Requirements;
use crate::Uri;
use crate::achievement::{Achievement, Related};

/// The class of a credential of its own in the [Credential Transparency Description Language](https://credreg.net/ctdl/terms/Credential).
/// What is related and not marked with it is another edition of the same achievement.
pub const PART: &str = "https://purl.org/ctdl/terms/Credential";

impl Requirements {
    /// Relates the achievements that are asked for, each marked as [`PART`], unless they are related already.
    pub(super) fn relate_parts(&self, achievement: &mut Achievement) {
        for prior in self.prior() {
            if achievement.related.iter().all(|known| known.id != *prior) {
                achievement.related.push(part(prior));
            }
        }
    }
}

fn part(achievement: &Uri) -> Related {
    let related = Related::new(achievement.clone());
    Related { type_: related.type_.clone().and(PART), ..related }
}
