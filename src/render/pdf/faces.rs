//! The typefaces: which there are, what they cover, how wide their glyphs are, and shaping with them.
//!
//! Libertinus Serif and DejaVu Sans Mono, with New Computer Modern for the signs they lack; all from one
//! registry package under free licences (OFL, Bitstream Vera, GUST).

use harfrust::font::Font;
use harfrust::{Buffer, BufferFlags, Direction, Feature, Script, ShapeOptions, ShapePlan, ShaperFont, Tag};
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// One typeface in one style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Face {
    Roman,
    Italic,
    Bold,
    BoldItalic,
    Semibold,
    SemiboldItalic,
    Mono,
    MonoItalic,
    MonoBold,
    MonoBoldItalic,
    Modern,
    Maths,
}

impl Face {
    pub(super) const ALL: [Self; 12] = [
        Self::Roman,
        Self::Italic,
        Self::Bold,
        Self::BoldItalic,
        Self::Semibold,
        Self::SemiboldItalic,
        Self::Mono,
        Self::MonoItalic,
        Self::MonoBold,
        Self::MonoBoldItalic,
        Self::Modern,
        Self::Maths,
    ];

    /// The text face with these traits.
    pub(super) fn serif(strong: bool, emphatic: bool) -> Self {
        match (strong, emphatic) {
            (false, false) => Self::Roman,
            (false, true) => Self::Italic,
            (true, false) => Self::Bold,
            (true, true) => Self::BoldItalic,
        }
    }

    /// The fixed-width face with these traits.
    pub(super) fn mono(strong: bool, emphatic: bool) -> Self {
        match (strong, emphatic) {
            (false, false) => Self::Mono,
            (false, true) => Self::MonoItalic,
            (true, false) => Self::MonoBold,
            (true, true) => Self::MonoBoldItalic,
        }
    }

    /// The PostScript name, which a PDF shows as the font's name.
    pub(super) fn name(self) -> &'static str {
        self.home().1
    }

    /// How heavy, as OS/2 counts: 400 is regular.
    pub(super) fn weight(self) -> u16 {
        match self {
            Self::Bold | Self::BoldItalic | Self::MonoBold | Self::MonoBoldItalic => 700,
            Self::Semibold | Self::SemiboldItalic => 600,
            _ => 400,
        }
    }

    /// Where the package keeps it, and its PostScript name; a test holds the two together.
    fn home(self) -> (usize, &'static str) {
        match self {
            Self::Roman => (0, "LibertinusSerif-Regular"),
            Self::Bold => (1, "LibertinusSerif-Bold"),
            Self::Italic => (2, "LibertinusSerif-Italic"),
            Self::BoldItalic => (3, "LibertinusSerif-BoldItalic"),
            Self::Semibold => (4, "LibertinusSerif-Semibold"),
            Self::SemiboldItalic => (5, "LibertinusSerif-SemiboldItalic"),
            Self::Maths => (8, "NewCMMath-Regular"),
            Self::Modern => (9, "NewCM10-Regular"),
            Self::MonoBold => (13, "DejaVuSansMono-Bold"),
            Self::MonoBoldItalic => (14, "DejaVuSansMono-BoldOblique"),
            Self::MonoItalic => (15, "DejaVuSansMono-Oblique"),
            Self::Mono => (16, "DejaVuSansMono"),
        }
    }

    /// Where to look for a character this face lacks, in this order.
    fn stand_ins(self) -> &'static [Self] {
        match self {
            Self::Mono | Self::MonoItalic | Self::MonoBold | Self::MonoBoldItalic => {
                &[Self::Mono, Self::Roman, Self::Modern, Self::Maths]
            }
            Self::BoldItalic => &[Self::Bold, Self::Roman, Self::Modern, Self::Mono, Self::Maths],
            _ => &[Self::Roman, Self::Modern, Self::Mono, Self::Maths],
        }
    }
}

/// What a face measures, in thousandths of its size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Metrics {
    pub(super) units_per_em: u16,
    pub(super) ascent: f32,
    pub(super) descent: f32,
    pub(super) box_low: (f32, f32),
    pub(super) box_high: (f32, f32),
    pub(super) slant: f32,
}

/// A glyph as shaped; lengths in thousandths of the size, y upward.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) id: u16,
    pub(super) advance: f32,
    pub(super) dx: f32,
    pub(super) dy: f32,
    /// The byte of the shaped text where its cluster starts.
    pub(super) cluster: u32,
}

/// What decides how a run is shaped, besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shaping {
    pub(super) face: Face,
    pub(super) right_to_left: bool,
    /// Figures of one width, for columns of numbers.
    pub(super) tabular: bool,
}

struct Loaded {
    font: Font,
    bytes: &'static [u8],
    metrics: Metrics,
}

/// The faces that were asked for so far, and how to shape with them.
#[derive(Default)]
pub(super) struct Faces {
    loaded: [OnceCell<Loaded>; Face::ALL.len()],
    plans: RefCell<BTreeMap<(Shaping, u32), Rc<ShapePlan>>>,
}

impl Faces {
    /// The font file.
    pub(super) fn bytes(&self, face: Face) -> &'static [u8] {
        self.get(face).bytes
    }

    pub(super) fn metrics(&self, face: Face) -> Metrics {
        self.get(face).metrics
    }

    /// The width a PDF reader takes for the glyph: whole thousandths, as the width table is written.
    pub(super) fn width(&self, face: Face, glyph: u16) -> f32 {
        let loaded = self.get(face);
        let advance = loaded.font.glyph_metrics().h_advance(u32::from(glyph).into());
        (advance * 1000.0 / f32::from(loaded.metrics.units_per_em)).trunc()
    }

    /// The advance in font units, as the font says it.
    pub(super) fn raw_width(&self, face: Face, glyph: u16) -> u16 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "hmtx holds 16 bits")]
        let units = self.get(face).font.glyph_metrics().h_advance(u32::from(glyph).into()) as u16;
        units
    }

    /// The face to set `c` in when `wanted` is asked for; nothing if no face has it.
    pub(super) fn covering(&self, wanted: Face, c: char) -> Option<Face> {
        std::iter::once(wanted).chain(wanted.stand_ins().iter().copied()).find(|face| self.has(*face, c))
    }

    pub(super) fn has(&self, face: Face, c: char) -> bool {
        self.get(face).font.charmap().map_unicode(c).is_some_and(|glyph| glyph.to_u32() != 0)
    }

    /// Shapes one run of one face, script and direction; glyphs come in visual order.
    pub(super) fn shape(&self, text: &str, shaping: Shaping, script: Script) -> Vec<Glyph> {
        let loaded = self.get(shaping.face);
        let direction = if shaping.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        let features: &[Feature] =
            if shaping.tabular { &[Feature::new(Tag::new(b"tnum"), 1, ..)] } else { &[] };
        let key = (shaping, u32::from_be_bytes(script.tag().to_be_bytes()));
        let plan = Rc::clone(self.plans.borrow_mut().entry(key).or_insert_with(|| {
            Rc::new(ShapePlan::new(&loaded.font, direction, Some(script), None, features))
        }));
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(direction);
        buffer.set_script(Some(script));
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let options = ShapeOptions::new().plan(Some(&plan)).features(features);
        if harfrust::shape(&ShaperFont::new(&loaded.font), &mut buffer, options).is_err() {
            return Vec::new();
        }
        let scale = 1000.0 / f32::from(loaded.metrics.units_per_em);
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        glyphs
            .map(|(info, position)| {
                let id = u16::try_from(info.glyph_id).unwrap_or(0);
                // Kerning is what shaping adds to the width that the font states.
                #[expect(clippy::cast_precision_loss, reason = "font units are small")]
                let (advance, dx, dy) =
                    (position.x_advance as f32, position.x_offset as f32, position.y_offset as f32);
                let kern = (advance - f32::from(self.raw_width(shaping.face, id))) * scale;
                Glyph {
                    id,
                    advance: self.width(shaping.face, id) + kern,
                    dx: dx * scale,
                    dy: dy * scale,
                    cluster: info.cluster,
                }
            })
            .collect()
    }

    #[expect(clippy::expect_used, reason = "the fonts are part of the program and tested")]
    fn get(&self, face: Face) -> &Loaded {
        self.loaded[face as usize].get_or_init(|| {
            let bytes = typst_assets::fonts().nth(face.home().0).expect("the package has the face");
            let font = Font::new(bytes, 0).expect("the package's fonts can be read");
            let metrics = measure(&font);
            Loaded { font, bytes, metrics }
        })
    }
}

fn measure(font: &Font) -> Metrics {
    let all = font.metrics();
    let scale = 1000.0 / f32::from(all.units_per_em);
    let line = all.hhea_line.unwrap_or_default();
    let slant = font.style_metrics().italic_angle.unwrap_or_default();
    Metrics {
        units_per_em: all.units_per_em,
        ascent: line.ascender.to_f32() * scale,
        descent: line.descender.to_f32() * scale,
        box_low: (all.bounds.x_min.to_f32() * scale, all.bounds.y_min.to_f32() * scale),
        box_high: (all.bounds.x_max.to_f32() * scale, all.bounds.y_max.to_f32() * scale),
        slant: slant.to_f32(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Face, Faces, Shaping};
    use harfrust::Script;

    fn upright(face: Face) -> Shaping {
        Shaping { face, right_to_left: false, tabular: false }
    }

    #[test]
    fn every_face_is_the_one_it_is_called() {
        let faces = Faces::default();
        for face in Face::ALL {
            assert!(faces.bytes(face).windows(face.name().len()).any(|w| w == face.name().as_bytes()));
        }
    }

    #[test]
    fn latin_greek_and_cyrillic_are_covered_in_every_style() {
        let faces = Faces::default();
        let text = "Aéñßžőłİ Ελληνικά ΆΈώ Кириллица Ёёї €–—“”…";
        for face in Face::ALL.into_iter().take(10) {
            for c in text.chars() {
                assert!(faces.has(face, c), "{face:?} lacks {c}");
            }
        }
        // The one gap found, and who steps in.
        assert_eq!(faces.covering(Face::BoldItalic, 'ґ'), Some(Face::Bold));
    }

    #[test]
    fn ligatures_form_and_kerning_pulls() {
        let faces = Faces::default();
        let glyphs = faces.shape("office", upright(Face::Roman), Script::LATIN);
        assert_eq!(glyphs.iter().map(|g| g.cluster).collect::<Vec<_>>(), [0, 1, 4, 5]);
        let pair = faces.shape("AV", upright(Face::Roman), Script::LATIN);
        assert!(pair[0].advance < faces.width(Face::Roman, pair[0].id));
    }

    #[test]
    fn what_no_face_has_is_said() {
        let faces = Faces::default();
        assert_eq!(faces.covering(Face::Roman, '本'), None);
        assert_eq!(faces.covering(Face::Bold, '☑'), Some(Face::Mono));
    }
}
