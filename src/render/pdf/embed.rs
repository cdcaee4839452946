//! Typefaces embedded: subsets of what was used, and for every glyph the text that it stands for.

use super::faces::{Face, Faces};
use super::ink::Run;
use printpdf::{Codepoint, FontId, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub, TextItem};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// The glyphs used of each face.
#[derive(Default)]
pub(super) struct Used {
    faces: BTreeMap<Face, Subset>,
}

#[derive(Default)]
struct Subset {
    glyphs: GlyphRemapper,
    /// By new glyph number: the text copied for it.
    texts: BTreeMap<u16, String>,
}

/// Clusters of a run ready to be shown; `spoken` where the glyphs alone would not give the right text back.
pub(super) struct Shown {
    pub(super) pieces: Vec<Piece>,
    pub(super) spoken: Option<String>,
}

/// Glyphs on one height. Points: from the run's start, and above its baseline.
pub(super) struct Piece {
    pub(super) x: f32,
    pub(super) rise: f32,
    pub(super) items: Vec<TextItem>,
}

impl Used {
    /// Turns a run into stretches to show, and remembers its glyphs.
    pub(super) fn show(&mut self, run: &Run, faces: &Faces) -> Vec<Shown> {
        let subset = self.faces.entry(run.face).or_default();
        let mut shown: Vec<Shown> = Vec::new();
        let (mut text_at, mut glyph_at, mut pen) = (0, 0, 0.0);
        for (text_end, glyph_end) in &run.clusters {
            let text = &run.text[text_at..*text_end];
            let glyphs = &run.glyphs[glyph_at..*glyph_end];
            (text_at, glyph_at) = (*text_end, *glyph_end);
            if glyphs.is_empty() {
                continue;
            }
            let texts = subset.texts_for(text, glyphs.iter().map(|g| g.id));
            let spoken = (texts.concat() != text).then(|| text.to_owned());
            if spoken.is_some() || shown.last().is_none_or(|last| last.spoken.is_some()) {
                shown.push(Shown { pieces: Vec::new(), spoken });
            }
            let Some(Shown { pieces, .. }) = shown.last_mut() else { continue };
            for (glyph, text) in glyphs.iter().zip(texts) {
                let rise = glyph.dy * run.size / 1000.0;
                if pieces.last().is_none_or(|piece| piece.rise.to_bits() != rise.to_bits()) {
                    pieces.push(Piece { x: pen * run.size / 1000.0, rise, items: Vec::new() });
                }
                let Some(Piece { items, .. }) = pieces.last_mut() else { continue };
                if glyph.dx != 0.0 {
                    items.push(TextItem::Offset(-glyph.dx));
                }
                // What a reader adds by itself after the glyph is its width; the rest is kerning.
                let kern = faces.width(run.face, glyph.id) + glyph.dx - glyph.advance;
                let kern = if kern.abs() < 0.05 { 0.0 } else { (kern * 100.0).round() / 100.0 };
                let code = Codepoint::with_cid(subset.glyphs.get(glyph.id).unwrap_or(0), kern, text);
                match items.last_mut() {
                    Some(TextItem::GlyphIds(codes)) => codes.push(code),
                    _ => items.push(TextItem::GlyphIds(vec![code])),
                }
                pen += glyph.advance;
            }
        }
        shown
    }

    /// The subset fonts, and each one's bytes for the document's fingerprint.
    pub(super) fn fonts(&self, faces: &Faces) -> Result<BTreeMap<FontId, PdfFont>, subsetter::Error> {
        let mut made = BTreeMap::new();
        for (face, subset) in &self.faces {
            let bytes = subsetter::subset(faces.bytes(*face), 0, &subset.glyphs)?;
            let metrics = faces.metrics(*face);
            let widths = subset.glyphs.remapped_gids().enumerate();
            let widths =
                widths.filter_map(|(new, old)| Some((u16::try_from(new).ok()?, faces.raw_width(*face, old))));
            let name = format!("{}+{}", tag(&bytes), face.name());
            let units = f32::from(metrics.units_per_em) / 1000.0;
            #[expect(clippy::cast_possible_truncation, reason = "font units fit 16 bits")]
            let whole = |thousandths: f32| (thousandths * units).round() as i16;
            let measure = FontMetrics { ascent: whole(metrics.ascent), descent: whole(metrics.descent) };
            let mut font = ParsedFont::with_glyph_data(
                bytes,
                0,
                Some(name),
                BTreeMap::new(),
                widths.collect(),
                metrics.units_per_em,
                measure,
            );
            #[expect(clippy::cast_possible_truncation, reason = "a tangent of some degrees")]
            let slant = (-metrics.slant.to_radians().tan() * 1000.0).round() as i16;
            font.pdf_font_metrics = PdfFontMetricsStub {
                units_per_em: metrics.units_per_em,
                x_min: whole(metrics.box_low.0),
                y_min: whole(metrics.box_low.1),
                x_max: whole(metrics.box_high.0),
                y_max: whole(metrics.box_high.1),
                caret_slope_rise: 1000,
                caret_slope_run: slant,
                us_weight_class: face.weight(),
            };
            if font.original_bytes.starts_with(b"OTTO") {
                font.font_type = FontType::OpenTypeCFF(());
            }
            made.insert(font_id(*face), PdfFont::new(font));
        }
        Ok(made)
    }
}

impl Subset {
    /// The text that each glyph of a cluster gives back when copied.
    fn texts_for(&mut self, text: &str, glyphs: impl ExactSizeIterator<Item = u16>) -> Vec<String> {
        let pieces: Vec<String> = match glyphs.len() {
            1 => vec![text.to_owned()],
            n if n == text.chars().count() => text.chars().map(String::from).collect(),
            n => std::iter::once(text.to_owned()).chain(vec!["\u{200b}".to_owned(); n - 1]).collect(),
        };
        let texts = glyphs.zip(pieces);
        texts.map(|(id, piece)| self.texts.entry(self.glyphs.remap(id)).or_insert(piece).clone()).collect()
    }
}

/// The name of a face among a page's resources.
pub(super) fn font_id(face: Face) -> FontId {
    FontId(format!("F{}", face as usize))
}

/// Six letters that tell one subset from another (ISO 32000-1, 9.6.4).
fn tag(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|b| char::from(b'A' + b % 26)).collect()
}
