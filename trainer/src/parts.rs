//! Puts parts that were made elsewhere into a model file: one for each file of a folder, by its name.

use std::error::Error;
use std::fs;

use onrecord::training::ModelFile;

use crate::options::Options;

/// Puts the files of the folder that `--data` names into the model file; those that stand there with the same first word of
/// their names, `encoder` of `encoder.words`, are taken out first.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let bytes = fs::read(&options.model)?;
    let old = ModelFile::read(&bytes)?;
    let mut added = Vec::new();
    for entry in fs::read_dir(&options.data)? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|name| format!("no name of a part: {name:?}"))?;
        added.push((name, fs::read(entry.path())?));
    }
    let first = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let mut file = ModelFile::new(old.features);
    file.notes.clone_from(&old.notes);
    file.take_parts_if(&old, |name| !added.iter().any(|(new, _)| first(new) == first(name)));
    added.iter().for_each(|(name, bytes)| file.put_numbers(name, bytes));
    fs::write(&options.model, file.write()?)?;
    eprintln!("{}: {} parts added", options.model.display(), added.len());
    Ok(())
}
