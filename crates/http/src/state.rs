//! What every request of one server shares.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use accolade_issuing::{Fault, Office, OfficeError};
use accolade_publishing::{Publishing, PublishingError};
use accolade_verifying::Examiner;
use serde_json::Value;

use crate::metrics::Metrics;
use crate::pool::Pool;
use crate::problem::{Problem, rejected};
use crate::publications::Publications;
use crate::rates::Rates;
use crate::visits::Visits;

/// How the server behaves; [`Settings::new`] gives defaults that suit one small machine.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// The URL the world knows this server by, without a slash at the end. No request header ever changes it.
    pub public_url: String,
    /// Event loops.
    pub workers: usize,
    /// Open connections for each event loop; more wait in the kernel's queue.
    pub max_connections: usize,
    /// Calls into the office that run at once.
    pub hands: usize,
    /// Calls that may wait for a hand; more are answered 503.
    pub queue: usize,
    /// Verifications a minute for each client address; 0 takes the limit away.
    pub verify_per_minute: u32,
    /// Access tokens a minute for each client address, given or refused; 0 takes the limit away.
    pub tokens_per_minute: u32,
    /// A proxy of the operator's own stands in front and writes the client's address behind `X-Forwarded-For`. Only then is
    /// that header believed, and only its last address.
    pub behind_proxy: bool,
    /// How long a client may take to send its request head.
    pub client_timeout: Duration,
    /// How long an idle connection stays open.
    pub keep_alive: Duration,
    /// How long open requests may take after the signal to stop, in seconds.
    pub drain_seconds: u64,
}

impl Settings {
    /// The defaults, under `public_url`.
    pub fn new(public_url: impl Into<String>) -> Settings {
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        Settings {
            public_url: public_url.into().trim_end_matches('/').to_owned(),
            workers,
            max_connections: 10_000,
            hands: 32,
            queue: 1024,
            verify_per_minute: 600,
            tokens_per_minute: 60,
            behind_proxy: false,
            client_timeout: Duration::from_secs(10),
            keep_alive: Duration::from_secs(30),
            drain_seconds: 9,
        }
    }
}

/// Calls that may wait for a hand that draws; more are answered 503.
const DRAWING_QUEUE: usize = 64;

/// Pictures that are looked at or drawn at once: as many as there are processors.
pub(crate) fn drawing_hands() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

/// What every request of one server shares. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub(crate) examiner: Examiner,
    pub(crate) publishing: Publishing,
    pub(crate) settings: Arc<Settings>,
    pub(crate) publications: Arc<Publications>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) rates: Arc<Rates>,
    pub(crate) token_rates: Arc<Rates>,
    pub(crate) visits: Visits,
    /// The way in is [`AppState::ask`].
    office: Office,
    asking: Arc<Pool>,
    /// Looking at pictures and drawing them takes a processor each, and memory; it never keeps calls of other kinds waiting.
    drawing: Arc<Pool>,
    draining: Arc<AtomicBool>,
}

impl AppState {
    /// The state of a server over this office and this examiner.
    ///
    /// # Errors
    /// Pages cannot be made, which is a defect of the build.
    pub fn new(office: Office, examiner: Examiner, settings: Settings) -> Result<AppState, PublishingError> {
        let patience = Duration::from_secs(5);
        Ok(AppState {
            publishing: Publishing::new(office.clone())?,
            publications: Arc::new(Publications::new()),
            metrics: Arc::new(Metrics::new()),
            rates: Arc::new(Rates::new(settings.verify_per_minute, settings.behind_proxy)),
            token_rates: Arc::new(Rates::new(settings.tokens_per_minute, settings.behind_proxy)),
            visits: Visits::default(),
            drawing: Arc::new(Pool::new(drawing_hands(), DRAWING_QUEUE, patience)),
            asking: Arc::new(Pool::new(settings.hands, settings.queue, patience)),
            draining: Arc::new(AtomicBool::new(false)),
            settings: Arc::new(settings),
            office,
            examiner,
        })
    }

    /// Calls the office on a blocking thread.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Office) -> Result<T, OfficeError> + Send + 'static,
    ) -> Result<T, Problem> {
        let office = self.office.clone();
        Ok(self.asking.run(move || call(&office)).await??)
    }

    /// Calls the office for something that looks at a picture or draws one.
    pub(crate) async fn draw<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Office) -> Result<T, OfficeError> + Send + 'static,
    ) -> Result<T, Problem> {
        let office = self.office.clone();
        Ok(self.drawing.run(move || call(&office)).await??)
    }

    /// Draws, without the office, what takes a processor for long.
    pub(crate) async fn draw_out<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        self.drawing.run(work).await
    }

    /// Calls the office for something that has the `image` of a request. One that is elsewhere is fetched, once, and the
    /// office asked again.
    pub(crate) async fn illustrate<T: Send + 'static>(
        &self,
        image: Option<&Value>,
        call: impl Fn(&Office) -> Result<T, OfficeError> + Clone + Send + 'static,
    ) -> Result<T, Problem> {
        let (office, first) = (self.office.clone(), call.clone());
        let pool = if image.is_some_and(|image| !image.is_null()) { &self.drawing } else { &self.asking };
        let url = match pool.run(move || first(&office)).await? {
            Err(OfficeError::ImageElsewhere(url)) => url,
            ended => return Ok(ended?),
        };
        let bytes = self.examiner.fetch_image(&url).await.map_err(|error| {
            let detail = format!("the image could not be fetched to keep a copy: {error}");
            rejected(vec![Fault::new("/image/id", "image_unreachable", detail)])
        })?;
        self.draw(move |office| call(&office.with_image(url, bytes))).await
    }

    /// Does arithmetic that is too long for an event loop on a blocking thread.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        self.asking.run(work).await
    }

    /// Like [`AppState::ask`], for calls that change what the world sees; `forget` drops what is no longer true.
    pub(crate) async fn change<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Office) -> Result<T, OfficeError> + Send + 'static,
        forget: impl FnOnce(&Publications) + Send + 'static,
    ) -> Result<T, Problem> {
        let publications = self.publications.clone();
        self.ask(move |office| {
            let changed = call(office);
            // Here and not after the await: a client that hangs up does not leave an old document behind. And also where the
            // call failed: it may have failed after it was stored.
            forget(&publications);
            changed
        })
        .await
    }

    /// `call`, and then what [`AppState::change`] forgets, for calls that may be made twice.
    pub(crate) fn then_forget<T>(
        &self,
        call: impl Fn(&Office) -> Result<T, OfficeError> + Clone + Send + 'static,
        forget: impl Fn(&Publications) + Clone + Send + 'static,
    ) -> impl Fn(&Office) -> Result<T, OfficeError> + Clone + Send + 'static {
        let publications = self.publications.clone();
        move |office| {
            let changed = call(office);
            forget(&publications);
            changed
        }
    }

    /// From now on `/readyz` sends new clients elsewhere.
    pub(crate) fn start_draining(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }
}
