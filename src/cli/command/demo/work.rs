//! The pieces of work in the sample world: a report, hand-over notes and an archive of code.

/// The forecast report, as Alex wrote it.
pub const REPORT: &str = "\
# Demand forecast, week by week

Alex Rivera, 22 July 2026

## What was asked

A forecast for the 40 best-selling products, with an **error under 12 %** on the month that was held out.

## What came out

| Method | Error on the held-out month |
|---|---|
| Last year's figure | 14.2 % |
| Two years, weighted | 11.1 % |
| Two years, weighted, with holidays | *9.8 %* |

The holidays made the difference: most of what was left had come from the two weeks before Easter.

## How to read it

1. The forecast is for the week that *begins* on the date given.
2. A product that was out of stock in both years has no forecast.
3. The interval covers four weeks out of five.

> A forecast is a promise about an average, not about a Tuesday.
";

/// The hand-over notes.
pub const HAND_OVER: &str = "\
# Hand-over

Everything runs from one folder and takes about 40 minutes.

1. Put the sales export into `input/`.
2. Run `python model.py`.
3. Read `output/forecast.csv`.

If a week is missing from the export, the run stops and names it.
";

/// What only Priya gets to see: a zip with one small Python file in it.
pub const MODEL_CODE: &[u8] = include_bytes!("model-code.zip");
