import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { inProject } from './paths.mjs'
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
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  } catch (cause) {
    throw new SetupError('.env cannot be read: check its owner and mode.', { cause })
  }
}
