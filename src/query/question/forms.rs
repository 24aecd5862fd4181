//! The table of question forms: in what words something may be asked, and what that means.
//!
//! A row is all there is to a form. Its example is shown where a question is not understood, stands in the
//! help and in docs/cli.md, and is tested. Verbs that state a relationship have a table of their own.

use Means::{Act, Earliest, Latest, Predicates, Rows};

use crate::query::question::{Count, CountKey};

/// One way to ask: patterns that mean the same, and what they mean.
///
/// The slots `speaker`, `about`, `words`, `who`, `subject`, `object`, `detail`, `one` and `other` fill the
/// part of the question that bears their name (`words` is a phrase, `one` and `other` are a pair).
pub(super) struct QuestionForm {
    pub(super) patterns: &'static [&'static str],
    pub(crate) example: &'static str,
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
    /// Their number.
    Count(Count),
    /// Those of an act.
    Act(&'static str),
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
pub(crate) const FORMS: &[QuestionForm] = &[
    // Whom it is about.
    QuestionForm {
        patterns: &[
            "who [has|have|had|'s] said|say|says what|anything|something ABOUT {about}",
            "what was|is|were|'s [being] said|reported ABOUT {about} by {speaker}",
            "what was|is|were|'s [being] said|reported ABOUT {about}",
            "what has|had|'s been said ABOUT {about} by {speaker}",
            "what has|had|'s been said ABOUT {about}",
            "what did|do people|they|others|everyone say ABOUT {about}",
            "what are|were people saying ABOUT {about}",
            "who [has|have|'s] said|say|says|claimed|claims that {about}",
            "[show|list|find|give] [me] [all] [the] [latest|newest|recent] QUOTES about|on|regarding|concerning {about}",
        ],
        example: "who said what about Ana Ruiz?",
        means: Rows,
    },
    QuestionForm {
        patterns: &[
            "who is|was|'s quoted [the] most [often|frequently] ABOUT {about}",
            "who [is|was] talks|talked|speaks|spoke|said|says|commented|comments [the] most [often] ABOUT {about}",
            "who has|'s talked|spoken|said|commented [the] most [often] ABOUT {about}",
            "who mentions|mentioned {about} [the] most [often]",
        ],
        example: "who is quoted most about Ana Ruiz?",
        means: BY_SPEAKER,
    },
    QuestionForm {
        patterns: &["who is|was|'s quoted [the] most [often|frequently]"],
        example: "who is quoted most?",
        means: BY_SPEAKER,
    },
    QuestionForm {
        patterns: &[
            "who [has|have|'s] talked|talks|talk|spoke|spoken|speaks|commented|comments|wrote|written [anything] ABOUT {about}",
            "who is|are|was|were|'s talking|speaking|commenting ABOUT {about}",
            "who [has|have|'s] mentioned|mentions|discussed|discusses {about}",
        ],
        example: "who talked about Ana Ruiz?",
        means: Rows,
    },
    // Who said it.
    QuestionForm {
        patterns: &[
            "when did {speaker} last speak|talk|comment|say [anything|something] [ABOUT] {about}",
            "when has|'s {speaker} last spoken|talked|commented [ABOUT] {about}",
            "when did {speaker} last mention|discuss {about}",
            "when was {speaker} last quoted ABOUT {about}",
            "what did {speaker} last say ABOUT {about}",
            "what did {speaker} say last ABOUT {about}",
            "what was|is|'s the last|latest thing [that] {speaker} said ABOUT {about}",
        ],
        example: "when did Ana Ruiz last speak about Porto?",
        means: Latest,
    },
    QuestionForm {
        patterns: &[
            "when did {speaker} last speak|talk|comment",
            "when was {speaker} last quoted",
            "what did {speaker} last say",
            "what did {speaker} say last",
            "what was|is|'s the last|latest thing [that] {speaker} said",
        ],
        example: "what did Ana Ruiz last say?",
        means: Latest,
    },
    QuestionForm {
        patterns: &[
            "when did {speaker} first speak|talk|comment|say [anything|something] [ABOUT] {about}",
            "when did {speaker} first mention|discuss {about}",
            "when was {speaker} first quoted ABOUT {about}",
            "what did {speaker} first say ABOUT {about}",
        ],
        example: "when did Ana Ruiz first mention Porto?",
        means: Earliest,
    },
    QuestionForm {
        patterns: &[
            "how often|frequently DID {speaker} mention|mentions|mentioned|discuss|discussed {about}",
            "how often|frequently DID {speaker} speak|spoken|talk|talked|comment|commented ABOUT {about}",
            "how many times DID {speaker} mention|mentioned|discuss|discussed {about}",
            "how many times DID {speaker} speak|spoken|talk|talked|comment|commented ABOUT {about}",
            "how often was|is|has {speaker} [been] quoted ABOUT {about}",
            "how many QUOTES [are|were] [there] by|from {speaker} about|on|regarding|concerning {about}",
        ],
        example: "how often did Ana Ruiz mention Porto?",
        means: COUNT,
    },
    QuestionForm {
        patterns: &[
            "how often was|is|has {speaker} [been] quoted",
            "how many times was|has {speaker} [been] quoted",
            "how many QUOTES [are|were] [there] by|from {speaker}",
        ],
        example: "how often was Ana Ruiz quoted?",
        means: COUNT,
    },
    QuestionForm {
        patterns: &[
            "how often was|is|has {about} [been] mentioned",
            "how many times was|has {about} [been] mentioned",
            "how many QUOTES [are|were] [there] about|on|regarding|concerning {about}",
            "how many QUOTES mention {about}",
        ],
        example: "how often was Porto mentioned?",
        means: COUNT,
    },
    QuestionForm {
        patterns: &[
            "who|whom|what DID {speaker} mention|mentioned|discuss|discussed [the] most [often]",
            "who|whom|what DID {speaker} talk|talked|speak|spoken|comment [the] most [often] about|of|on",
            "who|whom|what DID {speaker} talk|talked|speak|spoken|comment about|of|on [the] most [often]",
        ],
        example: "whom does Ana Ruiz mention most?",
        means: BY_ABOUT,
    },
    QuestionForm {
        patterns: &[
            "which papers|newspapers|publishers|outlets|sites|media quote|quotes|quoted {speaker} [the] most [often]",
            "who quotes|quoted {speaker} [the] most [often]",
        ],
        example: "which papers quote Ana Ruiz most?",
        means: BY_PUBLISHER,
    },
    QuestionForm {
        patterns: &[
            "who [has|had|have|'s] [first] said|say|says|wrote|written|claimed|used [the] [word|words|phrase|term] {\"words\"}",
            "who [has|had|have|'s] used the word|words|phrase|term {words}",
        ],
        example: "who said \"never again\"?",
        means: Rows,
    },
    QuestionForm {
        patterns: &[
            "did|has|when|where [did|has] {speaker} [ever] say|said|write|written|claim|claimed|use|used [the] [word|words|phrase|term] {\"words\"}",
        ],
        example: "did Ana Ruiz say \"never again\"?",
        means: Rows,
    },
    // What kind of act it was.
    QuestionForm {
        patterns: &[
            "what DID {speaker} promise|promised|vow|vowed|pledge|pledged ABOUT {about}",
            "what DID {speaker} promise|promised|vow|vowed|pledge|pledged",
        ],
        example: "what did Ana Ruiz promise?",
        means: Act("promise"),
    },
    QuestionForm {
        patterns: &[
            "who [has|have|had|'s] promised|promises|vowed|vows|pledged|pledges what|anything|something ABOUT {about}",
            "who [has|have|had|'s] promised|promises|vowed|vows|pledged|pledges [to|that] {about}",
        ],
        example: "who promised what about Ana Ruiz?",
        means: Act("promise"),
    },
    QuestionForm {
        patterns: &["what DID {speaker} deny|denied ABOUT {about}", "what DID {speaker} deny|denied"],
        example: "what did Ana Ruiz deny?",
        means: Act("denial"),
    },
    QuestionForm {
        patterns: &[
            "who [has|have|had|'s] denied|denies|disputed|disputes what|anything|something ABOUT {about}",
            "who [has|have|had|'s] denied|denies|disputed|disputes [that] {about}",
        ],
        example: "who denied what about Ana Ruiz?",
        means: Act("denial"),
    },
    QuestionForm {
        patterns: &[
            "what DID {speaker} threaten|threatened ABOUT {about}",
            "what DID {speaker} threaten|threatened [to] [do]",
        ],
        example: "what did Ana Ruiz threaten?",
        means: Act("threat"),
    },
    QuestionForm {
        patterns: &["who [has|have|had|'s] threatened|threatens to|that {about}"],
        example: "who threatened to sue?",
        means: Act("threat"),
    },
    QuestionForm {
        patterns: &[
            "what DID {speaker} demand|demanded|request|requested ABOUT {about}",
            "what DID {speaker} ask|asked|call|called for",
            "what DID {speaker} demand|demanded|request|requested",
        ],
        example: "what did Ana Ruiz demand?",
        means: Act("request"),
    },
    QuestionForm {
        patterns: &[
            "who [has|have|had|'s] demanded|demands|requested|requests what|anything|something ABOUT {about}",
            "who [has|have|had|'s] demanded|demands|requested|requests [that] {about}",
            "who [has|have|had|'s] called|calls|asked|asks for {about}",
        ],
        example: "who called for a new vote?",
        means: Act("request"),
    },
    QuestionForm {
        patterns: &["what DID {speaker} ask|asked ABOUT {about}", "what DID {speaker} ask|asked"],
        example: "what did Ana Ruiz ask?",
        means: Act("question"),
    },
    QuestionForm {
        patterns: &[
            "who [has|have|had|'s] asked|asks|wondered|wonders [what|anything|something] ABOUT {about}",
        ],
        example: "who asked about Ana Ruiz?",
        means: Act("question"),
    },
    QuestionForm {
        patterns: &[
            "what DID {speaker} refuse|refused|decline|declined [to] [say|answer] ABOUT {about}",
            "what DID {speaker} refuse|refused|decline|declined [to] [do|say|answer]",
        ],
        example: "what did Ana Ruiz refuse?",
        means: Act("refusal"),
    },
    QuestionForm {
        patterns: &["who [has|have|had|'s] refused|refuses|declined|declines [to] {about}"],
        example: "who refused to comment?",
        means: Act("refusal"),
    },
    QuestionForm {
        patterns: &[
            "what DID {speaker} praise|praised|welcome|welcomed ABOUT {about}",
            "what DID {speaker} praise|praised|welcome|welcomed",
        ],
        example: "what did Ana Ruiz praise?",
        means: Act("praise"),
    },
    QuestionForm {
        patterns: &[
            "what DID {speaker} criticize|criticized|criticise|criticised|condemn|condemned ABOUT {about}",
            "what DID {speaker} criticize|criticized|criticise|criticised|condemn|condemned",
            "what DID {speaker} complain|complained ABOUT {about}",
            "what DID {speaker} complain|complained about|of",
        ],
        example: "what did Ana Ruiz criticize?",
        means: Act("criticism"),
    },
    QuestionForm {
        patterns: &[
            "what DID {speaker} hope|hoped|fear|feared|expect|expected|want|wanted|suspect|suspected ABOUT {about}",
            "what DID {speaker} hope|hoped|fear|feared|expect|expected|want|wanted|suspect|suspected [for]",
        ],
        example: "what does Ana Ruiz fear?",
        means: Act("thought"),
    },
    QuestionForm {
        patterns: &[
            "what DID {speaker} [ever] say|said|saying|state|stated|comment|commented ABOUT {about}",
            "what DID {speaker} tell|told [the] [reporters|journalists|press] ABOUT {about}",
            "what DID {speaker} think|thinks|thought|believe|believed ABOUT {about}",
            "what is|was|'s {speaker} saying ABOUT {about}",
            "what was|is|'s {speaker} quoted [as] [saying] ABOUT {about}",
            "what was|is|'s [being] said by {speaker} ABOUT {about}",
            "what is|was|are|were|'s {speaker}'s opinion|opinions|position|positions|view|views|stance|QUOTES ABOUT {about}",
            "did|has|have|does {speaker} [ever] say|said [anything|something] ABOUT {about}",
            "did|has|have|does {speaker} [ever] mention|mentioned|discuss|discussed {about}",
            "did|has|have|does {speaker} [ever] talk|talked|speak|spoken|comment|commented ABOUT {about}",
            "[show|list|find|give] [me] [all] [the] [latest|newest|recent] QUOTES by|from {speaker} about|on|regarding|concerning {about}",
            "everything|anything|all [that] {speaker} [has] said ABOUT {about}",
        ],
        example: "what did Ana Ruiz say about Porto?",
        means: Rows,
    },
    QuestionForm {
        patterns: &[
            "what DID {speaker} [ever] say|said|state|stated",
            "what is|was|'s {speaker} saying",
            "what was|is|'s {speaker} quoted as saying",
            "what was|is|has|'s [been] said by {speaker}",
            "[show|list|find|give] [me] [all] [the] [latest|newest|recent] QUOTES by|from {speaker}",
            "everything|anything|all [that] {speaker} [has] said",
        ],
        example: "what did Ana Ruiz say?",
        means: Rows,
    },
    // How two are related.
    QuestionForm {
        patterns: &[
            "how are|is|were|was {one} and {other} related|connected|linked",
            "how is|was {one} related|connected|linked to|with {other}",
            "what is|was|'s the relationship|relation|relations|connection|link between {one} and {other}",
            "what connects|links {one} and|to|with {other}",
        ],
        example: "how are Ana Ruiz and Porto related?",
        means: Rows,
    },
    // Who is what to whom.
    QuestionForm {
        patterns: &[
            "who [has|'s] speaks|spoke|spoken for {object}",
            "who [has|'s] speaks|spoke|spoken on behalf of {object}",
            "who is|was|are|were|'s speaking for {object}",
            "who IS [the|a] spokesperson|spokesman|spokeswoman|spokespeople|spokespersons for|of {object}",
            "who IS {object}'s spokesperson|spokesman|spokeswoman|spokespeople|spokespersons",
        ],
        example: "who speaks for Ana Ruiz?",
        means: Predicates(&["spokesperson_for"]),
    },
    QuestionForm {
        patterns: &[
            "who [has|have|'s] runs|ran|run|stands|stood for {object}",
            "who is|are|was|were|'s running|standing for {object}",
            "who IS [the|a] candidate|candidates|nominee|nominees of|for|in {object}",
            "who IS {object}'s candidate|candidates|nominee|nominees",
        ],
        example: "who ran for mayor?",
        means: Predicates(&["candidate_for"]),
    },
    QuestionForm {
        patterns: &[
            "who leads|led|heads|headed|runs|ran|chairs|chaired|governs|governed|rules|ruled {object}",
            "who is|was|'s leading|heading|running|chairing|governing|ruling {object}",
            "who IS [the] leader|leaders|head|boss of {object}",
            "who IS {object}'s leader|leaders|head|boss",
            "who is|was|'s in charge of {object}",
        ],
        example: "who leads Harbor Bank?",
        means: Predicates(&["leads"]),
    },
    QuestionForm {
        patterns: &[
            "who [has|have|'s] works|worked|work for|at|in {object}",
            "who is|are|was|were|'s working for|at|in {object}",
        ],
        example: "who works for Harbor Bank?",
        means: Predicates(WORKS_FOR),
    },
    QuestionForm {
        patterns: &[
            "who|whom|where does|did {subject} work [for|at]",
            "what is|was|'s {subject}'s job|office|post|role",
        ],
        example: "whom does Ana Ruiz work for?",
        means: Predicates(WORKS_FOR),
    },
    QuestionForm {
        patterns: &["what|who|whom does|did {subject} lead|head|run|chair|govern"],
        example: "what does Ana Ruiz lead?",
        means: Predicates(&["leads"]),
    },
    QuestionForm {
        patterns: &[
            "who belongs|belonged to {object}",
            "who IS [a|the] member|members of {object}",
            "who IS a|the {detail} member|members of {object}",
            "who IS {object}'s member|members",
        ],
        example: "who belongs to Harbor Bank?",
        means: Predicates(&["member_of"]),
    },
    QuestionForm {
        patterns: &[
            "who|whom is|was|'s {subject} married to",
            "who|whom did {subject} marry",
            "who married {object}",
            "who is|was|'s {object}'s wife|husband|spouse|partner",
            "who is|was|'s the wife|husband|spouse|partner of {object}",
            "is|was|are|were {subject} married to {object}",
            "is|was|are|were {subject} and {object} married",
        ],
        example: "who is Ana Ruiz married to?",
        means: Predicates(&["spouse_of"]),
    },
    QuestionForm {
        patterns: &[
            "who IS {object}'s ally|allies",
            "who IS [the|an] ally|allies of {object}",
            "are|were {subject} and {object} allies",
        ],
        example: "who are Ana Ruiz's allies?",
        means: Predicates(&["ally_of"]),
    },
    QuestionForm {
        patterns: &[
            "who IS {object}'s opponent|opponents|rival|rivals|enemy|enemies",
            "who IS [the|an] opponent|opponents|rival|rivals|enemy|enemies of {object}",
            "are|were {subject} and {object} opponents|rivals|enemies",
        ],
        example: "who are Ana Ruiz's opponents?",
        means: Predicates(&["opponent_of"]),
    },
    QuestionForm {
        patterns: &["did|have|had {subject} and {object} [ever] meet|met"],
        example: "did Ana Ruiz and Lia Okafor meet?",
        means: Predicates(&["met_with"]),
    },
    QuestionForm {
        patterns: &["where does|did {subject} live"],
        example: "where does Ana Ruiz live?",
        means: Predicates(&["lives_in"]),
    },
    QuestionForm {
        patterns: &["who lives|lived|resides|resided in {object}"],
        example: "who lives in Porto?",
        means: Predicates(&["lives_in"]),
    },
    QuestionForm {
        patterns: &["where was|is|'s {subject} born", "what is|was|'s {subject}'s birthplace|hometown"],
        example: "where was Ana Ruiz born?",
        means: Predicates(&["born_in"]),
    },
    QuestionForm {
        patterns: &["who was|is|were born in {object}"],
        example: "who was born in Porto?",
        means: Predicates(&["born_in"]),
    },
    QuestionForm {
        patterns: &[
            "where did {subject} study|graduate [from]",
            "which|what school|university|college did {subject} attend|finish",
        ],
        example: "where did Ana Ruiz study?",
        means: Predicates(&["educated_at"]),
    },
    QuestionForm {
        patterns: &["who studied|graduated at|from {object}", "who [has] attended {object}"],
        example: "who studied at Harbor University?",
        means: Predicates(&["educated_at"]),
    },
    QuestionForm {
        patterns: &[
            "what is|was|'s {subject}'s nationality|citizenship",
            "which|what country is|was {subject} from|of",
        ],
        example: "which country is Ana Ruiz from?",
        means: Predicates(&["citizen_of"]),
    },
    QuestionForm {
        patterns: &[
            "what are|were|is {object}'s subsidiary|subsidiaries|units|unit|divisions|division|arms",
            "what are|were|is the|a subsidiary|subsidiaries|units|unit|divisions|division of {object}",
        ],
        example: "what are Harbor Bank's subsidiaries?",
        means: Predicates(&["subsidiary_of"]),
    },
    QuestionForm {
        patterns: &["what is|was|'s {subject} a subsidiary|unit|division|part of"],
        example: "what is Harbor Bank a subsidiary of?",
        means: Predicates(&["subsidiary_of"]),
    },
    QuestionForm {
        patterns: &["where is|'s {subject} located", "where does {subject} lie"],
        example: "where is Porto located?",
        means: Predicates(&["located_in"]),
    },
    QuestionForm {
        patterns: &["where is|was|'s {subject} based|headquartered"],
        example: "where is Harbor Bank based?",
        means: Predicates(&["based_in"]),
    },
    QuestionForm {
        patterns: &[
            "who IS {object}'s father|mother|parent|parents",
            "who IS {object}'s {detail} father|mother|parent|parents",
            "who IS a|an|the father|mother|parent|parents of {object}",
            "who IS a|an|the {detail} father|mother|parent|parents of {object}",
        ],
        example: "who is Ana Ruiz's father?",
        means: Predicates(&["parent_of"]),
    },
    QuestionForm {
        patterns: &[
            "who IS {subject}'s son|sons|daughter|daughters|child|children",
            "who IS {subject}'s {detail} son|sons|daughter|daughters|child|children",
            "who IS a|an|the son|sons|daughter|daughters|child|children of {subject}",
            "who IS a|an|the {detail} son|sons|daughter|daughters|child|children of {subject}",
        ],
        example: "who are Ana Ruiz's children?",
        means: Predicates(&["parent_of"]),
    },
    QuestionForm {
        patterns: &[
            "who IS {object}'s brother|brothers|sister|sisters|sibling|siblings|cousin|cousins|uncle|uncles|aunt|aunts|nephew|nephews|niece|nieces|grandfather|grandmother|grandson|granddaughter|relative|relatives|brother-in-law|sister-in-law|father-in-law|mother-in-law|son-in-law|daughter-in-law",
            "who IS {object}'s {detail} brother|brothers|sister|sisters|sibling|siblings|cousin|cousins|uncle|uncles|aunt|aunts|nephew|nephews|niece|nieces|grandfather|grandmother|grandson|granddaughter|relative|relatives|brother-in-law|sister-in-law|father-in-law|mother-in-law|son-in-law|daughter-in-law",
            "who IS a|an|the brother|brothers|sister|sisters|sibling|siblings|cousin|cousins|uncle|uncles|aunt|aunts|nephew|nephews|niece|nieces|grandfather|grandmother|grandson|granddaughter|relative|relatives|brother-in-law|sister-in-law|father-in-law|mother-in-law|son-in-law|daughter-in-law of {object}",
            "who IS a|an|the {detail} brother|brothers|sister|sisters|sibling|siblings|cousin|cousins|uncle|uncles|aunt|aunts|nephew|nephews|niece|nieces|grandfather|grandmother|grandson|granddaughter|relative|relatives|brother-in-law|sister-in-law|father-in-law|mother-in-law|son-in-law|daughter-in-law of {object}",
        ],
        example: "who is Ana Ruiz's brother?",
        means: Predicates(&["relative_of"]),
    },
    QuestionForm {
        patterns: &[
            "who IS {object}'s friend|friends|aide|aides|colleague|colleagues|associate|associates|accomplice|accomplices",
            "who IS {object}'s {detail} friend|friends|aide|aides|colleague|colleagues|associate|associates|accomplice|accomplices",
            "who IS a|an|the friend|friends|aide|aides|colleague|colleagues|associate|associates|accomplice|accomplices of {object}",
            "who IS a|an|the {detail} friend|friends|aide|aides|colleague|colleagues|associate|associates|accomplice|accomplices of {object}",
        ],
        example: "who are Ana Ruiz's friends?",
        means: Predicates(&["associate_of"]),
    },
    QuestionForm {
        patterns: &["who IS the {detail} of|for|at|in {object}", "who IS {object}'s {detail}"],
        example: "who is the mayor of Porto?",
        means: Predicates(SOMEBODY_OF),
    },
];

/// Tried last: it takes any name.
pub(crate) const WHO_IS: QuestionForm = QuestionForm {
    patterns: &["who IS {who}", "what is|was|'s {who}", "tell me about {who}"],
    example: "who is Ana Ruiz?",
    means: Rows,
};
