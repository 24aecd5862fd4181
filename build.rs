//! Compiles the word lists of `model/lexicon` into finite-state maps that the binary embeds.
//!
//! The maps need no work at start: `annotate::lexicon` reads them where they lie. What the values
//! hold is written down in `pack`, at each list, and read back there.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

// The file is the library's own, where its functions are public.
#[allow(unreachable_pub)]
#[path = "src/name_key.rs"]
mod name_key;

use name_key::name_key;

type Map = BTreeMap<String, u64>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=model/lexicon");
    println!("cargo:rerun-if-changed=src/name_key.rs");
    say_build();
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let lists = Path::new("model/lexicon");
    let write = |name: &str, map: &Map| write_map(&out.join(format!("{name}.fst")), map);

    write("given_names", &given_names(&rows(lists, "given_names.tsv")?))?;
    write("surnames", &ranked(&rows(lists, "surnames.tsv")?))?;
    write("nicknames", &nicknames(&rows(lists, "nicknames.tsv")?))?;
    write("people", &ranked(&rows(lists, "people.tsv")?))?;
    write("organizations", &ranked(&rows(lists, "organizations.tsv")?))?;

    write("empty", &Map::new())?;
    let countries = rows(lists, "countries.tsv")?;
    let forms = rows(lists, "country_forms.tsv")?;
    let (names, places) = country_names(&countries);
    fs::write(out.join("country_names.txt"), names)?;
    write("countries", &country_map(&countries, &forms, &places))?;
    write("demonyms", &demonyms(&countries, &forms, &places))?;
    write("places", &places_map(lists, &countries, &forms)?)?;
    write("regions", &regions(&rows(lists, "regions.tsv")?))?;
    write("shared_names", &shared_names(lists, &countries, &forms)?)?;
    Ok(())
}

/// What `onrecord --version` says of the build. The commit only in a release: in the daily work every commit would compile
/// all again.
fn say_build() {
    for (name, variable) in [("ONRECORD_TARGET", "TARGET"), ("ONRECORD_PROFILE", "PROFILE")] {
        println!("cargo:rustc-env={name}={}", std::env::var(variable).unwrap_or_default());
    }
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release")
        && let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"])
    {
        println!("cargo:rustc-env=ONRECORD_COMMIT={commit}");
        let branch = git(&["symbolic-ref", "-q", "HEAD"]);
        for file in ["HEAD"].into_iter().chain(branch.as_deref()) {
            if let Some(path) = git(&["rev-parse", "--git-path", file]) {
                println!("cargo:rerun-if-changed={path}");
            }
        }
    }
}

/// What git says of this very package; nothing where it is unpacked without its history, or within another one.
fn git(arguments: &[&str]) -> Option<String> {
    Path::new(".git").exists().then_some(())?;
    let output = std::process::Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

/// The rows of a list, without the line that names the columns.
fn rows(lists: &Path, file: &str) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let text = fs::read_to_string(lists.join(file))?;
    Ok(text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

fn write_map(path: &Path, map: &Map) -> Result<(), Box<dyn Error>> {
    let mut builder = fst::MapBuilder::new(fs::File::create(path)?)?;
    for (key, value) in map {
        builder.insert(key, *value)?;
    }
    builder.finish()?;
    Ok(())
}

/// Column `index` of a row, empty if the row is shorter.
fn column(row: &[String], index: usize) -> &str {
    row.get(index).map_or("", String::as_str)
}

/// Value: bearers << 10 | share of women in thousandths.
fn given_names(rows: &[Vec<String>]) -> Map {
    let mut map = Map::new();
    for row in rows {
        let count: u64 = column(row, 1).parse().unwrap_or(0);
        let female: f64 = column(row, 2).parse().unwrap_or(0.5);
        let value = count << 10 | (female * 1000.0).round() as u64;
        map.entry(name_key(column(row, 0))).or_insert(value);
    }
    map.remove("");
    map
}

/// Value: the place in the list, counted from 0.
fn ranked(rows: &[Vec<String>]) -> Map {
    let mut map = Map::new();
    for (rank, row) in rows.iter().enumerate() {
        map.entry(name_key(column(row, 0))).or_insert(rank as u64);
    }
    map.remove("");
    map
}

/// Key: nickname, tab, full name; the value is the place in the list.
fn nicknames(rows: &[Vec<String>]) -> Map {
    let key = |row: &Vec<String>| format!("{}\t{}", name_key(column(row, 1)), name_key(column(row, 0)));
    rows.iter().enumerate().map(|(rank, row)| (key(row), rank as u64)).collect()
}

/// The names of all countries in one text, and where each lies in it, by ISO 3166 code.
fn country_names(countries: &[Vec<String>]) -> (String, BTreeMap<String, u64>) {
    let (mut text, mut places) = (String::new(), BTreeMap::new());
    for row in countries {
        let name = column(row, 1);
        places.insert(column(row, 0).to_owned(), pack_country(column(row, 0), text.len(), name.len()));
        text.push_str(name);
    }
    (text, places)
}

/// ISO code << 32 | offset of the name << 8 | its length.
fn pack_country(iso: &str, offset: usize, len: usize) -> u64 {
    iso_code(iso) << 32 | (offset as u64) << 8 | len as u64
}

/// The two letters of an ISO 3166 code as a number; 0 if there is none.
fn iso_code(iso: &str) -> u64 {
    match iso.as_bytes() {
        [first, second] => u64::from(*first) << 8 | u64::from(*second),
        _ => 0,
    }
}

/// Every way to name a country; our own forms win over alternative names of the list.
fn country_map(countries: &[Vec<String>], forms: &[Vec<String>], places: &BTreeMap<String, u64>) -> Map {
    let mut map = Map::new();
    let mut add = |name: &str, iso: &str| {
        let key = name_key(name);
        if let Some(value) = places.get(iso).filter(|_| !key.is_empty()) {
            map.entry(key).or_insert(*value);
        }
    };
    for row in countries {
        add(column(row, 1), column(row, 0));
    }
    for row in forms.iter().filter(|row| column(row, 1) == "name") {
        column(row, 2).split('|').for_each(|name| add(name, column(row, 0)));
    }
    for row in countries {
        add(column(row, 2), column(row, 0));
        column(row, 3).split('|').for_each(|name| add(name, column(row, 0)));
    }
    map
}

/// Demonyms with their plurals; our own forms first, then members of the United Nations (the order of the list).
fn demonyms(countries: &[Vec<String>], forms: &[Vec<String>], places: &BTreeMap<String, u64>) -> Map {
    let own = forms.iter().filter(|row| column(row, 1) == "demonym");
    let own = own.flat_map(|row| column(row, 2).split('|').map(move |name| (name, column(row, 0))));
    let listed = countries.iter();
    let listed = listed.flat_map(|row| column(row, 5).split(", ").map(move |name| (name, column(row, 0))));
    let mut map = Map::new();
    for (name, iso) in own.chain(listed) {
        if let Some(value) = places.get(iso) {
            for form in [name.to_owned(), plural(name)] {
                map.entry(name_key(&form)).or_insert(*value);
            }
        }
    }
    map.remove("");
    map
}

/// How one speaks of several people of a country; the word itself where it does not change.
fn plural(demonym: &str) -> String {
    // Englishman, Frenchwoman; not German, Oman.
    if let (Some(stem), true) =
        (demonym.strip_suffix("man"), demonym.contains("hm") || demonym.contains("hw"))
    {
        return format!("{stem}men");
    }
    let unchanged = ["ese", "ish", "ch", "ss", "ois", "s"];
    if unchanged.iter().any(|ending| demonym.ends_with(ending)) {
        return demonym.to_owned();
    }
    format!("{demonym}s")
}

/// Value: population << 17 | is a country << 16 | ISO code. The larger place wins; a country beats a city.
fn places_map(lists: &Path, countries: &[Vec<String>], forms: &[Vec<String>]) -> Result<Map, Box<dyn Error>> {
    let mut map = Map::new();
    let mut add = |name: &str, iso: &str, is_country: bool, population: u64| {
        let key = name_key(name);
        if key.is_empty() {
            return;
        }
        let value = population << 17 | u64::from(is_country) << 16 | iso_code(iso);
        let old = map.entry(key).or_insert(value);
        let rank = |value: u64| (value >> 16 & 1, value >> 17);
        if rank(value) > rank(*old) {
            *old = value;
        }
    };
    for row in rows(lists, "cities.tsv")? {
        let population = column(&row, 3).parse().unwrap_or(0);
        add(column(&row, 0), column(&row, 2), false, population);
        add(column(&row, 1), column(&row, 2), false, population);
    }
    for row in rows(lists, "regions.tsv")? {
        add(column(&row, 0), column(&row, 2), false, 1_000_000);
        add(column(&row, 1), column(&row, 2), false, 1_000_000);
    }
    for row in countries {
        add(column(row, 1), column(row, 0), true, 0);
        add(column(row, 2), column(row, 0), true, 0);
        add(column(row, 4), column(row, 0), false, 100_000);
    }
    for row in forms.iter().filter(|row| column(row, 1) == "name") {
        column(row, 2).split('|').for_each(|name| add(name, column(row, 0), true, 0));
    }
    Ok(map)
}

/// The states and provinces, by their names and abbreviations. Value: ISO code.
fn regions(rows: &[Vec<String>]) -> Map {
    let mut map = Map::new();
    for row in rows.iter().filter(|row| !column(row, 2).is_empty()) {
        for name in [column(row, 0), column(row, 1)] {
            map.insert(name_key(name), iso_code(column(row, 2)));
        }
    }
    map.remove("");
    map
}

/// The names that places in several countries bear. Value: up to four ISO codes, the lowest bits first; the highest bit
/// of one says that its place has less than a twentieth of the people of the largest. `lexicon::countries_of_place`
/// reads it.
///
/// The towns that are called like a country are too small to be meant by its name; the states and provinces are not.
fn shared_names(
    lists: &Path,
    countries: &[Vec<String>],
    forms: &[Vec<String>],
) -> Result<Map, Box<dyn Error>> {
    const MOST: usize = 4;
    const MINOR: u64 = 1 << 15;
    let mut all: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let mut add_marked = |key: String, iso: &str, mark: u64| {
        let (code, codes) = (iso_code(iso), all.entry(key).or_default());
        if code != 0 && codes.len() < MOST && !codes.iter().any(|other| other & !MINOR == code) {
            codes.push(code | mark);
        }
    };
    let mut add = |key: String, iso: &str| add_marked(key, iso, 0);
    let mut country_keys = BTreeSet::new();
    for row in countries {
        for name in [column(row, 1), column(row, 2)] {
            add(name_key(name), column(row, 0));
            country_keys.insert(name_key(name));
        }
    }
    for row in forms.iter().filter(|row| column(row, 1) == "name") {
        for name in column(row, 2).split('|') {
            add(name_key(name), column(row, 0));
            country_keys.insert(name_key(name));
        }
    }
    for row in rows(lists, "regions.tsv")? {
        add(name_key(column(&row, 0)), column(&row, 2));
        add(name_key(column(&row, 1)), column(&row, 2));
    }
    for row in rows(lists, "cities.tsv")? {
        for key in [name_key(column(&row, 0)), name_key(column(&row, 1))] {
            if !country_keys.contains(&key) {
                add(key, column(&row, 2));
            }
        }
    }
    for row in rows(lists, "shared_names.tsv")? {
        let key = name_key(column(&row, 0));
        if !country_keys.contains(&key) {
            column(&row, 1).split('|').for_each(|iso| add_marked(key.clone(), iso, 0));
            column(&row, 2).split('|').for_each(|iso| add_marked(key.clone(), iso, MINOR));
        }
    }
    let pack = |codes: Vec<u64>| codes.iter().rev().fold(0, |packed, code| packed << 16 | code);
    let shared = all.into_iter().filter(|(key, codes)| !key.is_empty() && codes.len() > 1);
    Ok(shared.map(|(key, codes)| (key, pack(codes))).collect())
}
