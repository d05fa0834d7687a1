//! Earning: learners enrol for an achievement, complete its requirements one by one, and hold the award when the tree is
//! satisfied. What is stored are facts; how far they lead is derived whenever it is asked for.

mod approve;
mod change;
mod complete;
mod completion;
pub(crate) mod course;
mod credential;
mod enrol;
mod enrolment;
mod erase;
mod follow;
mod foresee;
mod leave;
pub(crate) mod link;
mod orders;
mod report;
mod roster;
mod shown;
mod statement;
mod transfer;
mod turn;
mod withdraw;

pub use completion::{Approved, Completed, Completion, Enrolled};
pub use enrolment::{
    Enrolment, EnrolmentFilter, EnrolmentLinks, EnrolmentProgress, EnrolmentStatus, Learner,
    RequirementProgress,
};
pub use follow::FollowedUp;
pub use foresee::{Foreseen, ForeseenLearner};
pub use link::{LinkedEnrolment, ProgressLink};
pub use orders::{CompletionOrder, EnrolmentOrder, LearnerOrder};
pub use report::{CohortReport, Days, EarningReport};
pub use statement::TakenStatement;
