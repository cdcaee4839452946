//! The picture of a badge: a pen that has just signed, in blue on paper, as SVG and as PNG.
//!
//! It says nothing: no name, no tick, no seal, no word like *certified*. Anybody can draw the same, so what counts is the
//! signed record that is baked into the file. Both forms come from one list of shapes, and the same call gives the
//! same bytes.

use super::escape::visible;
#[cfg(feature = "pdf")]
pub use paint::png;

#[cfg(feature = "pdf")]
mod paint;

/// Width and height, in pixels.
pub const SIDE: u32 = 512;

const PAPER: Colour = Colour([0xfc, 0xfb, 0xf8]);
const BLUE: Colour = Colour([0x1f, 0x4a, 0x7a]);
const LIGHT_BLUE: Colour = Colour([0x9d, 0xc1, 0xec]);
const GREY: Colour = Colour([0x67, 0x6d, 0x74]);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Colour([u8; 3]);

/// A point, in pixels from the top left.
type Point = (f64, f64);

/// What is drawn, from the back to the front.
#[derive(Debug, Clone)]
enum Shape {
    /// A filled disc.
    Disc { centre: Point, radius: f64, colour: Colour },
    /// A circle drawn with a pen of this width.
    Ring { centre: Point, radius: f64, width: f64, colour: Colour },
    /// A filled polygon.
    Area { corners: Vec<Point>, colour: Colour },
    /// A line through cubic curves, round at its ends: a start, then two handles and an end for each.
    Stroke { start: Point, curves: Vec<[Point; 3]>, width: f64, colour: Colour },
}

/// The shapes of the badge: a plate with the double rule of a sign-off slip, a line to sign on, a signature, a pen.
fn shapes() -> Vec<Shape> {
    let centre = (256.0, 256.0);
    let mut shapes = vec![
        Shape::Disc { centre, radius: 250.0, colour: PAPER },
        Shape::Ring { centre, radius: 246.0, width: 7.0, colour: BLUE },
        Shape::Ring { centre, radius: 232.0, width: 2.0, colour: BLUE },
        Shape::Stroke {
            start: (112.0, 372.0),
            curves: vec![straight((112.0, 372.0), (400.0, 372.0))],
            width: 2.5,
            colour: GREY,
        },
        Shape::Stroke { start: (122.0, 346.0), curves: signature(), width: 7.0, colour: BLUE },
    ];
    shapes.extend(pen((266.0, 341.0)));
    shapes
}

/// A scrawl that no hand has written: it is nobody's signature.
fn signature() -> Vec<[Point; 3]> {
    vec![
        [(138.0, 300.0), (168.0, 262.0), (174.0, 290.0)],
        [(180.0, 322.0), (140.0, 372.0), (150.0, 340.0)],
        [(158.0, 316.0), (186.0, 310.0), (186.0, 330.0)],
        [(186.0, 350.0), (200.0, 346.0), (208.0, 330.0)],
        [(214.0, 316.0), (224.0, 322.0), (222.0, 336.0)],
        [(222.0, 350.0), (240.0, 348.0), (266.0, 341.0)],
    ]
}

/// A fountain pen that leans to the right, its tip at `tip`.
fn pen(tip: Point) -> Vec<Shape> {
    // Along the pen and across it, by a 3-4-5 triangle: no rounding, the same everywhere.
    let at =
        |along: f64, across: f64| (tip.0 + 0.6 * along + 0.8 * across, tip.1 - 0.8 * along + 0.6 * across);
    let area = |outline: &[(f64, f64)], colour| Shape::Area {
        corners: outline.iter().map(|&(along, across)| at(along, across)).collect(),
        colour,
    };
    let nib =
        [(0.0, 0.0), (22.0, -7.0), (46.0, -17.0), (62.0, -20.0), (62.0, 20.0), (46.0, 17.0), (22.0, 7.0)];
    let collar = [(66.0, -22.0), (84.0, -24.0), (84.0, 24.0), (66.0, 22.0)];
    let body = [(88.0, -25.0), (150.0, -28.0), (232.0, -27.0), (232.0, 27.0), (150.0, 28.0), (88.0, 25.0)];
    let cap = [(236.0, -26.0), (254.0, -22.0), (262.0, -12.0), (262.0, 12.0), (254.0, 22.0), (236.0, 26.0)];
    let shine =
        [(96.0, -17.0), (150.0, -19.0), (226.0, -18.0), (226.0, -12.0), (150.0, -13.0), (96.0, -12.0)];
    let slit = Shape::Stroke {
        start: at(9.0, 0.0),
        curves: vec![straight(at(9.0, 0.0), at(40.0, 0.0))],
        width: 2.5,
        colour: PAPER,
    };
    vec![
        area(&nib, BLUE),
        slit,
        Shape::Disc { centre: at(43.0, 0.0), radius: 5.0, colour: PAPER },
        area(&collar, GREY),
        area(&body, BLUE),
        area(&shine, LIGHT_BLUE),
        area(&cap, BLUE),
    ]
}

fn straight(from: Point, to: Point) -> [Point; 3] {
    [from, to, to]
}

/// The badge as SVG. `title` is what its record is about: a stranger's words, escaped, for those who cannot see.
#[must_use]
pub fn svg(title: &str) -> String {
    let title = markup(&visible(title));
    let mut page = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SIDE}\" height=\"{SIDE}\" viewBox=\"0 0 {SIDE} {SIDE}\" role=\"img\" aria-labelledby=\"title what\">\n\
         <title id=\"title\">Sign-off record: “{title}”</title>\n\
         <desc id=\"what\">A pen over a signed line. The picture shows nothing by itself: the signed record is inside this file.</desc>\n"
    );
    for shape in shapes() {
        page.push_str(&element(&shape));
        page.push('\n');
    }
    page.push_str("</svg>\n");
    page
}

fn element(shape: &Shape) -> String {
    match shape {
        Shape::Disc { centre, radius, colour } => {
            format!(
                "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" fill=\"{}\"/>",
                number(centre.0),
                number(centre.1),
                hex(*colour)
            )
        }
        Shape::Ring { centre, radius, width, colour } => format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"/>",
            number(centre.0),
            number(centre.1),
            hex(*colour)
        ),
        Shape::Area { corners, colour } => {
            let corners: Vec<String> = corners.iter().map(pair).collect();
            format!("<polygon points=\"{}\" fill=\"{}\"/>", corners.join(" "), hex(*colour))
        }
        Shape::Stroke { start, curves, width, colour } => {
            let curves: Vec<String> =
                curves.iter().map(|curve| format!("C{}", curve.each_ref().map(pair).join(" "))).collect();
            format!(
                "<path d=\"M{} {}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\" stroke-linecap=\"round\"/>",
                pair(start),
                curves.join(" "),
                hex(*colour)
            )
        }
    }
}

fn pair(point: &Point) -> String {
    format!("{},{}", number(point.0), number(point.1))
}

/// To a tenth of a pixel, without a needless `.0`.
fn number(value: f64) -> String {
    format!("{value:.1}").trim_end_matches(".0").to_owned()
}

fn hex(colour: Colour) -> String {
    let [red, green, blue] = colour.0;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Text between tags.
fn markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_leave_its_element() {
        let page = svg("</title><script>alert(1)</script> & \u{202e}]]>");
        assert!(
            page.contains("“&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; \\u{202e}]]&gt;”"),
            "{page}"
        );
        assert_eq!(page.matches("<title").count(), 1);
    }

    #[test]
    fn the_svg_takes_a_credential() {
        let baked = crate::credential::baked::into_svg(&svg("Demand forecasting"), "{\"a\": 1}\n").unwrap();
        assert_eq!(crate::credential::baked::from_svg(baked.as_bytes()), Ok(Some("{\"a\": 1}\n".to_owned())));
    }

    #[test]
    fn nothing_is_green_and_all_stays_on_the_plate() {
        let page = svg("x");
        for colour in page.match_indices("=\"#").map(|(at, _)| &page[at + 3..at + 9]) {
            let part = |at: usize| u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            assert!(part(4) >= part(2).saturating_sub(4), "{colour} is greener than it is blue");
        }
        for shape in shapes() {
            if let Shape::Area { corners, .. } = shape {
                for (x, y) in corners {
                    assert!((x - 256.0).powi(2) + (y - 256.0).powi(2) < 230.0_f64.powi(2), "{x} {y}");
                }
            }
        }
    }
}
