//! Fetching a picture that somebody names by its address elsewhere.

use bytes::Bytes;

use crate::Examiner;
use crate::egress::{Allowance, EgressError};

/// Why a picture could not be had. Says nothing a stranger could learn our network from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureTrouble {
    /// The way there is barred, or nobody answered.
    #[error(transparent)]
    Egress(#[from] EgressError),
    /// The server answered with something else than a document.
    #[error("there is no document at that address")]
    Missing,
}

impl Examiner {
    /// What stands at `url`, once and within the bounds of any document (size, time, public https servers only), whatever
    /// media type its server gives it.
    ///
    /// # Errors
    /// [`PictureTrouble`].
    pub async fn fetch_image(&self, url: &str) -> Result<Bytes, PictureTrouble> {
        let egress = self.egress();
        let mut allowance = Allowance::new(egress.settings());
        let fetched = egress.get(url, "image/png, image/svg+xml", &mut allowance).await?;
        if fetched.status == 200 { Ok(fetched.body) } else { Err(PictureTrouble::Missing) }
    }
}
