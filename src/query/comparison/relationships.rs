//! Two lists of relationships of one article → what is gone, new or otherwise.

use crate::query::comparison::difference::{Difference, Tally};
use crate::query::comparison::side::SideRelationship;

/// What has to be the same in two statements that are one: the first of these that any two share.
const ALIKE: [fn(&SideRelationship, &SideRelationship) -> bool; 4] = [
    |one, other| is_same(one, other) && place(one) == place(other) && values(one) == values(other),
    |one, other| is_same(one, other) && overlap(one, other),
    is_same,
    // Of somebody else, or about somebody else.
    |one, other| {
        one.predicate == other.predicate
            && overlap(one, other)
            && (one.subject == other.subject || one.object == other.object)
    },
];

/// What is otherwise.
pub(super) fn differences(
    before: &[SideRelationship],
    after: &[SideRelationship],
    tally: &mut Tally,
) -> Vec<Difference> {
    let (mut old, mut new): (Vec<_>, Vec<_>) = (before.iter().collect(), after.iter().collect());
    let mut differences = Vec::new();
    for is_alike in ALIKE {
        old.retain(|one| {
            let Some(at) = new.iter().position(|other| is_alike(one, other)) else { return true };
            let between = between(one, new.remove(at));
            tally.same[1] += u64::from(between.is_empty());
            differences.extend(between);
            false
        });
    }
    differences.extend(old.into_iter().map(|one| Difference {
        change: "relationship gone",
        before: Some(in_words(one)),
        what: in_words(one),
        id_before: Some(one.id),
        ..Difference::default()
    }));
    differences.extend(new.into_iter().map(|one| Difference {
        change: "relationship new",
        after: Some(in_words(one)),
        what: in_words(one),
        id_after: Some(one.id),
        ..Difference::default()
    }));
    differences
}

/// Whether two say the same of the same.
fn is_same(one: &SideRelationship, other: &SideRelationship) -> bool {
    (&one.subject, &one.predicate, &one.object) == (&other.subject, &other.predicate, &other.object)
}

fn place(one: &SideRelationship) -> (i64, i64) {
    (one.start, one.end)
}

fn values(one: &SideRelationship) -> (&Option<String>, &String) {
    (&one.detail, &one.status)
}

fn overlap(one: &SideRelationship, other: &SideRelationship) -> bool {
    one.start < other.end && other.start < one.end
}

/// What is otherwise in one relationship.
fn between(before: &SideRelationship, after: &SideRelationship) -> Vec<Difference> {
    let borders = |one: &SideRelationship| Some(format!("{}–{}", one.start, one.end));
    let values = [
        ("relationship subject", Some(before.subject.clone()), Some(after.subject.clone())),
        ("relationship object", before.object.clone(), after.object.clone()),
        ("relationship detail", before.detail.clone(), after.detail.clone()),
        ("relationship status", Some(before.status.clone()), Some(after.status.clone())),
        ("relationship borders", borders(before), borders(after)),
    ];
    let otherwise = values.into_iter().filter(|(_, before, after)| before != after);
    let difference = |(change, old, new)| Difference {
        change,
        before: old,
        after: new,
        what: in_words(after),
        id_before: Some(before.id),
        id_after: Some(after.id),
        ..Difference::default()
    };
    otherwise.map(difference).collect()
}

/// `Ana Ruiz · leads · Northwind (mayor)`.
fn in_words(one: &SideRelationship) -> String {
    let predicate = one.predicate.replace('_', " ");
    let object = one.object.as_ref().map(|object| format!(" · {object}")).unwrap_or_default();
    let detail = one.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
    format!("{} · {predicate}{object}{detail}", one.subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads(subject: &str, object: &str, start: i64) -> SideRelationship {
        SideRelationship {
            subject: subject.to_owned(),
            predicate: "leads".to_owned(),
            object: Some(object.to_owned()),
            start,
            end: start + 10,
            ..SideRelationship::default()
        }
    }

    #[test]
    fn the_likest_are_one() {
        let ana = leads("Ana Ruiz", "Northwind", 0);
        let changes = |before: &[SideRelationship], after: &[SideRelationship]| {
            let found = differences(before, after, &mut Tally::default());
            found.iter().map(|difference| difference.change).collect::<Vec<_>>().join(", ")
        };
        let ended = SideRelationship { status: "ended".to_owned(), ..ana.clone() };
        for (after, expected) in [
            (vec![ana.clone()], ""),
            (vec![ended.clone(), ana.clone()], "relationship new"),
            (vec![ended], "relationship status"),
            (vec![leads("Ana Ruiz", "Bluefin", 2)], "relationship object, relationship borders"),
            (vec![leads("Leo Brandt", "Bluefin", 2)], "relationship gone, relationship new"),
            (vec![], "relationship gone"),
        ] {
            assert_eq!(changes(std::slice::from_ref(&ana), &after), expected);
        }
    }
}
