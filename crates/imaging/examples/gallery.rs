//! Draws what the designer can do, for looking at: `cargo run -p accolade-imaging --example gallery -- DIR` writes sheets of
//! badges as PNG.

use std::error::Error;
use std::path::Path;

use accolade_imaging::{Card, Design, Picture, card, vocabulary};
use serde_json::{Value, json};
use tiny_skia::{Color, Pixmap, PixmapPaint, Transform};

const NAMES: [&str; 12] = [
    "Data Analysis",
    "Introduction to Sustainable Water Management",
    "Deutsch B2",
    "Erste Hilfe",
    "Critical Thinking",
    "تحليل البيانات",
    "Leadership in Teams",
    "Machine Learning",
    "Анализ текста",
    "Woodworking",
    "Open Science Ambassador 2026",
    "Café Culture",
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let words = vocabulary();
    let named: Vec<Design> = NAMES.iter().map(|name| Design::of_name(name)).collect();
    sheet(folder, "names", &named, 300, 4)?;
    sheet(folder, "names-90", &named, 90, 12)?;
    sheet(folder, "badge-designs", &named, 160, 6)?;
    for (name, number) in NAMES.iter().zip(0_u8..) {
        let picture = Picture::of_design(&Design::of_name(name))?;
        let issuer = if number % 2 == 0 {
            "University of Exampleton"
        } else {
            "جامعة المثال للعلوم والتكنولوجيا"
        };
        let card = card(&Card { picture: &picture, title: name, issuer, caption: Some("Open Badge") })?;
        std::fs::write(folder.join(format!("card-{number}.png")), card)?;
    }
    let of = |member: &str, all: &[&str], more: Value| -> Result<Vec<Design>, Box<dyn Error>> {
        let design = |word: &&str| {
            let mut value = more.clone();
            if let Some(object) = value.as_object_mut() {
                object.insert(member.to_owned(), json!(word));
            }
            Design::parse(&value).map_err(|faults| format!("{faults:?}").into())
        };
        all.iter().map(design).collect()
    };
    let data = json!({"icon": "chart", "ribbon": "Data Analysis", "level": {"reached": 2, "of": 3}});
    sheet(folder, "shapes", &of("shape", &words.shapes, data.clone())?, 300, 3)?;
    sheet(folder, "rings", &of("ring", &words.rings, data.clone())?, 300, 4)?;
    sheet(folder, "textures", &of("texture", &words.textures, json!({"icon": "book"}))?, 300, 3)?;
    sheet(folder, "palettes", &of("palette", &words.palettes, data)?, 220, 4)?;
    let plain = json!({"ring": "none"});
    sheet(folder, "icons", &of("icon", &words.icons, plain.clone())?, 150, 9)?;
    sheet(folder, "icons-90", &of("icon", &words.icons, plain)?, 90, 17)?;
    Ok(())
}

/// Badges side by side; `badge-designs` is the picture in `docs/images`.
fn sheet(
    folder: &Path,
    name: &str,
    designs: &[Design],
    side: u32,
    columns: u32,
) -> Result<(), Box<dyn Error>> {
    let rows = u32::try_from(designs.len())?.div_ceil(columns);
    let (width, height) = (columns * (side + 10), rows * (side + 10));
    let mut sheet = Pixmap::new(width, height).ok_or("no room")?;
    sheet.fill(Color::WHITE);
    for (design, place) in designs.iter().zip(0_u32..) {
        let badge = Pixmap::decode_png(&Picture::of_design(design)?.png(side)?)?;
        let (x, y) = (place % columns * (side + 10) + 5, place / columns * (side + 10) + 5);
        sheet.draw_pixmap(
            i32::try_from(x)?,
            i32::try_from(y)?,
            badge.as_ref(),
            &PixmapPaint::default(),
            Transform::identity(),
            None,
        );
    }
    Ok(sheet.save_png(folder.join(format!("{name}.png")))?)
}
