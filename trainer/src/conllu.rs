//! Treebanks in CoNLL-U: documents as raw text with words, sentences and trees.
//!
//! The raw text joins the sentences of a paragraph by a space and paragraphs by an empty line. A
//! word of a multiword token stands where its letters stand if the words spell the token, else over
//! the whole token.

use std::fs;
use std::path::Path;

use onrecord::annotate::{Document, Token};
use onrecord::annotate::{Relation, Upos, Xpos};
use onrecord::article::Article;
use onrecord::span::{Byte, Span};

/// One word of a treebank.
#[derive(Clone, Debug)]
pub struct Word {
    /// Where it stands in the raw text.
    pub span: Span<Byte>,
    pub lemma: String,
    pub upos: Upos,
    pub xpos: Xpos,
    /// The index of the head in the document; `None` for a root.
    pub head: Option<usize>,
    pub relation: Relation,
}

/// One document of a treebank.
#[derive(Debug, Default)]
pub struct Treebank {
    pub article: Article,
    /// As the treebank cuts it.
    pub document: Document,
    pub words: Vec<Word>,
}

/// One sentence as it stands in the file.
#[derive(Default)]
struct Block {
    text: String,
    paragraph: bool,
    /// First word, last word, surface.
    fused: Vec<(usize, usize, String)>,
    rows: Vec<Vec<String>>,
}

/// Reads all documents of a file.
pub fn read(path: &Path) -> std::io::Result<Vec<Treebank>> {
    let content = fs::read_to_string(path)?;
    let mut documents: Vec<Treebank> = Vec::new();
    let mut block = Block::default();
    for line in content.lines() {
        if line.starts_with("# newdoc") {
            documents.push(Treebank::default());
        } else if line.starts_with("# newpar") {
            block.paragraph = true;
        } else if let Some(text) = line.strip_prefix("# text =") {
            block.text = text.trim().to_owned();
        } else if line.is_empty() {
            if documents.is_empty() {
                documents.push(Treebank::default());
            }
            if let Some(document) = documents.last_mut() {
                document.add(&std::mem::take(&mut block));
            }
        } else if !line.starts_with('#') {
            block.add_row(line);
        }
    }
    Ok(documents)
}

impl Block {
    fn add_row(&mut self, line: &str) {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if let Some((first, last)) = columns[0].split_once('-') {
            if let (Ok(first), Ok(last)) = (first.parse(), last.parse()) {
                self.fused.push((first, last, columns[1].clone()));
            }
        } else if !columns[0].contains('.') {
            self.rows.push(columns);
        }
    }
}

impl Treebank {
    fn add(&mut self, block: &Block) {
        let body = &mut self.article.body;
        if !body.is_empty() {
            body.push_str(if block.paragraph { "\n\n" } else { " " });
        }
        if block.paragraph || self.document.paragraphs.is_empty() {
            self.document.paragraphs.push(Span::new(self.words.len(), self.words.len()));
        }
        let base = body.len();
        body.push_str(&block.text);
        let first = self.words.len();
        let mut position = 0;
        let mut row = 0;
        while row < block.rows.len() {
            let fused = block.fused.iter().find(|(start, _, _)| *start == row + 1);
            let (last, surface) =
                fused.map_or((row + 1, block.rows[row][1].as_str()), |(_, last, surface)| (*last, surface));
            let start = block
                .text
                .get(position..)
                .and_then(|rest| rest.find(surface))
                .map_or(position, |at| position + at);
            position = start + surface.len();
            let group = &block.rows[row..last];
            let spelled = group.iter().map(|columns| columns[1].as_str()).collect::<String>() == surface;
            let mut at = base + start;
            for columns in group {
                let len = if spelled { columns[1].len() } else { surface.len() };
                self.words.push(word(columns, Span::new(at, at + len), first));
                at += if spelled { len } else { 0 };
            }
            row = last;
        }
        let (sentence, paragraph) =
            (self.document.sentences.len() as u32, self.document.paragraphs.len() as u32 - 1);
        let tokens = self.words[first..].iter().map(|word| Token { span: word.span, sentence, paragraph });
        self.document.tokens.extend(tokens);
        self.document.sentences.push(Span::new(first, self.words.len()));
        if let Some(paragraph) = self.document.paragraphs.last_mut() {
            *paragraph = Span::new(paragraph.start(), self.words.len());
        }
    }
}

fn word(columns: &[String], span: Span<Byte>, first: usize) -> Word {
    let head: usize = columns[6].parse().unwrap_or(0);
    let relation = Relation::from_name(&columns[7]);
    let base = || columns[7].split(':').next().and_then(Relation::from_name);
    Word {
        span,
        lemma: columns[2].clone(),
        upos: Upos::from_name(&columns[3]).unwrap_or(Upos::X),
        xpos: Xpos::from_name(&columns[4]).unwrap_or(Xpos::Fw),
        head: head.checked_sub(1).map(|head| first + head),
        relation: relation.or_else(base).unwrap_or(Relation::Dep),
    }
}
