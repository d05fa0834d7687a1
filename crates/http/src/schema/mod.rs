//! The wire shapes as OpenAPI schemas, for people who write clients.
//!
//! Nothing is built from these structs: requests are read by the office, replies written from its types. A test compares real
//! replies with them.
#![expect(dead_code, reason = "the structs only describe")]

mod achievement;
mod award;
mod catalogue;
mod class;
mod earning;
mod enrolment;
mod identifier;
mod image;
mod issuer;
mod oauth;
mod oembed;
mod problems;
mod report;
mod reporting;
mod result;
mod rules;
mod text;
mod vc;

pub(crate) use achievement::{AchievementPage, AchievementView, NewAchievement};
pub(crate) use award::{
    AwardAmendment, AwardOrder, AwardPage, AwardStatus, AwardView, Erasure, Revocation, StatusChange,
};
pub(crate) use catalogue::CataloguePage;
pub(crate) use earning::{FrameworkProfile, FrameworkReport, VersionPage};
pub(crate) use enrolment::{
    ApprovedView, CompletedView, CompletionTable, CompletionsOfLearners, EnrolmentPage, EnrolmentStatus,
    EnrolmentView, NewCompletion, NewEnrolment, ReportTable,
};
pub(crate) use identifier::{DidResolution, DidSought};
pub(crate) use image::{DesignToRender, ImageUpload, KeptImage};
pub(crate) use issuer::{IssuerPage, IssuerView, NewIssuer};
pub(crate) use oauth::{ServerMetadata, TokenError, TokenReply, TokenRequest};
pub(crate) use oembed::OEmbed;
pub(crate) use problems::{
    ActProblems, AwardFormProblems, CatalogueProblems, DeriveProblems, DrawingProblems, EarningProblems,
    ExaminationProblems, IssueProblems, ListProblems, MetadataProblems, OEmbedProblems, ProbeProblems,
    PublicProblems, ReadProblems, ResolutionProblems, StatementProblems, TokenProblems, UploadProblems,
    VerifyProblems, WriteProblems,
};
pub(crate) use report::{Report, Submission, Upload};
pub(crate) use reporting::{
    BatchReport, Because, EarningReportView, LearnerErasure, LinkOrder, LinkView, OnError, ReportFormat,
    Statement, StatementId, Statements, Whether, XapiAbout, XapiVersion,
};
pub(crate) use rules::{AchievementAmendment, IssuerAmendment, complete};
pub(crate) use text::{
    Anything, Binary, Cohort, Cursor, IdempotencyKey, IssueSuite, RecipientSought, Wanted,
};
pub(crate) use vc::{
    CredentialToDerive, CredentialToIssue, CredentialToVerify, IssuedCredential, IssuerSuites,
    PresentationToVerify, Verification,
};
