//! Who makes previews and indexes, and wants the page although it does not say so.

use accolade_publishing::CRAWLERS;

/// Whether this `User-Agent` is that of somebody who shows or indexes links.
pub(super) fn is_crawler(user_agent: &str) -> bool {
    let lower = user_agent.to_ascii_lowercase();
    CRAWLERS.iter().any(|name| lower.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_shows_links_is_known_and_who_reads_badges_is_not_mistaken_for_him() {
        for crawler in [
            "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
            "Twitterbot/1.0",
            "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
            "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
            "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
            "Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)",
            "WhatsApp/2.23.20.0",
            "TelegramBot (like TwitterBot)",
            "http.rb/5.1.1 (Mastodon/4.2.1; +https://mastodon.social/)",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/1",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        ] {
            assert!(is_crawler(crawler), "{crawler}");
        }
        for other in [
            "",
            "curl/8.5.0",
            "python-requests/2.32",
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Moodle/4.5",
            "node-fetch",
            "okhttp/4.12",
            "Go-http-client/2.0",
        ] {
            assert!(!is_crawler(other), "{other}");
        }
    }
}
