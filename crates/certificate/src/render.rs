//! The file around the page: metadata, tags, the attached credential.

use chrono::{DateTime, Datelike, Timelike, Utc};
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Point;
use krilla::metadata::{Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};

use crate::page::{Painter, draw, is_rtl};
use crate::text::clean;
use crate::{Certificate, CertificateError};

/// A certificate as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The PDF: PDF/A-3a and PDF/UA-1.
    pub bytes: Vec<u8>,
    /// Characters that no built-in or added font has. In the picture each is a box; copied, it is itself.
    pub missing: Vec<char>,
}

/// Draws a certificate on one page. The same certificate always gives the same bytes.
///
/// The file is [PDF/A-3a](https://www.iso.org/standard/57229.html), so that it can be archived with the credential inside, and
/// [PDF/UA-1](https://www.iso.org/standard/64599.html), so that it can be read aloud.
///
/// # Errors
/// [`CertificateError`] when the badge cannot be drawn, the page's address does not fit a code, or the file would not be
/// what it claims.
pub fn render(certificate: &Certificate<'_>) -> Result<Rendered, CertificateError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| CertificateError::Standard("the standards do not go together".to_owned()))?;
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    document.set_metadata(metadata(certificate));
    document.set_outline(outline(certificate));
    let missing = page(certificate, &mut document)?;
    attach(certificate, &mut document)?;
    let bytes = document.finish().map_err(|error| CertificateError::Standard(format!("{error:?}")))?;
    Ok(Rendered { bytes, missing })
}

fn page(certificate: &Certificate<'_>, document: &mut Document) -> Result<Vec<char>, CertificateError> {
    let (width, height) = certificate.paper.size();
    let settings = PageSettings::from_wh(width, height).ok_or(CertificateError::Picture)?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let mut painter = Painter { surface: &mut surface, tree: TagTree::new() };
    let drawn = draw(certificate, &mut painter)?;
    let mut tree = painter.tree;
    surface.finish();
    if let Some(code) = drawn.code {
        let target = Target::Action(LinkAction::new(certificate.page.to_owned()).into());
        let alt = certificate.labels.code_alt.to_owned();
        let link =
            page.add_tagged_annotation(Annotation::new_link(LinkAnnotation::new(code, target), Some(alt)));
        let mut group = TagGroup::new(Tag::Link);
        group.push(link);
        tree.push(group);
    }
    page.finish();
    document.set_tag_tree(tree);
    Ok(drawn.missing)
}

fn metadata(certificate: &Certificate<'_>) -> Metadata {
    let issuer = one_line(certificate.issuer);
    let direction =
        if is_rtl(certificate.language) { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
    Metadata::new()
        .title(title(certificate))
        .authors(vec![issuer])
        .language(certificate.language.to_owned())
        .creator("Accolade".to_owned())
        .producer("Accolade (krilla)".to_owned())
        .document_id(certificate.credential_id.to_owned())
        .creation_date(pdf_date(certificate.made))
        .text_direction(direction)
}

/// The achievement's name; the recipient's is on the page only, not in what search engines read first.
fn title(certificate: &Certificate<'_>) -> String {
    format!("{} – {}", one_line(certificate.title), one_line(certificate.issuer))
}

fn one_line(text: &str) -> String {
    clean(text).replace('\n', " ").chars().take(300).collect()
}

fn outline(certificate: &Certificate<'_>) -> Outline {
    let mut outline = Outline::new();
    outline
        .push_child(OutlineNode::new(title(certificate), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    outline
}

/// The credential is what the page was made from: its source.
fn attach(certificate: &Certificate<'_>, document: &mut Document) -> Result<(), CertificateError> {
    let attachment = &certificate.credential;
    let mime_type = MimeType::new(attachment.media_type).ok_or(CertificateError::Attachment)?;
    let file = EmbeddedFile {
        path: attachment.name.to_owned(),
        mime_type: Some(mime_type),
        description: Some(attachment.description.to_owned()),
        association_kind: AssociationKind::Source,
        data: attachment.bytes.to_vec().into(),
        modification_date: Some(pdf_date(certificate.made)),
        compress: Some(true),
        location: None,
    };
    document.embed_file(file).ok_or(CertificateError::Attachment)
}

fn pdf_date(moment: DateTime<Utc>) -> krilla::metadata::DateTime {
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    krilla::metadata::DateTime::new(u16::try_from(moment.year()).unwrap_or(0))
        .month(small(moment.month()))
        .day(small(moment.day()))
        .hour(small(moment.hour()))
        .minute(small(moment.minute()))
        .second(small(moment.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}
