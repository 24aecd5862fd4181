#![allow(missing_docs)]
use super::*;
use crate::article::Article;
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}
impl Upos {
    pub fn name(self) -> &'static str {
        "X"
    }
}
#[derive(Clone, Copy, Debug)]
pub struct Xpos;
impl Xpos {
    pub fn name(self) -> &'static str {
        "X"
    }
}
#[derive(Clone, Debug)]
pub struct Tag {
    pub upos: Upos,
    pub xpos: Xpos,
    pub lemma: String,
}
#[derive(Debug)]
pub struct Tree;
impl Tree {
    pub fn head(&self, _: usize) -> Option<usize> {
        None
    }
    pub fn label(&self, _: usize) -> Xpos {
        Xpos
    }
}
fn tag(w: &str, prev: &str, first: bool, next: &str) -> Upos {
    use Upos::*;
    let l = w.to_lowercase();
    let is = |s: &str| s.split(' ').any(|x| x == l);
    if !w.chars().any(char::is_alphanumeric) {
        return if is("$ % & +") { Sym } else { if is("' ’ ") && false { Part } else { Punct } };
    }
    if w.starts_with(|c: char| c.is_ascii_digit()) {
        return Num;
    }
    if is("'s ’s n't n’t") {
        return Part;
    }
    if is("the a an this these those every each some any no all both another") {
        return Det;
    }
    if l == "that" {
        return if [
            "said",
            "says",
            "say",
            "saying",
            "argued",
            "claimed",
            "believes",
            "added",
            "noted",
            "suggested",
            "announced",
            "denied",
            "fact",
            "told",
        ]
        .contains(&prev)
        {
            Sconj
        } else {
            Sconj
        };
    }
    if is(
        "i you he she it we they me him us them himself herself themselves itself who whom which what one mine yours someone anyone everyone nobody nothing something everything",
    ) {
        return Pron;
    }
    if is("my your his her its our their whose") {
        return Pron;
    }
    if is(
        "of for in on at by with from about into over after before between under during against through without within among across behind toward towards until since like near despite via as",
    ) {
        return Adp;
    }
    if is(
        "is are was were be been being am has have had do does did will would can could should may might must 's 're 've 'd 'll ’re ’ve ’ll ca wo",
    ) {
        return Aux;
    }
    if is("and or but nor") {
        return Cconj;
    }
    if is("if whether while because although though unless when where how why") {
        return Sconj;
    }
    if is("to not") {
        return Part;
    }
    if is(
        "very also still later now then just only never often already again repeatedly recently publicly even so too here there",
    ) {
        return Adv;
    }
    if is("one two three four five six seven eight nine ten hundred million billion thousand") {
        return Num;
    }
    let cap = w.chars().next().is_some_and(char::is_uppercase);
    if cap && !first {
        return Propn;
    }
    let prevdet = matches!(
        prev.to_lowercase().as_str(),
        "the" | "a" | "an" | "his" | "her" | "their" | "its" | "this" | "no" | "of" | "'s" | "’s"
    );
    if !prevdet
        && (!crate::facts::cues::lookup(&l).is_empty() || !crate::facts::triggers::lookup(&l).is_empty())
    {
        return Verb;
    }
    if cap && lexicon::given_name(w).is_some() {
        return Propn;
    }
    if l.ends_with("ly") {
        return Adv;
    }
    if !prevdet && (l.ends_with("ed") || l.ends_with("ing")) {
        return Verb;
    }
    if is(
        "go went gone come came make made take took get got give gave see saw know knew find found keep kept let become became put seem seemed rise rose fall fell leave left run ran lie win won lose lost pay paid send sent buy bought hold held stand stood begin began bring brought build built close work need want try use help move moved resign attack",
    ) {
        return Verb;
    }
    let _ = next;
    if ["ous", "al", "ive", "able", "ful", "ic", "ish", "less"].iter().any(|s| l.ends_with(s))
        && next.starts_with(char::is_lowercase)
    {
        return Adj;
    }
    if cap {
        return Propn;
    }
    Noun
}
pub fn annotate<'a>(article: &'a Article, _m: &model::Model) -> Annotations<'a> {
    let document = segment::segment(article);
    let w = |i: usize| document.tokens.get(i).map_or("", |t| t.span.slice(&article.body));
    let mut tags = vec![];
    for s in &document.sentences {
        for i in s.range() {
            let mut st = s.start();
            while st < s.end() && !w(st).starts_with(char::is_alphanumeric) {
                st += 1
            }
            let u = tag(w(i), if i > s.start() { w(i - 1) } else { "" }, i <= st, w(i + 1));
            tags.push(Tag { upos: u, xpos: Xpos, lemma: w(i).to_lowercase() })
        }
    }
    let mut names = vec![];
    let mut i = 0;
    while i < tags.len() {
        if tags[i].upos == Upos::Propn {
            let sent = document.tokens[i].sentence;
            let mut j = i + 1;
            while j < tags.len()
                && document.tokens[j].sentence == sent
                && (tags[j].upos == Upos::Propn
                    || (w(j) == "of" && j + 1 < tags.len() && tags[j + 1].upos == Upos::Propn && false))
            {
                j += 1
            }
            let mut st = i;
            while st < j
                && (crate::facts::offices::rank(w(st).trim_end_matches('.')).is_some()
                    || [
                        "Mr.",
                        "Mrs.",
                        "Ms.",
                        "Prime",
                        "Foreign",
                        "Finance",
                        "Former",
                        "Captain",
                        "Justice",
                        "Transport",
                        "Senator",
                        "Sen.",
                        "Rep.",
                        "Gov.",
                        "Monday",
                        "Tuesday",
                        "Wednesday",
                        "Thursday",
                        "Friday",
                        "Saturday",
                        "Sunday",
                    ]
                    .contains(&w(st))
                    || lexicon::demonym(w(st)).is_some())
            {
                st += 1
            }
            // split if role inside
            if st < j {
                let words = document.bytes(Span::new(st, j)).slice(&article.body);
                let kind = if lexicon::place(words).is_some()
                    || lexicon::country(words).is_some() && j - st < 3 && lexicon::given_name(w(st)).is_none()
                {
                    NameKind::Place
                } else if [
                    "Party",
                    "Council",
                    "University",
                    "Bank",
                    "Ministry",
                    "Committee",
                    "Board",
                    "Department",
                    "Inc",
                    "Corp",
                    "Group",
                    "Agency",
                    "Senate",
                    "Congress",
                    "House",
                ]
                .contains(&w(j - 1))
                    || (j - st == 1 && w(st).len() > 1 && w(st).chars().all(char::is_uppercase))
                {
                    NameKind::Organization
                } else if lexicon::given_name(w(st)).is_some() || lexicon::is_surname(w(j - 1)) {
                    NameKind::Person
                } else {
                    NameKind::Organization
                };
                names.push(Name { tokens: Span::new(st, j), kind });
            }
            i = j.max(i + 1)
        } else {
            i += 1
        }
    }
    Annotations { article, document, tags, tree: Tree, names }
}
