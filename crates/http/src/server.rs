//! The server itself: connections, limits, and a quiet end.

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use utoipa_actix_web::AppExt;

use crate::envelope::envelope;
use crate::operations::no_such_operation;
use crate::routes::routes;
use crate::state::{AppState, drawing_hands};

/// Serves until `shutdown` is ready, then lets open requests finish for [`Settings::drain_seconds`](crate::Settings).
///
/// # Errors
/// The listener cannot be used.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let settings = state.settings.clone();
    // The examiner's computations and its looks at our own documents have threads of their own: were every one of them
    // taken, calls into the office would still find as many as ever.
    let threads = (settings.hands + drawing_hands() + state.examiner.bounds().hands) * 2;
    let draining = state.clone();
    let signal = async move {
        shutdown.await;
        draining.start_draining();
    };
    HttpServer::new(move || {
        App::new()
            .into_utoipa_app()
            .configure(routes)
            .into_app()
            .app_data(Data::new(state.clone()))
            .default_service(actix_web::web::to(no_such_operation))
            .wrap(from_fn(envelope))
    })
    .workers(settings.workers)
    .max_connections(settings.max_connections)
    .worker_max_blocking_threads(threads)
    .keep_alive(settings.keep_alive)
    .client_request_timeout(settings.client_timeout)
    .client_disconnect_timeout(Duration::from_secs(2))
    .shutdown_timeout(settings.drain_seconds)
    .shutdown_signal(signal)
    .listen(listener)?
    .run()
    .await
}
