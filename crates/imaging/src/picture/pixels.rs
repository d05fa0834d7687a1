//! Pixels: other sizes, and PNG files from them.

use tiny_skia::{FilterQuality, Pixmap, PixmapPaint, PremultipliedColorU8, Transform};

use super::PictureError;

/// The picture in the middle of a transparent square, as large as it fits.
pub(crate) fn fitted(source: &Pixmap, side: u32) -> Result<Pixmap, PictureError> {
    // Drawn at twice the size from the nearest halved one, then halved: even where sizes do not divide, every pixel of the
    // source has its part in the result.
    let double = side * 2;
    let longer = |pixmap: &Pixmap| pixmap.width().max(pixmap.height());
    let mut halved: Option<Pixmap> = None;
    while longer(halved.as_ref().unwrap_or(source)) >= double * 2 {
        halved = Some(half(halved.as_ref().unwrap_or(source))?);
    }
    let source = halved.as_ref().unwrap_or(source);
    let scale = pixels(double) / pixels(longer(source));
    let left = (pixels(double) - pixels(source.width()) * scale) / 2.0;
    let top = (pixels(double) - pixels(source.height()) * scale) / 2.0;
    let mut large = Pixmap::new(double, double).ok_or(PictureError::Drawing)?;
    // Going down, the halving smooths; bicubic would cost four times as much for nothing that is seen.
    let quality = if scale <= 1.0 { FilterQuality::Bilinear } else { FilterQuality::Bicubic };
    let paint = PixmapPaint { quality, ..PixmapPaint::default() };
    let place = Transform::from_row(scale, 0.0, 0.0, scale, left, top);
    large.draw_pixmap(0, 0, source.as_ref(), &paint, place, None);
    half(&large)
}

/// Sides are at most a few thousand, which a float holds exactly.
pub(crate) fn pixels(count: u32) -> f32 {
    u16::try_from(count).map_or(f32::from(u16::MAX), f32::from)
}

/// Half as wide and high, each pixel the mean of four.
fn half(source: &Pixmap) -> Result<Pixmap, PictureError> {
    let (width, height) = (source.width().div_ceil(2), source.height().div_ceil(2));
    let mut small = Pixmap::new(width, height).ok_or(PictureError::Drawing)?;
    let row_length = usize::try_from(source.width()).map_err(|_| PictureError::Drawing)?;
    let small_length = usize::try_from(width).map_err(|_| PictureError::Drawing)?;
    let mut rows = source.pixels().chunks(row_length);
    for out in small.pixels_mut().chunks_mut(small_length) {
        let Some(upper) = rows.next() else { break };
        let lower = rows.next().unwrap_or(upper);
        for (pixel, (one, two)) in out.iter_mut().zip(upper.chunks(2).zip(lower.chunks(2))) {
            *pixel = mean(one, two);
        }
    }
    Ok(small)
}

fn mean(upper: &[PremultipliedColorU8], lower: &[PremultipliedColorU8]) -> PremultipliedColorU8 {
    let (mut red, mut green, mut blue, mut alpha, mut count) = (0_u16, 0_u16, 0_u16, 0_u16, 0_u16);
    for pixel in upper.iter().chain(lower) {
        red += u16::from(pixel.red());
        green += u16::from(pixel.green());
        blue += u16::from(pixel.blue());
        alpha += u16::from(pixel.alpha());
        count += 1;
    }
    let share = |sum: u16| u8::try_from((sum + count / 2) / count.max(1)).unwrap_or(u8::MAX);
    PremultipliedColorU8::from_rgba(share(red), share(green), share(blue), share(alpha))
        .unwrap_or(PremultipliedColorU8::TRANSPARENT)
}

/// A PNG file of 8-bit RGBA, or RGB where nothing is transparent.
pub(crate) fn encode(pixmap: &Pixmap) -> Result<Vec<u8>, PictureError> {
    let opaque = pixmap.pixels().iter().all(|pixel| pixel.is_opaque());
    let mut data = Vec::with_capacity(pixmap.data().len());
    for pixel in pixmap.pixels() {
        let pixel = pixel.demultiply();
        data.extend_from_slice(&[pixel.red(), pixel.green(), pixel.blue()]);
        if !opaque {
            data.push(pixel.alpha());
        }
    }
    let mut file = Vec::with_capacity(64 << 10);
    let mut encoder = png::Encoder::new(&mut file, pixmap.width(), pixmap.height());
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().map_err(|_| PictureError::Drawing)?;
    writer.write_image_data(&data).map_err(|_| PictureError::Drawing)?;
    writer.finish().map_err(|_| PictureError::Drawing)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fine_lines_become_their_mean_and_not_a_pattern() {
        let mut lines = Pixmap::new(1_000, 1_000).unwrap();
        for (place, pixel) in lines.pixels_mut().iter_mut().enumerate() {
            let shade = if place % 2 == 0 { 0 } else { 255 };
            *pixel = PremultipliedColorU8::from_rgba(shade, shade, shade, 255).unwrap();
        }
        let small = fitted(&lines, 90).unwrap();
        let inside = small.pixel(45, 45).unwrap();
        assert!((120..=136).contains(&inside.red()), "{inside:?}");
    }

    #[test]
    fn what_is_wide_stands_in_the_middle() {
        let mut wide = Pixmap::new(400, 100).unwrap();
        wide.fill(tiny_skia::Color::BLACK);
        let square = fitted(&wide, 200).unwrap();
        let alpha = |x, y| square.pixel(x, y).unwrap().alpha();
        assert_eq!((alpha(100, 100), alpha(100, 60), alpha(100, 140), alpha(4, 100)), (255, 0, 0, 255));
    }
}
