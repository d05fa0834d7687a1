-- Who earns achievements. The digest finds a learner by what the learner is known by; erasure empties all but the id.
CREATE TABLE learners (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    issuer_id TEXT COLLATE "C" NOT NULL REFERENCES issuers (id),
    digest TEXT COLLATE "C" NOT NULL,
    recipient TEXT,
    name TEXT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX learners_digest ON learners (digest, issuer_id);

-- A learner on the way to an achievement, by the requirements of one of its versions. Completions of one enrolment take turns
-- by its revision. One learner is enrolled for an achievement once at a time.
CREATE TABLE enrolments (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    issuer_id TEXT COLLATE "C" NOT NULL REFERENCES issuers (id),
    achievement_id TEXT COLLATE "C" NOT NULL,
    achievement_version BIGINT NOT NULL,
    learner_id TEXT COLLATE "C" NOT NULL REFERENCES learners (id),
    cohort TEXT COLLATE "C",
    external_id TEXT COLLATE "C",
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('active', 'awaiting', 'awarded', 'withdrawn')),
    status_reason TEXT,
    revision BIGINT NOT NULL,
    link_version BIGINT NOT NULL,
    credential_id TEXT COLLATE "C" REFERENCES credentials (id),
    begins_at BIGINT,
    ends_at BIGINT,
    completed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    FOREIGN KEY (achievement_id, achievement_version) REFERENCES achievement_versions (achievement_id, version)
);
CREATE UNIQUE INDEX enrolments_one ON enrolments (achievement_id, learner_id) WHERE status <> 'withdrawn';
CREATE UNIQUE INDEX enrolments_external_id ON enrolments (issuer_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX enrolments_page ON enrolments (achievement_id, created_at, id);
CREATE INDEX enrolments_of_cohort ON enrolments (achievement_id, cohort, created_at, id);
CREATE INDEX enrolments_of_status ON enrolments (achievement_id, status, created_at, id);
CREATE INDEX enrolments_of_learner ON enrolments (learner_id);
CREATE INDEX enrolments_of_credential ON enrolments (credential_id) WHERE credential_id IS NOT NULL;

-- What learners have done, by somebody's word. Scores are thousandths of a per cent.
CREATE TABLE completions (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    enrolment_id TEXT COLLATE "C" NOT NULL REFERENCES enrolments (id),
    requirement TEXT NOT NULL,
    at BIGINT NOT NULL,
    source TEXT NOT NULL,
    success BOOLEAN,
    score BIGINT,
    level TEXT,
    minutes BIGINT,
    evidence TEXT,
    statement TEXT,
    vouched_by TEXT,
    external_id TEXT COLLATE "C",
    order_digest TEXT NOT NULL,
    withdrawn_at BIGINT,
    withdrawn_reason TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX completions_of_enrolment ON completions (enrolment_id, created_at, id);
CREATE UNIQUE INDEX completions_external_id ON completions (external_id, enrolment_id) WHERE external_id IS NOT NULL;

-- Which activities of learning systems are about which requirement of an achievement as it stands now.
CREATE TABLE requirement_activities (
    activity TEXT COLLATE "C" NOT NULL,
    achievement_id TEXT COLLATE "C" NOT NULL REFERENCES achievements (id),
    requirement TEXT NOT NULL,
    PRIMARY KEY (activity, achievement_id)
);
CREATE INDEX requirement_activities_of_achievement ON requirement_activities (achievement_id);
