//! The table of settings: the one place that knows their names, meanings, defaults and checks.

use std::net::SocketAddr;

use accolade_issuing::ADMIN_KEY_LENGTH;

/// One setting of `accolade.toml`; `a.b` is `b` in the table `[a]`, and `ACCOLADE_A__B` in the environment.
pub(super) struct Setting {
    pub(super) key: &'static str,
    /// With `{data_dir}` in the place of the data folder.
    default: &'static str,
    pub(super) secret: bool,
    meaning: &'static str,
    pub(super) check: fn(&str) -> Result<(), String>,
}

impl Setting {
    pub(super) fn default_in(&self, data_dir: &str) -> String {
        self.default.replace("{data_dir}", data_dir)
    }

    pub(super) fn variable(&self) -> String {
        format!("ACCOLADE_{}", self.key.to_uppercase().replace('.', "__"))
    }
}

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        key: "listen",
        default: "127.0.0.1:8080",
        secret: false,
        meaning: "Address and port to serve on. Put a TLS-ending proxy before it.",
        check: socket_address,
    },
    Setting {
        key: "public_url",
        default: "http://127.0.0.1:8080",
        secret: false,
        meaning: "Where the world reaches this server. It becomes part of every badge for ever: choose it once.",
        check: public_url,
    },
    Setting {
        key: "behind_proxy",
        default: "false",
        secret: false,
        meaning: "A proxy of your own stands in front and adds the client's address to X-Forwarded-For: count a client's \
                  requests by that address. Leave it false where clients reach this server directly.",
        check: boolean,
    },
    Setting {
        key: "data_dir",
        default: "accolade-data",
        secret: false,
        meaning: "Folder for the embedded database and the master key.",
        check: not_empty,
    },
    Setting {
        key: "database_url",
        default: "sqlite:{data_dir}/accolade.db",
        secret: false,
        meaning: "sqlite:PATH for the embedded database, or postgres://USER:PASSWORD@HOST/NAME.",
        check: database_url,
    },
    Setting {
        key: "master_key_file",
        default: "{data_dir}/master.key",
        secret: false,
        meaning: "File with the key that seals all signing keys; made with mode 0600 on first start. Back it up apart \
                  from the database: without it no signing key can be opened.",
        check: not_empty,
    },
    Setting {
        key: "admin_key",
        default: "",
        secret: true,
        meaning: "An API key with every right, given from outside: 16 to 128 characters. Leave it out and use \
                  `accolade api-key create`.",
        check: admin_key,
    },
    Setting {
        key: "fonts_dir",
        default: "",
        secret: false,
        meaning: "Folder with font files (.ttf, .otf, .ttc) for scripts that the built-in fonts do not have: Chinese, Japanese, \
                  Korean and others. Badges, previews and certificates are drawn with them; the system's own fonts are never read.",
        check: folder,
    },
    Setting {
        key: "log.format",
        default: "text",
        secret: false,
        meaning: "How log lines look: text for people, json for machines.",
        check: log_format,
    },
    Setting {
        key: "log.filter",
        default: "info",
        secret: false,
        meaning: "Which log lines are written: error, warn, info, debug, trace, or per module as in info,accolade=debug.",
        check: not_empty,
    },
    Setting {
        key: "verify.allow_loopback_http",
        default: "false",
        secret: false,
        meaning: "Development only: let the verifier follow http:// links to this machine.",
        check: boolean,
    },
    Setting {
        key: "verify.rate_per_minute",
        default: "600",
        secret: false,
        meaning: "How many verifications one address may ask for in a minute.",
        check: positive_number,
    },
    Setting {
        key: "oauth.rate_per_minute",
        default: "60",
        secret: false,
        meaning: "How many access tokens one address may ask for in a minute. A token is good for an hour.",
        check: positive_number,
    },
];

pub(super) fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

/// `, did you mean "listen"?` where a known word is near, else nothing.
pub(super) fn suggestion(unknown: &str, known: impl Iterator<Item = String>) -> String {
    known
        .map(|word| (strsim::damerau_levenshtein(unknown, &word), word))
        .min()
        .filter(|(distance, word)| *distance <= 3.max(word.len() / 4))
        .map_or_else(String::new, |(_, word)| format!(", did you mean {word:?}?"))
}

/// Every setting with its meaning, default and variable, as a commented `accolade.toml`.
pub(crate) fn reference() -> String {
    let mut text = String::from(
        "# accolade.toml: every setting with its default. Each can be overridden by its variable.\n",
    );
    let mut table = "";
    for setting in SETTINGS {
        let (of, name) = setting.key.rsplit_once('.').unwrap_or(("", setting.key));
        if of != table {
            text.push_str(&format!("\n[{of}]\n"));
            table = of;
        }
        text.push_str(&format!("\n# {}\n# {}\n", wrapped(setting.meaning), setting.variable()));
        let default = setting.default_in("accolade-data");
        let bare =
            (setting.check)("true").is_ok() && setting.default == "false" || default.parse::<u32>().is_ok();
        let value = if bare { default } else { format!("{default:?}") };
        text.push_str(&format!("# {name} = {value}\n"));
    }
    text.trim_end().to_owned()
}

/// Breaks a meaning into comment lines of at most 100 characters.
fn wrapped(meaning: &str) -> String {
    let mut lines = vec![String::new()];
    for word in meaning.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + word.len() < 100 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n# ")
}

fn socket_address(value: &str) -> Result<(), String> {
    value.parse::<SocketAddr>().map(drop).map_err(|_| {
        format!("{value:?} is not an address with a port; right would be \"127.0.0.1:8080\" or \"[::]:8080\"")
    })
}

fn public_url(value: &str) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{value:?} {what}; right would be \"https://badges.example.edu\""));
    match url::Url::parse(value) {
        Err(_) => wrong("is not a URL"),
        Ok(url) if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() => {
            wrong("is not an http or https URL")
        }
        Ok(url) if url.query().is_some() || url.fragment().is_some() => wrong("has a query or a fragment"),
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            wrong("has a user name or password")
        }
        Ok(_) => Ok(()),
    }
}

fn folder(value: &str) -> Result<(), String> {
    if value.is_empty() || std::path::Path::new(value).is_dir() {
        return Ok(());
    }
    Err(format!(
        "{value:?} is not a folder that can be read; right would be \"/usr/share/fonts/truetype/wqy\""
    ))
}

fn database_url(value: &str) -> Result<(), String> {
    if ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| value.starts_with(scheme)) {
        return Ok(());
    }
    Err("this is not a database URL; right would be \"sqlite:accolade-data/accolade.db\" or \
         \"postgres://user:password@host/accolade\""
        .to_owned())
}

fn admin_key(value: &str) -> Result<(), String> {
    if ADMIN_KEY_LENGTH.contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err("an admin key needs 16 to 128 visible ASCII characters without spaces; `openssl rand -base64 32` makes a \
         good one"
        .to_owned())
}

fn log_format(value: &str) -> Result<(), String> {
    match value {
        "text" | "json" => Ok(()),
        _ => Err(format!("{value:?} is no log format; right would be \"text\" or \"json\"")),
    }
}

fn boolean(value: &str) -> Result<(), String> {
    match value {
        "true" | "false" => Ok(()),
        _ => Err(format!("{value:?} is neither true nor false")),
    }
}

fn positive_number(value: &str) -> Result<(), String> {
    match value.parse::<u32>() {
        Ok(number) if number > 0 => Ok(()),
        _ => Err(format!("{value:?} is not a whole number above zero")),
    }
}

fn not_empty(value: &str) -> Result<(), String> {
    if value.trim().is_empty() { Err("this may not be empty".to_owned()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_names_every_setting_and_its_variable() {
        let text = reference();
        for setting in SETTINGS {
            assert!(text.contains(&setting.variable()), "{} is missing", setting.key);
        }
    }

    #[test]
    fn the_example_file_is_the_reference() {
        let example = include_str!("../../../../accolade.example.toml");
        assert_eq!(
            example.trim_end(),
            reference(),
            "`accolade config --reference > accolade.example.toml` mends this"
        );
    }

    #[test]
    fn every_default_passes_its_own_check() {
        for setting in SETTINGS.iter().filter(|setting| !setting.default.is_empty()) {
            assert_eq!((setting.check)(&setting.default_in("data")), Ok(()), "{}", setting.key);
        }
    }

    #[test]
    fn an_unknown_word_is_answered_with_the_nearest_known_one() {
        let known = || SETTINGS.iter().map(|setting| setting.key.to_owned());
        assert_eq!(suggestion("public_ulr", known()), ", did you mean \"public_url\"?");
        assert_eq!(suggestion("colour_of_the_sky", known()), "");
    }
}
