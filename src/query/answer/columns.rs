//! What the table that drives a search for quotes calls its columns, so that its index alone tells which quotes fit.

/// The columns of the driving table, so that its index alone tells which quotes fit, and in which order.
pub(super) struct Columns {
    /// The id of a quote, and if copies print its statement more than once, which statement it is.
    pub(super) id: &'static str,
    /// Joins that.
    pub(super) reprint: &'static str,
    pub(super) newest_first: &'static str,
    pub(super) oldest_first: &'static str,
    /// The day.
    pub(super) day: &'static str,
    /// Conditions on the date.
    pub(super) known: &'static str,
    pub(super) since: &'static str,
    pub(super) before: &'static str,
    /// Conditions on whether a quote is vouched for, and on who speaks.
    pub(super) vouched: &'static str,
    pub(super) doubtful: &'static str,
    pub(super) speaker: &'static str,
    pub(super) speakers: &'static str,
    /// Conditions on the outlet: its articles, where they are few, or that of each article.
    pub(super) outlet_of_few: &'static str,
    pub(super) outlet_of_each: &'static str,
}

/// Of which outlet an article is, by its id.
macro_rules! of_outlet {
    ($article:literal) => {
        concat!(
            "(SELECT publisher FROM articles INDEXED BY articles_dated WHERE articles.id = ",
            $article,
            ") IN (SELECT value FROM json_each(:publishers))"
        )
    };
}

/// Whether it is one of the articles of outlets.
macro_rules! of_articles {
    ($article:literal) => {
        concat!(
            $article,
            " IN (SELECT id FROM articles WHERE publisher IN (SELECT value FROM json_each(:publishers)))"
        )
    };
}

pub(super) const OF_QUOTES: Columns = Columns {
    id: "SELECT quotes.id, reprint.statement_id",
    reprint: "\nLEFT JOIN reprints AS reprint ON reprint.quote_id = quotes.id",
    newest_first: "ORDER BY quotes.published_at DESC, quotes.id DESC",
    oldest_first: "ORDER BY quotes.published_at, quotes.id",
    day: "SELECT substr(quotes.published_at, 1, 10)",
    known: "quotes.published_at IS NOT NULL",
    since: "quotes.published_at >= :first",
    before: "quotes.published_at < :after",
    vouched: "quotes.vouched = 1",
    doubtful: "quotes.vouched = 0",
    speaker: "quotes.speaker_id = :speaker_id",
    speakers: "quotes.speaker_id IN (SELECT value FROM json_each(:speakers))",
    outlet_of_few: of_articles!("quotes.article_id"),
    outlet_of_each: of_outlet!("quotes.article_id"),
};

/// Of quotes about one entity, or of the list of quotes about any of several.
pub(super) const OF_SUBJECT: Columns = Columns {
    id: "SELECT subject.quote_id, reprint.statement_id",
    reprint: "\nLEFT JOIN reprints AS reprint ON reprint.quote_id = subject.quote_id",
    newest_first: "ORDER BY subject.published_at DESC, subject.quote_id DESC",
    oldest_first: "ORDER BY subject.published_at, subject.quote_id",
    day: "SELECT substr(subject.published_at, 1, 10)",
    known: "subject.published_at IS NOT NULL",
    since: "subject.published_at >= :first",
    before: "subject.published_at < :after",
    vouched: "subject.is_vouched = 1",
    doubtful: "subject.is_vouched = 0",
    speaker: "subject.said_by = :speaker_id",
    speakers: "subject.said_by IN (SELECT value FROM json_each(:speakers))",
    outlet_of_few: of_articles!("subject.said_in"),
    outlet_of_each: of_outlet!("subject.said_in"),
};
