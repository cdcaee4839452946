//! Paints the badge's shapes into pixels: by hand, with nothing but what IEEE 754 fixes, so that every computer agrees.

use super::{Colour, Point, SIDE, Shape, shapes};

/// Samples of a polygon's edge along one side of a pixel.
const SAMPLES: u32 = 4;
/// Straight pieces of one curve.
const PIECES: u32 = 32;

/// The badge as PNG, transparent around the plate.
///
/// # Errors
/// Only if there is no memory for it.
pub fn png() -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, SIDE, SIDE);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels())?;
    writer.finish()?;
    Ok(file)
}

/// Red, green, blue and opacity of every pixel, row by row.
fn pixels() -> Vec<u8> {
    let prepared: Vec<Prepared> = shapes().into_iter().map(Prepared::of).collect();
    let mut pixels = Vec::with_capacity((SIDE * SIDE * 4) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let mut colour = [0.0; 3];
            let mut opacity = 0.0;
            for shape in &prepared {
                let covered = shape.coverage(f64::from(x), f64::from(y));
                if covered > 0.0 {
                    let over = covered + opacity * (1.0 - covered);
                    for (part, new) in colour.iter_mut().zip(shape.colour.0) {
                        *part = (f64::from(new) * covered + *part * opacity * (1.0 - covered)) / over;
                    }
                    opacity = over;
                }
            }
            pixels.extend(colour.map(level));
            pixels.push(level(opacity * 255.0));
        }
    }
    pixels
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is clamped to a byte first"
)]
fn level(value: f64) -> u8 {
    (value + 0.5).clamp(0.0, 255.0) as u8
}

/// A shape with its curves cut into straight pieces and the box it lies in.
struct Prepared {
    outline: Outline,
    colour: Colour,
    from: Point,
    to: Point,
}

enum Outline {
    Disc { centre: Point, radius: f64 },
    Ring { centre: Point, radius: f64, half: f64 },
    Area(Vec<Point>),
    Stroke { points: Vec<Point>, half: f64 },
}

impl Prepared {
    fn of(shape: Shape) -> Prepared {
        let (outline, colour, points, margin) = match shape {
            Shape::Disc { centre, radius, colour } => {
                (Outline::Disc { centre, radius }, colour, vec![centre], radius)
            }
            Shape::Ring { centre, radius, width, colour } => {
                (Outline::Ring { centre, radius, half: width / 2.0 }, colour, vec![centre], radius + width)
            }
            Shape::Area { corners, colour } => (Outline::Area(corners.clone()), colour, corners, 0.0),
            Shape::Stroke { start, curves, width, colour } => {
                let points = flattened(start, &curves);
                (Outline::Stroke { points: points.clone(), half: width / 2.0 }, colour, points, width)
            }
        };
        let lowest =
            |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::INFINITY, f64::min) - margin - 1.0;
        let highest =
            |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::NEG_INFINITY, f64::max) + margin + 1.0;
        let (from, to) = ((lowest(|p| p.0), lowest(|p| p.1)), (highest(|p| p.0), highest(|p| p.1)));
        Prepared { outline, colour, from, to }
    }

    /// How much of the pixel whose corner is at `x`, `y` it covers, from 0 to 1.
    fn coverage(&self, x: f64, y: f64) -> f64 {
        if x < self.from.0 || y < self.from.1 || x > self.to.0 || y > self.to.1 {
            return 0.0;
        }
        let middle = (x + 0.5, y + 0.5);
        // Within half a pixel of an edge, the distance to it is the share that is covered.
        let inside_by = match &self.outline {
            Outline::Disc { centre, radius } => radius - distance(middle, *centre),
            Outline::Ring { centre, radius, half } => half - (distance(middle, *centre) - radius).abs(),
            Outline::Stroke { points, half } => {
                let near = points.windows(2).map(|pair| distance_to_line(middle, pair[0], pair[1]));
                half - near.fold(f64::INFINITY, f64::min)
            }
            Outline::Area(corners) => return share_inside(corners, x, y),
        };
        (inside_by + 0.5).clamp(0.0, 1.0)
    }
}

fn flattened(start: Point, curves: &[[Point; 3]]) -> Vec<Point> {
    let mut points = vec![start];
    let mut from = start;
    for [first, second, end] in curves {
        for step in 1..=PIECES {
            let t = f64::from(step) / f64::from(PIECES);
            let s = 1.0 - t;
            let (a, b, c, d) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
            let mix = |of: fn(&Point) -> f64| a * of(&from) + b * of(first) + c * of(second) + d * of(end);
            points.push((mix(|p| p.0), mix(|p| p.1)));
        }
        from = *end;
    }
    points
}

/// By the square root alone, which every processor rounds alike.
fn distance(one: Point, other: Point) -> f64 {
    let (dx, dy) = (one.0 - other.0, one.1 - other.1);
    (dx * dx + dy * dy).sqrt()
}

fn distance_to_line(point: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx * dx + dy * dy;
    if length == 0.0 {
        return distance(point, from);
    }
    let along = (((point.0 - from.0) * dx + (point.1 - from.1) * dy) / length).clamp(0.0, 1.0);
    distance(point, (from.0 + along * dx, from.1 + along * dy))
}

fn share_inside(corners: &[Point], x: f64, y: f64) -> f64 {
    let mut inside = 0;
    for row in 0..SAMPLES {
        for column in 0..SAMPLES {
            let offset = |step: u32| (f64::from(step) + 0.5) / f64::from(SAMPLES);
            inside += u32::from(is_inside(corners, (x + offset(column), y + offset(row))));
        }
    }
    f64::from(inside) / f64::from(SAMPLES * SAMPLES)
}

fn is_inside(corners: &[Point], point: Point) -> bool {
    let ends = corners.iter().zip(corners.iter().cycle().skip(1));
    let crossings = ends.filter(|(from, to)| {
        (from.1 > point.1) != (to.1 > point.1)
            && point.0 < (to.0 - from.0) * (point.1 - from.1) / (to.1 - from.1) + from.0
    });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::super::{BLUE, PAPER};
    use super::*;
    use crate::credential::baked;

    fn at(pixels: &[u8], x: u32, y: u32) -> [u8; 4] {
        let start = ((y * SIDE + x) * 4) as usize;
        pixels[start..start + 4].try_into().unwrap()
    }

    #[test]
    fn the_plate_is_paper_the_rule_and_the_pen_are_blue_and_the_corners_are_clear() {
        let pixels = pixels();
        let solid = |colour: Colour| [colour.0[0], colour.0[1], colour.0[2], 255];
        assert_eq!(at(&pixels, 0, 0)[3], 0);
        assert_eq!(at(&pixels, 256, 60), solid(PAPER));
        assert_eq!(at(&pixels, 256, 10), solid(BLUE));
        assert_eq!(at(&pixels, 366, 208), solid(BLUE));
    }

    #[test]
    fn the_png_is_the_same_every_time_and_takes_a_credential() {
        let picture = png().unwrap();
        assert!(picture == png().unwrap());
        assert!(picture.len() < 40_000, "{}", picture.len());
        let baked = baked::into_png(&picture, "{}").unwrap();
        assert_eq!(baked::from_png(&baked), Ok(Some("{}".to_owned())));
        let mut reader = png::Decoder::new(std::io::Cursor::new(&baked)).read_info().unwrap();
        let mut read = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut read).unwrap();
        assert!(read == pixels());
    }
}
