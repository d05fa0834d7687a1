//! Ready configurations of web servers that serve an archive at the paths of the server it comes from.

use std::path::Path;

use super::folder::Folder;
use super::{ArchiveError, SITE, path_of};
use crate::{CRAWLERS, Language};

/// What is asked for by an id of ours.
const ID: &str = "[0-9a-f-]{36}";
/// The media types of the JSON documents, and the paths (after the id) they stand at.
const TYPES: [(&str, &str); 4] = [
    ("application/vc", "(?:credentials|status)/ID"),
    (
        "application/ld+json",
        "(?:(?:achievements|assertions|issuers)/ID|issuers/ID/(?:v2|revocations)|keys/ID/v2)",
    ),
    ("application/ld+json", "(?:assertions|badges)/ID/image"),
    ("application/jwk+json", "keys/ID"),
];
/// Forms that may be asked for by an ending.
const FORMS: &str = "json|jwt|jws|png|svg|pdf|html";
/// What a page may load; of this and the following, a test compares with what the server sends.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What the card in others' pages may load.
const EMBED_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors *";
/// A picture that a stranger may have drawn.
const PICTURE_POLICY: &str = "default-src 'none'; img-src data:; frame-ancestors 'none'; sandbox";
/// A certificate, which browsers show by a plugin of their own.
const PDF_POLICY: &str = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Everything else.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Writes the configurations.
pub(super) fn write(folder: &Folder, public_url: &str, at: &Path) -> Result<(), ArchiveError> {
    let at = std::path::absolute(at).map_err(|error| ArchiveError::file(at, error))?;
    let root = at.join(SITE).display().to_string();
    let prefix = path_of(public_url);
    folder.put("nginx.conf", nginx(public_url, prefix, &root).as_bytes())?;
    folder.put("Caddyfile", caddy(public_url, prefix, &root).as_bytes())?;
    folder.put(&format!("{SITE}/_redirects"), redirects(prefix).as_bytes())?;
    folder.put(&format!("{SITE}/_headers"), headers(prefix).as_bytes())?;
    folder.put("README.txt", README.replace("{public_url}", public_url).as_bytes())
}

fn with_policies(text: &str) -> String {
    let policies = [
        ("{page_policy}", PAGE_POLICY),
        ("{embed_policy}", EMBED_POLICY),
        ("{picture_policy}", PICTURE_POLICY),
        ("{pdf_policy}", PDF_POLICY),
        ("{data_policy}", DATA_POLICY),
    ];
    policies.into_iter().fold(text.to_owned(), |text, (name, policy)| text.replace(name, policy))
}

/// The host of a URL, with its port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

/// The languages that have files of their own name.
fn languages() -> impl Iterator<Item = &'static str> {
    Language::ALL.into_iter().filter(|language| *language != super::shelf::USUAL).map(Language::tag)
}

fn quoted(prefix: &str) -> String {
    prefix.replace('.', "\\.")
}

const NGINX_HEAD: &str = r#"# Serves the archive of {public_url} with nginx. Made by `accolade archive`.
# Include it inside `http { … }`, for instance as /etc/nginx/conf.d/badges.conf, and add your certificate for https.

map $http_user_agent $accolade_crawler {
    default 0;
    "~*({crawlers})" 1;
}

# What a client gets at a path without an ending.
map "$accolade_crawler $http_accept" $accolade_kind {
    default                                   json;
    "~^. application/(ld\+json|vc|json)(,|;|$)" json;
    "~*text/html"                             html;
    "~^1 (\*/\*)?$"                           html;
    "~application/(vc\+)?jwt"                 jwt;
    "~image/png"                              png;
    "~image/svg\+xml"                         svg;
    "~application/pdf"                        pdf;
}

map "$arg_lang,$http_accept_language" $accolade_language {
    default "";
{languages}}

map $accolade_kind $accolade_kind_gone   { default ".gone.json"; html "$accolade_language.gone.html"; }
map $form          $accolade_form_gone   { default ".gone.json"; html "$accolade_language.gone.html"; }
# Of what is private, the page says so itself.
map $accolade_kind $accolade_kind_locked { default ".locked.json"; html ".none"; }
map $form          $accolade_form_locked { default ".locked.json"; html ".none"; }
map $accolade_kind $accolade_badge_shelf { default badges; html achievements; }

map "$sent_http_content_type $uri" $accolade_policy {
    default "{data_policy}";
    "~^text/html.* {prefix_pattern}/embed/" "{embed_policy}";
    "~^text/html" "{page_policy}";
    "~^image/" "{picture_policy}";
    "~^application/pdf" "{pdf_policy}";
}

server {
    listen 80;
    server_name {host};
    root "{root}";

    charset utf-8;
    charset_types text/css;
    gzip on;
    gzip_types application/vc application/ld+json application/json application/did+ld+json application/jwk-set+json image/svg+xml text/css;
    add_header Access-Control-Allow-Origin "*" always;
    add_header Access-Control-Expose-Headers "ETag, Link" always;
    add_header Cross-Origin-Resource-Policy "cross-origin" always;
    add_header Cache-Control "public, max-age=60" always;
    add_header Vary "Accept, Accept-Language, User-Agent" always;
    add_header X-Content-Type-Options "nosniff" always;
    add_header Referrer-Policy "no-referrer" always;
    add_header Content-Security-Policy $accolade_policy always;
    types {
        text/html html;
        text/css css;
        image/png png;
        image/svg+xml svg;
    }
    default_type application/octet-stream;

    # What is gone, and what is private.
    location ~ "\.gone\.json$"                                    { internal; types { application/ld+json json; } }
    location ~ "^(?<closed>.*/{id})(\.[a-z][a-z])?\.gone\.html$" {
        internal;
        types { application/ld+json json; text/html html; }
        try_files $uri $closed.gone.html $closed.gone.json =410;
    }
    location ~ "\.locked\.json$"                                  { internal; types { application/problem+json json; } }
"#;

/// `{pattern}` matches a thing without any ending. An `if` here may only return: nginx forgets `try_files` in any other.
const NGINX_THING: &str = r#"
    location ~ "^(?<thing>{pattern})$" {
        types { {types} }
        if (-f $document_root$thing.gone.json)            { return 410; }
        if (-f $document_root$thing$accolade_kind_locked) { return 403; }
        error_page 410 $thing$accolade_kind_gone;
        error_page 403 $thing.locked.json;
        try_files $thing$accolade_language.$accolade_kind $thing.$accolade_kind $thing.json $thing.png $thing.svg =404;
    }
    location ~ "^(?<thing>{pattern})\.(?<form>{forms})$" {
        types { {types} }
        if (-f $document_root$thing.gone.json)            { return 410; }
        if (-f $document_root$thing$accolade_form_locked) { return 403; }
        error_page 410 $thing$accolade_form_gone;
        error_page 403 $thing.locked.json;
        try_files $thing$accolade_language.$form $thing.$form =404;
    }
"#;

/// The media types of a thing's files.
const NGINX_TYPES: &str = "{type} json; application/vc+jwt jwt; application/jose jws; image/png png; image/svg+xml svg; application/pdf pdf; text/html html;";

const NGINX_TAIL: &str = r#"
    # The page of an achievement is the page of its 2.0 BadgeClass.
    location ~ "^{prefix_pattern}/public/badges/(?<badge>{id})$" {
        types { application/ld+json json; text/html html; }
        try_files {prefix}/public/$accolade_badge_shelf/$badge$accolade_language.$accolade_kind {prefix}/public/$accolade_badge_shelf/$badge.$accolade_kind {prefix}/public/badges/$badge.json =404;
    }
    location ~ "^{prefix_pattern}/public/badges/(?<badge>{id})\.json$" {
        types { application/ld+json json; }
    }
    location ~ "^{prefix_pattern}/public/badges/(?<badge>{id})\.html$" {
        try_files {prefix}/public/achievements/$badge$accolade_language.html {prefix}/public/achievements/$badge.html =404;
    }
    location ~ "^(?<thing>{prefix_pattern}/embed/{id})$" {
        if (-f $document_root$thing.gone.html) { return 410; }
        error_page 410 $thing$accolade_language.gone.html;
        try_files $thing$accolade_language.html $thing.html =404;
    }
    location ~ "^{prefix_pattern}/public/issuers/{id}/did\.json$"  { types { application/did+ld+json json; } }
    location ~ "^{prefix_pattern}/public/issuers/{id}/jwks\.json$" { types { application/jwk-set+json json; } }
    location ^~ {prefix}/assets/ {
        add_header Access-Control-Allow-Origin "*" always;
        add_header Cache-Control "public, max-age=31536000, immutable";
        add_header X-Content-Type-Options "nosniff" always;
    }
    location ~ "/_(headers|redirects)$" { return 404; }
}
"#;

fn nginx(public_url: &str, prefix: &str, root: &str) -> String {
    let pattern = quoted(prefix);
    let languages: String = languages().map(|tag| format!("    \"~*^,?{tag}\" \".{tag}\";\n")).collect();
    let mut text = with_policies(NGINX_HEAD)
        .replace("{languages}", &languages)
        .replace("{crawlers}", &CRAWLERS.join("|"));
    for (media_type, path) in TYPES {
        let thing = format!("{pattern}/public/{}", path.replace("ID", ID));
        text.push_str(
            &NGINX_THING
                .replace("{pattern}", &thing)
                .replace("{types}", NGINX_TYPES)
                .replace("{type}", media_type)
                .replace("{forms}", FORMS),
        );
    }
    text.push_str(&NGINX_TAIL.replace("{id}", ID));
    text.replace("{public_url}", public_url)
        .replace("{prefix_pattern}", &pattern)
        .replace("{prefix}", prefix)
        .replace("{host}", host(public_url).split(':').next().unwrap_or_default())
        .replace("{root}", &root.replace('\\', "\\\\").replace('"', "\\\""))
}

const CADDY: &str = r#"# Serves the archive of {public_url} with Caddy. Made by `accolade archive`. Run: caddy run --config Caddyfile

(accolade_file) {
	@type_vc path_regexp /public/(credentials|status)/[^/]+\.json$
	header @type_vc Content-Type application/vc
	@type_ld path_regexp /public/(achievements|assertions|badges)/[^/]+\.json$|/public/issuers/[^/]+\.json$|/(v2|revocations)\.json$
	header @type_ld Content-Type application/ld+json
	@type_jwk path_regexp /public/keys/[^/]+\.json$
	header @type_jwk Content-Type application/jwk+json
	@type_did path */did.json
	header @type_did Content-Type application/did+ld+json
	@type_jwks path */jwks.json
	header @type_jwks Content-Type application/jwk-set+json
	@type_jwt path *.jwt
	header @type_jwt Content-Type application/vc+jwt
	@type_jws path *.jws
	header @type_jws Content-Type application/jose
	@type_locked path *.locked.json
	header @type_locked Content-Type application/problem+json
	@type_gone path *.gone.json
	header @type_gone Content-Type application/ld+json
	header Content-Security-Policy "{data_policy}"
	@type_picture path *.svg *.png
	header @type_picture Content-Security-Policy "{picture_policy}"
	@type_pdf path *.pdf
	header @type_pdf Content-Security-Policy "{pdf_policy}"
	@type_card path_regexp ^{prefix_pattern}/embed/.*html$
	header @type_card Content-Security-Policy "{embed_policy}"
	@type_page path_regexp ^{prefix_pattern}/public/.*html$
	header @type_page Content-Security-Policy "{page_policy}"
}

{site} {
	root * "{root}"
	encode gzip

	# What a client gets at a path without an ending.
	map {header.User-Agent} {accolade_crawler} {
		"~(?i)({crawlers})" 1
		default 0
	}
	map "{accolade_crawler} {header.Accept}" {accolade_kind} {
		"~^. application/(ld\+json|vc|json)(,|;|$)" json
		~text/html html
		"~^1 (\*/\*)?$" html
		~application/(vc\+)?jwt jwt
		~image/png png
		~image/svg\+xml svg
		~application/pdf pdf
		default json
	}
	map "{query.lang},{header.Accept-Language}" {accolade_language} {
{languages}		default ""
	}

	route {
		header Access-Control-Allow-Origin *
		header Access-Control-Expose-Headers "ETag, Link"
		header Cross-Origin-Resource-Policy cross-origin
		header Cache-Control "public, max-age=60"
		header Vary "Accept, Accept-Language, User-Agent"
		header X-Content-Type-Options nosniff
		header Referrer-Policy no-referrer

		@hidden path *.gone.json *.gone.html *.locked.json */_headers */_redirects
		respond @hidden 404

		@thing path_regexp thing ^({prefix_pattern}/(?:public/[a-z]+/{id}(?:/(?:v2|image|revocations))?|embed/{id}))(?:\.({forms}))?$
		route @thing {
			vars want {accolade_kind}
			@formed expression {re.thing.2} != ""
			vars @formed want {re.thing.2}
			@card path_regexp ^{prefix_pattern}/embed/
			vars @card want html

			@locked file {re.thing.1}.locked.json
			route @locked {
				@data expression {vars.want} != "html"
				rewrite @data {re.thing.1}.locked.json
				import accolade_file
				file_server @data {
					status 403
				}
			}
			@gone file {re.thing.1}.gone.json {re.thing.1}.gone.html
			route @gone {
				@told file {re.thing.1}{accolade_language}.gone.{vars.want} {re.thing.1}.gone.{vars.want} {re.thing.1}.gone.json
				rewrite @told {file_match.relative}
				import accolade_file
				file_server {
					status 410
				}
			}

			# The page of an achievement is the page of its 2.0 BadgeClass.
			@badge path_regexp badge ^({prefix_pattern}/public)/badges/({id})
			route @badge {
				@shown expression {vars.want} == "html"
				rewrite @shown {re.badge.1}/achievements/{re.badge.2}.html
				@achievement path_regexp thing ^(.*/achievements/{id})\.(html)$
				rewrite @achievement {path}
			}
			@exact file {re.thing.1}{accolade_language}.{vars.want} {re.thing.1}.{vars.want}
			@other {
				not expression {re.thing.2} != ""
				file {re.thing.1}.json {re.thing.1}.png {re.thing.1}.svg
			}
			route @exact {
				rewrite {file_match.relative}
				import accolade_file
				file_server
			}
			route @other {
				rewrite {file_match.relative}
				import accolade_file
				file_server
			}
			respond 404
		}
		route {
			import accolade_file
			file_server
		}
	}
}
"#;

fn caddy(public_url: &str, prefix: &str, root: &str) -> String {
    let pattern = quoted(prefix);
    let languages: String = languages().map(|tag| format!("\t\t~(?i)^,?{tag} .{tag}\n")).collect();
    // Caddy reads braces of its own in a pattern unless it is in quotes: an id is told by its letters alone.
    with_policies(CADDY)
        .replace("{languages}", &languages)
        .replace("{crawlers}", &CRAWLERS.join("|"))
        .replace("{id}", "[0-9a-f-]+")
        .replace("{forms}", FORMS)
        .replace("{public_url}", public_url)
        .replace("{site}", public_url.trim_end_matches(prefix))
        .replace("{prefix_pattern}", &pattern)
        .replace("{root}", &root.replace('"', "\\\""))
}

/// For hosts that know no conditions: programs get JSON where programs ask, people get pages where people follow links.
fn redirects(prefix: &str) -> String {
    let mut text = String::from(
        "# For static hosts (Netlify, Cloudflare Pages): a path without an ending has one answer. Made by `accolade archive`.\n",
    );
    for (path, file) in [
        ("public/credentials/:id", "public/credentials/:id.html"),
        ("public/achievements/:id", "public/achievements/:id.html"),
        ("embed/:id", "embed/:id.html"),
        ("public/assertions/:id", "public/assertions/:id.json"),
        ("public/badges/:id", "public/badges/:id.json"),
        ("public/issuers/:id", "public/issuers/:id.json"),
        ("public/issuers/:id/v2", "public/issuers/:id/v2.json"),
        ("public/issuers/:id/revocations", "public/issuers/:id/revocations.json"),
        ("public/keys/:id", "public/keys/:id.json"),
        ("public/keys/:id/v2", "public/keys/:id/v2.json"),
        ("public/status/:id", "public/status/:id.json"),
    ] {
        text.push_str(&format!("{prefix}/{path}  {prefix}/{file}  200\n"));
    }
    text
}

fn headers(prefix: &str) -> String {
    let mut text = format!(
        "# For static hosts (Netlify, Cloudflare Pages). Made by `accolade archive`.\n{prefix}/*\n  \
         Access-Control-Allow-Origin: *\n  Cross-Origin-Resource-Policy: cross-origin\n  \
         X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n"
    );
    for (path, header, value) in [
        ("public/credentials/*.html", "Content-Security-Policy", PAGE_POLICY),
        ("public/achievements/*.html", "Content-Security-Policy", PAGE_POLICY),
        ("public/issuers/*.html", "Content-Security-Policy", PAGE_POLICY),
        ("embed/*", "Content-Security-Policy", EMBED_POLICY),
        ("public/images/*", "Content-Security-Policy", PICTURE_POLICY),
        ("public/credentials/*.svg", "Content-Security-Policy", PICTURE_POLICY),
        ("public/assertions/*.svg", "Content-Security-Policy", PICTURE_POLICY),
        ("public/status/*", "Content-Type", "application/vc"),
        ("public/credentials/*.json", "Content-Type", "application/vc"),
        ("public/credentials/*.jwt", "Content-Type", "application/vc+jwt"),
        ("public/assertions/*.json", "Content-Type", "application/ld+json"),
    ] {
        text.push_str(&format!("{prefix}/{path}\n  {header}: {value}\n"));
    }
    text
}

const README: &str = "This folder is the archive of {public_url}: everything it published, as files. Made by `accolade archive`.

site/           what a web server serves; nothing in it changes any more, except when the archive is made again
manifest.json   which file answers which path, with media type, status, size and SHA-256; one line per file
nginx.conf      ready for nginx
Caddyfile       ready for Caddy
site/_redirects, site/_headers   for static hosts that read them (Netlify, Cloudflare Pages)

The badges point to {public_url}: the archive has to be served under exactly that address, so its domain must be kept. How, and what
a static server cannot do, is told in docs/operating/archive.md of Accolade.
";
