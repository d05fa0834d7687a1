//! QR codes.

use fast_qr::{ECL, QRBuilder};

/// The text does not fit into a QR code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this text is too long for a QR code")]
pub struct QrError;

/// Modules of white around the code, which readers need.
const QUIET: usize = 4;

/// A QR code as an SVG of black modules on white, quiet zone included, without any size of its own but `viewBox`; one unit is
/// one module. Error correction is M (15 %).
///
/// # Errors
/// [`QrError`] above about 2,300 bytes.
pub fn qr_svg(text: &str) -> Result<String, QrError> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| QrError)?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for (row, modules) in code.data.chunks(code.size).take(code.size).enumerate() {
        let mut column = 0;
        // Neighbours become one rectangle: smaller, and no hairlines between them.
        for run in modules.chunk_by(|one, two| one.value() == two.value()) {
            if run.first().is_some_and(|module| module.value()) {
                path.push_str(&format!(
                    "M{} {}h{}v1h-{}z",
                    column + QUIET,
                    row + QUIET,
                    run.len(),
                    run.len()
                ));
            }
            column += run.len();
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_black_modules_with_a_quiet_zone_around_them() {
        let svg = qr_svg("https://badges.example.edu/public/credentials/01hzzzzzzzzzzzzzzzzzzzzzzz").unwrap();
        // Version 5 has 37 modules a side, and eight more of quiet.
        assert!(svg.contains("viewBox=\"0 0 45 45\""), "{svg}");
        // The upper edge of the finder pattern: seven modules, where the quiet zone ends.
        assert!(svg.contains("\"M4 4h7v1h-7z"), "{svg}");
        assert_eq!(
            svg,
            qr_svg("https://badges.example.edu/public/credentials/01hzzzzzzzzzzzzzzzzzzzzzzz").unwrap()
        );
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert_eq!(qr_svg(&"x".repeat(2_400)), Err(QrError));
    }
}
