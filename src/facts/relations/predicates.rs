//! The kinds of relationship that are stored: a closed table, each row with what states it.
//!
//! `Store::open` copies them into the table `predicates`, so that shell users can read them there.
//! Inverses are not stored: `employed_by` read backwards says who employs whom. A new kind is one row here: its words are
//! read by `triggers`, and a test holds each row to its example.

/// One kind of relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// The word in the database, the JSON and the flags.
    pub name: &'static str,
    /// What it says of its subject and its object.
    pub description: &'static str,
    /// Whether either side may stand first.
    pub symmetric: bool,
    /// Whether it stands outside the core of the ontology.
    pub extension: bool,
    /// Words that state it.
    pub example: &'static str,
    /// What its subject and its object can be: `P`, `O` and `G` for people, organizations and places.
    pub(super) types: [&'static str; 2],
    /// Verbs that state it, with what belongs to each (see `triggers`).
    pub(super) verbs: &'static [&'static str],
    /// Nouns of action: `attack @on`.
    pub(super) acts: &'static [&'static str],
    /// Nouns for what one is to another: `cousin`.
    pub(super) bonds: &'static [&'static str],
    /// Adjectives for how one stands to another: `critical @of`.
    pub(super) adjectives: &'static [&'static str],
    /// Words before what `detail` keeps: `of theft`, `to resign`.
    pub(super) detail: &'static [&'static str],
    /// Whether it lasts: a date inside it is not the whole of it. The others are deeds and events.
    pub lasting: bool,
    /// Whether who does it to a thing does it to whom the thing is of: to criticize Ana Ruiz’s plan.
    pub(super) through_things: bool,
}

/// Anybody who can act: people, organizations and places.
const ACTOR: &str = "POG";

impl Predicate {
    const fn types(self, subject: &'static str, object: &'static str) -> Self {
        Predicate { types: [subject, object], ..self }
    }

    const fn verbs(self, verbs: &'static [&'static str]) -> Self {
        Predicate { verbs, ..self }
    }

    const fn acts(self, acts: &'static [&'static str]) -> Self {
        Predicate { acts, ..self }
    }

    const fn bonds(self, bonds: &'static [&'static str]) -> Self {
        Predicate { bonds, ..self }
    }

    const fn adjectives(self, adjectives: &'static [&'static str]) -> Self {
        Predicate { adjectives, ..self }
    }

    const fn detail(self, detail: &'static [&'static str]) -> Self {
        Predicate { detail, ..self }
    }

    /// It lasts.
    const fn lasting(self) -> Self {
        Predicate { lasting: true, ..self }
    }

    /// Either side may stand first.
    const fn symmetric(self) -> Self {
        Predicate { symmetric: true, ..self }
    }

    /// What is done to a thing is done to whom it is of.
    const fn through_things(self) -> Self {
        Predicate { through_things: true, ..self }
    }

    /// No core predicate.
    const fn extension(self) -> Self {
        Predicate { extension: true, ..self }
    }

    /// Whether an entity of the kind with this letter can be the subject (0) or the object (1).
    pub(super) fn admits(&self, side: usize, letter: char) -> bool {
        self.types[side].contains(letter)
    }
}

/// One row of the table.
const fn row(name: &'static str, description: &'static str, example: &'static str) -> Predicate {
    Predicate {
        name,
        description,
        symmetric: false,
        extension: false,
        example,
        types: [ACTOR, ACTOR],
        verbs: &[],
        acts: &[],
        bonds: &[],
        adjectives: &[],
        detail: &[],
        lasting: false,
        through_things: false,
    }
}

/// All predicates, in the order of the ontology.
pub const PREDICATES: &[Predicate] = &[
    row(
        "holds_office",
        "has or had an office, post or title in the object, not at its head; detail keeps the title",
        "Finance Minister Ana Ruiz of Valdora",
    )
    .types("P", "OG").lasting(),
    row(
        "candidate_for",
        "stands or stood for an office or nomination; detail keeps the office, the object may be missing",
        "Ana Ruiz, who is running for mayor of Porto Sereno",
    )
    .types("P", "OG").lasting(),
    row(
        "leads",
        "heads the object: head of state or government, chief executive, chair, party or rebel leader, commander, mayor, editor in chief, head coach; for organizations, controls",
        "Ana Ruiz, chief executive of Northwind",
    )
    .types("P", "OG").lasting()
    .verbs(&["lead", "head", "chair", "govern", "command", "helm", "preside @over"]),
    row(
        "spokesperson_for",
        "speaks or acts in the object's name: spokesman, press officer, lawyer, envoy, agent; detail says which",
        "Northwind spokesman Leo Brandt",
    )
    .types("PO", ACTOR).lasting(),
    row("employed_by", "works for the object, rank unknown or ordinary", "Mira Costa, an engineer at Northwind")
        .types("P", "O").lasting()
        .verbs(&["work @for|at", "<employ", "teach @at", "lecture @at", "intern @at", "report @for", "write @for"])
        .bonds(&["employee|worker|staffer|reporter|correspondent|columnist|journalist|anchor|host|co-host|commentator|contributor|editor|professor|lecturer|economist|analyst|engineer|scientist|researcher|fellow|scholar|executive @of|at|for|with", "accountant|agent|anchorman|anchorwoman|architect|astronaut|astronomer|bureaucrat|cardiologist|chemist|chef|clerk|copywriter|detective|driver|epidemiologist|forecaster|geneticist|geophysicist|guard|inspector|instructor|intern|investigator|janitor|lecturer|librarian|lobbyist|mechanic|meteorologist|neurologist|neuroscientist|newscaster|nurse|officer|pathologist|physician|physicist|physiologist|pilot|policeman|postdoc|presenter|programmer|psychiatrist|psychologist|ranger|seismologist|steward|surgeon|teacher|technician|trader|veterinarian|virologist|volunteer @at|for|with|of", "archaeologist|archivist|biologist|broker|cartoonist|climatologist|coordinator|curator|designer|developer|ecologist|expert|geologist|historian|lawyer|manager|operator|organizer|paleontologist|photographer|planner|producer|publicist|recruiter|salesman|scholar|sociologist|specialist|statistician|theorist|trainer|writer @at|for|with"]),
    row("member_of", "belongs to a party, body, alliance, team or board", "Ana Ruiz, a member of the Harbor Party")
        .types(ACTOR, "O").lasting()
        .verbs(&["join", "belong @to"])
        .bonds(&["member|veteran|lawmaker|parliamentarian|legislator|backbencher|activist|militant|politician @of|for|from|with", "defender|forward|goalkeeper|goalie|midfielder|outfielder|pitcher|placekicker|playmaker|quarterback|shortstop|striker|winger @of|for"]),
    row("founded", "created or co-created the object", "Leo Brandt founded Northwind")
        .types("PO", "O")
        .verbs(&["found", "co-found", "cofound", "establish", "set +up", "form", "co-establish"])
        .bonds(&["founder|co-founder|cofounder|creator @of"]),
    row(
        "owns",
        "owns all or part; acquisition (\"bought\", \"took over\") gives owns with a date",
        "Northwind bought Bluefin",
    )
    .types(ACTOR, "O").lasting()
    .verbs(&["own", "acquire", "buy", "purchase", "take +over", "buy +out"])
    .acts(&["acquisition|purchase|takeover|buyout @of"])
    .bonds(&["owner|co-owner|shareholder @of|in"]),
    row(
        "subsidiary_of",
        "is a unit, agency, arm or division of the object",
        "Bluefin, a unit of Northwind",
    )
    .types("O", "OG").lasting()
    .bonds(&["unit|subsidiary|arm|division|branch|affiliate|wing|imprint|brand|offshoot|agency @of", "<parent @of|for"]),
    row("based_in", "has its seat or main operation in", "Northwind, based in Porto Sereno")
        .types("O", "G").lasting()
        .verbs(&["base @in|at", "headquarter @in|at", "locate @in|at", "situate @in", "have|maintain headquarter|headquarters|seat|base @in", "seat @in"]),
    row("citizen_of", "is a national of, or is from", "Mira Costa, a citizen of Valdora")
        .types("P", "G").lasting()
        .verbs(&["hail @from", "come @from"])
        .bonds(&["citizen|national @of"]),
    row("lives_in", "lives or lived in", "Mira Costa, who lives in Porto Sereno")
        .types("P", "G").lasting()
        .verbs(&["live @in|at", "reside @in|at", "settle @in", "move @to", "relocate @to", "emigrate|immigrate @to", "grow +up @in", "raise @in|at", "dwell @in", "base @in"])
        .bonds(&["resident @of"]),
    row(
        "spouse_of",
        "is or was married to or the partner of; detail husband, wife, ex-wife, partner",
        "Ana Ruiz and her husband, Leo Brandt",
    )
    .symmetric()
    .types("P", "P").lasting()
    .adjectives(&["married|engaged|wed|betrothed @to"])
    .verbs(&["marry", "marry @to", "wed", "divorce", "divorce @from", "engage @to", "betroth @to", "remarry"])
    .bonds(&["wife|husband|spouse|widow|widower|fiancé|fiancée|fiance|fiancee|girlfriend|boyfriend|ex-wife|ex-husband|bride|groom|ex-girlfriend|ex-boyfriend"]),
    row(
        "parent_of",
        "is father or mother of (child_of read backwards)",
        "Ana Ruiz and her son Teo Ruiz",
    )
    .types("P", "P")
    .verbs(&["father", "<bear @to"])
    .bonds(&["father|mother|parent|dad|mom|mum", "<son|daughter|child"]),
    row(
        "relative_of",
        "any other kin: sibling, cousin, in-law; detail keeps which",
        "Ana Ruiz’s cousin Mira Costa",
    )
    .symmetric()
    .types("P", "P")
    .bonds(&["brother|sister|cousin|uncle|aunt|nephew|niece|grandfather|grandmother|grandson|granddaughter|stepson|stepdaughter|stepfather|stepmother|brother-in-law|sister-in-law|son-in-law|daughter-in-law|father-in-law|mother-in-law|half-brother|half-sister|sibling|twin"]),
    row(
        "associate_of",
        "friend, aide, adviser, colleague, business partner, accomplice",
        "Leo Brandt, a close aide to Ana Ruiz",
    )
    .symmetric()
    .types("P", "PO").lasting()
    .bonds(&["aide|adviser|advisor|friend|colleague|associate|confidant|confidante|assistant|protégé|mentor|accomplice|strategist|loyalist @of|to"]),
    row(
        "ally_of",
        "stands on the same side, lasting: ally, coalition partner, backed by, sides with",
        "Valdora sided with Estmark",
    )
    .symmetric().lasting()
    .verbs(&["side @with", "ally @with", "align @with", "stand @with|alongside"])
    .acts(&["alliance @with"])
    .bonds(&["ally @of|to"]),
    row(
        "opponent_of",
        "stands on the other side, lasting: rival, enemy, opponent in an election, at war with",
        "Ana Ruiz’s rival Leo Brandt",
    )
    .symmetric().lasting()
    .verbs(&["run @against", "compete @against|with", "clash @with", "feud @with", "debate", "vie @with"])
    .acts(&["feud|rivalry|showdown|debate @with|against"])
    .bonds(&["rival|opponent|foe|enemy|adversary|challenger|nemesis @of|to"]),
    row("met_with", "met in person, held talks, attended a summit together", "Ana Ruiz met Leo Brandt")
        .symmetric()
        .verbs(&[
            "meet",
            "meet @with",
            "meet +up @with",            "hold talk|meeting|discussion|summit|negotiation|consultation @with",
            "discuss @with",
"have talk|meeting|discussion|lunch|dinner|breakfast|audience @with",
            "confer @with",
            "negotiate @with",
            "dine @with",
            "sit +down @with",
        ])
        .acts(&["meeting|talk|summit|negotiation|discussion|consultation|dinner|lunch @with"]),
    row("spoke_with", "telephoned, wrote to, exchanged messages with, gave an interview to", "Ana Ruiz telephoned Leo Brandt")
        .symmetric()
        .verbs(&[
            "speak @with|to",
            "talk @with|to",
            "telephone",
            "phone",
            "call",
            "interview",
            "text",
            "email",
            "write @to",
            "tell",
            "have conversation|call @with",
            "hold conversation|call @with",
        ])
        .acts(&["interview|conversation|call|telephone @with"]),
    row("visited", "travelled to", "Ana Ruiz arrived in Porto Sereno")
        .verbs(&["visit", "tour", "arrive @in", "travel @to", "fly @to|into", "journey @to", "pay visit @to", "make visit|trip @to"])
        .acts(&["visit|trip @to"]),
    row("hosted", "received, welcomed", "Ana Ruiz hosted Leo Brandt").verbs(&["host", "receive", "welcome"]),
    row(
        "agreed_with",
        "signed, struck a deal, promised to or does cooperate with",
        "Valdora signed a pact with Estmark",
    )
    .symmetric()
    .verbs(&[
        "sign deal|agreement|pact|treaty|accord|contract|memorandum|truce @with",
        "reach deal|agreement|pact|accord|settlement|compromise|truce @with",
        "strike deal|agreement|bargain @with",
        "make deal|agreement|peace @with",
        "agree",
        "cooperate @with",
        "collaborate @with",
        "partner @with",
        "team +up @with",
        "settle @with",
        "merge @with",
    ])
    .acts(&["deal|agreement|pact|treaty|accord|cooperation|partnership|truce|ceasefire|settlement @with"]),
    row("supports", "backs, endorses, defends, votes for, recognizes", "Ana Ruiz endorsed Leo Brandt")
        .through_things()
        .adjectives(&["supportive @of", "loyal @to"])
    .verbs(&[
            "support",
            "back",
            "endorse",
            "welcome",
            "defend",
            "recognize",
            "recognise",
            "champion",
            "embrace",
            "agree @with",
            "vote @for",
            "campaign @for",
            "rally @behind|around",
            "throw support|weight @behind",
            "express|voice support @for",
            "give|offer|lend|pledge|promise support|backing @to|for",
            "<win|receive|earn|get|gain|secure support|backing|endorsement @of|from",
        ])
        .acts(&["support|endorsement|backing @for|of"])
        .bonds(&["supporter|backer|surrogate @of"]),
    row("praised", "speaks well of, thanks, congratulates", "Ana Ruiz praised Leo Brandt")
        .through_things()
        .detail(&["for"])
        .adjectives(&["grateful|thankful @to", "proud @of"])
    .verbs(&[
            "praise",
            "thank",
            "hail",
            "congratulate",
            "laud",
            "applaud",
            "salute",
            "compliment",
            "commend",
            "credit",
            "admire",
            "honor",
            "honour",
            "pay tribute @to",
            "heap|lavish praise @on|upon",
            "appreciate",
            "respect",
        ])
        .acts(&["praise|tribute|admiration @for|of|to"]),
    row("criticized", "speaks ill of, condemns, deplores, mocks", "Ana Ruiz criticized Leo Brandt")
        .through_things()
        .detail(&["for", "over"])
        .adjectives(&["critical|dismissive|scornful|contemptuous @of", "furious|angry @at|with"])
    .verbs(&[
            "criticize",
            "criticise",
            "condemn",
            "denounce",
            "blast",
            "slam",
            "mock",
            "rip",
            "deplore",
            "chide",
            "rebuke",
            "scold",
            "ridicule",
            "deride",
            "disparage",
            "lambast",
            "lambaste",
            "assail",
            "berate",
            "insult",
            "fault",
            "bash",
            "decry",
            "castigate",
            "excoriate",
            "censure",
            "admonish",
            "taunt",
            "needle",
            "vilify",
            "smear",
            "belittle",
            "lash +out @at|against",
            "hit +out @at",
            "hit +back @at",
            "take aim @at",
        ])
        .acts(&["criticism|condemnation|denunciation|mockery @of|against"])
        .bonds(&["critic|detractor @of"]),
    row("accused", "blames for, or says it did, a wrong; detail keeps the wrong", "Ana Ruiz accused Leo Brandt of theft")
        .detail(&["of", "for", "over"])
        .verbs(&["accuse", "blame", "point finger @at"])
        .acts(&["accusation|allegation @against"]),
    row(
        "rejected",
        "denies the claim of, turns down the offer or demand of, vetoes, refuses to deal with; detail denied, refused, vetoed",
        "Ana Ruiz rejected Northwind’s offer",
    )
    .through_things()
    .verbs(&[
        "reject",
        "rebuff",
        "deny",
        "refuse",
        "spurn",
        "veto",
        "snub",
        "defy",
        "boycott",
        "refute",
        "rebut",
        "turn +down",
        "decline offer|invitation|request @from|of",
    ])
    .acts(&["rejection|denial|refusal|veto|boycott|defiance @of"]),
    row("opposes", "works or speaks against the plan or candidacy of", "Ana Ruiz opposes Northwind’s plan")
        .through_things()
        .adjectives(&["opposed|hostile @to", "wary|skeptical|sceptical @of"])
    .verbs(&["oppose", "resist", "object @to", "vote @against", "campaign @against"])
        .acts(&["opposition|resistance|objection @to"]),
    row("urged", "asks, calls on, demands of, appeals to", "Ana Ruiz urged Leo Brandt to resign")
        .detail(&["to"])
        .verbs(&[
            "urge",
            "call @on|upon",
            "appeal @to",
            "implore",
            "beg",
            "plead @with",
            "pressure",
            "lobby",
            "petition",
            "ask ~to",
            "press ~to",
            "push ~to",
            "advise ~to",
            "encourage ~to",
            "invite ~to",
            "order ~to",
            "instruct ~to",
            "command ~to",            "request ~to",
            "demand ~that",
            "insist ~that",
"tell ~to",
            "put pressure @on",
        ])
        .acts(&["appeal|plea @to"]),
    row(
        "threatened",
        "announces harm or a penalty; warns; massing of forces against",
        "Ana Ruiz threatened Northwind with a fine",
    )
    .detail(&["with", "against"])
    .verbs(&["threaten", "warn", "menace", "issue threat|warning|ultimatum @to|against"])
    .acts(&["threat|ultimatum @to|against"]),
    row(
        "protested_against",
        "demonstrates, strikes, marches against",
        "The Harbor Party marched against Northwind",
    )
    .verbs(&["protest", "protest @against", "demonstrate @against", "rally @against", "march @against", "strike @against", "riot @against"])
    .acts(&["protest|demonstration|rally|march @against"]),
    row(
        "sanctioned",
        "imposes an embargo, tariff, ban or fine; cuts ties or aid; expels envoys",
        "Valdora imposed sanctions on Estmark",
    )
    .types("OG", ACTOR)
    .verbs(&[
        "sanction",
        "blacklist",
        "fine",
        "penalize",
        "embargo",
        "impose sanction|tariff|embargo|ban|penalty|fine|restriction|duty|blockade @on|against|upon",
        "slap sanction|tariff|fine @on",
        "place sanction|tariff|embargo|ban @on",
        "cut|sever|break|suspend tie|relation|aid @with|to",        "suspend|halt|stop|cut|reduce|freeze aid|assistance|supply|flight|trade|export|import|sale @to|from|with",
])
    .acts(&["sanction|embargo|tariff @on|against"]),
    row("aided", "gives or sends money, arms, goods or help without return", "Valdora sent medicine to Estmark")
        .verbs(&[
            "aid",
            "assist",
            "help",
            "rescue",            "send|give|provide|supply|donate|deliver|pledge|offer|contribute aid|money|assistance|weapon|arm|help|fund|funding|grant|loan|relief|donation|equipment|shipment|ammunition|tank|missile|vaccine|vehicle|troop|food|medicine|supply|million|billion|$ @to|for",
])
        .acts(&["aid|assistance @to|for"]),
    row("paid", "pays, funds, invests in, bribes, fines paid to", "Northwind paid the Harbor Party")
        .detail(&["for"])
        .verbs(&["pay", "bribe", "fund", "finance", "bankroll", "sponsor", "compensate", "invest @in", "donate @to"]),
    row(
        "appointed",
        "names, hires, nominates, elects; detail keeps the post; also yields holds_office or leads for the object",
        "Ana Ruiz appointed Leo Brandt",
    )
    .types(ACTOR, "P")
    .detail(&["as"])
    .verbs(&["appoint", "nominate", "hire", "elect", "promote", "reappoint", "name", "pick", "tap"])
    .acts(&["appointment|nomination @of"]),
    row("dismissed", "fires, ousts, expels, impeaches; ends the post", "Ana Ruiz dismissed Leo Brandt")
        .types(ACTOR, "PO")
        .verbs(&[
            "dismiss",
            "fire",
            "sack",
            "oust",
            "expel",
            "impeach",
            "depose",
            "remove",
            "topple",
            "overthrow",
            "demote",
            "suspend",
            "force +out",
            "kick +out",
            "push +out",
        ])
        .acts(&["firing|dismissal|ouster|impeachment|removal|overthrow @of"]),
    row("arrested", "detains, jails, deports, seizes by authority", "Valdora arrested Leo Brandt")
        .types(ACTOR, "PG")
        .verbs(&["arrest", "detain", "jail", "imprison", "deport", "extradite", "apprehend", "incarcerate"])
        .acts(&["arrest|detention|deportation|extradition|imprisonment @of"]),
    row("sued", "sues, charges, indicts, investigates, convicts, tries", "Northwind sued Bluefin")
        .detail(&["with", "for", "of", "over"])
        .verbs(&[
            "sue",
            "indict",
            "charge",
            "prosecute",
            "investigate",
            "convict",
            "find",
            "probe",
            "subpoena",
            "sentence",
            "file|bring lawsuit|suit|complaint|charge|case @against",
            "launch|open investigation|probe|inquiry @into|of|against",
        ])
        .acts(&["lawsuit|suit|investigation|probe|case|indictment|inquiry|prosecution @against|into|of"]),
    row("attacked", "uses force against: bombs, invades, raids, shoots at, abducts, besieges", "Valdora attacked Estmark")
        .verbs(&[
            "attack",
            "bomb",
            "invade",
            "raid",
            "shell",
            "strike",
            "besiege",
            "storm",
            "ambush",
            "bombard",
            "assault",
            "abduct",
            "kidnap",
            "torture",
            "occupy",            "annex",
            "capture",
            "seize",
"shoot",
            "shoot @at",
            "fire @at|on",
            "open fire @on",
            "launch|carry|conduct|stage|mount attack|strike|airstrike|assault|offensive|missile|raid|rocket @on|against|at|into",
            "carry +out attack|strike|airstrike|assault|raid|bombing @on|against|in",
        ])
        .acts(&["attack|assault|strike|airstrike|raid|invasion|bombing|offensive|bombardment|siege|aggression|incursion @on|of|against"]),
    row("killed", "causes the death of", "Teo Sand killed Leo Brandt")
        .types(ACTOR, "PG")
        .verbs(&["kill", "murder", "assassinate", "execute", "behead", "slay", "massacre", "gun +down"])
        .bonds(&["assassin|killer|murderer @of"])
        .acts(&["killing|murder|assassination|execution|massacre|slaying @of"]),
    row("born_in", "was born in (\"Oslo-born\")", "Mira Costa was born in Porto Sereno")
        .extension()
        .types("P", "G")
        .verbs(&["bear @in|at|near", "born @in|at"])
        .bonds(&["native @of"]),
    row(
        "educated_at",
        "studied at or has a degree from (\"a Harvard graduate\")",
        "Mira Costa, a graduate of Sereno University",
    )
    .extension()
    .types("P", "O").lasting()
    .verbs(&[
        "graduate @from",
        "study @at",
        "educate @at",
        "train @at",
        "school @at",
        "enroll|enrol @at|in",
        "matriculate @at|to",
        "attend",
        "enter",
        "earn|receive|obtain|complete|get|hold|have|pursue|take|gain|finish|do degree|doctorate|diploma|bachelor|master|phd|ph.d.|ph.d|mba|m.b.a.|m.b.a|b.a.|b.a|ba|b.s.|b.s|bs|bsc|b.sc.|m.a.|m.a|ma|m.s.|m.s|ms|msc|m.sc.|j.d.|j.d|jd|m.d.|m.d|md|llb|llm|ll.b.|study|studies|education|schooling|training|undergraduate @from|at",
    ])
    .bonds(&["graduate|alumnus|alumna|student|undergraduate|valedictorian|alum|pupil @of|at|from"]),
    row("located_in", "place inside a place, as printed: a town and its region", "Porto Sereno, Ohio")
        .extension()
        .types("G", "G")
        .verbs(&["locate @in", "situate @in", "lie @in"])
        .bonds(&["capital|town|city|village|suburb|district|province|region|neighborhood|neighbourhood|borough|county|township|municipality|resort|port|hamlet|commune|island @of|in"]),
    row("succeeded", "took over the post of; detail keeps the post", "Ana Ruiz succeeded Leo Brandt")
        .extension()
        .types("P", "P")
        .detail(&["as"])
        .verbs(&["succeed", "replace"])
        .bonds(&["successor @of|to", "<predecessor @of"]),
    row("defeated", "won against, in an election, match or battle", "Ana Ruiz defeated Leo Brandt")
        .extension()
        .verbs(&["defeat", "beat", "trounce", "rout", "unseat", "edge +out", "win @against|over"])
        .acts(&["victory|win|triumph @over|against"]),
    row("yielded_to", "releases, apologizes, withdraws, eases, gives in to", "Leo Brandt apologized to Ana Ruiz")
        .extension()
        .verbs(&[
            "apologize @to",
            "apologise @to",
            "surrender @to",
            "concede @to",
            "yield @to",
            "bow @to",
            "give +in @to",
            "capitulate @to",
            "release",
            "free",
            "pardon",
            "withdraw @from",
            "retreat @from",
            "ease|lift sanction|embargo|ban|restriction|blockade @on|against",
        ])
        .acts(&["apology|concession|surrender @to"]),
];

/// The predicate of that name.
pub fn find(name: &str) -> Option<&'static Predicate> {
    PREDICATES.iter().find(|predicate| predicate.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_described() {
        let mut names: Vec<&str> = PREDICATES.iter().map(|predicate| predicate.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PREDICATES.len());
        assert!(PREDICATES.iter().all(|p| !p.description.is_empty() && !p.example.is_empty()));
    }
}
