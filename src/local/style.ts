/** The pages' style sheet and their only script. Both are served as files, so the pages need no inline code. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --raised: #f6f8fa; --line: #d5dae0; --text: #1c2128; --soft: #59636e;
  --link: #0b5fc4; --good: #1a7f37; --bad: #c4232d; --busy: #8a5a00; --wait: #6e7781; --look: #7a3fc4; --good-ground: #e3f6e8;
  --bad-ground: #fdeaea; }
@media (prefers-color-scheme: dark) { :root { --ground: #0f1318; --raised: #181d24; --line: #313943; --text: #e4e9ee;
  --soft: #9aa5b1; --link: #6cb0ff; --good: #4ac26b; --bad: #ff7b72; --busy: #e0aa35; --wait: #8b96a2; --look: #b78cf5;
  --good-ground: #12301c; --bad-ground: #3a1719; } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
a { color: var(--link) } a:focus-visible, button:focus-visible, textarea:focus-visible, [tabindex]:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
.skip { position: absolute; left: -999px } .skip:focus { left: 8px; top: 8px; background: var(--ground); padding: 4px 8px }
header { border-bottom: 1px solid var(--line); background: var(--raised) }
header > div, main, footer { max-width: 1160px; margin: 0 auto; padding: 12px 20px }
header nav { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: baseline } header nav b { margin-right: auto }
header a { text-decoration: none } header a[aria-current] { color: var(--text); font-weight: 600 }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 16px 0 4px } h2 { font-size: 1.15rem; margin: 28px 0 8px }
.under { color: var(--soft); margin: 0 0 16px } footer { color: var(--soft); font-size: .85rem; margin-top: 40px }
.card { border: 1px solid var(--line); border-radius: 10px; padding: 4px 18px 12px; margin: 12px 0; background: var(--ground) }
.card > .by { color: var(--soft); font-size: .9rem; margin: 8px 0 }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; margin: 8px 0 } th { text-align: left; color: var(--soft); font-weight: 600; font-size: .88rem }
th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); vertical-align: top }
pre.code { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; overflow: auto; max-height: 34rem; font-size: .84rem; line-height: 1.4 }
code { font-family: ui-monospace, monospace; font-size: .9em; background: var(--raised); border-radius: 4px; padding: 1px 4px } pre code { padding: 0; background: none; font-size: 1em }
.chip { display: inline-block; border: 1px solid currentColor; border-radius: 999px; padding: 0 9px; font-size: .8rem; white-space: nowrap; color: var(--wait) }
.merged, .open, .approved, .pass, .success, .completed { color: var(--good) } .blocked, .failure, .fail, .changes-requested, .cancelled, .timed-out { color: var(--bad) }
.running, .queued, .in-progress, .pending { color: var(--busy) } .in-review { color: var(--look) }
.label { color: var(--soft); border-style: dashed }
svg.graph { display: block; font: 13px system-ui, sans-serif } svg a { text-decoration: none }
svg text { fill: var(--text) } svg .wave { font-weight: 600; fill: var(--soft) } svg .calibration { font-weight: 400; font-size: 12px } svg .what { fill: currentColor; font-size: 12px } svg .number { font-weight: 600 }
svg .box { color: var(--wait) } svg .box.merged, svg .box.answered { color: var(--good) } svg .box.blocked { color: var(--bad) }
svg .box.running, svg .box.queued { color: var(--busy) } svg .box.in-review { color: var(--look) }
svg rect { fill: var(--raised); stroke: var(--line) } svg .bar { fill: currentColor; stroke: none } svg .fix rect:first-of-type { stroke: currentColor; stroke-dasharray: 5 4 }
svg .track rect { fill: none; stroke-dasharray: 3 4 } svg .track text { fill: var(--soft); font-size: 12px } svg .edge { fill: none; stroke: var(--soft); stroke-width: 1.4; marker-end: url(#tip); opacity: .75 } svg marker path { fill: var(--soft) }
svg .box.running .bar { animation: beat 1.4s ease-in-out infinite } @keyframes beat { 50% { opacity: .25 } } @media (prefers-reduced-motion: reduce) { svg .bar { animation: none !important } }
.diff { border: 1px solid var(--line); border-radius: 8px; margin: 10px 0; overflow: hidden } .diff summary { background: var(--raised); padding: 6px 12px; cursor: pointer; font-family: ui-monospace, monospace; font-size: .85rem }
.diff pre { margin: 0; overflow-x: auto; font: .8rem/1.45 ui-monospace, monospace } .diff pre span { display: block; padding: 0 12px; min-width: max-content; white-space: pre }
.diff .add { background: var(--good-ground) } .diff .del { background: var(--bad-ground) } .diff .hunk { color: var(--soft); background: var(--raised) }
form.decide { border: 1px solid var(--line); border-radius: 10px; padding: 14px 18px; margin: 16px 0; background: var(--raised) }
label { display: block; font-weight: 600; margin-bottom: 4px } textarea { width: 100%; min-height: 5rem; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: 8px }
button { font: inherit; border-radius: 6px; padding: 6px 16px; border: 1px solid var(--line); background: var(--ground); color: inherit; cursor: pointer; margin: 10px 8px 0 0 }
button.good { background: #1a7f37; border-color: #1a7f37; color: #fff } button.bad { color: var(--bad); border-color: currentColor }
.note { border-left: 4px solid var(--look); background: var(--raised); padding: 10px 14px; border-radius: 0 8px 8px 0; margin: 14px 0 }
.note.bad { border-color: var(--bad); color: inherit }
ol.time { list-style: none; padding: 0; margin: 0; border-left: 2px solid var(--line) } ol.time > li { padding: 4px 0 4px 18px; position: relative }
ol.time > li::before { content: ''; position: absolute; left: -6px; top: 13px; width: 10px; height: 10px; border-radius: 50%; background: var(--soft) }
time { color: var(--soft); font-variant-numeric: tabular-nums; margin-right: 10px; font-size: .88rem } li.task { list-style: none; margin-left: -1.2em }
ol.time ul { margin: 0; color: var(--soft); font-size: .92rem } blockquote { border-left: 3px solid var(--line); margin: 8px 0; padding-left: 14px; color: var(--soft) } .mermaid { display: none }
`;

/** Reloads the content when the server reports a change, unless the user is typing. */
export const SCRIPT = `
const isTyping = () => [...document.querySelectorAll('textarea')].some((field) => field.value !== '' || field === document.activeElement);
let looking = false, again = false;
async function refresh() {
  if (looking) { again = true; return; }
  if (isTyping()) return;
  looking = true;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const main = document.querySelector('main'), next = fresh.querySelector('main');
    if (main && next && !isTyping() && main.innerHTML !== next.innerHTML) {
      const open = [...main.querySelectorAll('details')].map((details) => details.open);
      const kept = document.adoptNode(next);
      [...kept.querySelectorAll('details')].forEach((details, index) => { if (open[index] !== undefined) details.open = open[index]; });
      main.replaceWith(kept);
      document.title = fresh.title;
    }
  } catch (error) {
    console.warn('The page could not be updated.', error);
  } finally {
    looking = false;
    if (again) { again = false; refresh(); }
  }
}
new EventSource('/events').addEventListener('change', refresh);
`;
