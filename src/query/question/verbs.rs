//! Verbs that ask for a relationship: `who met X?`, `whom did S accuse?`, `who was praised by S?`.
//!
//! One row for each; how they ask is the same for all.

use crate::query::question::form::Form;
use crate::query::question::forms::Means;
use crate::query::question::section::Section;

/// A verb that states a relationship, for the forms of [`HOW_VERBS_ASK`].
struct Verb {
    predicate: &'static str,
    /// All its forms, as alternatives of a pattern.
    forms: &'static str,
    /// The participle, for `who was accused by …`; empty where nobody asks so.
    participle: &'static str,
    /// The form in the example.
    past: &'static str,
}

impl Verb {
    /// The form in -ing of each of its verbs, with the preposition after them: `meeting [with]`.
    fn acting(&self) -> String {
        let (verbs, preposition) = self.forms.split_once(' ').unwrap_or((self.forms, ""));
        let forms: Vec<String> = verbs.split('|').map(acting).collect();
        format!("{} {preposition}", forms.join("|")).trim_end().to_owned()
    }

    /// Whom its example is about.
    fn example_object(&self) -> &'static str {
        match self.predicate {
            "founded" | "owns" | "sanctioned" | "sued" => "Harbor Bank",
            "visited" | "attacked" => "Porto",
            _ => "Ana Ruiz",
        }
    }
}

/// The form in -ing of a verb in its base form; of any other form it makes a word that nobody writes.
fn acting(base: &str) -> String {
    match base.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') => format!("{stem}ing"),
        _ => format!("{base}ing"),
    }
}

const fn verb(
    predicate: &'static str,
    forms: &'static str,
    participle: &'static str,
    past: &'static str,
) -> Verb {
    Verb { predicate, forms, participle, past }
}

const VERBS: &[Verb] = &[
    verb("met_with", "meet|meets|met [with]", "", "met"),
    verb("spoke_with", "speak|speaks|spoke|spoken|talk|talks|talked with|to", "", "spoke with"),
    verb("agreed_with", "agree|agrees|agreed with", "", "agreed with"),
    verb("protested_against", "protest|protests|protested against", "", "protested against"),
    verb("yielded_to", "yield|yields|yielded to", "", "yielded to"),
    verb("visited", "visit|visits|visited", "visited", "visited"),
    verb(
        "hosted",
        "host|hosts|hosted|receive|receives|received|welcome|welcomes|welcomed",
        "hosted|received|welcomed",
        "hosted",
    ),
    verb(
        "supports",
        "support|supports|supported|back|backs|backed|endorse|endorses|endorsed|defend|defends|defended",
        "supported|backed|endorsed|defended",
        "supported",
    ),
    verb("praised", "praise|praises|praised|thank|thanks|thanked", "praised|thanked", "praised"),
    verb(
        "criticized",
        "criticize|criticizes|criticized|criticise|criticises|criticised|condemn|condemns|condemned",
        "criticized|criticised|condemned",
        "criticized",
    ),
    verb("accused", "accuse|accuses|accused|blame|blames|blamed", "accused|blamed", "accused"),
    verb("rejected", "reject|rejects|rejected", "rejected", "rejected"),
    verb("opposes", "oppose|opposes|opposed", "opposed", "opposed"),
    verb("urged", "urge|urges|urged", "urged", "urged"),
    verb("threatened", "threaten|threatens|threatened", "threatened", "threatened"),
    verb("sanctioned", "sanction|sanctions|sanctioned", "sanctioned", "sanctioned"),
    verb("aided", "aid|aids|aided|help|helps|helped", "aided|helped", "helped"),
    verb("paid", "pay|pays|paid|fund|funds|funded", "paid|funded", "paid"),
    verb(
        "appointed",
        "appoint|appoints|appointed|nominate|nominates|nominated|hire|hires|hired",
        "appointed|nominated|hired",
        "appointed",
    ),
    verb(
        "dismissed",
        "dismiss|dismisses|dismissed|fire|fires|fired|sack|sacks|sacked",
        "dismissed|fired|sacked",
        "dismissed",
    ),
    verb(
        "arrested",
        "arrest|arrests|arrested|detain|detains|detained|jail|jails|jailed",
        "arrested|detained|jailed",
        "arrested",
    ),
    verb(
        "sued",
        "sue|sues|sued|charge|charges|charged|indict|indicts|indicted",
        "sued|charged|indicted",
        "sued",
    ),
    verb("attacked", "attack|attacks|attacked|bomb|bombs|bombed", "attacked|bombed", "attacked"),
    verb("killed", "kill|kills|killed", "killed", "killed"),
    verb("defeated", "defeat|defeats|defeated|beat|beats|beaten", "defeated|beaten", "defeated"),
    verb(
        "succeeded",
        "succeed|succeeds|succeeded|replace|replaces|replaced",
        "succeeded|replaced",
        "succeeded",
    ),
    verb("founded", "found|founded|founds|establish|established", "founded|established", "founded"),
    verb(
        "owns",
        "own|owns|owned|buy|buys|bought|acquire|acquires|acquired",
        "owned|bought|acquired",
        "bought",
    ),
];

/// How a verb of [`VERBS`] asks; `VERB`, `ACTING` and `PARTICIPLE` stand for its forms.
const HOW_VERBS_ASK: [&str; 11] = [
    "who [HAS] VERB who|whom",
    "who [HAS] VERB {object} of|for|over {doing}",
    "who [HAS] VERB {object}",
    "who [HAS] VERB {object} for|over {detail}",
    "who|whom|what DID {subject} VERB",
    "who|whom DID {subject} VERB [of|for|about|over] what",
    "what DID {subject} VERB {object} [of|for|about|over]",
    "did|does|do|has|have|had {subject} [ever] VERB {object}",
    "when did {subject} VERB {object}",
    "who|whom IS PARTICIPLE by {subject}",
    "who IS ACTING {object}",
];

/// The forms of all verbs.
pub(super) fn forms() -> impl Iterator<Item = Form> {
    VERBS.iter().map(|verb| {
        let acting = verb.acting();
        let asked =
            HOW_VERBS_ASK.iter().filter(|form| !(verb.participle.is_empty() && form.contains("PARTICIPLE")));
        let of_verb = |form: &&str| {
            form.replace("VERB", verb.forms).replace("PARTICIPLE", verb.participle).replace("ACTING", &acting)
        };
        let example = format!("who {} {}?", verb.past, verb.example_object());
        Form::new(
            Section::Deeds,
            asked.map(of_verb).collect(),
            &example,
            &[],
            Means::Predicate(verb.predicate),
        )
    })
}
