//! What somebody may have meant.

/// The candidate that comes nearest to a text, if any comes near.
pub(crate) fn nearest(text: &str, candidates: &[&'static str]) -> Option<&'static str> {
    const NEAR: f64 = 0.84;
    let lower = text.to_lowercase();
    candidates
        .iter()
        .map(|candidate| (strsim::jaro_winkler(&lower, &candidate.to_lowercase()), *candidate))
        .filter(|(nearness, _)| *nearness >= NEAR)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_what_was_meant_and_another_word_does_not() {
        let members = &["name", "description", "achievementType", "creditsAvailable", "inLanguage"];
        for (slip, meant) in [
            ("achivementType", Some("achievementType")),
            ("AchievementType", Some("achievementType")),
            ("desciption", Some("description")),
            ("creditAvailable", Some("creditsAvailable")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(slip, members), meant, "{slip}");
        }
    }
}
