//! Every message there is, by the part of a page that says it. Fields are named as the keys in `messages/*.toml`.

use std::collections::BTreeMap;

use super::Phrase;
use super::taking_part::{Catalogue, Desk, Funnel, Progress};
use crate::language::{Plural, Units};

/// Declares sections of messages: plain texts, phrases with places, and plurals. Nothing may be missing from a file, nothing more
/// may be in it.
macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $key:ident: $type:ty,)+ })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(crate) struct $name { $($(#[$note])* pub(crate) $key: $type,)+ }
        )+
    };
}

pub(super) use sections;

/// A text by a term of a standard or of a report.
pub(crate) type Terms = BTreeMap<String, String>;

sections! {
    /// Everything that pages say in one language.
    Words {
        frame: Frame,
        verdict: Verdict,
        credential: Credential,
        download: Download,
        share: Share,
        facts: Facts,
        units: Units,
        record: Record,
        requirements: Requirements,
        results: Results,
        achievement: Achievement,
        issuer: Issuer,
        embed: Embed,
        locked: Locked,
        erased: Erased,
        catalogue: Catalogue,
        progress: Progress,
        desk: Desk,
        funnel: Funnel,
        landing: Landing,
        verify: Verify,
        report: Report,
        outcomes: Terms,
        reasons: Terms,
        steps: Terms,
        problem: Problem,
        certificate: Certificate,
        kinds: Terms,
        statuses: Terms,
        languages: Terms,
        identifiers: Terms,
    }

    /// What is on every page.
    Frame {
        skip: String,
        language: String,
        verify_another: String,
        about: String,
        open_badge: String,
    }

    /// Whether a credential counts.
    Verdict {
        valid: String,
        valid_text: Phrase,
        valid_until_text: Phrase,
        expired: String,
        expired_text: Phrase,
        revoked: String,
        revoked_text: Phrase,
        suspended: String,
        suspended_text: Phrase,
        superseded: String,
        superseded_text: Phrase,
        superseded_link: String,
        not_yet: String,
        not_yet_text: Phrase,
        reason: String,
    }

    /// The page of a credential.
    Credential {
        awarded_to: String,
        issued_by: String,
        name_hidden: String,
        name_hidden_text: String,
        name_by_link: String,
        private_by_link: String,
        verify: String,
        linkedin: String,
        share: String,
        download: String,
        narrative: String,
        criteria: String,
        criteria_link: String,
        outcomes: String,
        skills: String,
        details: String,
        evidence: String,
        checking: String,
        checking_text: Phrase,
        checking_run: String,
        signature: String,
        issuer_identity: String,
        credential_id: String,
        status_register: String,
        qr: String,
        raw: String,
        badge_page: String,
        title: Phrase,
        title_named: Phrase,
        description: Phrase,
        description_named: Phrase,
        earned: Phrase,
        earned_nameless: Phrase,
    }

    /// What can be taken away.
    Download {
        png: String,
        svg: String,
        pdf: String,
        json: String,
        jwt: String,
        v2: String,
        note: String,
    }

    /// Passing a credential on.
    Share {
        linkedin: String,
        bluesky: String,
        mastodon: String,
        email: String,
        embed: String,
        embed_frame: String,
        embed_image: String,
        embed_markdown: String,
    }

    /// Names of facts.
    Facts {
        kind: String,
        issued: String,
        valid_from: String,
        valid_until: String,
        no_expiry: String,
        level: String,
        credits: String,
        credits_earned: String,
        workload: String,
        field: String,
        specialization: String,
        code: String,
        version: String,
        language: String,
        tags: String,
        activity: String,
        license: String,
        role: String,
        term: String,
        assessor: String,
        creator: String,
        eqf: Phrase,
    }

    /// What a micro-credential says of itself.
    Record {
        learn: String,
        earn: String,
        before: String,
        glance: String,
        duration: String,
        participation: String,
        assessment: String,
        supervision: String,
        grade: String,
        quality: String,
        country: String,
        stackability: String,
        stackable: String,
        alone: String,
        part_of: String,
        builds_on: String,
        further: String,
        open: String,
        participations: Terms,
        assessments: Terms,
        supervisions: Terms,
        qualities: Terms,
        dreyfus: Terms,
    }

    /// What earns it.
    Requirements {
        all: String,
        any: String,
        some: Phrase,
        pass_mark: Phrase,
        level: Phrase,
        hours: Phrase,
        prior: String,
        evidence: String,
        due: Phrase,
        kinds: Terms,
    }

    /// Tables of results.
    Results {
        heading: String,
        rubric: String,
        what: String,
        result: String,
        required: String,
        scale: String,
        from_to: Phrase,
        at_least: Phrase,
    }

    /// The page of an achievement.
    Achievement {
        label: String,
        description: Phrase,
        editions: String,
        edition: String,
        data: String,
        verify_hint: String,
    }

    /// The page of an issuer.
    Issuer {
        label: String,
        description: Phrase,
        website: String,
        email: String,
        phone: String,
        address: String,
        badges: String,
        badges_none: String,
        badges_count: Plural,
        badges_more: String,
        identity: String,
        identity_text: Phrase,
        identifier: String,
        key: String,
        purpose: String,
        state: String,
        since: String,
        purpose_v3: String,
        purpose_jwt: String,
        purpose_v2: String,
        active: String,
        retired: String,
        compromised: String,
    }

    /// The card in other pages.
    Embed {
        open: String,
    }

    /// The page of a private credential.
    Locked {
        title: String,
        text: String,
        holder: String,
        holder_text: String,
        visitor: String,
        visitor_text: String,
    }

    /// The page of an erased credential.
    Erased {
        title: String,
        text: String,
        note: String,
    }

    /// The start page.
    Landing {
        title: String,
        text: String,
        verify: String,
        docs: String,
        docs_text: String,
        what: String,
        what_text: String,
    }

    /// The form of the check.
    Verify {
        title: String,
        text: String,
        url: String,
        url_hint: String,
        file: String,
        file_hint: String,
        text_label: String,
        text_hint: String,
        recipient: String,
        recipient_hint: String,
        submit: String,
        or: String,
        fault: String,
        nothing: String,
        again: String,
    }

    /// The result of the check.
    Report {
        title: String,
        valid: String,
        valid_text: String,
        valid_record: String,
        valid_presentation: String,
        valid_endorsement: String,
        valid_credential: String,
        invalid: String,
        invalid_text: String,
        unknown: String,
        unknown_text: String,
        badge: String,
        issuer: String,
        recipient: String,
        recipient_by: Phrase,
        fits: String,
        fits_not: String,
        issued: String,
        until: String,
        status: String,
        form: String,
        id: String,
        steps: String,
        steps_count: Plural,
        why: String,
        inside: String,
        inside_nth: Phrase,
        link: String,
        link_text: String,
        in_force: String,
        revoked: String,
        suspended: String,
        no_status: String,
        not_known: String,
    }

    /// What could not be done.
    Problem {
        not_found: String,
        not_found_text: String,
        gone: String,
        gone_text: String,
        forbidden: String,
        forbidden_text: String,
        too_many: String,
        too_many_text: String,
        bad_request: String,
        bad_request_text: String,
        failed: String,
        failed_text: String,
        home: String,
    }

    /// The certificate. Its results and criteria are headed as on the page.
    Certificate {
        heading: String,
        awarded_to: String,
        awarded_to_holder: String,
        awarded_for: String,
        scan: String,
        signed: Phrase,
        attached: String,
        badge_alt: Phrase,
        code_alt: String,
        attachment: String,
    }
}

impl Words {
    /// What kind of achievement it is, in words; an `ext:` term without its prefix.
    pub(crate) fn kind(&self, term: &str) -> String {
        self.kinds.get(term).cloned().unwrap_or_else(|| term.strip_prefix("ext:").unwrap_or(term).to_owned())
    }

    /// What kind of requirement it is, in words.
    pub(crate) fn requirement_kind<'a>(&'a self, kind: &'a str) -> &'a str {
        said(&self.requirements.kinds, kind)
    }
}

/// A term in words; as it is where there are none.
pub(crate) fn said<'a>(terms: &'a Terms, term: &'a str) -> &'a str {
    terms.get(term).map_or(term, String::as_str)
}
