DROP TABLE requirement_activities;
DROP TABLE completions;
DROP TABLE enrolments;
DROP TABLE learners;
