//! The catalogue, from memory: as old as other documents at most, and read anew only as far as something is new.

use std::sync::{Arc, Mutex, PoisonError};

use accolade_issuing::views::Catalogue;
use accolade_issuing::{Office, OfficeError};
use moka::sync::Cache;

use super::LIFETIME;
use crate::problem::Problem;
use crate::state::AppState;

/// The catalogue that was read last, and whether it still counts as new.
pub(super) struct CatalogueShelf {
    fresh: Cache<(), Arc<Catalogue>>,
    /// One reads, the others wait for what he has read.
    last: Mutex<Option<Arc<Catalogue>>>,
}

impl CatalogueShelf {
    pub(super) fn new() -> CatalogueShelf {
        CatalogueShelf {
            fresh: Cache::builder().max_capacity(1).time_to_live(LIFETIME).build(),
            last: Mutex::new(None),
        }
    }

    pub(super) fn forget(&self) {
        self.fresh.invalidate_all();
    }

    fn read(&self, office: &Office) -> Result<Arc<Catalogue>, OfficeError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fresh) = self.fresh.get(&()) {
            return Ok(fresh);
        }
        let catalogue = Arc::new(office.catalogue(last.as_deref())?);
        *last = Some(catalogue.clone());
        self.fresh.insert((), catalogue.clone());
        Ok(catalogue)
    }
}

impl AppState {
    /// The catalogue, three seconds old at most.
    pub(crate) async fn catalogue(&self) -> Result<Arc<Catalogue>, Problem> {
        if let Some(fresh) = self.publications.catalogue.fresh.get(&()) {
            self.metrics.cache_hit();
            return Ok(fresh);
        }
        self.metrics.cache_miss();
        let publications = self.publications.clone();
        self.ask(move |office| publications.catalogue.read(office)).await
    }
}
