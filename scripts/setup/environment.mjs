import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { inProject } from './paths.mjs'
import { done, SetupError } from './terminal.mjs'

const file = inProject('.env')

/** What the processes will read: `.env`, and the environment, which wins. */
export function readEnvironment() {
  return { ...parseEnv(readFile()), ...process.env }
}

export function hasBotTokens() {
  const environment = readEnvironment()
  return ['CLIENT_BOT_TOKEN', 'SUPPORT_BOT_TOKEN', 'ADMIN_BOT_TOKEN'].some((name) => environment[name]?.trim())
}

/** Writes a new SECRET_KEY into .env when there is none. It encrypts the secrets in the database: it must be kept. */
export function ensureSecretKey() {
  if (readEnvironment().SECRET_KEY?.trim()) return
  const line = `SECRET_KEY=${randomBytes(32).toString('base64')}`
  const written = readFile()
  const isThere = /^SECRET_KEY=.*$/m.test(written)
  const separator = written === '' || written.endsWith('\n') ? '' : '\n'
  const next = isThere ? written.replace(/^SECRET_KEY=.*$/m, () => line) : `${written}${separator}${line}\n`
  try {
    writeFileSync(file, next, { mode: 0o600 })
    chmodSync(file, 0o600)
  } catch (cause) {
    throw new SetupError('SECRET_KEY could not be written into .env: check the owner of this folder.', { cause })
  }
  done('SECRET_KEY made and written into .env: keep a copy, without it the stored panel passwords are lost')
}

function readFile() {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  } catch (cause) {
    throw new SetupError('.env cannot be read: check its owner and mode.', { cause })
  }
}
