//! The walls of the house: which crate may see which, and which packages it may never see.
//!
//! `docs/architecture.md` says why. A change of this table is a change of the architecture.

#![allow(clippy::unwrap_used, reason = "a test that cannot read the workspace has failed")]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// Crate, the crates of ours it may see, and packages it must never see, however deep.
const WALLS: &[(&str, &[&str], &[&str])] = &[
    (
        "accolade-core",
        &[],
        &["tokio", "actix-web", "diesel", "reqwest", "ed25519-dalek", "josekit", "openssl"],
    ),
    (
        "accolade-linked-data",
        &[],
        &["tokio", "actix-web", "diesel", "reqwest", "ed25519-dalek", "josekit", "openssl", "accolade-core"],
    ),
    (
        "accolade-baking",
        &[],
        &["tokio", "actix-web", "diesel", "reqwest", "ed25519-dalek", "josekit", "openssl"],
    ),
    (
        "accolade-imaging",
        &[],
        &["tokio", "actix-web", "diesel", "reqwest", "ed25519-dalek", "josekit", "openssl", "accolade-core"],
    ),
    (
        "accolade-certificate",
        &["accolade-imaging"],
        &["tokio", "actix-web", "diesel", "reqwest", "ed25519-dalek", "josekit", "openssl", "accolade-core"],
    ),
    (
        "accolade-signing",
        &["accolade-core", "accolade-linked-data"],
        &["tokio", "actix-web", "diesel", "reqwest"],
    ),
    ("accolade-store", &["accolade-core"], &["actix-web", "reqwest", "ed25519-dalek", "josekit"]),
    (
        "accolade-issuing",
        &[
            "accolade-core",
            "accolade-linked-data",
            "accolade-signing",
            "accolade-store",
            "accolade-baking",
            "accolade-imaging",
        ],
        &["actix-web", "reqwest"],
    ),
    (
        "accolade-verifying",
        &["accolade-core", "accolade-linked-data", "accolade-signing", "accolade-baking"],
        &["actix-web", "diesel"],
    ),
    (
        "accolade-publishing",
        &[
            "accolade-core",
            "accolade-imaging",
            "accolade-certificate",
            "accolade-issuing",
            "accolade-verifying",
        ],
        &["actix-web"],
    ),
    (
        "accolade-http",
        &[
            "accolade-core",
            "accolade-linked-data",
            "accolade-issuing",
            "accolade-verifying",
            "accolade-publishing",
        ],
        &[],
    ),
];

/// Packages that only some crates may name themselves, although others reach them through those.
const NAMED_ONLY_BY: &[(&str, &[&str])] = &[
    ("diesel", &["accolade-store"]),
    ("reqwest", &["accolade-verifying"]),
    ("actix-web", &["accolade-http"]),
    ("josekit", &["accolade-signing"]),
    ("ed25519-dalek", &["accolade-signing"]),
    ("openssl", &["accolade-signing"]),
];

#[test]
fn every_crate_sees_only_the_rooms_below_it() {
    let metadata = metadata();
    for (name, allowed, _) in WALLS {
        let seen: BTreeSet<String> = direct(package(&metadata, name))
            .into_iter()
            .filter(|dependency| dependency.starts_with("accolade"))
            .collect();
        let allowed: BTreeSet<String> = allowed.iter().map(|name| (*name).to_owned()).collect();
        let forbidden: Vec<_> = seen.difference(&allowed).collect();
        assert!(forbidden.is_empty(), "{name} must not see {forbidden:?}");
    }
}

#[test]
fn no_crate_reaches_a_package_it_must_never_see() {
    let metadata = metadata();
    for (name, _, never) in WALLS {
        let reached = reached_from(&metadata, name);
        let forbidden: Vec<_> = never.iter().filter(|package| reached.contains(**package)).collect();
        assert!(forbidden.is_empty(), "{name} reaches {forbidden:?}");
    }
}

#[test]
fn databases_networks_and_curves_are_named_in_one_crate_each() {
    let metadata = metadata();
    for (dependency, owners) in NAMED_ONLY_BY {
        let strangers: Vec<_> = metadata
            .workspace_packages()
            .into_iter()
            .filter(|package| package.name.as_str() != "accolade-tests")
            .filter(|package| {
                direct(package).contains(*dependency) && !owners.contains(&package.name.as_str())
            })
            .map(|package| package.name.to_string())
            .collect();
        assert!(strangers.is_empty(), "{dependency} is named by {strangers:?}");
    }
}

#[test]
fn the_table_knows_every_crate_of_the_workspace() {
    let known: BTreeSet<&str> =
        WALLS.iter().map(|(name, _, _)| *name).chain(["accolade", "accolade-tests"]).collect();
    for package in metadata().workspace_packages() {
        assert!(known.contains(package.name.as_str()), "{} has no row", package.name);
    }
}

#[test]
fn no_source_file_of_the_product_passes_the_fence_of_500_lines() {
    let metadata = metadata();
    let mut long = Vec::new();
    for package in metadata.workspace_packages() {
        let Some(folder) = package.manifest_path.parent() else { continue };
        walk(folder.join("src").as_std_path(), &mut |path, text| {
            let lines = text.lines().count();
            if lines > 500 {
                long.push(format!("{}: {lines}", path.display()));
            }
        });
    }
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn no_module_is_a_bag() {
    let metadata = metadata();
    let mut bags = Vec::new();
    for package in metadata.workspace_packages() {
        let Some(folder) = package.manifest_path.parent() else { continue };
        walk(folder.join("src").as_std_path(), &mut |path, _| {
            let bag =
                path.iter().filter_map(|part| part.to_str()).map(|part| part.trim_end_matches(".rs")).any(
                    |part| {
                        ["util", "utils", "helper", "helpers", "common", "shared", "misc", "types"]
                            .contains(&part)
                    },
                );
            if bag {
                bags.push(path.display().to_string());
            }
        });
    }
    assert!(bags.is_empty(), "name what they hold: {bags:#?}");
}

fn walk(folder: &std::path::Path, visit: &mut dyn FnMut(&std::path::Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn metadata() -> Metadata {
    MetadataCommand::new().other_options(["--offline".to_owned(), "--locked".to_owned()]).exec().unwrap()
}

fn package<'a>(metadata: &'a Metadata, name: &str) -> &'a Package {
    metadata.workspace_packages().into_iter().find(|package| package.name.as_str() == name).unwrap()
}

/// What a package names itself, tests and build scripts apart.
fn direct(package: &Package) -> BTreeSet<String> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind == DependencyKind::Normal)
        .map(|dependency| dependency.name.clone())
        .collect()
}

/// All packages that a build of `name` contains.
fn reached_from(metadata: &Metadata, name: &str) -> BTreeSet<String> {
    let nodes: BTreeMap<_, _> =
        metadata.resolve.as_ref().unwrap().nodes.iter().map(|node| (&node.id, node)).collect();
    let mut open = vec![package(metadata, name).id.clone()];
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        for dependency in nodes.get(&id).map_or(&[][..], |node| &node.deps) {
            let normal = dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
            if normal && reached.insert(metadata[&dependency.pkg].name.to_string()) {
                open.push(dependency.pkg.clone());
            }
        }
    }
    reached
}
