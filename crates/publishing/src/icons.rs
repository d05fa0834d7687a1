//! The pictograms: drawn here, 24 × 24, in the colour of the text around them. Each stands beside words that say the same.

use crate::html::Html;

/// A pictogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Check,
    Cross,
    Clock,
    Pause,
    Forward,
    Lock,
    Empty,
    Question,
    Note,
    Dash,
    Medal,
}

impl Icon {
    /// The pictogram as an `svg` element that screen readers pass over.
    pub(crate) fn html(self) -> Html {
        Html::trusted(format!(
            r#"<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>"#,
            self.strokes()
        ))
    }

    fn strokes(self) -> &'static str {
        match self {
            Icon::Check => r#"<circle cx="12" cy="12" r="10"/><path d="m7.5 12.5 3 3 6-7"/>"#,
            Icon::Cross => r#"<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z"/><path d="m9 9 6 6m0-6-6 6"/>"#,
            Icon::Clock => r#"<circle cx="12" cy="12" r="10"/><path d="M12 6.5V12l3.5 2"/>"#,
            Icon::Pause => r#"<circle cx="12" cy="12" r="10"/><path d="M9.5 8.5v7m5-7v7"/>"#,
            Icon::Forward => {
                r#"<circle cx="12" cy="12" r="10"/><path d="M7.5 12h9m-3.5-3.5L16.5 12 13 15.5"/>"#
            }
            Icon::Lock => {
                r#"<rect x="4" y="10.5" width="16" height="11" rx="2"/><path d="M8 10.500V7a4 4 0 0 1 8 0v3.5"/>"#
            }
            Icon::Empty => r#"<path d="M6 2.500h8l4 4v15H6z" stroke-dasharray="3 3"/>"#,
            Icon::Question => {
                r#"<circle cx="12" cy="12" r="10"/><path d="M9.2 9.500a2.9 2.9 0 1 1 4.4 2.500c-1 .6-1.6 1.1-1.6 2.2"/><path d="M12 17.500v.01"/>"#
            }
            Icon::Note => {
                r#"<path d="M12 3 22 20.500H2z"/><path d="M12 9.500v5"/><path d="M12 17.500v.01"/>"#
            }
            Icon::Dash => r#"<circle cx="12" cy="12" r="10"/><path d="M8 12h8"/>"#,
            Icon::Medal => r#"<circle cx="12" cy="9" r="6.5"/><path d="m8.5 14.5-1.5 7 5-2.8 5 2.8-1.5-7"/>"#,
        }
    }
}
