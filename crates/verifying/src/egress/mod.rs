//! The one door to the network.

/// How far the examiner may go out.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EgressSettings {
    /// Development only: plain `http://` to 127.0.0.0/8, `[::1]` and `localhost`, on any port. Off in production.
    pub allow_loopback_http: bool,
}

impl Default for EgressSettings {
    fn default() -> Self {
        Self { allow_loopback_http: false }
    }
}
