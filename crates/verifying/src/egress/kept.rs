//! Documents kept between examinations: issuers' documents, their keys and their status lists. Badges never are.
//!
//! Thousands of badges name the same few issuers. Each document is read once, whoever else asks for it meanwhile waits
//! for that one answer, and it is kept for as long as its server says, within the bounds of its [`Keeping`]. A failure is
//! kept as well, for a short while, so that nobody can make us knock at a door by naming keys that are not behind it.

use std::time::Duration;

use moka::future::Cache;
use moka::ops::compute::Op;
use tokio::time::Instant;

use super::client::Fetched;
use super::rates::Errand;
use super::{Allowance, Egress, EgressError};

/// All kept documents together, in bytes.
const MOST_BYTES: u64 = 64 << 20;
/// What an entry without a document takes, roughly.
const BYTES_OF_ENTRY: usize = 512;
/// How long a failure is kept.
const FAILURE: Duration = Duration::from_secs(30);

/// How long a kind of document may be kept, whatever its server says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Keeping {
    at_least: Duration,
    unless_said: Duration,
    at_most: Duration,
    /// How long after its time a copy still serves while the server cannot be reached.
    in_need: Duration,
    /// How long a copy still serves while its server answers with a set of keys that holds none.
    emptied: Duration,
}

impl Keeping {
    /// Documents that change when a key changes. The least time bounds how often we can be sent to one server.
    pub const ISSUER: Self = Self {
        at_least: Duration::from_secs(30),
        unless_said: Duration::from_secs(300),
        at_most: Duration::from_secs(3_600),
        in_need: Duration::from_secs(86_400),
        emptied: Duration::ZERO,
    };
    /// Sets of keys. An empty one is more often a mishap than a decision, so for an hour the keys from before still count,
    /// with a remark; and either way nobody asks again at once.
    pub const KEY_SET: Self = Self { emptied: Duration::from_secs(3_600), ..Self::ISSUER };
    /// Lists of revoked badges: an old one would call a revoked badge valid, so it never stands in for a new one.
    pub const STATUS: Self = Self {
        at_least: Duration::from_secs(1),
        unless_said: Duration::from_secs(5),
        at_most: Duration::from_secs(300),
        in_need: Duration::ZERO,
        emptied: Duration::ZERO,
    };

    fn lifetime(self, said: Option<Duration>) -> Duration {
        said.unwrap_or(self.unless_said).clamp(self.at_least, self.at_most)
    }
}

/// What a server says about keeping its document
/// ([Cache-Control](https://www.rfc-editor.org/rfc/rfc9111.html#section-5.2.2)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Said {
    /// How long it may be kept; `None` where nothing is said.
    pub lifetime: Option<Duration>,
    /// It must not be used beyond its time, even while the server cannot be reached.
    pub never_stale: bool,
}

impl Said {
    /// Reads `Cache-Control` and `Age`. We are a shared cache, so what is said to those comes first.
    pub(super) fn read(cache_control: &str, age: Option<&str>) -> Self {
        let seconds = |text: &str| text.trim().trim_matches('"').parse().ok();
        let directives: Vec<String> =
            cache_control.split(',').map(|part| part.trim().to_ascii_lowercase()).collect();
        let has = |names: &[&str]| directives.iter().any(|part| names.contains(&part.as_str()));
        let value = |name: &str| directives.iter().find_map(|part| part.strip_prefix(name).and_then(seconds));
        let never_stale = has(&["no-store", "must-revalidate", "proxy-revalidate"]);
        if has(&["no-store", "no-cache"]) {
            return Self { lifetime: Some(Duration::ZERO), never_stale };
        }
        let max_age = value("s-maxage=").or_else(|| value("max-age=")).map(Duration::from_secs);
        let age = Duration::from_secs(age.and_then(seconds).unwrap_or(0));
        Self { lifetime: max_age.map(|max_age| max_age.saturating_sub(age)), never_stale }
    }
}

/// An answer, and how old it is if the server could not be reached for a newer one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The document.
    pub fetched: Fetched,
    /// The age of the copy; `None` for one that is still in its time.
    pub stale: Option<Duration>,
}

/// The documents of one process.
#[derive(Clone)]
pub(super) struct Kept(Cache<Key, Entry>);

/// Address, what was asked for, and for how long it may be kept: one address may serve two uses.
type Key = (String, &'static str, Keeping);

#[derive(Clone)]
struct Entry {
    /// The last good copy, and when it was read.
    copy: Option<(Fetched, Instant)>,
    /// What the last try came to, where it was no good copy.
    otherwise: Option<Result<Fetched, EgressError>>,
    /// Until when nobody asks again.
    until: Instant,
}

impl Kept {
    pub(super) fn new() -> Self {
        let weigh = |(url, ..): &Key, entry: &Entry| {
            let bytes = |fetched: &Fetched| fetched.body.len();
            let copy = entry.copy.as_ref().map_or(0, |(fetched, _)| bytes(fetched));
            let other = entry.otherwise.as_ref().and_then(|other| other.as_ref().ok()).map_or(0, bytes);
            u32::try_from(BYTES_OF_ENTRY + url.len() + copy + other).unwrap_or(u32::MAX)
        };
        let cache = Cache::builder()
            .max_capacity(MOST_BYTES)
            .weigher(weigh)
            .time_to_idle(Duration::from_secs(86_400));
        Self(cache.build())
    }
}

impl Egress {
    /// A document that others may have fetched before. Whoever comes while it is being fetched waits for that answer.
    pub async fn get_kept(
        &self,
        url: &str,
        accept: &'static str,
        keeping: Keeping,
        allowance: &mut Allowance,
    ) -> Result<Answer, EgressError> {
        let left = allowance.left();
        // Who waits for somebody else's answer waits no longer than for his own.
        let finding = self.find_kept(url, accept, keeping, allowance);
        tokio::time::timeout(left, finding).await.unwrap_or(Err(EgressError::Spent))
    }

    async fn find_kept(
        &self,
        url: &str,
        accept: &'static str,
        keeping: Keeping,
        allowance: &mut Allowance,
    ) -> Result<Answer, EgressError> {
        let key = (url.to_owned(), accept, keeping);
        if let Some(entry) = self.kept.0.get(&key).await
            && Instant::now() < entry.until
        {
            return entry.answer(keeping);
        }
        let fetch = |old: Option<moka::Entry<_, Entry>>| async move {
            let old = old.map(moka::Entry::into_value);
            if old.as_ref().is_some_and(|entry| Instant::now() < entry.until) {
                // Somebody else has fetched it while we waited for our turn.
                return Ok(Op::Nop);
            }
            // With less time than a document may take, a failure is this examination's own, not the server's.
            let is_short = allowance.left() < self.settings().document_timeout;
            let errand =
                if old.as_ref().is_some_and(Entry::is_known) { Errand::Renewal } else { Errand::New };
            match self.get_for(errand, url, accept, allowance).await {
                Err(EgressError::Unreachable) if is_short => {
                    let is_over = allowance.left().is_zero();
                    in_need(old, if is_over { EgressError::Spent } else { EgressError::Unreachable })
                }
                Err(busy @ (EgressError::HostBusy | EgressError::VerifierBusy)) => in_need(old, busy),
                // What this one examination may not do says nothing about the document.
                Err(error @ (EgressError::Spent | EgressError::Blocked(_) | EgressError::BadUrl)) => {
                    Err(error)
                }
                answer => Ok(Op::Put(Entry::after(old, answer, keeping))),
            }
        };
        let entry = self.kept.0.entry(key).and_try_compute_with(fetch).await?;
        entry.into_entry().ok_or(EgressError::Unreachable)?.into_value().answer(keeping)
    }
}

/// What is known where this examination could not ask: the copy from before, for now, or else only why.
fn in_need(old: Option<Entry>, error: EgressError) -> Result<Op<Entry>, EgressError> {
    match old {
        Some(old) => Ok(Op::Put(Entry { otherwise: Some(Err(error)), ..old })),
        None => Err(error),
    }
}

impl Entry {
    /// Whether a document was ever found there.
    fn is_known(&self) -> bool {
        self.copy.is_some()
    }

    /// What is known after another try.
    fn after(old: Option<Self>, answer: Result<Fetched, EgressError>, keeping: Keeping) -> Self {
        let now = Instant::now();
        let young = |(_, read): &(Fetched, Instant)| now.duration_since(*read) < keeping.emptied;
        let before = old.as_ref().and_then(|old| old.copy.as_ref()).filter(|copy| young(copy));
        match answer {
            Ok(emptied) if before.is_some_and(|(copy, _)| !has_no_keys(copy)) && has_no_keys(&emptied) => {
                let copy = before.cloned();
                Self { copy, otherwise: Some(Ok(emptied)), until: now + keeping.at_least }
            }
            Ok(fetched) if fetched.status == 200 => {
                let until = now + keeping.lifetime(fetched.said.lifetime);
                Self { copy: Some((fetched, now)), otherwise: None, until }
            }
            // The server says that there is nothing, and so nothing stands in for it.
            Ok(gone) if matches!(gone.status, 404 | 410) => {
                Self { copy: None, otherwise: Some(Ok(gone)), until: now + FAILURE.min(keeping.at_most) }
            }
            failed => {
                let copy = old.and_then(|old| old.copy);
                Self { copy, otherwise: Some(failed), until: now + keeping.at_least }
            }
        }
    }

    fn answer(self, keeping: Keeping) -> Result<Answer, EgressError> {
        let age = self.copy.as_ref().map(|(_, read)| read.elapsed());
        match (self.copy, self.otherwise) {
            (Some((fetched, _)), None) => Ok(Answer { fetched, stale: None }),
            (Some((fetched, _)), Some(_))
                if !fetched.said.never_stale && age.is_some_and(|age| age < keeping.in_need) =>
            {
                Ok(Answer { fetched, stale: age })
            }
            (_, Some(failed)) => failed.map(|fetched| Answer { fetched, stale: None }),
            (None, None) => Err(EgressError::Unreachable),
        }
    }
}

/// Whether it is a set of keys without any.
fn has_no_keys(fetched: &Fetched) -> bool {
    /// An empty set is short; nothing longer is looked into.
    const LONGEST: usize = 256;
    let is_empty = |set: serde_json::Value| set.get("keys")?.as_array().map(Vec::is_empty);
    fetched.status == 200
        && fetched.body.len() <= LONGEST
        && serde_json::from_slice(&fetched.body).ok().and_then(is_empty).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_says_how_long_its_document_may_be_kept() {
        for (cache_control, age, expected) in [
            ("max-age=60", None, Some(60)),
            ("public, Max-Age=60", Some("20"), Some(40)),
            ("max-age=\"60\"", Some("90"), Some(0)),
            ("max-age=60, s-maxage=10", None, Some(10)),
            ("max-age=60, no-cache", None, Some(0)),
            ("no-store", None, Some(0)),
            ("public", None, None),
            ("", Some("5"), None),
            ("max-age=-1", None, None),
            ("max-age=99999999999999999999999", None, None),
        ] {
            let expected = expected.map(Duration::from_secs);
            assert_eq!(Said::read(cache_control, age).lifetime, expected, "{cache_control} {age:?}");
        }
        for (cache_control, expected) in [
            ("no-store", true),
            ("max-age=60, Must-Revalidate", true),
            ("proxy-revalidate", true),
            ("no-cache", false),
            ("max-age=60", false),
        ] {
            assert_eq!(Said::read(cache_control, None).never_stale, expected, "{cache_control}");
        }
    }

    #[test]
    fn what_a_server_says_is_kept_within_bounds() {
        assert_eq!(Keeping::ISSUER.lifetime(Some(Duration::ZERO)), Duration::from_secs(30));
        assert_eq!(Keeping::ISSUER.lifetime(Some(Duration::MAX)), Duration::from_secs(3_600));
        assert_eq!(Keeping::STATUS.lifetime(None), Duration::from_secs(5));
    }

    fn fetched(status: u16) -> Fetched {
        Fetched { status, content_type: String::new(), body: bytes::Bytes::new(), said: Said::default() }
    }

    #[tokio::test(start_paused = true)]
    async fn an_issuers_document_serves_a_day_longer_where_its_server_is_out_of_reach_and_says_so() {
        let read = Entry::after(None, Ok(fetched(200)), Keeping::ISSUER);
        tokio::time::advance(Duration::from_secs(7_200)).await;
        const UNREACHABLE: EgressError = EgressError::Unreachable;
        let kept = Entry::after(Some(read.clone()), Err(UNREACHABLE), Keeping::ISSUER);
        assert_eq!(kept.clone().answer(Keeping::ISSUER).unwrap().stale, Some(Duration::from_secs(7_200)));
        assert_eq!(
            kept.clone().answer(Keeping::STATUS),
            Err(UNREACHABLE),
            "a list of revoked badges never does"
        );
        let broken = Entry::after(Some(read.clone()), Ok(fetched(503)), Keeping::ISSUER);
        assert_eq!(broken.answer(Keeping::ISSUER).unwrap().fetched.status, 200);
        let gone = Entry::after(Some(read), Ok(fetched(404)), Keeping::ISSUER);
        assert_eq!(gone.answer(Keeping::ISSUER).unwrap().fetched.status, 404, "what was taken away is gone");
        let strict = Said { never_stale: true, ..Said::default() };
        let strict = Entry::after(None, Ok(Fetched { said: strict, ..fetched(200) }), Keeping::ISSUER);
        assert!(strict.clone().answer(Keeping::ISSUER).is_ok());
        let strict = Entry::after(Some(strict), Err(UNREACHABLE), Keeping::ISSUER);
        assert_eq!(strict.answer(Keeping::ISSUER), Err(UNREACHABLE), "unless its server forbids it");
        tokio::time::advance(Duration::from_secs(86_400)).await;
        assert_eq!(kept.answer(Keeping::ISSUER), Err(UNREACHABLE));
    }
}
