//! Every page in every state and language; written to `ACCOLADE_PAGES_DIR`, where that is set, to be looked at.

use std::path::Path;

use accolade_publishing::{CatalogueSearch, Language, Page, Press, VerifyForm};

use crate::{fixtures, reports};

#[test]
fn every_page_in_every_state_can_be_made() {
    let press = fixtures::press();
    let folder = std::env::var_os("ACCOLADE_PAGES_DIR");
    let mut kept = 0;
    let mut keep = |name: &str, body: &[u8]| {
        kept += 1;
        assert!(!body.is_empty(), "{name}");
        if let Some(folder) = &folder {
            write(Path::new(folder), name, body);
        }
    };
    for asset in press.assets() {
        keep(&asset.path, &asset.body);
    }
    if let Some(folder) = &folder {
        pictures(Path::new(folder));
    }
    for language in Language::ALL {
        for (name, page) in pages(&press, language) {
            keep(&format!("{name}-{}.html", language.tag()), &page.body);
        }
    }
    assert_eq!(kept, 2 + 6 * pages(&press, Language::En).len());
}

/// Every page of the gallery with its name.
pub(crate) fn pages(press: &Press, language: Language) -> Vec<(String, Page)> {
    let mut pages = Vec::new();
    for (state, view) in fixtures::states() {
        pages.push((state.to_owned(), press.credential_page(&view, None, language).unwrap()));
        pages.push((format!("embed-{state}"), press.embed_page(&view, language).unwrap()));
    }
    for (outcome, report) in [
        ("valid", reports::report()),
        ("invalid", reports::invalid()),
        ("unknown", reports::unknown()),
        ("nested", reports::nested()),
    ] {
        pages.push((format!("report-{outcome}"), reports::shown(&report, language)));
    }
    let of = |sheet| press.credential_page(&fixtures::open(sheet), None, language).unwrap();
    pages.push(("unlisted".to_owned(), of(fixtures::unlisted())));
    pages.push(("arabic".to_owned(), of(fixtures::arabic())));
    for (name, page) in [
        ("achievement", press.achievement_page(&fixtures::achievement_sheet(), language)),
        (
            "micro-credential",
            press.achievement_page(&fixtures::micro_credential("From question to data"), language),
        ),
        ("issuer", press.issuer_page(&fixtures::issuer_sheet(), language)),
        (
            "catalogue",
            press.catalogue_page(&fixtures::catalogue(None), &CatalogueSearch::default(), language),
        ),
        ("landing", press.landing_page(language)),
        ("verify", press.verify_form(&VerifyForm::default(), language)),
        ("problem", press.problem(404, None, language)),
    ] {
        pages.push((name.to_owned(), page.unwrap()));
    }
    pages.extend(crate::desks::pages(press, "From question to data", language));
    pages
}

/// The badge's picture at the addresses that the fixtures name.
fn pictures(folder: &Path) {
    let design = accolade_imaging::Design::of_name("Applied Data Skills");
    let picture = accolade_imaging::Picture::of_design(&design).unwrap();
    for side in [200, 400, 600] {
        write(folder, &format!("public/images/abc/{side}.png"), &picture.png(side).unwrap());
    }
}

fn write(folder: &Path, name: &str, body: &[u8]) {
    let path = folder.join(name.trim_start_matches('/'));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, body).unwrap();
}
