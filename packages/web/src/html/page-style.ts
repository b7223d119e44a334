/** One sheet for every page: a column on a phone, two on a wide screen, in the colours that the device prefers. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #f3f5f9; --card: #fff; --ink: #131722; --soft: #5d6578; --line: #e3e7ef; --field: #f3f5f9;
  --accent: #2f6bff; --on-accent: #fff; --good: #12a150; --bad: #d92d4a; --shadow: 0 1px 2px #1317220d, 0 8px 24px #1317220f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1017; --card: #171b26; --ink: #eef1f7; --soft: #9aa3b8; --line: #272d3c; --field: #0f131c;
    --accent: #5b8cff; --on-accent: #0a0f1e; --good: #3ecf7f; --bad: #ff6b81; --shadow: none;
  }
}
* { box-sizing: border-box; margin: 0 }
body { background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  padding: 16px 16px max(32px, env(safe-area-inset-bottom)); -webkit-text-size-adjust: 100% }
a { color: var(--accent) }
header, main, footer { max-width: 480px; margin: 0 auto }
header { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 4px 4px 16px }
.brand { display: flex; align-items: center; gap: 8px; font-weight: 700; font-size: 18px; min-width: 0 }
.brand .name { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.brand small { color: var(--soft); font-weight: 400; font-size: 15px; margin-left: 4px }
.logo { border-radius: 8px; flex: none }
.language { flex: none; font-size: 15px; padding: 10px 4px }
main { display: grid; gap: 16px }
.stack { display: grid; gap: 16px; align-content: start; min-width: 0 }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 20px; padding: 20px; box-shadow: var(--shadow); min-width: 0 }
h1 { font-size: 26px; line-height: 1.2; letter-spacing: -.01em }
h2 { font-size: 18px; line-height: 1.3; margin-bottom: 6px }
.soft { color: var(--soft); font-size: 15px }
.state { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; font-size: 15px; font-weight: 600; margin-bottom: 10px; color: var(--good) }
.state::before { content: ""; width: 10px; height: 10px; border-radius: 50%; background: currentColor }
.badge { color: var(--soft); border: 1px solid var(--line); border-radius: 99px; padding: 1px 10px; font-weight: 500; font-size: 13px }
.status p { margin-top: 8px } .status .state, .status .emoji { margin-top: 0 }
.meter { margin-top: 18px; padding-top: 16px; border-top: 1px solid var(--line); font-size: 15px }
.meter div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 12px }
.meter span { color: var(--soft) }
progress { appearance: none; display: block; width: 100%; height: 8px; margin-top: 10px; border: 0; border-radius: 99px; overflow: hidden; background: var(--line) }
progress::-webkit-progress-bar { background: var(--line) }
progress::-webkit-progress-value { background: var(--accent); border-radius: 99px }
progress::-moz-progress-bar { background: var(--accent); border-radius: 99px }
progress.full::-webkit-progress-value { background: var(--bad) }
progress.full::-moz-progress-bar { background: var(--bad) }
.button { display: flex; align-items: center; justify-content: center; flex-wrap: wrap; gap: 2px 8px; min-height: 52px; padding: 10px 16px; border-radius: 14px;
  font: inherit; font-weight: 600; text-decoration: none; text-align: center; cursor: pointer; border: 1px solid var(--line); background: var(--field); color: var(--ink) }
.button.first { background: var(--accent); border-color: var(--accent); color: var(--on-accent) }
.button small { font-weight: 400; font-size: 13px; opacity: .85 }
.button:active { transform: scale(.99) }
.button:focus-visible, .language:focus-visible, summary:focus-visible, .tabs input:focus-visible + label { outline: 3px solid var(--accent); outline-offset: 2px }
.status .button { margin-top: 16px }
.steps { padding-left: 22px; margin: 8px 0 16px }
.steps li { padding-left: 4px } .steps li + li { margin-top: 4px } .steps li::marker { color: var(--accent); font-weight: 700 }
.tabs { display: flex; flex-wrap: wrap; gap: 6px }
.tabs input { position: absolute; opacity: 0; pointer-events: none }
.tabs label { flex: 1 0 auto; min-height: 44px; padding: 9px 12px; border-radius: 12px; text-align: center; cursor: pointer; color: var(--soft); font-size: 15px; background: var(--field); border: 1px solid transparent }
.tabs input:checked + label { color: var(--ink); background: var(--card); border-color: var(--accent); font-weight: 600 }
.apps { display: none; width: 100%; gap: 8px; margin-top: 10px }
#os-android:checked ~ .apps.android, #os-ios:checked ~ .apps.ios, #os-windows:checked ~ .apps.windows,
#os-macos:checked ~ .apps.macos, #os-linux:checked ~ .apps.linux { display: grid }
code { display: block; font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; user-select: all; -webkit-user-select: all;
  background: var(--field); border: 1px solid var(--line); border-radius: 12px; padding: 12px; margin-top: 12px }
[data-copy] { display: none; width: 100%; margin-top: 8px }
.js [data-copy] { display: flex }
[data-copy].done { color: var(--good); border-color: var(--good) }
.app { display: grid; grid-template-columns: 2fr 3fr; gap: 8px; padding: 12px 0 }
.app + .app { border-top: 1px solid var(--line) }
.app b { grid-column: 1 / -1 } .app b small { color: var(--soft); font-weight: 400; font-size: 13px }
.app .button { min-width: 0; padding: 10px 8px; font-size: 15px }
.qr { position: relative; background: #fff; border: 1px solid var(--line); border-radius: 16px; padding: 8px; margin: 16px auto 8px; max-width: 240px }
.qr svg { display: block; width: 100%; height: auto }
.qr img { position: absolute; inset: 0; margin: auto; width: 20%; height: 20%; padding: 3px; background: #fff; border-radius: 10px }
.center { text-align: center }
.note { margin-top: 14px; padding-top: 14px; border-top: 1px solid var(--line) }
.ways { list-style: none; padding: 0; margin-top: 12px }
.ways li { padding: 12px 0; border-top: 1px solid var(--line) }
.ways li:last-child { padding-bottom: 0 }
.ways b { display: flex; justify-content: space-between; gap: 12px; font-weight: 600 }
.ways b small { color: var(--soft); font-weight: 400; text-transform: uppercase; letter-spacing: .04em; font-size: 12px; align-self: center }
.ways summary { color: var(--accent); font-size: 15px; cursor: pointer; padding: 8px 0 }
.ways .button { margin-top: 8px }
footer { text-align: center; padding-top: 20px }
footer a { display: inline-block; padding: 10px }
.alone { padding-top: 8vh } .alone .card { padding: 28px 22px } .alone h1 + p { margin-top: 10px }
.alone .button { margin-top: 18px } .alone section + section { margin-top: 24px; padding-top: 22px; border-top: 1px solid var(--line) }
.alone section + section h1 { font-size: 20px } .emoji { font-size: 40px; line-height: 1; margin-bottom: 12px }
@media (min-width: 900px) {
  body { padding-top: 32px }
  header, main, footer { max-width: 920px }
  main.wide { grid-template-columns: 1fr 1fr; align-items: start; gap: 20px }
  main.alone { max-width: 480px } .alone-header { max-width: 480px }
  .stack { gap: 20px } .card { padding: 26px }
}
`
