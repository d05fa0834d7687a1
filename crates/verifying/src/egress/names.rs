//! Names: looked up by us, and every answer checked before anything is dialled.

use std::error::Error as StdError;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::{Semaphore, oneshot};

use super::address::is_public;
use super::rates::Rates;

/// Where addresses of names come from. Answers need not be trusted: each is checked.
pub trait Names: Send + Sync {
    /// The addresses of a host name.
    fn lookup(&self, host: &str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;
}

/// The most names being looked up at a time.
const MOST_LOOKUPS: usize = 64;

/// The system's resolver.
///
/// It cannot be interrupted, and a name server that never answers holds it up for half a minute. So each lookup has a thread
/// of its own, which no other work of the program waits for, and there are only so many.
pub(super) struct SystemNames {
    find: fn(&str) -> io::Result<Vec<IpAddr>>,
    threads: Arc<Semaphore>,
}

impl SystemNames {
    pub(super) fn new() -> Self {
        let find = |host: &str| Ok((host, 443).to_socket_addrs()?.map(|found| found.ip()).collect());
        Self { find, threads: Arc::new(Semaphore::new(MOST_LOOKUPS)) }
    }
}

impl Names for SystemNames {
    fn lookup(&self, host: &str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        let (host, find, threads) = (host.to_owned(), self.find, Arc::clone(&self.threads));
        Box::pin(async move {
            let permit = threads.acquire_owned().await.map_err(io::Error::other)?;
            let (tell, told) = oneshot::channel();
            std::thread::Builder::new().name("lookup".to_owned()).spawn(move || {
                // Held by the lookup and not by whoever waits for it, who may have given up long before.
                let _permit = permit;
                let _ = tell.send(find(&host));
            })?;
            told.await.map_err(io::Error::other)?
        })
    }
}

/// Gives a connection only addresses that may be dialled. A name with even one other address is refused whole: nobody
/// publishes an internal address beside a public one without something in mind.
pub(super) struct PublicOnly {
    pub(super) names: Arc<dyn Names>,
    pub(super) rates: Arc<Rates>,
}

/// The most addresses of one name that are tried.
const MOST_ADDRESSES: usize = 4;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let answer = self.names.lookup(name.as_str());
        let rates = Arc::clone(&self.rates);
        Box::pin(async move {
            let mut addresses = answer.await?;
            if addresses.is_empty() {
                return Err(io::Error::from(io::ErrorKind::NotFound).into());
            }
            if !addresses.iter().copied().all(is_public) {
                return Err(BlockedAddress.into());
            }
            addresses.truncate(MOST_ADDRESSES);
            addresses.retain(|address| rates.connection(*address));
            if addresses.is_empty() {
                return Err(BusyAddress.into());
            }
            Ok(dialled(addresses))
        })
    }
}

/// For the development setting: `localhost` is loopback, whatever a resolver says, and there is no other name.
pub(super) struct LoopbackOnly;

impl Resolve for LoopbackOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let known = name.as_str() == "localhost";
        Box::pin(async move {
            if !known {
                return Err(BlockedAddress.into());
            }
            Ok(dialled(vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)]))
        })
    }
}

fn dialled(addresses: Vec<IpAddr>) -> Addrs {
    // Port 0: the connection takes the port of the URL.
    Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0)))
}

/// A name leads to an address that must not be dialled.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to an address that must not be dialled")]
pub(super) struct BlockedAddress;

/// A name leads only to addresses that we have made as many connections to as we make to any.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to addresses that were dialled very often just now")]
pub(super) struct BusyAddress;

/// Whether an error of that type is why a request failed.
pub(super) fn is_caused_by<E: StdError + 'static>(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<E>() {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::Mutex;
    use std::task::Poll;

    use super::*;

    struct Scripted(Mutex<VecDeque<Vec<IpAddr>>>);

    impl Names for Scripted {
        fn lookup(&self, _host: &str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
            let answer = self.0.lock().unwrap().pop_front();
            Box::pin(async move { answer.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)) })
        }
    }

    fn guard(answers: &[&[IpAddr]]) -> PublicOnly {
        let answers = answers.iter().map(|answer| answer.to_vec()).collect();
        let rates = Arc::new(Rates::new(&crate::EgressSettings::default()));
        PublicOnly { names: Arc::new(Scripted(Mutex::new(answers))), rates }
    }

    async fn resolve(guard: &PublicOnly) -> Option<Vec<IpAddr>> {
        let name = "badges.example.edu".parse().unwrap();
        guard.resolve(name).await.ok().map(|found| found.map(|address| address.ip()).collect())
    }

    #[tokio::test]
    async fn ssrf_16_a_name_with_one_internal_address_is_refused_whole() {
        let (public, inside) = ("93.184.215.14".parse().unwrap(), "127.0.0.1".parse().unwrap());
        let guard = guard(&[&[public, inside], &[inside, public]]);
        assert_eq!(resolve(&guard).await, None);
        assert_eq!(resolve(&guard).await, None);
    }

    #[tokio::test]
    async fn ssrf_17_a_name_that_changes_its_answer_gets_only_the_checked_address_dialled() {
        let (public, inside) = ("93.184.215.14".parse().unwrap(), "127.0.0.1".parse().unwrap());
        let guard = guard(&[&[public], &[inside]]);
        assert_eq!(resolve(&guard).await, Some(vec![public]));
        assert_eq!(resolve(&guard).await, None, "the second answer is checked as well");
    }

    #[tokio::test]
    async fn names_are_looked_up_on_threads_of_their_own_and_only_so_many_at_a_time() {
        // Each lookup tells that it has begun, and ends with the test.
        static BEGUN: Mutex<u32> = Mutex::new(0);
        let find = |host: &str| match host {
            "stuck.example" => {
                *BEGUN.lock().unwrap() += 1;
                loop {
                    std::thread::park();
                }
            }
            _ => Ok(vec!["93.184.215.14".parse().unwrap()]),
        };
        let here = SystemNames::new().lookup("localhost").await.unwrap();
        assert!(here.iter().all(IpAddr::is_loopback) && !here.is_empty());
        let names = SystemNames { find, threads: Arc::new(Semaphore::new(2)) };
        assert_eq!(names.lookup("school.example").await.unwrap().len(), 1);
        for stuck in 1..=2 {
            let waiting = tokio::spawn(names.lookup("stuck.example"));
            while *BEGUN.lock().unwrap() < stuck {
                tokio::task::yield_now().await;
            }
            waiting.abort();
            assert!(waiting.await.is_err(), "nobody waits for it any more");
        }
        let mut third = Box::pin(names.lookup("school.example"));
        let polled = std::future::poll_fn(|context| Poll::Ready(third.as_mut().poll(context))).await;
        assert!(polled.is_pending(), "both threads are held up");
    }

    #[tokio::test]
    async fn ssrf_26_a_name_that_cannot_be_resolved_leads_nowhere() {
        let guard = guard(&[&[]]);
        assert_eq!(resolve(&guard).await, None, "no addresses");
        assert_eq!(resolve(&guard).await, None, "an error");
    }
}
