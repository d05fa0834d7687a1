//! The tables as diesel sees them: one text for both databases.
//!
//! Every time is a `BigInt` of whole seconds since 1970-01-01T00:00:00Z. SQLite has no time type and diesel's
//! two time types map differently on each side; an integer is the same value, the same order and the same
//! index on both, and whole seconds are all that Open Badges documents carry.

diesel::table! {
    house (id) {
        id -> BigInt,
        public_url -> Text,
    }
}

diesel::table! {
    issuers (id) {
        id -> Text,
        profile_id -> Text,
        id_method -> Text,
        document -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
        linkedin_organization_id -> Nullable<Text>,
    }
}

diesel::table! {
    signing_keys (id) {
        id -> Text,
        issuer_id -> Text,
        purpose -> Text,
        key_type -> Text,
        public_jwk -> Text,
        multibase -> Nullable<Text>,
        sealed -> Binary,
        state -> Text,
        created_at -> BigInt,
        retired_at -> Nullable<BigInt>,
        compromised_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    achievements (id) {
        id -> Text,
        issuer_id -> Text,
        document -> Text,
        version -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
        image_id -> Nullable<Text>,
    }
}

diesel::table! {
    images (id) {
        id -> Text,
        media_type -> Text,
        bytes -> Binary,
        original -> Nullable<Binary>,
        width -> BigInt,
        height -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    renditions (image_id, kind) {
        image_id -> Text,
        kind -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    achievement_versions (achievement_id, version) {
        achievement_id -> Text,
        version -> BigInt,
        document -> Text,
        image_id -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    status_lists (id) {
        id -> Text,
        issuer_id -> Text,
        purpose -> Text,
        length -> BigInt,
        bits -> Binary,
        document -> Binary,
        valid_from -> BigInt,
        open -> Bool,
        created_at -> BigInt,
    }
}

diesel::table! {
    credentials (id) {
        id -> Text,
        issuer_id -> Text,
        achievement_id -> Text,
        recipient_digest -> Text,
        duplicate_key -> Nullable<Text>,
        external_id -> Nullable<Text>,
        order_digest -> Text,
        status -> Text,
        status_reason -> Nullable<Text>,
        status_list_id -> Text,
        status_list_index -> BigInt,
        document -> Binary,
        jwt -> Text,
        assertion -> Binary,
        assertion_jws -> Text,
        valid_from -> BigInt,
        valid_until -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
        visibility -> Text,
        recipient_name -> Nullable<Text>,
        superseded_by -> Nullable<Text>,
        share_version -> BigInt,
        achievement_version -> Nullable<BigInt>,
    }
}

diesel::table! {
    api_keys (id) {
        id -> Text,
        name -> Text,
        secret_hash -> Text,
        scopes -> Text,
        issuer_id -> Nullable<Text>,
        created_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    access_tokens (token_hash) {
        token_hash -> Text,
        api_key_id -> Text,
        scopes -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::joinable!(access_tokens -> api_keys (api_key_id));
diesel::allow_tables_to_appear_in_same_query!(access_tokens, api_keys);

diesel::table! {
    idempotency (caller_id, key) {
        caller_id -> Text,
        key -> Text,
        fingerprint -> Text,
        status -> BigInt,
        headers -> Text,
        body -> Binary,
        created_at -> BigInt,
        subject -> Nullable<Text>,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        topic -> Text,
        subject -> Text,
        payload -> Text,
        created_at -> BigInt,
        available_at -> BigInt,
        attempts -> BigInt,
        delivered_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    audit (id) {
        id -> Text,
        at -> BigInt,
        actor -> Text,
        verb -> Text,
        subject -> Text,
        detail -> Text,
    }
}

diesel::table! {
    learners (id) {
        id -> Text,
        issuer_id -> Text,
        digest -> Text,
        recipient -> Nullable<Text>,
        name -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    enrolments (id) {
        id -> Text,
        issuer_id -> Text,
        achievement_id -> Text,
        achievement_version -> BigInt,
        learner_id -> Text,
        cohort -> Nullable<Text>,
        external_id -> Nullable<Text>,
        status -> Text,
        status_reason -> Nullable<Text>,
        revision -> BigInt,
        link_version -> BigInt,
        credential_id -> Nullable<Text>,
        begins_at -> Nullable<BigInt>,
        ends_at -> Nullable<BigInt>,
        completed_at -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    completions (id) {
        id -> Text,
        enrolment_id -> Text,
        requirement -> Text,
        at -> BigInt,
        source -> Text,
        success -> Nullable<Bool>,
        score -> Nullable<BigInt>,
        level -> Nullable<Text>,
        minutes -> Nullable<BigInt>,
        evidence -> Nullable<Text>,
        statement -> Nullable<Text>,
        vouched_by -> Nullable<Text>,
        external_id -> Nullable<Text>,
        order_digest -> Text,
        withdrawn_at -> Nullable<BigInt>,
        withdrawn_reason -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    requirement_activities (activity, achievement_id) {
        activity -> Text,
        achievement_id -> Text,
        requirement -> Text,
    }
}

diesel::joinable!(enrolments -> learners (learner_id));
diesel::joinable!(completions -> enrolments (enrolment_id));
diesel::joinable!(requirement_activities -> achievements (achievement_id));
diesel::allow_tables_to_appear_in_same_query!(learners, enrolments, completions);
diesel::allow_tables_to_appear_in_same_query!(requirement_activities, achievements);
