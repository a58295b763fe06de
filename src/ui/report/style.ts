/** The style of a report: readable on screen in light and dark, and on paper. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: light-dark(#211f1b, #eceae3); --soft: light-dark(#57524a, #bbb7ad); --line: light-dark(#e4dfd3, #303137); --accent: light-dark(#27479b, #a5bbf6); --gain: light-dark(#1b693d, #7ad6a1); --loss: light-dark(#a22d16, #f59d87); --paper: light-dark(#fffefb, #1e1f23); }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1, h2 { font-family: Charter, Georgia, serif; line-height: 1.25; }
h2 { margin-top: 2.5rem; }
pre { padding: 1rem; border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; font: 15px/1.6 Charter, Georgia, serif; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 0.35rem 0.5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td.text { white-space: pre-wrap; }
.big { margin: 0.5rem 0; font: 2.25rem/1.2 Charter, Georgia, serif; }
@media (min-width: 40rem) { th { white-space: nowrap; } }
.soft, th { color: var(--soft); }
.gain { color: var(--gain); } .loss { color: var(--loss); }
del { color: var(--loss); } ins { color: var(--gain); text-decoration: none; font-weight: 600; }
svg { width: 100%; height: auto; }
svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
.grid line { stroke: var(--line); } .band { fill: var(--accent); opacity: 0.1; } .line { fill: none; stroke: var(--accent); stroke-width: 2.5; }
.point path { fill: none; stroke: var(--accent); stroke-width: 1.5; } .point circle, .value { fill: var(--accent); }
.dot { fill: var(--paper); stroke: var(--soft); stroke-width: 1.5; } .kept { fill: var(--gain); stroke: var(--gain); }
.interval { stroke: var(--accent); stroke-width: 5; stroke-linecap: round; opacity: 0.45; }
@media print { :root { color-scheme: light; } body { margin: 0; max-width: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
`;
