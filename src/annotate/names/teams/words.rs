//! The words of games, as hashes of their lower case.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use crate::annotate::features::{WordHasher, hash};
use crate::calendar::{MONTHS, WEEKDAYS};

type WordSet = HashSet<u32, BuildHasherDefault<WordHasher>>;

/// Said of team games and of hardly anything else.
const SPORTS: &str = "soccer football cricket rugby basketball baseball hockey volleyball handball innings \
    wicket wickets halftime midfielder midfielders goalkeeper winger playmaker batsman batsmen bowler \
    bowlers scorers playoff playoffs homer homered homers touchdown touchdowns quarterback fullback \
    linebacker shortstop";

/// Said of games and of other contests too.
const CONTESTS: &str = "league match matches striker strikers keeper bowled overs qualifier qualifiers championship \
    championships tournament season seasons goal goals scored inning pitcher squad squads teams team referee standings \
    teammate teammates kickoff friendly tries postponed attendance fixtures fixture trophy coach skipper unbeaten drew \
    beat defeated champions division points players club clubs equalised equalized win won victory games cup test \
    results result draws defeat relegation captain debut \
    quarterfinal quarterfinals semifinal semifinals";

/// Said where everybody plays for himself: a place beside a name is where somebody is from.
const SINGLES: &str = "tennis golf cycling athletics boxing boxer snooker swimming skating badminton seeded singles \
    doubles sprint sprinter metres par birdie birdies bogey bogeys squash wrestling judo gymnastics marathon chess \
    heavyweight lightweight featherweight prix lap laps regatta sailing skiing slalom motorcycling stage bout skater \
    swimmer decathlon hurdles freestyle shooting rowing";

/// Verbs of which a side in a game is the subject.
const WINS: &str = "beat beats defeat defeats defeated thrash thrashed trounce trounced rout routs routed \
    edge edged crush crushed down downed draw drew win wins won lose loses lost score scores scored equalise \
    equalised equalized concede conceded bat batted bowled declare declared qualify qualified play plays \
    played face faces faced meet trail trailed lead leads led rally rallied dominate dominated clinch \
    clinched overcome overcame host hosts need needed sign signs signed finish finished advance advanced tie \
    tied reached climb climbed slip slipped sweep swept blank blanked outscored sit sits";

/// Words that stand before the side that is played against.
const AGAINST: &str = "beat beats defeat defeats defeated defeating beating thrash thrashed trounce trounced rout \
    routed edge edged crush crushed downed v v. vs vs. versus against past over face faces facing faced host hosted \
    visit visiting rivals champions leaders hopefuls overcame overcome outclassed hosts";

/// What somebody or something of a side is called, behind its name or its name's possessive.
const ROLES: &str = "coach coaches captain skipper striker strikers midfielder midfielders defender \
    defenders goalkeeper keeper forward forwards winger playmaker batsman batsmen bowler bowlers pitcher \
    quarterback manager side team squad player players star fans fan opener hooker fullback flyhalf prop \
    lock flanker centre international outfielder shortstop catcher reliever rookie centerfielder center \
    guard defence defense attack lineup bench goal goals innings shirt jersey teammate teammates substitute \
    supporters selectors selector cap caps debut half season midfield bowling batting wicketkeeper victory \
    win defeat lead game match scrum starter tries try penalty second first third fourth fifth sixth seventh \
    eighth ninth";

/// Words that stand before a place where something is.
const WHERE: &str = "in near outside around across throughout inside within toward towards";

/// Words behind the name of a place which say that it is one.
const PLACES: &str = "airport city town province region district area government police stadium \
    hospital court citizen citizens";

/// Units behind a number which say that it is no score.
const UNITS: &str =
    "degrees km kilometers kilometres miles votes percent meters metres tonnes tons people dollars seats";

/// Capitalized words that are no part of a side's name, besides weekdays and months, the dates of games: they stand between
/// two, or are what is numbered: `Room 12 Floor 4`.
const SEPARATORS: &str =
    "v vs at room floor chapter page section part figure table volume item question gate seat row block";

/// All of them.
pub(crate) struct Sets {
    pub(super) sports: WordSet,
    pub(super) contests: WordSet,
    pub(super) singles: WordSet,
    pub(super) wins: WordSet,
    pub(crate) against: WordSet,
    pub(super) roles: WordSet,
    pub(super) whereabouts: WordSet,
    pub(crate) places: WordSet,
    pub(crate) units: WordSet,
    pub(super) separators: WordSet,
}

pub(crate) fn sets() -> &'static Sets {
    static SETS: LazyLock<Sets> = LazyLock::new(|| {
        let months = MONTHS.iter().flat_map(|month| [Some(month.name), month.short]).flatten();
        let dates = WEEKDAYS.into_iter().chain(months);
        let set = |words: &str| words.split_whitespace().map(hash).collect::<WordSet>();
        Sets {
            sports: set(SPORTS),
            contests: set(CONTESTS),
            singles: set(SINGLES),
            wins: set(WINS),
            against: set(AGAINST),
            roles: set(ROLES),
            whereabouts: set(WHERE),
            places: set(PLACES),
            units: set(UNITS),
            separators: SEPARATORS.split_whitespace().chain(dates).map(hash).collect(),
        }
    });
    &SETS
}
