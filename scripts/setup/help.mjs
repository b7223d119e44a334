/** The `--help` texts of the commands that have no script of their own. */
const texts = {
  setup: `Usage: npm run setup

Installs what the lockfile names. Every other command does so by itself.`,
  start: `Usage: npm start [-- --boot]

With bot tokens in .env: migrates the database (after a backup), makes a SECRET_KEY for a new shop, runs the processes
under PM2 (those that run start anew, one after the other) and ends with what npm run doctor found. Without: the demo,
unless the database of a shop is here.

  --boot  only starts the processes; what the service of the machine calls

Exit status: 0 the shop runs and nothing is wrong, 1 something is.`,
  demo: `Usage: npm run demo

Opens the demo: the whole business with a simulated Telegram. npm run setup first; then this says more.`,
  stop: `Usage: npm run stop

Ends the processes; each finishes what it is doing.`,
  status: `Usage: npm run status

One line for each process. Exit status: 0 all run, 1 one does not.`,
  logs: `Usage: npm run logs [-- client|support|admin|web|jobs|database …]

Follows the logs of all processes, or of those named, until Ctrl-C. They lie in .data/logs.`,
  test: `Usage: npm test [-- <what vitest understands>]

Runs the suite on a real Postgres and ends with "N passed, N failed, N skipped". A file's path runs that file alone.`,
  check: `Usage: npm run check

Types, lint and format, dead code, rooms, locales. Exit status: 0 nothing is wrong.`,
  bench: `Usage: npm run bench

Measures this machine. npm run setup first; then this says more.`,
  storm: `Usage: npm run storm

Kills the parts of a copy of this shop while customers buy. npm run setup first; then this says more.`,
  kills: `Usage: npm run kills

Kills a process of the shop at each step of what it does with money and time. npm run setup first; then this says more.`,
  migrate: `Usage: npm run migrate [-- --json]

Applies the migrations that the database lacks, after a backup.`,
  'setup:proofs': `Usage: npm run setup:proofs

Installs the Debian packages that tests against real counterparts need (Redis, Chromium, WireGuard, OpenSSH …). As root,
or with sudo that asks nothing. Without them those tests are skipped by name.`,
  'service:install': `Usage: npm run service:install [-- --print]

Has systemd start the shop with the machine, and again when its process manager is killed. As root (or with sudo that
asks nothing) for the machine, else for your own account.

  --print  only prints the unit`,
  'service:remove': `Usage: npm run service:remove

Takes back what npm run service:install did. The shop goes on running until npm run stop.`,
  run: `Usage: npm run create-admin | add-server | server:list | server:edit | server:delete | seed-plans | backup | restore | rotate-key | doctor [-- <flags>]

Each says how it is used with --help.`,
}

export const helpOf = (name) => texts[name]
