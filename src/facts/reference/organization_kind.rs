//! What an organization is: a party, a company, a court.
//!
//! Knows its names, the nouns beside them and whether the article is about games. Decides only where that leaves little
//! doubt, since a wrong kind is worse than none: a `Council`, a `Fund` or a `Group` may be of several kinds.

use crate::annotate::labels::Relation;
use crate::annotate::{Annotations, Name};
use crate::facts::entity::{Entity, EntityId, EntityKind, OrganizationKind};
use crate::facts::grammar::{descriptors, role};
use crate::facts::offices::field::{Field, field};
use crate::facts::reference::coreference::organization_nouns;
use crate::facts::reference::known_kinds;
use crate::facts::reference::names::organizations::{
    COMPANY_SUFFIXES, is_place_name, is_town_with_team_name,
};
use crate::facts::reference::party_words;
use crate::facts::reference::resolution::Resolution;
use crate::name_key::name_key;
use crate::span::{Span, Tokens};

use OrganizationKind::{Agency, ArmedGroup, Company, Medium, Party, Team, University};

/// What names and descriptions end with, folded, beside the nouns of `organization_nouns`. None where those of one ending
/// are of several kinds, or of another than its last word says. Of two endings that fit, the longer counts.
const ENDINGS: &[(&str, Option<OrganizationKind>)] = &[
    // Parties, and what else is called so.
    ("guilty party", None),
    ("injured party", None),
    ("other party", None),
    ("rescue party", None),
    ("search party", None),
    ("tea party", None),
    ("third party", None),
    ("working party", None),
    // Companies.
    ("airlines", Some(Company)),
    ("airways", Some(Company)),
    ("aircraft carrier", None),
    ("ballet company", None),
    ("blood bank", None),
    ("central bank", Some(Agency)),
    ("conglomerate", Some(Company)),
    ("dance company", None),
    ("development bank", None),
    ("development corporation", None),
    ("drugmaker", Some(Company)),
    ("federal bank", None),
    ("finance corporation", None),
    ("food bank", None),
    ("industries", Some(Company)),
    ("investment bank", None),
    ("motors", Some(Company)),
    ("national bank", None),
    ("opera company", None),
    ("pharmaceuticals", Some(Company)),
    ("reserve bank", Some(Agency)),
    ("startup", Some(Company)),
    ("state bank", None),
    ("supermarket", Some(Company)),
    ("technologies", Some(Company)),
    ("theater company", None),
    ("theatre company", None),
    ("world bank", None),
    // Agencies, and those that are none of a government.
    ("adoption agency", None),
    ("advertising agency", None),
    ("border guard", Some(Agency)),
    ("cabinet office", Some(Agency)),
    ("coast guard", Some(Agency)),
    ("credit agency", None),
    ("employment agency", None),
    ("estate agency", None),
    ("fire service", Some(Agency)),
    ("foreign office", Some(Agency)),
    ("forest service", Some(Agency)),
    ("home office", Some(Agency)),
    ("intelligence service", Some(Agency)),
    ("marketing agency", None),
    ("model agency", None),
    ("modeling agency", None),
    ("modelling agency", None),
    ("police force", Some(Agency)),
    ("rating agency", None),
    ("ratings agency", None),
    ("recruitment agency", None),
    ("revenue service", Some(Agency)),
    ("secret service", Some(Agency)),
    ("security service", Some(Agency)),
    ("talent agency", None),
    ("travel agency", None),
    ("truth commission", None),
    ("weather service", Some(Agency)),
    // Teams.
    ("afc", Some(Team)),
    ("albion", Some(Team)),
    ("baseball club", Some(Team)),
    ("baseball team", Some(Team)),
    ("basketball club", Some(Team)),
    ("basketball team", Some(Team)),
    ("citizens united", None),
    ("cricket club", Some(Team)),
    ("cricket team", Some(Team)),
    ("fc", Some(Team)),
    ("football club", Some(Team)),
    ("football team", Some(Team)),
    ("hockey club", Some(Team)),
    ("hockey team", Some(Team)),
    ("rovers", Some(Team)),
    ("rugby club", Some(Team)),
    ("rugby team", Some(Team)),
    ("soccer club", Some(Team)),
    ("soccer team", Some(Team)),
    ("united", Some(Team)),
    ("wanderers", Some(Team)),
    // Media.
    ("broadcasting", Some(Medium)),
    ("broadcasting company", Some(Medium)),
    ("broadcasting corp", Some(Medium)),
    ("broadcasting corporation", Some(Medium)),
    ("broadcasting service", Some(Medium)),
    ("broadsheet", Some(Medium)),
    ("chronicle", Some(Medium)),
    ("free press", Some(Medium)),
    ("gazette", Some(Medium)),
    ("herald", Some(Medium)),
    ("journal", Some(Medium)),
    ("news", Some(Medium)),
    ("news agency", Some(Medium)),
    ("news channel", Some(Medium)),
    ("news network", Some(Medium)),
    ("news service", Some(Medium)),
    ("news site", Some(Medium)),
    ("news website", Some(Medium)),
    ("press agency", Some(Medium)),
    ("press service", None),
    ("radio station", Some(Medium)),
    ("television channel", Some(Medium)),
    ("television network", Some(Medium)),
    ("television station", Some(Medium)),
    ("times", Some(Medium)),
    ("tribune", Some(Medium)),
    ("tv channel", Some(Medium)),
    ("tv network", Some(Medium)),
    ("tv station", Some(Medium)),
    // Armed groups.
    ("air force", Some(ArmedGroup)),
    ("armed forces", Some(ArmedGroup)),
    ("armed group", Some(ArmedGroup)),
    ("battalion", Some(ArmedGroup)),
    ("brigade", Some(ArmedGroup)),
    ("brigades", Some(ArmedGroup)),
    ("fire brigade", Some(Agency)),
    ("guerrilla group", Some(ArmedGroup)),
    ("insurgent group", Some(ArmedGroup)),
    ("militant group", Some(ArmedGroup)),
    ("militia", Some(ArmedGroup)),
    ("national guard", Some(ArmedGroup)),
    ("navy", Some(ArmedGroup)),
    ("old navy", None),
    ("paramilitary group", Some(ArmedGroup)),
    ("rebel group", Some(ArmedGroup)),
    ("regiment", Some(ArmedGroup)),
    ("republican guard", Some(ArmedGroup)),
    ("revolutionary guard", Some(ArmedGroup)),
    ("revolutionary guards", Some(ArmedGroup)),
    ("salvation army", None),
    ("terrorist group", Some(ArmedGroup)),
    // Courts and places of that name.
    ("food court", None),
    ("tennis court", None),
    // Universities.
    ("institute of technology", Some(University)),
    ("polytechnic", Some(University)),
    // Unions of states, of money and of students.
    ("credit union", None),
    ("currency union", None),
    ("customs union", None),
    ("monetary union", None),
    ("student union", None),
    ("students union", None),
];

/// What teams are called behind their town, and towns, banks and airlines too: said of sides in articles on games alone.
const SIDES: &[&str] = &["athletic", "city", "county", "sporting", "town"];

/// Suffixes of companies that others bear too: contact groups, armed groups.
const LOOSE_SUFFIXES: &[&str] = &["group", "holding"];

/// Nouns that say another thing in a description than in a name: `an authority on ferries`.
const NAMES_ALONE: &[&str] =
    &["administration", "authority", "brigade", "chronicle", "herald", "times", "united"];

/// Words before what a body is for: the Ministry **of** Health.
const LINKS: &[&str] = &["of", "for", "on", "at"];

/// Parts that are named after the whole: the `University of Estmark Press`.
const PARTS: &[&str] = &["athletics", "library", "museum", "press"];

/// Words for those who work, which show that a union is theirs.
const WORKERS: &[&str] = &[
    "employees",
    "journalists",
    "labor",
    "labour",
    "miners",
    "nurses",
    "officers",
    "pilots",
    "trade",
    "workers",
];

/// Notes what the organizations of an article are, where something shows it.
pub(super) fn add_kinds(text: &Annotations, resolution: &mut Resolution) {
    let mut shown: Vec<Evidence> = resolution.entities.iter().map(|_| Evidence::default()).collect();
    for (name, entity) in text.names.iter().zip(&resolution.of_name) {
        let Some(entity) = entity.filter(|entity| is_organization(resolution, *entity)) else { continue };
        described_as(text, name.tokens).into_iter().for_each(|kind| shown[entity.index()].add(kind));
        if text.of_games && plays(text, name) {
            shown[entity.index()].add(Team);
        }
    }
    for (entity, shown) in resolution.entities.iter_mut().zip(shown) {
        if entity.kind == EntityKind::Organization {
            entity.organization_kind = of_names(entity, text.of_games).or_else(|| shown.kind());
        }
    }
}

/// The kinds that an article gives an organization.
#[derive(Default)]
struct Evidence(Vec<OrganizationKind>);

impl Evidence {
    fn add(&mut self, kind: OrganizationKind) {
        if !self.0.contains(&kind) {
            self.0.push(kind);
        }
    }

    /// The one kind that all say.
    fn kind(&self) -> Option<OrganizationKind> {
        match self.0.as_slice() {
            [kind] => Some(*kind),
            _ => None,
        }
    }
}

fn is_organization(resolution: &Resolution, entity: EntityId) -> bool {
    resolution.entities[entity.index()].kind == EntityKind::Organization
}

/// What the names of an organization show: the fullest, or else all the others.
fn of_names(entity: &Entity, of_games: bool) -> Option<OrganizationKind> {
    let mut others = Evidence::default();
    entity.aliases.iter().filter_map(|alias| of_name(alias, of_games)).for_each(|kind| others.add(kind));
    of_name(&entity.name, of_games).or_else(|| others.kind())
}

/// What a name shows.
fn of_name(name: &str, of_games: bool) -> Option<OrganizationKind> {
    if party_words::of_label(name).is_some() {
        return Some(Party);
    }
    let key = name_key(name);
    let words: Vec<&str> = key.split(' ').collect();
    if of_games && is_side(name, &words) {
        return Some(Team);
    }
    if let Some(kind) = known_kinds::of(&key) {
        return Some(kind);
    }
    let [rest @ .., last] = words.as_slice() else { return None };
    if rest.is_empty() {
        return None; // `Times`, `United`, `Court` are what many are called for short
    }
    if let Some(kind) = longer_ending(&words) {
        return kind;
    }
    if is_company_suffix(name, last) {
        return Some(Company);
    }
    if words[0] == "fc" {
        return Some(Team);
    }
    match words.iter().position(|word| LINKS.contains(word)) {
        Some(0) => None,
        Some(link) => {
            // The kind of a bank or a company stands behind what it is of, if anywhere.
            let is_part = organization_nouns::is_noun(last) || PARTS.contains(last);
            let kind = ending(&words[..link]).filter(|kind| !is_part && !matches!(kind, Company | Team));
            kind.filter(|kind| is_of_its_kind(*kind, &words))
        }
        None => ending(&words).filter(|kind| is_of_its_kind(*kind, &words)),
    }
}

/// Whether a union is one of workers: there are unions of states, of churches and of clubs.
fn is_of_its_kind(kind: OrganizationKind, words: &[&str]) -> bool {
    const KIN: &[&str] = &["brothers", "fathers", "mothers", "others", "sisters"];
    let works = |word: &&str| {
        WORKERS.contains(word) || (word.ends_with("ers") && word.len() > 4 && !KIN.contains(word))
    };
    kind != OrganizationKind::Union || words.iter().any(works)
}

/// What the last words say, if a row of [`ENDINGS`] has more than one of them; `Some(None)` for nothing that is sure.
fn longer_ending(words: &[&str]) -> Option<Option<OrganizationKind>> {
    (2..=words.len().min(3)).rev().find_map(|count| row(&words[words.len() - count..].join(" ")))
}

/// What the last words of a name or a description say.
fn ending(words: &[&str]) -> Option<OrganizationKind> {
    let last = words.last()?;
    longer_ending(words).or_else(|| row(last)).unwrap_or_else(|| organization_nouns::kind(last))
}

fn row(ending: &str) -> Option<Option<OrganizationKind>> {
    ENDINGS.iter().find(|(other, _)| *other == ending).map(|(_, kind)| *kind)
}

/// Whether the last word of a name, folded, is a suffix of companies.
fn is_company_suffix(name: &str, last: &str) -> bool {
    // `SE`, `AG` and `SpA` are suffixes; `Spa` and `Se` are words.
    let is_word =
        |printed: &str| printed.chars().skip(1).all(|letter| letter.is_lowercase() || letter == '.');
    let needs_capitals = ["ab", "ag", "asa", "bv", "kg", "nv", "sa", "se", "spa"].contains(&last);
    COMPANY_SUFFIXES.contains(&last)
        && !LOOSE_SUFFIXES.contains(&last)
        && !(needs_capitals && name.split_whitespace().next_back().is_none_or(is_word))
}

/// Whether a name is a side's, in an article about games: a town or a country, alone or with what teams add.
fn is_side(name: &str, words: &[&str]) -> bool {
    let key: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let ends_as_side = words.len() > 1 && words.last().is_some_and(|last| SIDES.contains(last));
    is_place_name(name) || ends_as_side || is_town_with_team_name(&key)
}

/// Whether somebody plays for or coaches whom a name names: the **Ardle** striker.
fn plays(text: &Annotations, name: &Name) -> bool {
    let key = name_key(text.words(name.tokens));
    let is_body = key.rsplit(' ').next().is_some_and(organization_nouns::is_noun);
    let noun = text.word(name.tokens.end()).to_lowercase();
    !is_body && noun != "referee" && field(&noun) == Some(Field::Sport)
}

/// The kinds that the nouns beside a name say: the shipping **company** Northwind; Northwind, a trade **union**.
fn described_as(text: &Annotations, name: Span<Tokens>) -> Vec<OrganizationKind> {
    let head = role::head_of(&text.syntax, name);
    let nouns = descriptors::beside(text, head).into_iter();
    nouns.filter(|noun| is_said(text, (name, head), *noun)).filter_map(|noun| of_noun(text, noun)).collect()
}

/// What a noun says with the word before it.
fn of_noun(text: &Annotations, noun: usize) -> Option<OrganizationKind> {
    let last = text.word(noun).to_lowercase();
    let before = noun.checked_sub(1).map(|before| text.word(before).to_lowercase()).unwrap_or_default();
    if NAMES_ALONE.contains(&last.as_str()) {
        return None;
    }
    ending(&[before.as_str(), last.as_str()])
}

/// Whether a noun is said of the name that it stands beside, and of nothing else.
fn is_said(text: &Annotations, (name, head): (Span<Tokens>, usize), noun: usize) -> bool {
    let joins = |token: usize| text.syntax.child(token, &[Relation::Conj]).is_some();
    if text.syntax.relation(head) == Relation::Nsubj && text.syntax.head(head) == Some(noun) {
        // `Northwind is a union`, but not `Northwind is no union` and not `if Northwind were a union`.
        let mut between = (name.end()..noun).map(|token| text.word(token));
        return between.next().is_some_and(|word| matches!(word, "is" | "was"))
            && between.next().is_some_and(|word| matches!(word, "a" | "an" | "the"));
    }
    if noun < name.start() {
        return noun + 1 == name.start() || text.word(noun + 1) == ",";
    }
    // In `Northwind, the union and the court` three are listed.
    !joins(noun) && !joins(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::given;
    use crate::article::Article;
    use crate::facts::offices::beside_names;
    use crate::facts::reference::resolve;

    fn kind_of(name: &str) -> &'static str {
        of_name(name, false).map_or("-", OrganizationKind::name)
    }

    #[test]
    fn a_name_shows_the_kind() {
        for (name, kind) in [
            ("Harbor Party", "party"),
            ("Party of the Harbor", "party"),
            ("GOP", "party"),
            ("Northwind Corp.", "company"),
            ("Northwind Inc", "company"),
            ("Northwind SE", "company"),
            ("Bank of Valdora Ltd.", "company"),
            ("Harbor Bank", "company"),
            ("Estmark Airways", "company"),
            ("Ministry of Ferries", "agency"),
            ("Ministry of Labour and Social Security", "agency"),
            ("Estmark Ferry Ministry", "agency"),
            ("Central Bank of Valdora", "agency"),
            ("Valdora Police", "agency"),
            ("Valdora Secret Service", "agency"),
            ("Ardle United", "team"),
            ("Ardle F.C.", "team"),
            ("FC Ardle", "team"),
            ("Porto Verde Football Club", "team"),
            ("Valdora Times", "medium"),
            ("Times of Valdora", "medium"),
            ("Merrow Herald", "medium"),
            ("Harbor News", "medium"),
            ("Valdora News Agency", "medium"),
            ("Valdora Broadcasting Corporation", "medium"),
            ("Valdora Liberation Army", "armed group"),
            ("Army of the North", "armed group"),
            ("Seventh Brigade", "armed group"),
            ("Supreme Court", "court"),
            ("Court of Appeal", "court"),
            ("University of Estmark", "university"),
            ("Estmark University", "university"),
            ("Estmark Institute of Technology", "university"),
            ("Verde Fishers Union", "union"),
            ("Union of Dock Workers", "union"),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }

    #[test]
    fn a_name_that_leaves_doubt_shows_none() {
        for name in [
            "Northwind",
            "Times",
            "Court",
            "Contact Group",
            "Bank of Valdora",
            "Valdora Development Bank",
            "Estmark Union",
            "Estmark Customs Union",
            "Mothers Union",
            "University of Estmark Press",
            "University of Estmark Hospital",
            "Estmark College",
            "Harbor Council",
            "Harbor Relief Fund",
            "Porto City",
            "Harbor Spa",
            "Ratings Agency",
            "Salvation Army",
            "Harbor Theatre Company",
        ] {
            assert_eq!(kind_of(name), "-", "{name}");
        }
    }

    #[test]
    fn no_noun_stands_in_two_tables() {
        for (ending, _) in ENDINGS {
            assert!(!organization_nouns::is_noun(ending), "{ending}");
            assert_eq!(ENDINGS.iter().filter(|(other, _)| other == ending).count(), 1, "{ending}");
        }
    }

    /// What the organizations of a text are, as `name: kind`.
    fn kinds(body: &str) -> Vec<String> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let text = given::annotations(&article);
        let entities = resolve(&text, &beside_names(&text), &[], given::untrained()).entities;
        let known = entities.into_iter().filter_map(|entity| {
            entity.organization_kind.map(|kind| format!("{}: {}", entity.name, kind.name()))
        });
        known.collect()
    }

    #[test]
    fn a_description_shows_the_kind() {
        for (body, found) in [
            ("The shipping company Northwind cut jobs on Monday.", "Northwind: company"),
            ("The Dockside Alliance, a trade union, called a strike on Monday.", "Dockside Alliance: union"),
            ("Northwind Group, a newspaper in Porto Verde, reported it.", "Northwind Group: medium"),
            ("Northwind Group is a company in Porto Verde.", "Northwind Group: company"),
        ] {
            assert_eq!(kinds(body), [found], "{body}");
        }
    }

    #[test]
    fn what_is_not_said_of_it_shows_none() {
        for body in [
            "Northwind Group is no company.",
            "Northwind Group, an authority on ferries, spoke in Porto Verde.",
            "Northwind Group, a newspaper, closed. Northwind Group, a trade union, called a strike.",
            "Northwind and the company met in Porto Verde on Monday.",
        ] {
            assert_eq!(kinds(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn sides_of_games_are_teams() {
        // Lyon and Ghent are known as places; no invented name is. Where one is read as a place here and as a side there, it
        // is a place.
        let body = "Lyon beat Ghent 2-1 in the soccer league final in Ghent on Sunday. Lyon captain Leo Brandt scored \
                    both goals.";
        assert_eq!(kinds(body), ["Lyon: team"]);
    }
}
