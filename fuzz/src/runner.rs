//! Runs a target over its corpus and what is made of it, for so long.
//!
//! What a target saw is a set of numbers; an input that shows one that none showed before joins the corpus. Every input
//! has a time to keep, which a second thread watches. Knows no target.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestRng, TestRunner};

use crate::mutate::changed;

/// What an input may take of a processor: the longest is a few KB, so that this is a thousand times what it should. By the
/// clock a busy machine makes any input late.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The stack of the thread that runs a target, as that of the threads that analyze.
const STACK: usize = 16 << 20;

/// How many inputs are kept beside those that the corpus begins with.
const KEPT: usize = 5000;

/// How often a failing input is tried smaller.
const SMALLER: usize = 2000;

/// One thing that is fed with bytes.
pub(crate) struct Target {
    /// Its name.
    pub(crate) name: &'static str,
    /// The inputs to begin with.
    pub(crate) corpus: fn() -> std::io::Result<Vec<Vec<u8>>>,
    /// Words that mean something to it.
    pub(crate) dictionary: &'static [&'static str],
    /// How long an input may be, in bytes.
    pub(crate) longest: usize,
    /// Feeds it; the error says what does not hold.
    pub(crate) run: fn(&[u8]) -> Result<Seen, String>,
}

/// What a target saw of an input, as numbers that stand for kinds of behavior.
#[derive(Debug, Default)]
pub(crate) struct Seen(HashSet<u64>);

impl Seen {
    /// Notes something that was seen.
    pub(crate) fn note(&mut self, what: impl Hash) {
        let mut hasher = DefaultHasher::new();
        what.hash(&mut hasher);
        self.0.insert(hasher.finish());
    }
}

/// What to run.
pub(crate) struct Plan {
    pub(crate) target: &'static Target,
    pub(crate) time: Duration,
    /// What an input may take of a processor.
    pub(crate) patience: Duration,
    pub(crate) seed: u64,
    pub(crate) replay: Option<PathBuf>,
    pub(crate) found: PathBuf,
}

/// How a run ended.
pub(crate) enum Ended {
    Clean(Figures),
    Found(Finding),
}

/// What a clean run has done.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    inputs: u64,
    kept: usize,
    kinds: usize,
    time: Duration,
    slowest: Duration,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} inputs in {:.0} s, {} of them kept, {} kinds of behavior, the slowest took {:.0} ms",
            self.inputs,
            self.time.as_secs_f64(),
            self.kept,
            self.kinds,
            self.slowest.as_secs_f64() * 1000.0
        )
    }
}

/// An input for which something does not hold.
pub(crate) struct Finding {
    file: PathBuf,
    what: String,
    inputs: u64,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "found after {} inputs: {}\nrun it again with --replay {}",
            self.inputs,
            self.what,
            self.file.display()
        )
    }
}

/// An input that is being run.
#[derive(Clone)]
struct Fed {
    since: Instant,
    input: Vec<u8>,
    /// The how many-th it is.
    number: u64,
}

/// The input that is being run, if there is one.
type Running = Arc<Mutex<Option<Fed>>>;

/// Runs a target. Fails where a file cannot be read or written, and where there is nothing to feed.
pub(crate) fn run(plan: Plan) -> std::io::Result<Ended> {
    let running = Running::default();
    let watched = Arc::clone(&running);
    let (name, found, patience) = (plan.target.name, plan.found.clone(), plan.patience);
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(move || work(&plan, &running))?;
    let mut since: Option<(Instant, Duration)> = None;
    while !worker.is_finished() {
        std::thread::sleep(Duration::from_millis(50));
        let Some(Fed { since: start, input, number }) =
            watched.lock().unwrap_or_else(PoisonError::into_inner).clone()
        else {
            continue;
        };
        let used = processor_time(start);
        match since {
            Some((same, before)) if same == start && used.saturating_sub(before) > patience => {
                let what = format!("it takes longer than {} s", patience.as_secs());
                let file = write(&found, name, &input)?;
                return Ok(Ended::Found(Finding { file, what, inputs: number }));
            }
            Some((same, _)) if same == start => {}
            _ => since = Some((start, used)),
        }
    }
    worker.join().unwrap_or_else(|_| Err(std::io::Error::other("the runner itself failed")))
}

/// What this process has used of the processors, to a hundredth of a second; where the system does not say, a sixth of
/// the time since `start`.
fn processor_time(start: Instant) -> Duration {
    let ticks = || {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        // Behind the name of the program, which may hold anything: the 12th and 13th are in its own code and the system's.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
    };
    ticks().map_or_else(|| start.elapsed() / 6, |ticks| Duration::from_millis(ticks * 10))
}

/// Feeds one input, the so many-th, and notes how long it took.
fn feed(
    target: &Target,
    input: &[u8],
    number: u64,
    running: &Running,
    slowest: &mut Duration,
) -> Result<Seen, String> {
    let start = Instant::now();
    let fed = Fed { since: start, input: input.to_vec(), number };
    *running.lock().unwrap_or_else(PoisonError::into_inner) = Some(fed);
    let seen = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    *running.lock().unwrap_or_else(PoisonError::into_inner) = None;
    *slowest = start.elapsed().max(*slowest);
    seen.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("it panics: {}", text.unwrap_or("without a word")))
    })
}

fn work(plan: &Plan, running: &Running) -> std::io::Result<Ended> {
    let target = plan.target;
    let mut figures = Figures::default();
    let start = Instant::now();
    let mut corpus = match &plan.replay {
        Some(file) => vec![std::fs::read(file)?],
        None => [(target.corpus)()?, kept(target.name)?].concat(),
    };
    // A run that fed nothing would be as clean as one that found nothing.
    if corpus.is_empty() {
        return Err(std::io::Error::other("there is nothing to feed: its corpus is empty"));
    }
    let mut kinds = HashSet::new();
    for input in &corpus {
        figures.inputs += 1;
        match feed(target, input, figures.inputs, running, &mut figures.slowest) {
            Ok(seen) => kinds.extend(seen.0),
            Err(what) => return found(plan, input.clone(), what, figures.inputs),
        }
    }
    if plan.replay.is_some() {
        return Ok(Ended::Clean(figures));
    }
    let given = corpus.len();
    let config =
        Config { rng_seed: RngSeed::Fixed(plan.seed), failure_persistence: None, ..Config::default() };
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&plan.seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    // A failing input is told by the runner, in one line.
    std::panic::set_hook(Box::new(|_| {}));
    while start.elapsed() < plan.time {
        let choice = (0..corpus.len(), 0..corpus.len()).new_tree(&mut runner).map(|tree| tree.current());
        let Ok((one, other)) = choice else { continue };
        let strategy = changed(corpus[one].clone(), corpus[other].clone(), target.dictionary, target.longest);
        let Ok(mut tree) = strategy.new_tree(&mut runner) else { continue };
        let input = tree.current();
        figures.inputs += 1;
        match feed(target, &input, figures.inputs, running, &mut figures.slowest) {
            Ok(seen) => {
                let is_new = seen.0.iter().any(|kind| !kinds.contains(kind));
                kinds.extend(seen.0);
                if is_new && corpus.len() < given + KEPT {
                    corpus.push(input);
                }
            }
            Err(what) => {
                let (input, what) = smallest(target, &mut tree, (input, what), figures.inputs, running);
                return found(plan, input, what, figures.inputs);
            }
        }
    }
    figures.kept = corpus.len() - given;
    figures.kinds = kinds.len();
    figures.time = start.elapsed();
    Ok(Ended::Clean(figures))
}

/// The smallest input that fails, and what is wrong with it, of the one that is the so many-th: first with fewer changes,
/// then with parts left out.
fn smallest(
    target: &Target,
    tree: &mut impl ValueTree<Value = Vec<u8>>,
    mut best: (Vec<u8>, String),
    number: u64,
    running: &Running,
) -> (Vec<u8>, String) {
    let mut left = SMALLER;
    let mut slowest = Duration::ZERO;
    let mut goes_on = tree.simplify();
    while goes_on && left > 0 {
        left -= 1;
        let input = tree.current();
        goes_on = match feed(target, &input, number, running, &mut slowest) {
            Err(what) => {
                best = (input, what);
                tree.simplify()
            }
            Ok(_) => tree.complicate(),
        };
    }
    let mut size = best.0.len() / 2;
    while size > 0 && left > 0 {
        let mut at = 0;
        while at < best.0.len() && left > 0 {
            left -= 1;
            let mut input = best.0.clone();
            input.drain(at..(at + size).min(input.len()));
            match feed(target, &input, number, running, &mut slowest) {
                Err(what) => best = (input, what),
                Ok(_) => at += size,
            }
        }
        size /= 2;
    }
    best
}

fn found(plan: &Plan, input: Vec<u8>, what: String, inputs: u64) -> std::io::Result<Ended> {
    let file = match &plan.replay {
        Some(file) => file.clone(),
        None => write(&plan.found, plan.target.name, &input)?,
    };
    Ok(Ended::Found(Finding { file, what, inputs }))
}

/// Writes an input to a file that is named after its content.
fn write(folder: &Path, name: &str, input: &[u8]) -> std::io::Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    std::fs::create_dir_all(folder)?;
    let file = folder.join(format!("{name}-{:016x}", hasher.finish()));
    std::fs::write(&file, input)?;
    Ok(file)
}

/// The inputs that showed a fault of a target once; none where there is no folder of them.
fn kept(name: &str) -> std::io::Result<Vec<Vec<u8>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    if folder.try_exists()? { files(&folder, |_| true) } else { Ok(Vec::new()) }
}

/// The contents of the files of a folder that are wanted, sorted by name.
pub(crate) fn files(folder: &Path, is_wanted: fn(&Path) -> bool) -> std::io::Result<Vec<Vec<u8>>> {
    let of_folder = |error: std::io::Error| {
        std::io::Error::new(error.kind(), format!("cannot read {}: {error}", folder.display()))
    };
    let entries = std::fs::read_dir(folder).map_err(of_folder)?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(of_folder)?;
    paths.retain(|path| path.is_file() && is_wanted(path));
    paths.sort();
    paths.iter().map(std::fs::read).collect::<Result<_, _>>().map_err(of_folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::targets::TARGETS;

    fn plan(target: &'static Target, found: &Path) -> Plan {
        let (time, patience) = (Duration::ZERO, Duration::from_millis(200));
        Plan { target, time, patience, seed: 1, replay: None, found: found.to_owned() }
    }

    #[test]
    fn a_run_that_feeds_nothing_is_not_clean() {
        static EMPTY: Target = Target {
            name: "none",
            corpus: || Ok(Vec::new()),
            dictionary: &["a"],
            longest: 9,
            run: |_| Ok(Seen::default()),
        };
        static UNREAD: Target = Target { corpus: || files(Path::new("no such folder"), |_| true), ..EMPTY };
        for (target, why) in [(&EMPTY, "empty"), (&UNREAD, "no such folder")] {
            let error = run(plan(target, Path::new("."))).map(|_| ()).expect_err("it fed nothing");
            assert!(error.to_string().contains(why), "{error}");
        }
    }

    #[test]
    fn an_input_that_takes_too_long_is_told_by_its_number() {
        static SLOW: Target = Target {
            name: "slow",
            corpus: || Ok(vec![b"a".to_vec(), b"b".to_vec(), b"slow".to_vec()]),
            dictionary: &["a"],
            longest: 9,
            run: |input| {
                let start = Instant::now();
                while input == b"slow" && start.elapsed() < Duration::from_secs(20) {
                    std::hint::spin_loop();
                }
                Ok(Seen::default())
            },
        };
        let folder = std::env::temp_dir().join(format!("fuzz-{}", std::process::id()));
        let ended = run(plan(&SLOW, &folder));
        let _ = std::fs::remove_dir_all(&folder);
        assert!(matches!(ended, Ok(Ended::Found(Finding { inputs: 3, .. }))));
    }

    #[test]
    fn what_was_found_once_is_fed_to_its_target() {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        for entry in std::fs::read_dir(corpus).expect("is there") {
            let folder = entry.expect("is there").path();
            let name = folder.file_name().and_then(|name| name.to_str()).expect("is text");
            assert!(names.contains(&name), "no target reads {name}");
            assert!(!kept(name).expect("is read").is_empty(), "{name} is empty");
        }
        for target in TARGETS {
            assert!((target.corpus)().is_ok_and(|inputs| !inputs.is_empty()), "{}", target.name);
        }
    }
}
