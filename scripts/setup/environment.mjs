import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { explainLines } from './explain-lines.mjs'
import { inProject, project } from './paths.mjs'
import { bad, note, SetupError } from './terminal.mjs'

const file = inProject('.env')

/** The variables that the processes will read: those of `.env`, overridden by the environment. */
function readEnvironment() {
  return { ...parseEnv(readFile()), ...process.env }
}

export function hasBotTokens() {
  const environment = readEnvironment()
  return ['CLIENT_BOT_TOKEN', 'SUPPORT_BOT_TOKEN', 'ADMIN_BOT_TOKEN'].some((name) => environment[name]?.trim())
}

/** Whether the embedded Postgres of a shop has been here. The demo keeps its own in `.data/demo`. */
export function hasShopDatabase() {
  const data = resolve(project, readEnvironment().DATA_DIRECTORY?.trim() || '.data')
  return existsSync(join(data, 'postgres', 'data'))
}

/** Says each line of `.env` that is not understood; returns whether there is one. */
export function warnOfEnvironment() {
  const example = inProject('.env.example')
  const names = existsSync(example) ? readFileSync(example, 'utf8').matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm) : []
  const found = explainLines(
    readFile(),
    Array.from(names, ([, name]) => name),
  )
  for (const { message, advice } of found) bad(`.env: ${message} → ${advice}`)
  return found.length > 0
}

/** Makes `.env`, which holds every secret of the shop, readable for its owner only. Warns when that is not possible. */
export function protectEnvironment() {
  if (!existsSync(file) || (statSync(file).mode & 0o077) === 0) return
  try {
    chmodSync(file, 0o600)
    note('.env could be read by others on this machine: its mode is 600 now')
  } catch {
    // Another account owns the file: only its owner or root can change the mode.
    bad('.env can be read by others on this machine: chmod 600 .env')
  }
}

function readFile() {
  const text = readText()
  // UTF-16, as Notepad may save it: nothing in it would be understood, and the demo would open instead of the shop.
  if (/\0|^\uFFFD\uFFFD/.test(text)) throw new SetupError('.env is not plain text (UTF-16?): save it as UTF-8.')
  return text.replace(/^\uFEFF/, '')
}

function readText() {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  } catch (cause) {
    throw new SetupError('.env cannot be read: check its owner and mode.', { cause })
  }
}
