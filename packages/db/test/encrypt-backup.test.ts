import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { isEncrypted, openDatabase, RestoreRefused, restoreBackup } from '../src/index.ts'
import { createTestDatabase } from '../src/testing.ts'

const passphrase = 'correct horse battery staple'
const secret = 'Анна с тайной'
let folder: string
let file: string

/** An encrypted backup of about 4 MB that compresses badly, so that the file has many frames. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-encrypted-'))
  const source = await createTestDatabase(inject('postgresUrl'))
  const db = await openDatabase(source.url, 1, { backupPassphrase: passphrase })
  await db.em().execute(
    `insert into settings (key, value, changed_at)
     select 'check:' || n, to_json(? || md5(n::text) || md5((n * 7)::text)), now() from generate_series(1, 20000) n`,
    [secret],
  )
  file = await db.createBackup(join(folder, 'shop.backup.gz'), new Date('2026-11-21T09:00:00Z'))
  await db.close()
  await source.drop()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const restore = async (from: string, word: string | null) => {
  const target = await createTestDatabase(inject('postgresUrl'))
  const settings = async () => (await target.database.em().execute('select 1 from settings')).length
  const before = await settings()
  try {
    return await restoreBackup(target.url, from, true, word).catch(async (error: unknown) => {
      expect(await settings()).toBe(before)
      return error
    })
  } finally {
    await target.drop()
  }
}

/** Splits a file into its first line and its frames: length (highest bit: last frame), encrypted bytes, 16-byte tag. */
function split(whole: Buffer): Buffer[] {
  const line = whole.indexOf('\n') + 1
  const parts = [whole.subarray(0, line)]
  for (let at = line; at < whole.length; ) {
    const size = 4 + (whole.readUInt32BE(at) & 0x7fff_ffff) + 16
    parts.push(whole.subarray(at, at + size))
    at += size
  }
  return parts
}

test('an encrypted backup is recognized as one, reveals no content, and restores with its passphrase', async () => {
  const whole = await readFile(file)
  expect(file).toMatch(/\.backup\.gz\.enc$/)
  expect(JSON.parse(split(whole)[0]!.toString())).toMatchObject({ cipher: 'aes-256-gcm', kdf: { name: 'scrypt' } })
  expect(await isEncrypted(file)).toBe(true)
  expect(split(whole).length).toBeGreaterThan(4)
  const restored = (await restore(file, passphrase)) as ReadonlyMap<string, number>
  expect(restored.get('settings')).toBe(20_000)
})

test.each([
  ['another passphrase', 'correct horse battery stable', /passphrase is not the one/],
  ['no passphrase', null, /encrypted: it needs its passphrase/],
])('with %s it is refused before anything is touched', async (_name, word, sentence) => {
  const error = await restore(file, word)
  expect(error).toBeInstanceOf(RestoreRefused)
  expect(String(error)).toMatch(sentence)
})

test.each([
  ['lacks its last frame', (parts: Buffer[]) => parts.slice(0, -1)],
  ['is cut off in a frame', (parts: Buffer[]) => [...parts.slice(0, -1), parts.at(-1)!.subarray(0, -5)]],
  ['lacks a frame in its middle', (parts: Buffer[]) => parts.toSpliced(2, 1)],
  ['has two frames swapped', ([line, a, b, ...rest]: Buffer[]) => [line!, b!, a!, ...rest]],
  ['has a frame twice', ([line, a, ...rest]: Buffer[]) => [line!, a!, a!, ...rest]],
  ['goes on after its last frame', (parts: Buffer[]) => [...parts, parts.at(-1)!]],
  ['ends early, marked as whole', ([line, a]: Buffer[]) => [line!, Buffer.from([a![0]! | 0x80, ...a!.subarray(1)])]],
  [
    'has one changed byte',
    (parts: Buffer[]) => parts.map((part, at) => (at === 2 ? part.with(40, part[40]! ^ 1) : part)),
  ],
])('one that %s is refused before anything is touched', async (_name, damage) => {
  const damaged = join(folder, 'damaged')
  await writeFile(damaged, Buffer.concat(damage(split(await readFile(file))) as Uint8Array[]))
  expect(await restore(damaged, passphrase)).toBeInstanceOf(RestoreRefused)
})
