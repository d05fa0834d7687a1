//! How large, how heavy and in which colour words are set.

use super::ink::Ink;
use crate::text::Voice;

/// A style of words: voice, size, how small it may become, ink.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) voice: Voice,
    pub(super) size: f32,
    pub(super) least: f32,
    pub(super) ink: Ink,
}

pub(super) const ISSUER: Style = Style { voice: Voice::Strong, size: 13.0, least: 10.0, ink: Ink::Accent };
pub(super) const HEADING: Style = Style { voice: Voice::Display, size: 27.0, least: 18.0, ink: Ink::Accent };
pub(super) const LEAD: Style = Style { voice: Voice::Plain, size: 10.5, least: 9.0, ink: Ink::Label };
pub(super) const NAME: Style = Style { voice: Voice::Display, size: 33.0, least: 17.0, ink: Ink::Text };
pub(super) const TITLE: Style = Style { voice: Voice::Strong, size: 20.0, least: 12.0, ink: Ink::Accent };
pub(super) const TITLE_ALONE: Style =
    Style { voice: Voice::Strong, size: 29.0, least: 14.0, ink: Ink::Accent };
pub(super) const BODY: Style = Style { voice: Voice::Plain, size: 10.0, least: 10.0, ink: Ink::Text };
pub(super) const SMALL: Style = Style { voice: Voice::Plain, size: 9.0, least: 9.0, ink: Ink::Text };
pub(super) const LABEL: Style = Style { voice: Voice::Plain, size: 9.0, least: 9.0, ink: Ink::Label };
/// As large as its label: readers take words of different sizes for different columns.
pub(super) const VALUE: Style = Style { voice: Voice::Strong, size: 9.0, least: 9.0, ink: Ink::Text };
pub(super) const PART: Style = Style { voice: Voice::Strong, size: 9.0, least: 9.0, ink: Ink::Accent };
pub(super) const NOTICE: Style = Style { voice: Voice::Strong, size: 11.0, least: 9.0, ink: Ink::Alarm };

/// Texts of a larger size are broken into lines of about the same length.
pub(super) const BALANCED: f32 = 15.0;

/// Large letters stand closer.
pub(super) fn leading(size: f32) -> f32 {
    size * if size > BALANCED { 1.22 } else { 1.38 }
}
