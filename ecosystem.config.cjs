// The processes under PM2. `npm start` runs this with PM2_HOME=.data/pm2; each process reads .env by itself.
const { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const { parseEnv } = require('node:util')

const logs = join(__dirname, '.data', 'logs')
mkdirSync(logs, { recursive: true, mode: 0o700 })
chmodSync(logs, 0o700)
const compiled = join(__dirname, '.data', 'compile-cache')
const bundles = join(__dirname, '.data', 'bundle')

/** PM2 keeps the mode of a file that is there. */
const ownFile = (name) => {
  const file = join(logs, name)
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
  return file
}

// The heap grows in small steps, or five processes would fill a small machine with garbage. The client bot, which does
// most, collects less often: a tap costs it a fifth less for 30 MB more while it is busy.
const usualHeap = ['--max-semi-space-size=2', '--heap-growing-percent=10']
const busyHeap = ['--max-semi-space-size=4', '--heap-growing-percent=50']
// For bots of a few people: 10 MB less for code that runs a little slower.
const smallHeap = [...usualHeap, '--optimize-for-size']

const describe = (name, source, heap = usualHeap) => ({
  name,
  script: findBundle(name) ?? source,
  cwd: __dirname,
  // By path: for .ts PM2 would look for another runtime.
  interpreter: findNode(),
  // node-fetch, which grammy brings, asks for Node's punycode; in a bundle Node warns of that.
  node_args: [...heap, '--disable-warning=DEP0040'],
  // Types are stripped once and not with every start; fewer pools of freed memory that never goes back.
  env: { NODE_COMPILE_CACHE: compiled, MALLOC_ARENA_MAX: '2', LOG_FILE: join(logs, `${name}.log`) },
  // A process rotates its own log; here comes only what it says before it has one: a wrong setting, a crash.
  out_file: '/dev/null',
  error_file: ownFile(`${name}.error.log`),
  merge_logs: true,
  // 'ready' is sent when the process works; one that waits for a dependency counts as started after this long.
  wait_ready: true,
  listen_timeout: 20_000,
  // A process ends itself by force after 10 s; its children are its own to end.
  kill_timeout: 12_000,
  treekill: false,
  exp_backoff_restart_delay: 200,
  // 2 = a setting is wrong: another start would not mend it.
  stop_exit_codes: [2],
  max_restarts: 1_000_000,
})

const processes = [
  describe('client', 'bots/client/src/main.ts', busyHeap),
  describe('support', 'bots/support/src/main.ts', smallHeap),
  describe('admin', 'bots/admin/src/main.ts', smallHeap),
  describe('web', 'packages/web/src/main.ts'),
  describe('jobs', 'packages/jobs/src/main.ts'),
]
const database = describe('database', 'packages/app/src/database-main.ts')

module.exports = { apps: hasOwnDatabase() ? processes : [database, ...processes] }

/** What `npm start` made of the sources; PM2 alone runs the sources where nothing was made. */
function findBundle(name) {
  const file = join(bundles, 'current.json')
  if (!existsSync(file)) return null
  const script = join(bundles, JSON.parse(readFileSync(file, 'utf8')).folder, `${name}.js`)
  return existsSync(script) ? script : null
}

function findNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const isNewEnough = major > 24 || (major === 24 && minor >= 12)
  return isNewEnough ? process.execPath : join(__dirname, 'node_modules', '.bin', 'node')
}

function hasOwnDatabase() {
  const file = join(__dirname, '.env')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  // Nothing in it would be understood, and the embedded Postgres would be started beside the one of DATABASE_URL.
  if (/\0|^\uFFFD\uFFFD/.test(text)) throw new Error('.env is not plain text (UTF-16?): save it as UTF-8.')
  const written = parseEnv(text.replace(/^\uFEFF/, ''))
  return Boolean({ ...written, ...process.env }.DATABASE_URL?.trim())
}
