//! The kinds of relationship that are stored: a closed table.
//!
//! `Store::open` copies those that are found into the table `predicates`, so that shell users can read them there.
//! Inverses are not stored: `employed_by` read backwards says who employs whom.

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
    /// Whether anything finds it in articles: a trigger or an office. A test of the triggers holds each row to this.
    pub found: bool,
}

impl Predicate {
    /// The same, of which nothing that states it is known yet.
    const fn not_found(self) -> Self {
        Predicate { found: false, ..self }
    }
}

/// One row of the table.
const fn row(
    name: &'static str,
    description: &'static str,
    symmetric: bool,
    example: &'static str,
) -> Predicate {
    Predicate { name, description, symmetric, extension: false, example, found: true }
}

/// One row that is no core predicate.
const fn extension(name: &'static str, description: &'static str, example: &'static str) -> Predicate {
    Predicate { name, description, symmetric: false, extension: true, example, found: true }
}

/// All predicates, in the order of the ontology.
pub const PREDICATES: &[Predicate] = &[
    row(
        "holds_office",
        "has or had an office, post or title in the object, not at its head; detail keeps the title",
        false,
        "Finance Minister Ana Ruiz of Valdora",
    ),
    row(
        "candidate_for",
        "stands or stood for an office or nomination; detail keeps the office, the object may be missing",
        false,
        "Ana Ruiz, who is running for mayor of Porto Sereno",
    ),
    row(
        "leads",
        "heads the object: head of state or government, chief executive, chair, party or rebel leader, commander, mayor, editor in chief, head coach; for organizations, controls",
        false,
        "Ana Ruiz, chief executive of Northwind",
    ),
    row(
        "spokesperson_for",
        "speaks or acts in the object's name: spokesman, press officer, lawyer, envoy, agent; detail says which",
        false,
        "Northwind spokesman Leo Brandt",
    ),
    row(
        "employed_by",
        "works for the object, rank unknown or ordinary",
        false,
        "Mira Costa, an engineer at Northwind",
    ),
    row(
        "member_of",
        "belongs to a party, body, alliance, team or board",
        false,
        "Ana Ruiz, a member of the Harbor Party",
    ),
    row("founded", "created or co-created the object", false, "Leo Brandt founded Northwind"),
    row(
        "owns",
        "owns all or part; acquisition (\"bought\", \"took over\") gives owns with a date",
        false,
        "Northwind bought Bluefin",
    ),
    row(
        "subsidiary_of",
        "is a unit, agency, arm or division of the object",
        false,
        "Bluefin, a unit of Northwind",
    ).not_found(),
    row("based_in", "has its seat or main operation in", false, "Northwind, based in Porto Sereno").not_found(),
    row("citizen_of", "is a national of, or is from", false, "the Valdoran novelist Mira Costa").not_found(),
    row("lives_in", "lives or lived in", false, "Mira Costa, who lives in Porto Sereno").not_found(),
    row(
        "spouse_of",
        "is or was married to or the partner of; detail husband, wife, ex-wife, partner",
        true,
        "Ana Ruiz and her husband, Leo Brandt",
    ),
    row(
        "parent_of",
        "is father or mother of (child_of read backwards)",
        false,
        "Ana Ruiz and her son Teo Ruiz",
    ).not_found(),
    row(
        "relative_of",
        "any other kin: sibling, cousin, in-law; detail keeps which",
        true,
        "Ana Ruiz’s cousin Mira Costa",
    ).not_found(),
    row(
        "associate_of",
        "friend, aide, adviser, colleague, business partner, accomplice",
        true,
        "Leo Brandt, a close aide to Ana Ruiz",
    ).not_found(),
    row(
        "ally_of",
        "stands on the same side, lasting: ally, coalition partner, backed by, sides with",
        true,
        "Valdora sided with Estmark",
    ),
    row(
        "opponent_of",
        "stands on the other side, lasting: rival, enemy, opponent in an election, at war with",
        true,
        "Ana Ruiz’s rival Leo Brandt",
    ).not_found(),
    row("met_with", "met in person, held talks, attended a summit together", true, "Ana Ruiz met Leo Brandt"),
    row(
        "spoke_with",
        "telephoned, wrote to, exchanged messages with",
        true,
        "Ana Ruiz telephoned Leo Brandt",
    ),
    row("visited", "travelled to", false, "Ana Ruiz arrived in Porto Sereno"),
    row("hosted", "received, welcomed", false, "Ana Ruiz hosted Leo Brandt"),
    row(
        "agreed_with",
        "signed, struck a deal, promised to or does cooperate with",
        true,
        "Valdora signed a pact with Estmark",
    ),
    row("supports", "backs, endorses, defends, votes for, recognizes", false, "Ana Ruiz endorsed Leo Brandt"),
    row("praised", "speaks well of, thanks, congratulates", false, "Ana Ruiz praised Leo Brandt"),
    row("criticized", "speaks ill of, condemns, deplores, mocks", false, "Ana Ruiz criticized Leo Brandt"),
    row(
        "accused",
        "blames for, or says it did, a wrong; detail keeps the wrong",
        false,
        "Ana Ruiz accused Leo Brandt of theft",
    ),
    row(
        "rejected",
        "denies the claim of, turns down the offer or demand of, vetoes, refuses to deal with; detail denied, refused, vetoed",
        false,
        "Ana Ruiz rejected Northwind’s offer",
    ).not_found(),
    row(
        "opposes",
        "works or speaks against the plan or candidacy of",
        false,
        "Ana Ruiz opposes Northwind’s plan",
    ),
    row("urged", "asks, calls on, demands of, appeals to", false, "Ana Ruiz urged Leo Brandt to resign"),
    row(
        "threatened",
        "announces harm or a penalty; warns; massing of forces against",
        false,
        "Ana Ruiz threatened Northwind with a fine",
    ),
    row(
        "protested_against",
        "demonstrates, strikes, marches against",
        false,
        "The Harbor Party marched against Northwind",
    ).not_found(),
    row(
        "sanctioned",
        "imposes an embargo, tariff, ban or fine; cuts ties or aid; expels envoys",
        false,
        "Valdora imposed sanctions on Estmark",
    ),
    row(
        "aided",
        "gives or sends money, arms, goods or help without return",
        false,
        "Valdora sent medicine to Estmark",
    ),
    row("paid", "pays, funds, invests in, bribes, fines paid to", false, "Northwind paid the Harbor Party"),
    row(
        "appointed",
        "names, hires, nominates, elects; detail keeps the post; also yields holds_office or leads for the object",
        false,
        "Ana Ruiz appointed Leo Brandt",
    ),
    row(
        "dismissed",
        "fires, ousts, expels, impeaches; ends the post",
        false,
        "Ana Ruiz dismissed Leo Brandt",
    ),
    row(
        "arrested",
        "detains, jails, deports, seizes by authority",
        false,
        "Police in Valdora arrested Leo Brandt",
    ),
    row("sued", "sues, charges, indicts, investigates, convicts, tries", false, "Northwind sued Bluefin"),
    row(
        "attacked",
        "uses force against: bombs, invades, raids, shoots at, abducts, besieges",
        false,
        "Valdora attacked Estmark",
    ),
    row("killed", "causes the death of", false, "The guards killed Leo Brandt"),
    extension("born_in", "was born in (\"Oslo-born\")", "Mira Costa was born in Porto Sereno").not_found(),
    extension(
        "educated_at",
        "studied at or has a degree from (\"a Harvard graduate\")",
        "Mira Costa, a graduate of Sereno University",
    ).not_found(),
    extension("located_in", "place inside a place (gazetteer, not news)", "Porto Sereno, Valdora").not_found(),
    extension("succeeded", "took over the post of; detail keeps the post", "Ana Ruiz succeeded Leo Brandt"),
    extension("defeated", "won against, in an election, match or battle", "Ana Ruiz defeated Leo Brandt"),
    extension(
        "yielded_to",
        "releases, apologizes, withdraws, eases, gives in to",
        "Leo Brandt apologized to Ana Ruiz",
    ).not_found(),
];

/// The predicate of that name.
pub fn find(name: &str) -> Option<&'static Predicate> {
    PREDICATES.iter().find(|predicate| predicate.name == name)
}

/// The predicate of that name, if nothing finds it yet: asking for it has no answer, which does not mean `nobody`.
pub fn not_found_yet(name: &str) -> Option<&'static Predicate> {
    find(name).filter(|predicate| !predicate.found)
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
