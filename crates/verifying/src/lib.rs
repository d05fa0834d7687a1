#![doc = include_str!("../README.md")]

mod asked;
mod attachment;
mod case;
mod derive;
mod did;
pub mod egress;
mod examiner;
mod hands;
mod intake;
mod library;
mod local;
mod page;
mod picture;
pub mod report;
mod schemas;
mod subject;
mod submission;
mod v1;
mod v2;
mod v3;

pub use asked::Asked;
pub use derive::{DeriveError, derive};
pub use did::DidTrouble;
pub use egress::EgressSettings;
pub use examiner::{Examiner, ExaminerError, ExaminerParts, Expectations};
pub use hands::{Bounds, Overloaded, Place};
pub use local::{LocalAnswer, LocalDocuments};
pub use picture::PictureTrouble;
pub use report::{Check, CheckOutcome, Format, Outcome, Report};
pub use submission::Submission;
