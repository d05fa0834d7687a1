#![doc = include_str!("../README.md")]

pub mod egress;
mod examiner;
mod local;
pub mod report;
mod submission;

pub use egress::EgressSettings;
pub use examiner::{Examiner, ExaminerError, ExaminerParts, Expectations};
pub use local::{LocalAnswer, LocalDocuments};
pub use report::{Check, CheckOutcome, Format, Outcome, Report};
pub use submission::Submission;
