//! The table of question forms: in what words something may be asked, and what that means.
//!
//! A row is all there is to a form. Its example is shown where a question is not understood, stands in the
//! help, in docs/cli.md and in docs/questions.md, and is tested, as are the other ways to ask. Verbs that state a
//! relationship, acts of speech and verbs of saying have tables of their own.

use Means::{Compare, Earliest, Latest, Predicates, Rows};

use crate::query::question::section::Section;
use crate::query::question::{Count, CountKey};

/// One way to ask: patterns that mean the same, and what they mean.
///
/// The slots `speaker`, `about`, `who`, `subject`, `object`, `detail`, `one`, `other`, `told`, `not_speaker`, `not_about`
/// and `limit` fill the part of the question that bears their name; `words` is a phrase, `clause` the rest of a sentence
/// that the quote has to be about.
pub(super) struct QuestionForm {
    pub(super) section: Section,
    pub(super) patterns: &'static [&'static str],
    pub(super) example: &'static str,
    /// Other ways to ask for the same, for the documentation.
    pub(super) also: &'static [&'static str],
    pub(super) means: Means,
}

/// What a form means besides its slots.
#[derive(Clone, Copy)]
pub(super) enum Means {
    /// The rows that fit.
    Rows,
    /// The newest of them.
    Latest,
    /// The oldest of them.
    Earliest,
    /// Those of one speaker after those of the other.
    Compare,
    /// Their number.
    Count(Count),
    /// Those of an act.
    Act(&'static str),
    /// Those said in this way: the base form of the verb.
    Cue(&'static str),
    /// Relationships of this predicate.
    Predicate(&'static str),
    /// Relationships of any of these predicates.
    Predicates(&'static [&'static str]),
}

const COUNT: Means = Means::Count(Count::All);
const BY_SPEAKER: Means = Means::Count(Count::By(CountKey::Speaker));
const BY_ABOUT: Means = Means::Count(Count::By(CountKey::About));
const BY_PUBLISHER: Means = Means::Count(Count::By(CountKey::Publisher));

/// Who works for somebody, in whatever way an article words it.
const WORKS_FOR: &[&str] = &["employed_by", "holds_office", "leads", "spokesperson_for"];

/// What `the mayor of` and `the spokeswoman for` may stand for; the word itself is looked up in the detail.
const SOMEBODY_OF: &[&str] = &["leads", "holds_office", "employed_by", "spokesperson_for"];

/// In the order in which they are tried: the first that fits is meant.
pub(super) const FORMS: &[QuestionForm] = &[
    QuestionForm {
        section: Section::About,
        patterns: &[
            "who [HAS] SAID|wrote|written|thinks|thought what|anything|something|things ABOUT {about}",
            "who [HAS] talked|talks|talk|talking|spoke|spoken|speaks|speak|commented|comments|wrote|written [anything] ABOUT {about}",
            "who is|are|was|were|'s talking|speaking|commenting|writing ABOUT {about}",
            "who [HAS] mentioned|mentions|mention|discussed|discusses|addressed {about}",
            "what IS [being] said|reported|written ABOUT {about}",
            "what has|had|'s been said|written|reported ABOUT {about}",
            "what did|do|does|have|has [the] people|they|others|everyone|everybody|anyone|anybody|somebody|someone say|said|think|thought ABOUT {about}",
            "what IS people|they|others saying ABOUT {about}",
            "[SHOW] [me] [all|any|some|every|the] [the|of] [most] [LAST] QUOTES ON|mentioning {about}",
            "[SHOW] [me] anything|everything|all [that] [was|were|is|has] [been] said ABOUT {about}",
        ],
        example: "who said what about Ana Ruiz?",
        also: &[
            "what was said about Ana Ruiz?",
            "who talked about Ana Ruiz?",
            "quotes about Ana Ruiz",
            "what do people say about Ana Ruiz?",
        ],
        means: Rows,
    },
    QuestionForm {
        section: Section::About,
        patterns: &["who [HAS] SAID|claimed|claims|claim that {clause}"],
        example: "who said that the quay was closed?",
        also: &["who has claimed that the quay was closed?"],
        means: Rows,
    },
    QuestionForm {
        section: Section::Numbers,
        patterns: &[
            "who IS|has [been] quoted|cited [the] most [often|frequently] [ABOUT {about}]",
            "who [HAS|is|was] talks|talked|speaks|spoke|spoken|said|says|commented|comments [the] most [often|frequently] [ABOUT {about}]",
            "who [HAS|is|was] talks|talked|speaks|spoke|spoken|said|says|commented|comments ABOUT {about} [the] most [often|frequently]",
            "who mentions|mentioned {about} [the] most [often|frequently]",
            "[SHOW] [me] [the] [top] [{#limit}] most [often|frequently] quoted|cited [people|person|persons|speaker|speakers|sources|source|voices|names] [ABOUT {about}]",
            "[SHOW] [me] [the] top [{#limit}] speakers|sources|voices|people|names [quoted] [ABOUT {about}]",
            "who are|were the [top] [{#limit}] most [often|frequently] quoted [people|person|persons|speaker|speakers|sources|source|voices|names] [ABOUT {about}]",
        ],
        example: "who is quoted most about Ana Ruiz?",
        also: &["who talks the most about Ana Ruiz?", "most quoted people about Ana Ruiz"],
        means: BY_SPEAKER,
    },
    QuestionForm {
        section: Section::Numbers,
        patterns: &[
            "who|what IS mentioned|discussed|named [the] most [often|frequently]",
            "who|what IS talked about [the] most [often|frequently]",
            "[SHOW] [me] [the] [top] [{#limit}] most [often|frequently] mentioned|discussed [people|persons|names|topics|subjects|places|organizations]",
            "[SHOW] [me] [the] top [{#limit}] topics|subjects",
        ],
        example: "who is mentioned most?",
        also: &[],
        means: BY_ABOUT,
    },
    QuestionForm {
        section: Section::When,
        patterns: &[
            "when did {speaker} last speak|talk|comment [ABOUT {about}]",
            "when did {speaker} last say anything|something [ABOUT {about}]",
            "when did {speaker} last mention|discuss|address {about}",
            "when has|'s {speaker} last spoken|talked|commented [ABOUT {about}]",
            "when IS {speaker} last quoted|cited [ABOUT {about}]",
            "what did {speaker} (last say | say last) [ABOUT {about}]",
            "what IS the [most] LAST thing [that] {speaker} [has] said [ABOUT {about}]",
            "[SHOW] [me] [the] [most] LAST QUOTE BY {speaker} [ON {about}]",
            "[SHOW] [me] [the] [most] LAST QUOTE ON {about} [BY {speaker}]",
            "[SHOW] [me] {speaker}'s [most] LAST QUOTE [ABOUT {about}]",
        ],
        example: "when did Ana Ruiz last speak about Porto?",
        also: &[
            "what did Ana Ruiz last say about Porto?",
            "latest quote by Ana Ruiz about Porto",
            "when was Ana Ruiz last quoted about Porto?",
        ],
        means: Latest,
    },
    QuestionForm {
        section: Section::When,
        patterns: &[
            "when did {speaker} first speak|talk|comment [ABOUT {about}]",
            "when did {speaker} first say anything|something [ABOUT {about}]",
            "when did {speaker} first mention|discuss|address {about}",
            "when IS {speaker} first quoted|cited [ABOUT {about}]",
            "what did {speaker} (first say | say first) [ABOUT {about}]",
            "what IS the FIRST thing [that] {speaker} [has] said [ABOUT {about}]",
            "[SHOW] [me] [the] FIRST QUOTE BY {speaker} [ON {about}]",
            "[SHOW] [me] [the] FIRST QUOTE ON {about} [BY {speaker}]",
            "[SHOW] [me] {speaker}'s FIRST QUOTE [ABOUT {about}]",
        ],
        example: "when did Ana Ruiz first mention Porto?",
        also: &["what did Ana Ruiz first say about Porto?", "first quote by Ana Ruiz about Porto"],
        means: Earliest,
    },
    QuestionForm {
        section: Section::When,
        patterns: &[
            "[SHOW] [me] [the] [most] LAST {#limit} QUOTES [BY {speaker}] [ON {about}]",
            "[SHOW] [me] [the] {#limit} [most] LAST QUOTES [BY {speaker}] [ON {about}]",
            "[SHOW] [me] {speaker}'s [most] LAST {#limit} QUOTES [ABOUT {about}]",
        ],
        example: "last 5 quotes by Ana Ruiz",
        also: &["the 5 latest quotes from Ana Ruiz"],
        means: Rows,
    },
    QuestionForm {
        section: Section::When,
        patterns: &[
            "when DID {speaker} speak|spoken|talk|talked|comment|commented|say|said [anything|something] ABOUT {about}",
            "when DID {speaker} mention|mentioned|discuss|discussed|address|addressed {about}",
            "when IS {speaker} quoted|cited [ABOUT {about}]",
        ],
        example: "when did Ana Ruiz speak about Porto?",
        also: &["when did Ana Ruiz mention Porto?"],
        means: Rows,
    },
    QuestionForm {
        section: Section::Numbers,
        patterns: &[
            "(how often|frequently | how many times) DID {speaker} mention|mentions|mentioned|discuss|discussed|name|named|cite|cited {about}",
            "(how often|frequently | how many times) DID {speaker} say|said|speak|spoken|talk|talked|comment|commented [anything|something] ABOUT {about}",
            "(how often|frequently | how many times) IS|has {speaker} [been] quoted|cited by|in {known_publisher} [ABOUT {about}]",
            "(how often|frequently | how many times) IS|has {speaker} [been] quoted|cited [ABOUT {about}]",
            "(how often|frequently | how many times) DID {known_publisher} quote|quotes|quoted|cite|cites|cited {speaker} [ABOUT {about}]",
            "how many QUOTES [IS] [there] BY {speaker} [IS] [there|stored] [ON {about}] [IS] [there|stored]",
            "how many QUOTES [IS] [there] ON {about} BY {speaker} [IS] [there|stored]",
            "how many QUOTES DID {speaker} have|had|made|make|give|given [ABOUT {about}]",
            "how many of {speaker}'s QUOTES are|were ABOUT {about}",
            "how much DID {speaker} say|said|talk|talked|speak|spoken ABOUT {about}",
            "[the] number|count of QUOTES BY {speaker} [ON {about}]",
            "count QUOTES BY {speaker} [ON {about}]",
        ],
        example: "how often did Ana Ruiz mention Porto?",
        also: &[
            "how many times has Ana Ruiz talked about Porto?",
            "how many quotes are there by Ana Ruiz about Porto?",
        ],
        means: COUNT,
    },
    QuestionForm {
        section: Section::Numbers,
        patterns: &[
            "(how often|frequently | how many times) IS|has {about} [been] mentioned|named|discussed [BY {speaker}]",
            "how many QUOTES [IS] [there] ON {about} [IS] [there|stored]",
            "how many QUOTES mention|mentions|mentioned|name {about}",
            "[the] number|count of QUOTES ON {about} [BY {speaker}]",
            "count QUOTES ON {about} [BY {speaker}]",
        ],
        example: "how often was Porto mentioned?",
        also: &["how many quotes are there about Porto?"],
        means: COUNT,
    },
    QuestionForm {
        section: Section::Numbers,
        patterns: &[
            "who|whom|what DID {speaker} mention|mentioned|discuss|discussed|name|named [the] most [often|frequently]",
            "who|whom|what DID {speaker} talk|talked|speak|spoken|comment [mostly|mainly] [the] most [often|frequently] about|of|on",
            "who|whom|what DID {speaker} talk|talked|speak|spoken|comment about|of|on [the] most [often|frequently]",
            "who|whom|what DID {speaker} [mostly|mainly] talk|talked|speak|spoken [mostly|mainly] about",
            "[the] [top] [{#limit}] topics|subjects of {speaker}",
            "{speaker}'s [top] [{#limit}] topics|subjects",
        ],
        example: "whom does Ana Ruiz mention most?",
        also: &["what does Ana Ruiz talk about most?", "what does Ana Ruiz talk about?"],
        means: BY_ABOUT,
    },
    QuestionForm {
        section: Section::Numbers,
        patterns: &[
            "which|what [news] OUTLETS quote|quotes|quoted|cite|cited {speaker} [the] [most] [often|frequently] [ABOUT {about}]",
            "which|what [news] OUTLETS mention|mentions|mentioned|discussed {about} [the] [most] [often|frequently]",
            "who quotes|quoted|cites|cited {speaker} [the] [most] [often|frequently]",
        ],
        example: "which papers quote Ana Ruiz most?",
        also: &["which outlets quoted Ana Ruiz?"],
        means: BY_PUBLISHER,
    },
    QuestionForm {
        section: Section::Words,
        patterns: &[
            "who [HAS] first SAID|wrote|written|claimed|used|uttered|tweeted [the] [exact] [word|words|phrase|term] {\"words\"}",
            "who was [the] first to say|write|claim|use [the] [exact] [word|words|phrase|term] {\"words\"}",
        ],
        example: "who first said \"never again\"?",
        also: &["who was the first to use the phrase \"never again\"?"],
        means: Earliest,
    },
    QuestionForm {
        section: Section::Words,
        patterns: &[
            "who [HAS] SAID|wrote|written|claimed|used|uttered|tweeted [the] [exact] [word|words|phrase|term] {\"words\"}",
            "who [HAS] used the word|words|phrase|term {words}",
            "[SHOW] [me] [all] [the] QUOTES with|containing|including|saying [the] [exact] [word|words|phrase|term] {\"words\"}",
            "where|when IS {\"words\"} said|quoted|written|printed",
        ],
        example: "who said \"never again\"?",
        also: &["who used the word resilience?", "quotes containing \"never again\""],
        means: Rows,
    },
    QuestionForm {
        section: Section::Words,
        patterns: &[
            "did|has|when|where [did|has] {speaker} [ever] say|said|write|written|claim|claimed|use|used [the] [exact] [word|words|phrase|term] {\"words\"}",
            "where|when DID {speaker} say|said|use|used [the] [exact] [word|words|phrase|term] {\"words\"}",
        ],
        example: "did Ana Ruiz say \"never again\"?",
        also: &["when did Ana Ruiz use the phrase \"never again\"?"],
        means: Rows,
    },
    QuestionForm {
        section: Section::Numbers,
        patterns: &[
            "(how often|frequently | how many times) DID {speaker} say|said|use|used [the] [exact] [word|words|phrase|term] {\"words\"}",
        ],
        example: "how often did Ana Ruiz say \"never again\"?",
        also: &[],
        means: COUNT,
    },
    QuestionForm {
        section: Section::Speaker,
        patterns: &[
            "compare what {speaker} [HAS] said|say|says|think [ABOUT {about}]",
            "compare {speaker}'s VIEWS ON {about}",
            "compare {speaker} ON {about}",
            "compare [the] VIEWS of {speaker} ON {about}",
            "compare QUOTES BY {speaker} [ON {about}]",
            "how DID {speaker} differ|disagree on|about|over {about}",
            "{named} side by side on|about {about}",
        ],
        example: "compare what Ana Ruiz and Lia Okafor said about Porto",
        also: &["how do Ana Ruiz and Lia Okafor differ on Porto?"],
        means: Compare,
    },
    QuestionForm {
        section: Section::Speaker,
        patterns: &[
            "[compare] {one} vs|versus {other} ON {about}",
            "compare {one} against {other} ON {about}",
        ],
        example: "Ana Ruiz vs Lia Okafor on Porto",
        also: &[],
        means: Compare,
    },
    QuestionForm {
        section: Section::Speaker,
        patterns: &[
            "what DID {speaker} [ever|actually|really|publicly|just|also] SAID|comment|commented|write|written|wrote|speak|spoken|spoke [ABOUT {about}]",
            "what DID {speaker} tell|told [the] reporters|journalists|press|media|us|public|people [ABOUT {about}]",
            "what DID {speaker} have to say [ABOUT {about}]",
            "what DID {speaker} [ever|actually|really|publicly|just|also] think|thinks|thought|believe|believed|feel|felt ABOUT {about}",
            "what DID {speaker} think|thinks|thought|believe|believed",
            "how DID {speaker} feel|felt ABOUT {about}",
            "what IS {speaker} saying [ABOUT {about}]",
            "what has|have|had|'s {speaker} been saying [ABOUT {about}]",
            "what IS {speaker} quoted|cited [as] [saying] [ABOUT {about}]",
            "what IS|has|had [being] [been] said|written by {speaker} [ABOUT {about}]",
            "what IS|has|had [being] [been] said|written ABOUT {about} BY {speaker}",
            "what IS {speaker}'s VIEWS [ABOUT {about}]",
            "what IS the VIEWS of {speaker} ON {about}",
            "where|how DID {speaker} stand on|about {about}",
            "did|has|have|does|do {speaker} [ever|actually|really|publicly|just|also] say|said [anything|something] ABOUT {about}",
            "did|has|have|does|do {speaker} [ever|actually|really|publicly|just|also] mention|mentioned|discuss|discussed|address|addressed {about}",
            "did|has|have|does|do {speaker} [ever|actually|really|publicly|just|also] talk|talked|speak|spoken|comment|commented ABOUT {about}",
            "[SHOW] [me] [all|any|some|every|the] [the|of] [most] [LAST] QUOTES of {speaker}'s [ON {about}]",
            "[SHOW] [me] [all|any|some|every|the] [the|of] [most] [LAST] QUOTES BY|of {speaker} [ON {about}]",
            "[SHOW] [me] [all|any|some|every|the] [the|of] [most] [LAST] QUOTES ON {about} BY {speaker}",
            "[SHOW] [me] [all|the] [of] {speaker}'s [most] [LAST] VIEWS [ABOUT {about}]",
            "[SHOW] [me] [all|the] {named} VIEWS [ABOUT {about}]",
            "[SHOW] [me] everything|anything|all|what|things [that] {speaker} [HAS] [ever] said|says|say [ABOUT {about}]",
            "[SHOW] [me] everything|anything|all|things said BY {speaker} [ABOUT {about}]",
            "{named} said|says what [ABOUT {about}]",
        ],
        example: "what did Ana Ruiz say about Porto?",
        also: &[
            "quotes by Ana Ruiz about Porto",
            "Ana Ruiz's position on Porto",
            "everything Ana Ruiz said about Porto",
            "did Ana Ruiz ever mention Porto?",
        ],
        means: Rows,
    },
    QuestionForm {
        section: Section::Speaker,
        patterns: &[
            "what DID {speaker} tell|told {told} [ABOUT {about}]",
            "what DID {speaker} say|said to {told} [ABOUT {about}]",
            "what DID {speaker} say|said ABOUT {about} to {told}",
        ],
        example: "what did Ana Ruiz tell Lia Okafor about Porto?",
        also: &["what did Ana Ruiz say to Lia Okafor about Porto?"],
        means: Rows,
    },
    QuestionForm {
        section: Section::Speaker,
        patterns: &[
            "who [HAS] told|tells {told} [anything|something|what] ABOUT {about}",
            "who [HAS] told|tells {told} that {clause}",
        ],
        example: "who told Lia Okafor about Porto?",
        also: &[],
        means: Rows,
    },
    // How two are related.
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "how are|is|were|was {one} and {other} related|connected|linked",
            "how is|was {one} related|connected|linked to|with {other}",
            "what is|was|'s the relationship|relation|relations|connection|link between {one} and {other}",
            "what connects|links {one} and|to|with {other}",
        ],
        example: "how are Ana Ruiz and Porto related?",
        also: &[],
        means: Rows,
    },
    // Who is what to whom.
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "who [has|'s] speaks|spoke|spoken for {object}",
            "who [has|'s] speaks|spoke|spoken on behalf of {object}",
            "who is|was|are|were|'s speaking for {object}",
            "who IS [the|a] spokesperson|spokesman|spokeswoman|spokespeople|spokespersons for|of {object}",
            "[who IS] {object}'s spokesperson|spokesman|spokeswoman|spokespeople|spokespersons",
        ],
        example: "who speaks for Ana Ruiz?",
        also: &[],
        means: Predicates(&["spokesperson_for"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "who [has|have|'s] runs|ran|run|stands|stood for {object}",
            "who is|are|was|were|'s running|standing for {object}",
            "who IS [the|a] candidate|candidates|nominee|nominees of|for|in {object}",
            "[who IS] {object}'s candidate|candidates|nominee|nominees",
        ],
        example: "who ran for mayor?",
        also: &[],
        means: Predicates(&["candidate_for"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "who leads|led|heads|headed|runs|ran|chairs|chaired|governs|governed|rules|ruled {object}",
            "who is|was|'s leading|heading|running|chairing|governing|ruling {object}",
            "who IS [the] leader|leaders|head|boss of {object}",
            "[who IS] {object}'s leader|leaders|head|boss",
            "who is|was|'s in charge of {object}",
        ],
        example: "who leads Harbor Bank?",
        also: &[],
        means: Predicates(&["leads"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "who [has|have|'s] works|worked|work for|at|in {object}",
            "who is|are|was|were|'s working for|at|in {object}",
        ],
        example: "who works for Harbor Bank?",
        also: &[],
        means: Predicates(WORKS_FOR),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "who|whom|where does|did {subject} work [for|at]",
            "[what IS] {subject}'s job|office|post|role",
        ],
        example: "whom does Ana Ruiz work for?",
        also: &[],
        means: Predicates(WORKS_FOR),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["what|who|whom does|did {subject} lead|head|run|chair|govern"],
        example: "what does Ana Ruiz lead?",
        also: &[],
        means: Predicates(&["leads"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "who belongs|belonged to {object}",
            "who IS [a|the] member|members of {object}",
            "who IS a|the {detail} member|members of {object}",
            "[who IS] {object}'s member|members",
        ],
        example: "who belongs to Harbor Bank?",
        also: &[],
        means: Predicates(&["member_of"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "who|whom is|was|'s {subject} married to",
            "who|whom did {subject} marry",
            "who married {object}",
            "who is|was|'s married to {object}",
            "[who IS] {object}'s wife|husband|spouse|partner",
            "who is|was|'s the wife|husband|spouse|partner of {object}",
            "is|was|are|were {subject} married to {object}",
            "is|was|are|were {subject} and {object} married",
        ],
        example: "who is Ana Ruiz married to?",
        also: &[],
        means: Predicates(&["spouse_of"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "[who IS] {object}'s ally|allies",
            "who IS [the|an] ally|allies of {object}",
            "are|were {subject} and {object} allies",
        ],
        example: "who are Ana Ruiz's allies?",
        also: &[],
        means: Predicates(&["ally_of"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "[who IS] {object}'s opponent|opponents|rival|rivals|enemy|enemies",
            "who IS [the|an] opponent|opponents|rival|rivals|enemy|enemies of {object}",
            "are|were {subject} and {object} opponents|rivals|enemies",
        ],
        example: "who are Ana Ruiz's opponents?",
        also: &[],
        means: Predicates(&["opponent_of"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["did|have|had {subject} and {object} [ever] meet|met"],
        example: "did Ana Ruiz and Lia Okafor meet?",
        also: &[],
        means: Predicates(&["met_with"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["where does|did {subject} live"],
        example: "where does Ana Ruiz live?",
        also: &[],
        means: Predicates(&["lives_in"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["who lives|lived|resides|resided in {object}"],
        example: "who lives in Porto?",
        also: &[],
        means: Predicates(&["lives_in"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["where was|is|'s {subject} born", "[what IS] {subject}'s birthplace|hometown"],
        example: "where was Ana Ruiz born?",
        also: &[],
        means: Predicates(&["born_in"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["who was|is|were born in {object}"],
        example: "who was born in Porto?",
        also: &[],
        means: Predicates(&["born_in"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "where did {subject} study|graduate [from]",
            "which|what school|university|college did {subject} attend|finish",
        ],
        example: "where did Ana Ruiz study?",
        also: &[],
        means: Predicates(&["educated_at"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["who studied|graduated at|from {object}", "who [has] attended {object}"],
        example: "who studied at Harbor University?",
        also: &[],
        means: Predicates(&["educated_at"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "[what IS] {subject}'s nationality|citizenship",
            "which|what country is|was {subject} from|of",
        ],
        example: "which country is Ana Ruiz from?",
        also: &[],
        means: Predicates(&["citizen_of"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "[what IS] {object}'s subsidiary|subsidiaries|units|unit|divisions|division|arms",
            "what are|were|is the|a subsidiary|subsidiaries|units|unit|divisions|division of {object}",
        ],
        example: "what are Harbor Bank's subsidiaries?",
        also: &[],
        means: Predicates(&["subsidiary_of"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["what is|was|'s {subject} a subsidiary|unit|division|part of"],
        example: "what is Harbor Bank a subsidiary of?",
        also: &[],
        means: Predicates(&["subsidiary_of"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["where is|'s {subject} located", "where does {subject} lie"],
        example: "where is Porto located?",
        also: &[],
        means: Predicates(&["located_in"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["where is|was|'s {subject} based|headquartered"],
        example: "where is Harbor Bank based?",
        also: &[],
        means: Predicates(&["based_in"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "[who IS] {object}'s father|mother|parent|parents",
            "[who IS] {object}'s {detail} father|mother|parent|parents",
            "who IS a|an|the father|mother|parent|parents of {object}",
            "who IS a|an|the {detail} father|mother|parent|parents of {object}",
        ],
        example: "who is Ana Ruiz's father?",
        also: &[],
        means: Predicates(&["parent_of"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "[who IS] {subject}'s son|sons|daughter|daughters|child|children",
            "[who IS] {subject}'s {detail} son|sons|daughter|daughters|child|children",
            "who IS a|an|the son|sons|daughter|daughters|child|children of {subject}",
            "who IS a|an|the {detail} son|sons|daughter|daughters|child|children of {subject}",
        ],
        example: "who are Ana Ruiz's children?",
        also: &[],
        means: Predicates(&["parent_of"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "[who IS] {object}'s RELATIVE",
            "[who IS] {object}'s {detail} RELATIVE",
            "who IS a|an|the RELATIVE of {object}",
            "who IS a|an|the {detail} RELATIVE of {object}",
        ],
        example: "who is Ana Ruiz's brother?",
        also: &[],
        means: Predicates(&["relative_of"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &[
            "[who IS] {object}'s friend|friends|aide|aides|colleague|colleagues|associate|associates|accomplice|accomplices",
            "[who IS] {object}'s {detail} friend|friends|aide|aides|colleague|colleagues|associate|associates|accomplice|accomplices",
            "who IS a|an|the friend|friends|aide|aides|colleague|colleagues|associate|associates|accomplice|accomplices of {object}",
            "who IS a|an|the {detail} friend|friends|aide|aides|colleague|colleagues|associate|associates|accomplice|accomplices of {object}",
        ],
        example: "who are Ana Ruiz's friends?",
        also: &[],
        means: Predicates(&["associate_of"]),
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["who IS the {detail} of|for|at|in {object}", "who IS {object}'s {detail}"],
        example: "who is the mayor of Porto?",
        also: &[],
        means: Predicates(SOMEBODY_OF),
    },
];

/// Tried last: they take any name.
pub(super) const LAST_FORMS: &[QuestionForm] = &[
    QuestionForm {
        section: Section::Speaker,
        patterns: &["{named} ON {about}"],
        example: "Ana Ruiz on Porto",
        also: &[],
        means: Rows,
    },
    QuestionForm {
        section: Section::Relationships,
        patterns: &["who IS {who}", "what is|was|'s {who}", "tell me about {who}", "who IS {who} exactly"],
        example: "who is Ana Ruiz?",
        also: &["tell me about Ana Ruiz"],
        means: Rows,
    },
];
