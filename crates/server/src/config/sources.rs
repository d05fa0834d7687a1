//! Where settings come from: a TOML file and the environment, each value with its place for the error text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::settings::{SETTINGS, find, suggestion};

/// A value as it was given, and where.
pub(super) struct Given {
    pub(super) value: String,
    pub(super) place: String,
}

type Values = BTreeMap<&'static str, Given>;

/// Variables with our prefix that are no settings: the file's name, and two that only tests and benches read.
const NOT_SETTINGS: &[&str] = &["ACCOLADE_CONFIG", "ACCOLADE_VECTORS", "ACCOLADE_BENCH_SUMMARY"];

/// Reads `file`; without one, `accolade.toml` of this folder, which may be absent.
pub(super) fn from_file(file: Option<&Path>, faults: &mut Vec<String>) -> Values {
    let path = file.unwrap_or(Path::new("accolade.toml"));
    match std::fs::read_to_string(path) {
        Ok(text) => from_toml(&path.display().to_string(), &text, faults),
        Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => Values::new(),
        Err(error) => {
            faults.push(format!("{}: {error}", path.display()));
            Values::new()
        }
    }
}

/// Reads the `ACCOLADE_…` variables.
pub(super) fn from_environment(
    variables: impl Iterator<Item = (OsString, OsString)>,
    faults: &mut Vec<String>,
) -> Values {
    let mut values = Values::new();
    for (name, value) in variables {
        let Some(name) = name.to_str().filter(|name| name.starts_with("ACCOLADE_")) else { continue };
        if NOT_SETTINGS.contains(&name) {
            continue;
        }
        let setting = SETTINGS.iter().find(|setting| setting.variable() == name);
        match (setting, value.into_string()) {
            (Some(setting), Ok(value)) => {
                values.insert(setting.key, Given { value, place: name.to_owned() });
            }
            (Some(_), Err(_)) => faults.push(format!("{name}: its value is not UTF-8")),
            (None, _) => {
                let known = SETTINGS.iter().map(super::Setting::variable);
                faults.push(format!("{name}: there is no such setting{}", suggestion(name, known)));
            }
        }
    }
    values
}

fn from_toml(path: &str, text: &str, faults: &mut Vec<String>) -> Values {
    let mut values = Values::new();
    match DeTable::parse(text) {
        Ok(table) => take_table(path, text, "", table.get_ref(), &mut values, faults),
        Err(error) => {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            faults.push(format!("{path}, line {line}: {}", error.message()));
        }
    }
    values
}

fn take_table(
    path: &str,
    text: &str,
    prefix: &str,
    table: &DeTable<'_>,
    values: &mut Values,
    faults: &mut Vec<String>,
) {
    for (name, value) in table {
        let key = format!("{prefix}{}", name.get_ref());
        let place = format!("{path}, line {}: {key}", line_of(text, name.span().start));
        match (find(&key), scalar(value)) {
            (Some(setting), Some(scalar)) => {
                values.insert(setting.key, Given { value: scalar.into_owned(), place });
            }
            (Some(_), None) => faults.push(format!("{place}: this takes one value, not a list or a table")),
            (None, _) => match value.get_ref() {
                DeValue::Table(inner) if is_table(&key) => {
                    take_table(path, text, &format!("{key}."), inner, values, faults);
                }
                _ => {
                    let known = SETTINGS.iter().map(|setting| setting.key.to_owned());
                    faults.push(format!("{place}: there is no such setting{}", suggestion(&key, known)));
                }
            },
        }
    }
}

fn is_table(key: &str) -> bool {
    SETTINGS.iter().any(|setting| setting.key.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')))
}

fn scalar<'a>(value: &'a Spanned<DeValue<'_>>) -> Option<Cow<'a, str>> {
    match value.get_ref() {
        DeValue::String(text) => Some(Cow::Borrowed(text.as_ref())),
        DeValue::Integer(number) => Some(Cow::Owned(number.to_string())),
        DeValue::Boolean(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
        _ => None,
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Values, Vec<String>) {
        let mut faults = Vec::new();
        let values = from_toml("accolade.toml", text, &mut faults);
        (values, faults)
    }

    #[test]
    fn tables_and_plain_values_of_a_file_are_read() {
        let (values, faults) =
            read("listen = \"[::]:80\"\n[verify]\nallow_loopback_http = true\nrate_per_minute = 7\n");
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(values["listen"].value, "[::]:80");
        assert_eq!(values["verify.allow_loopback_http"].value, "true");
        assert_eq!(values["verify.rate_per_minute"].value, "7");
    }

    #[test]
    fn an_unknown_setting_of_a_file_is_named_with_its_line_and_the_nearest_one() {
        let (_, faults) = read("listen = \"[::]:80\"\n\npublik_url = \"x\"\n[log]\nformta = \"json\"\n");
        assert_eq!(
            faults,
            [
                "accolade.toml, line 5: log.formta: there is no such setting, did you mean \"log.format\"?",
                "accolade.toml, line 3: publik_url: there is no such setting, did you mean \"public_url\"?",
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_toml_is_told_with_its_line() {
        let (_, faults) = read("listen = \"a\"\npublic_url = \n");
        assert!(faults[0].starts_with("accolade.toml, line 2: "), "{faults:?}");
    }

    #[test]
    fn a_misspelt_variable_is_named_and_those_of_others_are_left_alone() {
        let mut faults = Vec::new();
        let variables = [
            ("ACCOLADE_LISTN", "x"),
            ("PATH", "y"),
            ("ACCOLADE_VECTORS", "z"),
            ("ACCOLADE_LOG__FORMAT", "json"),
        ]
        .map(|(name, value)| (OsString::from(name), OsString::from(value)));
        let values = from_environment(variables.into_iter(), &mut faults);
        assert_eq!(faults, ["ACCOLADE_LISTN: there is no such setting, did you mean \"ACCOLADE_LISTEN\"?"]);
        assert_eq!(values["log.format"].value, "json");
    }
}
