import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectDirectory } from '@vpn-kiosk/app'
import { expect, onTestFinished, test, vi } from 'vitest'

const usual = ['client', 'support', 'admin', 'web', 'jobs']

/** The names of the processes that PM2 would run with this `.env`. */
async function namesWith(environment: Buffer): Promise<string[]> {
  vi.stubEnv('DATABASE_URL', undefined)
  onTestFinished(() => void vi.unstubAllEnvs())
  const folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-ecosystem-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'ecosystem.config.cjs')
  await copyFile(join(projectDirectory, 'ecosystem.config.cjs'), file)
  await writeFile(join(folder, '.env'), environment)
  const { apps } = createRequire(file)(file) as { apps: { name: string }[] }
  return apps.map(({ name }) => name)
}

test('the database is a process only where no DATABASE_URL is set', async () => {
  expect(await namesWith(Buffer.from('SHOP_NAME=VPN\n'))).toEqual(['database', ...usual])
  expect(await namesWith(Buffer.from('\uFEFFDATABASE_URL=postgres://db/shop\n'))).toEqual(usual)
})

test.each([
  ['with a mark', '\uFEFFDATABASE_URL=postgres://db/shop\n'],
  ['without one', 'DATABASE_URL=postgres://db/shop\n'],
])('a .env in UTF-16 %s starts nothing', async (_, text) => {
  await expect(namesWith(Buffer.from(text, 'utf16le'))).rejects.toThrow('.env is not plain text (UTF-16?)')
})
