//! Our own public documents for the examiner, so that verifying a badge of ours never calls ourselves over the network.

use std::sync::Arc;

use accolade_issuing::{CredentialForm, Office, OfficeError, PublicationStatus, Publicly};
use accolade_publishing::PageAddress;
use accolade_verifying::{LocalAnswer, LocalDocuments};
use bytes::Bytes;

/// The public documents of `office`, as the examiner asks for them.
pub fn local_documents(office: Office) -> Arc<dyn LocalDocuments> {
    Arc::new(OwnDocuments(office))
}

struct OwnDocuments(Office);

impl LocalDocuments for OwnDocuments {
    fn document(&self, url: &str) -> LocalAnswer {
        let Some(path) = url.strip_prefix(self.0.public_url()).filter(|path| path.starts_with('/')) else {
            return LocalAnswer::NotOurs;
        };
        let path = path.split('#').next().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let Some(address) = Publicly::from_path(path).or_else(|| shown_on(path)) else {
            return LocalAnswer::Missing;
        };
        // Who was given a share link may have the badge behind it examined, too.
        let key = query.split('&').find_map(|pair| pair.strip_prefix("key="));
        match self.0.publication_for(&address, key) {
            Ok(Some(publication)) => LocalAnswer::Found {
                status: match publication.status {
                    PublicationStatus::Ok => 200,
                    PublicationStatus::Gone => 410,
                },
                content_type: publication.content_type.to_owned(),
                body: publication.body,
            },
            Ok(None) => LocalAnswer::Missing,
            Err(OfficeError::Private) => LocalAnswer::Found {
                status: 403,
                content_type: "application/problem+json".to_owned(),
                body: Bytes::new(),
            },
            Err(error) => {
                tracing::error!(target: "accolade::http", %error, "a document of ours could not be read");
                LocalAnswer::Unavailable
            }
        }
    }
}

/// What a page is about: people copy what stands in their address bar.
fn shown_on(path: &str) -> Option<Publicly> {
    Some(match PageAddress::from_path(path)? {
        PageAddress::Credential { id, .. } | PageAddress::Embed(id) | PageAddress::Certificate { id, .. } => {
            Publicly::Credential(id, CredentialForm::Json)
        }
        PageAddress::Achievement(id) => Publicly::Achievement(id),
        PageAddress::Issuer(id) => Publicly::Issuer(id),
    })
}
