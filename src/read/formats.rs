//! The input formats: one row for each.

use crate::read::format::InputFormat;
use crate::read::{
    docx, epub, factiva, feeds, html, json, jsonl, lexis, mail, markdown, mediawiki, mhtml, newsml, nitf,
    other_xml, parquet, pdf, plain, sgml, table, wire, wxr,
};

/// The formats, in the order in which they are asked whether a file is theirs.
pub const FORMATS: &[&dyn InputFormat] = &[
    &docx::Docx,
    &epub::Epub,
    &parquet::Parquet,
    &pdf::Pdf,
    &nitf::Nitf,
    &newsml::NewsMl,
    &wxr::Wxr,
    &feeds::Feed,
    &mediawiki::MediaWiki,
    &sgml::Sgml,
    &other_xml::OtherXml,
    &jsonl::Jsonl,
    &json::Json,
    &wire::Wire,
    &mhtml::Mhtml,
    &mail::Mail,
    &lexis::Lexis,
    &factiva::Factiva,
    &markdown::Markdown,
    &table::Table,
    &html::Html,
    &plain::Plain,
];

/// The format with this name.
pub fn format_named(name: &str) -> Option<&'static dyn InputFormat> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

#[cfg(test)]
mod tests {
    use crate::read::format::{Options, RawDocument};
    use crate::read::{DateOrder, format_named};

    /// What a document says of its date: what is stored, or the doubt.
    fn dated(format: &str, text: &str, order: Option<DateOrder>) -> String {
        let format = format_named(format).expect("is a format");
        let document = RawDocument {
            source: "a".into(),
            line: Some(1),
            bytes: text.into(),
            format,
            address: None,
            doubts: Vec::new(),
        };
        let reading = document
            .article(&Options { date_order: order, ..Options::default() })
            .unwrap_or_else(|reason| panic!("{}: {reason:?}", format.name()));
        reading.article.published_at.unwrap_or_else(|| reading.doubts.join("; "))
    }

    /// A date whose day could be its month is said to be one, and is read in the order that is given, wherever it stands.
    #[test]
    fn every_format_reads_dates_in_the_order_that_is_given() {
        let prose = "The bridge over the Tidewell will be closed for a year, the mayor of Port Merrow said. "
            .repeat(4);
        let page = |date: &str| {
            format!(
                "<html><head>{date}<title>Bridge to close</title></head><body><h1>Bridge to close</h1><article><p>{prose}</p><p>{prose}</p></article></body></html>"
            )
        };
        for (format, text) in [
            ("feed", "<rss><channel><item><title>T</title><pubDate>3/4/2016</pubDate></item></channel></rss>".to_owned()),
            ("wxr", "<rss><channel><item><title>T</title><content:encoded>Text</content:encoded><pubDate>3/4/2016</pubDate><wp:post_date>3/4/2016</wp:post_date></item></channel></rss>".to_owned()),
            ("nitf", "<nitf><head><docdata><date.issue norm='3/4/2016'/></docdata></head><body><body.content><p>Text</p></body.content></body></nitf>".to_owned()),
            ("newsml", "<newsItem><contentMeta><contentCreated>3/4/2016</contentCreated></contentMeta><inlineXML><p>Text</p></inlineXML></newsItem>".to_owned()),
            ("sgml", "<DOC><DOCNO>a</DOCNO><DATE>3/4/2016</DATE><TEXT>Text</TEXT></DOC>".to_owned()),
            ("sgml", "<DOC><DOCNO>a</DOCNO><DATE>3/4/2016 early edition</DATE><TEXT>Text</TEXT></DOC>".to_owned()),
            ("lexisnexis", "1 of 1 DOCUMENTS\n\nTidewell Post\n\n3/4/2016\n\nLENGTH: 2 words\n\nBODY:\nSome text\n".to_owned()),
            ("factiva", "Bridge to close\n\n2 words\n3/4/2016\nTidewell Post\n\nSome text\n\nDocument TIDE000020160403ea560001x\n".to_owned()),
            ("html", page("<meta name=pubdate content='3/4/2016'>")),
            ("html", page("<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"datePublished\": \"3/4/2016\"}</script>")),
            ("html", page("").replace("</h1>", "</h1><time datetime='3/4/2016'>x</time>")),
            ("html", page("").replace("</h1>", "</h1><div>3/4/2016</div>")),
            ("plain", "Bridge to close\n3/4/2016\n\nText".to_owned()),
        ] {
            assert_eq!(dated(format, &text, Some(DateOrder::MonthFirst)), "2016-03-04", "{text}");
            assert_eq!(dated(format, &text, Some(DateOrder::DayFirst)), "2016-04-03", "{text}");
            assert!(dated(format, &text, None).contains("--date-order mdy or dmy says which"), "{text}");
        }
        for (format, text) in [
            ("mail", "From: ana@example.org\nSubject: T\nDate: 3/4/2016\n\nText\n"),
            (
                "mediawiki",
                "<mediawiki><page><title>T</title><revision><timestamp>2020-01-01T00:00:00Z</timestamp><text>{{date|3/4/2016}} Text</text></revision></page></mediawiki>",
            ),
        ] {
            assert_eq!(dated(format, text, Some(DateOrder::DayFirst)), "2016-04-03", "{text}");
        }
    }

    #[test]
    fn a_date_of_a_page_that_can_be_read_comes_before_one_that_cannot() {
        let prose = "The bridge over the Tidewell will be closed for a year, the mayor of Port Merrow said. "
            .repeat(4);
        let page = format!(
            "<meta name=pubdate content='3/4/2016'><link rel=canonical href='https://tidewell.example/2016/04/03/bridge'><h1>Bridge to close</h1><article><p>{prose}</p><p>{prose}</p></article>"
        );
        assert_eq!(dated("html", &page, None), "2016-04-03");
        assert_eq!(dated("html", &page, Some(DateOrder::MonthFirst)), "2016-03-04");
    }
}
