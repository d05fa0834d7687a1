#![doc = include_str!("../README.md")]

mod address;
mod archive;
mod assets;
mod certificate;
mod crawlers;
mod error;
mod html;
mod icons;
mod language;
mod markdown;
mod metadata;
mod page;
mod pages;
mod press;
mod publishing;
mod reading;
mod words;

pub use address::{PageAddress, Paper};
pub use archive::{ArchiveError, ArchiveOrder, ArchiveProgress, ArchiveSummary, archive};
pub use assets::Asset;
pub use crawlers::CRAWLERS;
pub use error::PublishingError;
pub use language::Language;
pub use metadata::{OEmbed, OEmbedAnswer, OEmbedRequest};
pub use page::{HTML, Page, PageStatus};
pub use pages::catalogue::CatalogueSearch;
pub use pages::desk::{Coordinator, DeskNews, DeskNotes, LearnerDesk, RosterDesk, SignInFault};
pub use press::{Press, Verified, VerifyForm};
pub use publishing::Publishing;
pub use words::WordsError;
