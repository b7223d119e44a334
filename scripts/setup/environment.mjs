import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { inProject } from './paths.mjs'
import { bad, note, SetupError } from './terminal.mjs'

const file = inProject('.env')

/** What the processes will read: `.env`, and the environment, which wins. */
function readEnvironment() {
  return { ...parseEnv(readFile()), ...process.env }
}

export function hasBotTokens() {
  const environment = readEnvironment()
  return ['CLIENT_BOT_TOKEN', 'SUPPORT_BOT_TOKEN', 'ADMIN_BOT_TOKEN'].some((name) => environment[name]?.trim())
}

/** `.env` holds every secret of the shop: nobody else may read it. Says so where that cannot be mended. */
export function protectEnvironment() {
  if (!existsSync(file) || (statSync(file).mode & 0o077) === 0) return
  try {
    chmodSync(file, 0o600)
    note('.env could be read by others on this machine: its mode is 600 now')
  } catch {
    // Somebody else's file: only they, or root, can change it.
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
