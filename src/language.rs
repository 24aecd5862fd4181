//! Which language an article is in: English, which is analyzed, or another, which is not.
//!
//! Two detectors have to agree that a text is not English, since a wrong guess would cost an article. What they do not agree
//! on, or what has too few words to tell, is taken for English: tables of figures, lists of names, a foreign quote or
//! document in an English article. Knows texts, and what the input says of them.

use whatlang::{Lang, Script};
use whichlang::detect_language;

use crate::article::Article;

/// How the input and this module name English.
const ENGLISH: &str = "en";

/// So many stretches of a text are looked at, of so many bytes each: at its beginning, in between, and at its end.
const STRETCHES: usize = 3;
const STRETCH: usize = 700;

/// The letters that a text has at least in all that is looked at. Of 30,000 English articles both detectors are wrong about
/// 24, all of them tables of figures with fewer than 150 letters.
const LETTERS: usize = 200;

/// The same of a script that English is not written in.
const LETTERS_OF_SCRIPT: usize = 40;

/// The same of an article of which the input says that it is in English.
const LETTERS_AGAINST_INPUT: usize = 400;

/// What a text shows of its language.
#[derive(Debug, PartialEq, Eq)]
enum Guess {
    English,
    Other {
        /// ISO 639-1.
        code: &'static str,
        /// Whether that holds even where the input says that it is English.
        sure: bool,
    },
    /// Too little to say.
    Open,
}

/// Whether an article is in English and so is to be analyzed. Notes its language where it is in another and the input says
/// nothing of that, or what the text plainly contradicts.
pub(crate) fn settle(article: &mut Article) -> bool {
    let is_foreign = article.language.as_deref().is_some_and(|language| language != ENGLISH);
    match guess(&article.body) {
        Guess::Other { code, sure } if !is_foreign && (article.language.is_none() || sure) => {
            article.language = Some(code.to_owned());
            false
        }
        Guess::English if is_foreign => {
            article.language = Some(ENGLISH.to_owned());
            true
        }
        _ => !is_foreign,
    }
}

fn guess(body: &str) -> Guess {
    let stretches: Vec<String> = stretches(body).map(words).filter(|words| !words.is_empty()).collect();
    let letters: usize = stretches
        .iter()
        .map(|stretch| stretch.chars().filter(|character| character.is_alphabetic()).count())
        .sum();
    if letters < LETTERS_OF_SCRIPT {
        return Guess::Open;
    }
    // The quicker of the two is asked first: nearly always it is enough.
    let english = stretches.iter().filter(|stretch| detect_language(stretch) == whichlang::Lang::Eng).count();
    if english > 0 {
        let is_all = english == stretches.len() && letters >= LETTERS;
        return if is_all { Guess::English } else { Guess::Open };
    }
    let found: Vec<whatlang::Info> =
        stretches.iter().filter_map(|stretch| whatlang::detect(stretch)).collect();
    if found.iter().any(|info| info.lang() == Lang::Eng) {
        return Guess::Open;
    }
    let reliable: Vec<Lang> =
        found.iter().filter(|info| info.is_reliable()).map(whatlang::Info::lang).collect();
    let votes = |one: Lang| reliable.iter().filter(|lang| **lang == one).count();
    // Of equal ones the first.
    let Some(lang) = reliable.iter().rev().copied().max_by_key(|lang| votes(*lang)) else {
        return Guess::Open;
    };
    let is_latin = found.iter().any(|info| info.script() == Script::Latin);
    let needed = if is_latin { LETTERS } else { LETTERS_OF_SCRIPT };
    if letters < needed || 2 * reliable.len() <= stretches.len() {
        return Guess::Open;
    }
    let sure = letters >= LETTERS_AGAINST_INPUT && votes(lang) == stretches.len();
    Guess::Other { code: iso_639_1(lang), sure }
}

/// A short text whole, of a longer one its beginning, its middle and its end.
fn stretches(body: &str) -> impl Iterator<Item = &str> {
    let is_short = body.len() <= STRETCHES * STRETCH;
    let count = if is_short { 1 } else { STRETCHES };
    (0..count).map(move |number| {
        if is_short {
            return body;
        }
        let start = body.floor_char_boundary((body.len() - STRETCH) / (STRETCHES - 1) * number);
        &body[start..body.floor_char_boundary(start + STRETCH)]
    })
}

/// The words of a text: no figures, addresses or remains of markup, of which a detector would guess something.
fn words(text: &str) -> String {
    let is_word = |word: &&str| {
        word.contains(char::is_alphabetic)
            && !word
                .contains(|mark: char| mark.is_numeric() || matches!(mark, '/' | '@' | '=' | '<' | '>' | '_'))
    };
    text.split_whitespace().filter(is_word).collect::<Vec<_>>().join(" ")
}

fn iso_639_1(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH_TEXT: &str = "The ferry to Valdora will run again from Monday, Mayor Ana Ruiz said on Friday. It had been out of \
        service since March, when its engine failed in a storm off the coast, and the town had to hire fishing boats to bring \
        bread and letters to the island. “We have waited long enough,” she told the council, which had met twice about it. ";
    const GERMAN: &str = "Die Fähre nach Valdora fährt von Montag an wieder, sagte Bürgermeisterin Ana Ruiz am Freitag. Sie war \
        seit März nicht mehr gefahren, weil in einem Sturm vor der Küste die Maschine ausgefallen war, und die Stadt musste \
        Fischerboote mieten, um Brot und Briefe auf die Insel zu bringen. „Wir haben lange genug gewartet“, sagte sie im Rat. ";
    const SPANISH: &str = "El transbordador a Valdora volverá a navegar desde el lunes, dijo el viernes la alcaldesa Ana Ruiz. Estaba \
        fuera de servicio desde marzo, cuando el motor falló en una tormenta frente a la costa, y el pueblo tuvo que alquilar \
        barcos de pesca para llevar el pan y las cartas a la isla. «Ya hemos esperado bastante», dijo ante el consejo. ";
    const RUSSIAN: &str =
        "Паром в Вальдору снова начнёт ходить с понедельника, сообщила в пятницу мэр Ана Руис.";
    const TABLE: &str = "Shr loss 12 cts vs profit 40 cts. Net loss 1,204,000 vs profit 3,310,000. Revs 20.1 mln vs 24.4 mln. \
        Nine mths. Shr profit 10 cts vs profit 95 cts. Net profit 804,000 vs profit 8,020,000. Revs 70.2 mln vs 71.9 mln. ";

    fn settled(body: &str, language: Option<&str>) -> (Option<String>, bool) {
        let mut article = Article { language: language.map(str::to_owned), ..Article::from_text(body) };
        let is_english = settle(&mut article);
        (article.language, is_english)
    }

    #[test]
    fn what_is_plainly_another_language_is_named_and_not_analyzed() {
        for (body, code) in [
            (GERMAN, "de"),
            (SPANISH, "es"),
            (RUSSIAN, "ru"),
            (&GERMAN.repeat(20), "de"),
            (&SPANISH.to_uppercase(), "es"),
        ] {
            assert_eq!(settled(body, None), (Some(code.to_owned()), false), "{body}");
        }
    }

    #[test]
    fn no_english_text_is_lost() {
        let quoting = format!("{ENGLISH_TEXT}{GERMAN}{ENGLISH_TEXT}");
        let ending =
            format!("{ENGLISH_TEXT}{ENGLISH_TEXT}{ENGLISH_TEXT}{GERMAN}{GERMAN}{GERMAN}{GERMAN}{SPANISH}");
        for body in [
            ENGLISH_TEXT,
            &ENGLISH_TEXT.to_uppercase(),
            &quoting,
            &ending,
            TABLE,
            &TABLE.repeat(3),
            "",
            "PM resigns",
            "“Ich bin ein Berliner.”",
            "12 34 56",
        ] {
            for language in [None, Some("en")] {
                let expected = (language.map(str::to_owned), true);
                assert_eq!(settled(body, language), expected, "{language:?} {body}");
            }
        }
    }

    #[test]
    fn what_the_input_says_holds_unless_the_text_is_plainly_another() {
        let named = |code: &str| Some(code.to_owned());
        assert_eq!(settled(GERMAN, Some("de")), (named("de"), false));
        assert_eq!(settled("Moin.", Some("de")), (named("de"), false));
        assert_eq!(settled(GERMAN, Some("da")), (named("da"), false));
        assert_eq!(settled(ENGLISH_TEXT, Some("de")), (named("en"), true));
        assert_eq!(settled(GERMAN, Some("en")), (named("en"), true), "too short to be very sure");
        assert_eq!(settled(&GERMAN.repeat(8), Some("en")), (named("de"), false));
    }

    #[test]
    fn a_verdict_stays_when_the_article_is_read_again() {
        for (body, language) in [(GERMAN, None), (ENGLISH_TEXT, Some("de")), (&GERMAN.repeat(8), Some("en"))]
        {
            let (found, is_english) = settled(body, language);
            assert_eq!(settled(body, found.as_deref()), (found.clone(), is_english));
        }
    }
}
