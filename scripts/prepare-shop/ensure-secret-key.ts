import { randomBytes } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import type { Config } from '@vpn-kiosk/app'
import type { Database } from '@vpn-kiosk/db'
import { hasSealedValues } from '@vpn-kiosk/shop'
import { Refusal } from '../command-line/failures.ts'

/**
 * Returns the configuration with a SECRET_KEY, and whether the key is new. A new key is created and written into `file`
 * only when the database has no encrypted values: a new key would not open them, so a missing one is then a Refusal.
 */
export async function ensureSecretKey(
  db: Database,
  config: Config,
  file: string,
): Promise<{ config: Config; isNew: boolean }> {
  if (config.secretKey !== null) return { config, isNew: false }
  if (await hasSealedValues({ db })) {
    throw new Refusal(
      'SECRET_KEY is missing from .env, and the database holds secrets that only it opens: put it back from your copy (if it is lost for good: make one with openssl rand -base64 32, then npm run rotate-key -- --lost).',
    )
  }
  const secretKey = randomBytes(32)
  await write(file, secretKey.toString('base64')).catch((cause) => {
    throw new Refusal(`SECRET_KEY could not be written into ${file}: check the owner of this folder.`, { cause })
  })
  return { config: { ...config, secretKey }, isNew: true }
}

async function write(file: string, key: string): Promise<void> {
  const read = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const written = read.replace(/^\uFEFF/, '')
  const line = `SECRET_KEY=${key}`
  const separator = written === '' || written.endsWith('\n') ? '' : '\n'
  const isThere = /^SECRET_KEY=.*$/m.test(written)
  const next = isThere ? written.replace(/^SECRET_KEY=.*$/m, () => line) : `${written}${separator}${line}\n`
  await writeFile(file, next, { mode: 0o600 })
  await chmod(file, 0o600)
}
