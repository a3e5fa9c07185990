/**
 * The page's colours, for light, dark and paper.
 * In: nothing. Out: CSS that names them; every rule elsewhere uses the names.
 * Chosen so that text reaches a contrast of 4.5 and that gain and loss differ for every kind of colour blindness: blue-green
 * against orange-red, never green against red, and always with a sign or a shape besides.
 */

const LIGHT = `
  --paper: #fbfaf7;
  --card: #ffffff;
  --ink: #1d1c1a;
  --quiet: #65615a;
  --rule: #e3dfd7;
  --grid: #ece9e2;
  --ours: #2558a6;
  --wash: #2558a61c;
  --kept: #857d70;
  --price: #4a4741;
  --range: #4a47411f;
  --gain: #0b6e66;
  --loss: #b13d0d;
  --gain-fill: #2a9d8f;
  --loss-fill: #e07a45;
  --idle: #d9d4c9;
  --mute: #b4ada0;
  --care: #fdf4e1;
  --care-edge: #d99a1c;
  --notice: #1d1c1a;
  --notice-ink: #fbfaf7;
  --link: #2558a6;
`

const DARK = `
  --paper: #15171b;
  --card: #1c1f24;
  --ink: #e9e6e0;
  --quiet: #a39f97;
  --rule: #30343b;
  --grid: #262a30;
  --ours: #7db2f2;
  --wash: #7db2f224;
  --kept: #a1998b;
  --price: #c9c5bc;
  --range: #c9c5bc26;
  --gain: #58c9b6;
  --loss: #f29a70;
  --gain-fill: #2f9e90;
  --loss-fill: #d9743f;
  --idle: #3a3e45;
  --mute: #5b6069;
  --care: #2b2516;
  --care-edge: #d99a1c;
  --notice: #f0ddb0;
  --notice-ink: #1d1c1a;
  --link: #8fbdf5;
`

export const COLOURS = `:root { color-scheme: light dark;${LIGHT}}
@media (prefers-color-scheme: dark) { :root {${DARK}} }
@media print { :root { color-scheme: light;${LIGHT}--paper: #ffffff; } }
`
