//! The headline of an article, from all that a page calls it.

/// What a page calls its article.
pub(super) struct Candidates<'a> {
    /// The headline in JSON-LD.
    pub(super) headline: Option<&'a str>,
    /// What JSON-LD calls it besides.
    pub(super) alternative: Option<&'a str>,
    /// Titles for sharing and for search engines, the surest first.
    pub(super) shared: &'a [String],
    /// What stands in the browser's bar.
    pub(super) page_title: Option<&'a str>,
    /// The headlines of the highest rank on the page.
    pub(super) headings: &'a [String],
    /// Who publishes the page, and what the site calls itself, by JSON-LD and `meta`.
    pub(super) sites: &'a [Option<String>],
    pub(super) url: Option<&'a str>,
}

/// Which of the candidates a headline was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// That of JSON-LD.
    Headline,
    /// The first that is meant to be shared.
    Shared,
    /// What stands in the browser's bar.
    Bar,
    /// A headline on the page, by its number.
    Heading(usize),
}

/// What parts a headline from the name of the site.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " · ", " • ", " » ", " :: ", " / ", " ‹ ", " « ", " : ", " ‐ ", " ▷ ", " ⋆ ",
];

/// The headline: that of JSON-LD; else that of the page's other data. Where the data have its beginning only, it is taken as
/// printed; and where the one of JSON-LD is nowhere printed (it is made for search engines), what is printed and what JSON-LD calls
/// it besides.
pub(super) fn title(page: &Candidates<'_>) -> Option<(String, Origin)> {
    let shared: Vec<String> = page.shared.iter().map(|title| page.without_site(title)).collect();
    let in_bar = page.page_title.map(|title| page.without_site(title));
    let is_nameless = page.sites.iter().all(Option::is_none);
    let in_bar = in_bar.map(|title| if is_nameless { without_last(&title).to_owned() } else { title });
    let printed = |title: &str| {
        let title = folded(title.trim_end_matches(['…', '.', ' ']));
        let begins_so = |heading: &String| {
            let heading = folded(heading);
            heading.len() > title.len() && title.len() > 30 && heading.starts_with(&title)
        };
        page.headings.iter().position(begins_so)
    };
    let heading = |at: usize| Some((page.headings.get(at)?.clone(), Origin::Heading(at)));
    if let Some(headline) = page.headline {
        let headline = page.without_names(headline);
        // What is meant to be shared is as often made for that as the headline is for search engines.
        let given = || page.alternative.into_iter();
        let is_printed = page.headings.iter().any(|heading| folded(heading) == folded(headline));
        let under_another_name = || {
            let is_given = |heading: &String| given().any(|title| folded(title) == folded(heading));
            page.headings.iter().position(is_given).or_else(|| given().find_map(&printed))
        };
        let at = printed(headline).or_else(|| if is_printed { None } else { under_another_name() });
        return at.map_or_else(|| Some((headline.to_owned(), Origin::Headline)), heading);
    }
    // A headline on the page that begins what the page calls itself elsewhere.
    let known = |heading: &String| {
        let heading = folded(heading);
        let begins = |title: &str| folded(title).starts_with(&heading);
        let title = shared.first().map(String::as_str).or(page.page_title);
        heading.len() > 8 && title.is_some_and(begins)
    };
    let known = page.headings.iter().position(known).and_then(heading);
    // One word is the name of a section, or of the site.
    let words = |text: &str| text.split_whitespace().count();
    let only = (page.headings.len() == 1).then(|| heading(0)).flatten();
    let only =
        only.filter(|(only, _)| words(only) > 1 || in_bar.as_ref().is_none_or(|title| words(title) < 2));
    let is_headline = |(title, _): &(String, Origin)| words(title) > 2;
    let in_bar = in_bar.map(|title| (title, Origin::Bar));
    known
        .or_else(|| shared.first().map(|title| (title.clone(), Origin::Shared)))
        .or_else(|| in_bar.clone().filter(is_headline))
        .or(only)
        .or(in_bar)
        .or_else(|| heading(0))
        .map(|(title, origin)| (page.without_names(&title).to_owned(), origin))
        .filter(|(title, _)| !title.is_empty())
}

/// A title in the browser's bar of a site that nowhere says what it is called, without what stands behind the last mark
/// if that is short beside the rest.
fn without_last(title: &str) -> &str {
    let last = SEPARATORS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len()))).max();
    let Some((at, length)) = last else { return title };
    let words = |text: &str| text.split_whitespace().count();
    let is_site = words(&title[at + length..]) <= 3 && words(&title[..at]) >= 4;
    if is_site { title[..at].trim() } else { title }
}

impl Candidates<'_> {
    /// A title without the name of the site before or behind it.
    fn without_site(&self, title: &str) -> String {
        let mut title = title.trim();
        // At most a section and a site.
        for _ in 0..2 {
            let last =
                SEPARATORS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len()))).max();
            let Some((at, length)) = last else { break };
            if !self.is_site(&title[at + length..]) {
                break;
            }
            title = title[..at].trim();
        }
        let first = SEPARATORS.iter().filter_map(|mark| title.find(mark).map(|at| (at, mark.len()))).min();
        if let Some((at, length)) = first
            && self.is_site(&title[..at])
        {
            title = title[at + length..].trim();
        }
        title.to_owned()
    }

    /// A headline without the very name of the site before or behind it: `Post: Headline`, `Headline | Post`.
    fn without_names<'t>(&self, title: &'t str) -> &'t str {
        let is_name = |part: &str| {
            let part = folded(part);
            !part.is_empty() && self.names().any(|name| folded(name) == part)
        };
        let first = SEPARATORS
            .iter()
            .chain(&[": "])
            .filter_map(|mark| title.find(mark).map(|at| (at, mark.len())))
            .min();
        if let Some((at, length)) = first
            && is_name(&title[..at])
        {
            return title[at + length..].trim();
        }
        let last = SEPARATORS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len()))).max();
        match last {
            Some((at, length)) if is_name(&title[at + length..]) => title[..at].trim(),
            _ => title,
        }
    }

    /// The names of the site; a motto behind one is none: `Tidewell Post - News from the river`.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.sites.iter().flatten().flat_map(|name| {
            let first = SEPARATORS.iter().filter_map(|mark| name.find(mark)).min();
            [Some(name.as_str()), first.map(|at| &name[..at])].into_iter().flatten()
        })
    }

    /// Whether a part of a title is the name of the site, or a part of its address.
    fn is_site(&self, part: &str) -> bool {
        let part = folded(part);
        let is_name = |name: &str| {
            let name = folded(name);
            !name.is_empty()
                && (name == part
                    || part.len() > 3
                        && (name.contains(&part) || part.contains(&name) && part.len() < name.len() + 12))
        };
        let host = self.url.and_then(|url| url.split('/').nth(2)).map(folded).unwrap_or_default();
        self.names().any(is_name) || part.len() > 2 && host.contains(&part)
    }
}

/// A text by its letters and digits alone, in lower case.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|mark| mark.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::Candidates;

    const NONE: Candidates<'static> = Candidates {
        headline: None,
        alternative: None,
        shared: &[],
        page_title: None,
        headings: &[],
        sites: &[],
        url: None,
    };

    fn title(page: &Candidates<'_>) -> Option<String> {
        super::title(page).map(|(title, _)| title)
    }

    #[test]
    fn data_come_before_what_is_printed() {
        let (headings, shared) = (["Bridge to close".to_owned()], ["Bridge closes in May".to_owned()]);
        let page = Candidates { headings: &headings, page_title: Some("Ferry news"), ..NONE };
        assert_eq!(title(&page).as_deref(), Some("Bridge to close"));
        let section = ["News".to_owned()];
        let page = Candidates { headings: &section, ..page };
        assert_eq!(title(&page).as_deref(), Some("Ferry news"));
        let page = Candidates { headings: &headings, shared: &shared, ..page };
        assert_eq!(title(&page).as_deref(), Some("Bridge closes in May"));
        let page = Candidates { headline: Some("Mayor to close the bridge"), ..page };
        assert_eq!(title(&page).as_deref(), Some("Mayor to close the bridge"));
    }

    #[test]
    fn a_headline_made_for_search_engines_gives_way_to_the_one_that_is_printed() {
        let headings =
            ["The ferry is back on the river after four long years, and nobody saw it coming".to_owned()];
        let made = Candidates { headline: Some("Ferry news: ferry back"), headings: &headings, ..NONE };
        assert_eq!(
            title(&made).as_deref(),
            Some("Ferry news: ferry back"),
            "nothing says that the two are one"
        );
        let shared = [headings[0].clone()];
        assert_eq!(
            title(&Candidates { shared: &shared, ..made }).as_deref(),
            Some("Ferry news: ferry back"),
            "what is meant to be shared may be made for that"
        );
        let alternative = Some("The ferry is back on the river after four long years, …");
        assert_eq!(title(&Candidates { alternative, ..made }).as_ref(), headings.first());
        let printed = ["Ferry news: ferry back".to_owned(), headings[0].clone()];
        let both = Candidates { headings: &printed, alternative, ..made };
        assert_eq!(title(&both).as_deref(), Some("Ferry news: ferry back"));
    }

    #[test]
    fn data_may_hold_the_name_of_the_site_too() {
        let sites = [Some("Tidewell Post".to_owned())];
        for (headline, expected) in [
            ("Tidewell Post | Bridge to close", "Bridge to close"),
            ("Bridge to close | Tidewell Post", "Bridge to close"),
            ("Bridge - and tunnel - to close", "Bridge - and tunnel - to close"),
        ] {
            let page = Candidates { headline: Some(headline), sites: &sites, ..NONE };
            assert_eq!(title(&page).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_headline_that_was_cut_is_taken_as_printed() {
        let headings = ["Mayor of Port Merrow says the old bridge will be closed for a year".to_owned()];
        let headline = Some("Mayor of Port Merrow says the old bridge will be…");
        assert_eq!(title(&Candidates { headline, headings: &headings, ..NONE }).as_ref(), headings.first());
    }

    #[test]
    fn the_name_of_the_site_is_no_part_of_the_headline() {
        for (page_title, site, url, expected) in [
            ("Bridge to close | The Tidewell Post", Some("Tidewell Post"), None, "Bridge to close"),
            ("Tidewell Post - Bridge to close", Some("Tidewell Post"), None, "Bridge to close"),
            (
                "Bridge to close | Local | Tidewell Post",
                Some("Tidewell Post"),
                None,
                "Bridge to close | Local",
            ),
            (
                "Bridge to close - tidewellpost.example",
                None,
                Some("https://tidewellpost.example/1"),
                "Bridge to close",
            ),
            ("Old bridge is to close – Post", None, None, "Old bridge is to close"),
            ("Tidewell Post | Local | Bridge", Some("Tidewell Post"), None, "Local | Bridge"),
            ("Tidewell Post: Bridge to close", Some("Tidewell Post"), None, "Bridge to close"),
            (
                "Tidewell Post | Bridge to close",
                Some("Tidewell Post - All the news"),
                None,
                "Bridge to close",
            ),
            ("Mayor: Bridge to close", Some("Tidewell Post"), None, "Mayor: Bridge to close"),
            (
                "Bridge – and tunnel – to close for a year and longer than that",
                None,
                None,
                "Bridge – and tunnel – to close for a year and longer than that",
            ),
        ] {
            let sites = [site.map(str::to_owned)];
            let page = Candidates { page_title: Some(page_title), sites: &sites, url, ..NONE };
            assert_eq!(title(&page).as_deref(), Some(expected));
        }
    }
}
