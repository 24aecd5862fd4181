//! A page as glyphs in their places, upright and with the origin at its upper left.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::font::{Glyph as Shape, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{BezPath, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};

/// A glyph that is printed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyph {
    /// Where it begins, from the left.
    pub(crate) x: f64,
    /// Its baseline, from the top.
    pub(crate) y: f64,
    /// How far it is to the next glyph.
    pub(crate) width: f64,
    /// The size of its font.
    pub(crate) size: f64,
    /// What it stands for; a space for one that is empty.
    pub(crate) text: String,
}

/// What is on a page.
#[derive(Debug, Default)]
pub(crate) struct Printed {
    /// Its glyphs, in the order in which they are drawn.
    pub(crate) glyphs: Vec<Glyph>,
    /// How many of them no font says the meaning of.
    pub(crate) unknown: usize,
    /// How many more there are than are taken.
    pub(crate) left_out: usize,
    /// How many pictures there are.
    pub(crate) pictures: usize,
}

/// The most glyphs of a page that are taken: a page of a newspaper has some 50,000.
const MOST_GLYPHS: usize = 500_000;

impl Printed {
    /// Whether another glyph is taken; it is counted if it is not.
    fn has_room(&mut self) -> bool {
        let has_room = self.glyphs.len() < MOST_GLYPHS;
        self.left_out += usize::from(!has_room);
        has_room
    }

    /// What is said of a page, by its number, of which not all is taken.
    pub(crate) fn fault(&self, number: usize) -> Option<String> {
        let left_out = self.left_out;
        (left_out > 0).then(|| {
            format!("page {number} has more than {MOST_GLYPHS} letters: {left_out} of them were left out")
        })
    }
}

/// What is on each page, in order; none for one over which the interpreter fails.
pub(crate) fn pages(pdf: &Pdf) -> impl Iterator<Item = Option<Printed>> {
    let cache = InterpreterCache::new();
    pdf.pages().iter().map(move |page| catch_unwind(AssertUnwindSafe(|| printed(page, &cache, pdf))).ok())
}

fn printed<'a>(page: &'a Page<'a>, cache: &InterpreterCache<'a>, pdf: &'a Pdf) -> Printed {
    let (width, height) = page.render_dimensions();
    let upright = page.initial_transform(true).to_kurbo();
    let whole = Rect::new(0.0, 0.0, width.into(), height.into());
    let mut context = Context::new(upright, whole, cache, pdf.xref(), InterpreterSettings::default());
    let mut collector = Collector { visible: Printed::default(), hidden: Printed::default(), whole };
    interpret_page(page, &mut context, &mut collector);
    let Collector { visible, hidden, .. } = collector;
    // A page that was scanned and recognized bears its text unseen; elsewhere what is unseen was not meant to be read.
    let pictures = visible.pictures;
    let page = if hidden.glyphs.len() > visible.glyphs.len() { hidden } else { visible };
    Printed { pictures, ..page }
}

struct Collector {
    visible: Printed,
    hidden: Printed,
    whole: Rect,
}

impl Device<'_> for Collector {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        let page = if matches!(mode, DrawMode::Invisible) { &mut self.hidden } else { &mut self.visible };
        let placed: Vec<[f64; 6]> =
            run.glyphs().iter().map(|glyph| (props.transform * glyph.transform()).as_coeffs()).collect();
        let stretch = stretch(&placed);
        for (glyph, place) in run.glyphs().iter().zip(&placed) {
            let [a, b, c, d, x, y] = *place;
            // What runs up the margin, or stands on its head, is no line of the text.
            let is_level = a > 0.0 && b.abs() < a * 0.1 && place.iter().all(|number| number.is_finite());
            let size = c.hypot(d) * 1000.0;
            if !is_level || size < 0.5 || !self.whole.contains((x, y)) {
                continue;
            }
            if !page.has_room() {
                continue;
            }
            let text = match glyph.as_unicode() {
                Some(BfString::Char(character)) => character.to_string(),
                Some(BfString::String(text)) => text,
                None => {
                    page.unknown += 1;
                    '\u{FFFD}'.to_string()
                }
            };
            let advance = match &**glyph {
                Shape::Outline(outline) => outline.advance_width(),
                Shape::Type3(drawn) => drawn.advance_width(),
            };
            let width = f64::from(advance.unwrap_or(500.0)) / 1000.0 * size * stretch;
            page.glyphs.push(Glyph { x, y, width: width.max(0.0), size, text });
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.visible.pictures += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// By how much the glyphs of a run are broader than high. A glyph of a font that stands in for another is made to fit by
/// itself, which changes no width.
fn stretch(placed: &[[f64; 6]]) -> f64 {
    let of = |[a, b, c, d, ..]: &[f64; 6]| a.hypot(*b) / c.hypot(*d);
    let first = placed.first().map_or(1.0, of);
    let is_one = first.is_finite() && placed.iter().all(|place| (of(place) - first).abs() < 0.01);
    if is_one && placed.len() > 1 { first } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_beyond_the_most_are_counted() {
        let glyph = Glyph { x: 0.0, y: 0.0, width: 1.0, size: 1.0, text: String::new() };
        let mut page = Printed { glyphs: vec![glyph; MOST_GLYPHS - 1], ..Printed::default() };
        assert!(page.has_room());
        assert_eq!(page.fault(3), None);
        page.glyphs.extend(page.glyphs.first().cloned());
        assert!(!page.has_room() && !page.has_room());
        assert_eq!(
            page.fault(3).as_deref(),
            Some("page 3 has more than 500000 letters: 2 of them were left out")
        );
    }
}
