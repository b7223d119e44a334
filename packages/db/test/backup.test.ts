import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { newId } from '@vpn-kiosk/domain'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  CustomerEntity,
  type Database,
  LedgerEntryEntity,
  LedgerPostingEntity,
  RestoreBroken,
  RestoreRefused,
  restoreBackup,
  TicketEntity,
} from '../src/index.ts'
import { createTestDatabase, type TestDatabase } from '../src/testing.ts'

let source: TestDatabase
let target: TestDatabase
let folder: string
let file: string
const at = new Date('2026-11-21T09:00:00.123Z')
const nasty = 'tab\tline\nreturn\rback\\slash \u2028 «ёлка» 🎄 \\.'

beforeAll(async () => {
  source = await createTestDatabase(inject('postgresUrl'))
  target = await createTestDatabase(inject('postgresUrl'))
  folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-backup-'))
  file = join(folder, 'shop.backup.gz')
  await fill(source.database)
  await source.database.createBackup(file, at)
})
afterAll(async () => {
  await source.drop()
  await target.drop()
  await rm(folder, { recursive: true, force: true })
})

async function fill(database: Database): Promise<void> {
  await database.transaction(async (em) => {
    const first = newId('customer')
    const person = {
      lastName: null,
      language: 'ru',
      notifications: { expiry: true, news: true },
      lastActiveAt: at,
      createdAt: at,
    } as const
    await em.insert(CustomerEntity, {
      ...person,
      id: first,
      telegramId: 9_007_199_254_740_993n,
      firstName: nasty,
      referralCode: 'a',
    })
    await em.insert(CustomerEntity, {
      ...person,
      id: newId('customer'),
      telegramId: 2n,
      firstName: '',
      referralCode: 'b',
      referredById: first,
    })
    await em.insert(TicketEntity, {
      id: newId('ticket'),
      number: 41,
      customerId: first,
      subject: 'x',
      state: 'open',
      createdAt: at,
      lastMessageAt: at,
    })
    const postingId = newId('posting')
    await em.insert(LedgerPostingEntity, { id: postingId, key: 'k', at })
    await em.insertMany(LedgerEntryEntity, [
      { postingId, account: 'revenue', amountMinor: -5n, currency: 'RUB' },
      { postingId, account: 'suspense', amountMinor: 5n, currency: 'RUB' },
    ])
  })
}

describe('a backup', () => {
  test('fails when its connection breaks, leaves no file and does not end the process', async () => {
    const unfinished = join(await mkdtemp(join(folder, 'cut-')), 'cut.backup.gz')
    let writing: Promise<unknown> = Promise.resolve()
    await source.database.transaction(async (em) => {
      await em.execute('lock table tickets in access exclusive mode')
      writing = source.database.createBackup(unfinished, at)
      const killed = () =>
        source.database
          .em()
          .execute<{ dead: boolean }[]>(
            `select pg_terminate_backend(pid) as dead from pg_stat_activity where datname = current_database() and application_name = 'vpn-kiosk-backup' and wait_event_type = 'Lock'`,
          )
      await Promise.all([expect(writing).rejects.toThrow(/terminat/i), expect.poll(killed).toHaveLength(1)])
    })
    expect(await readdir(dirname(unfinished))).toEqual([])
  })

  test('restores every row unchanged, and sequences continue after the last number', async () => {
    const counts = await restoreBackup(target.url, file, false)
    expect(counts.get('customers')).toBe(2)
    expect(counts.get('ledger_entries')).toBe(2)
    const em = target.database.em()
    const [row] = await em.find(CustomerEntity, { referralCode: 'a' })
    expect(row).toMatchObject({ telegramId: 9_007_199_254_740_993n, firstName: nasty, createdAt: at })
    await em.insert(TicketEntity, {
      id: newId('ticket'),
      customerId: (await em.findOneOrFail(CustomerEntity, { referralCode: 'b' })).id,
      subject: 'y',
      state: 'open',
      createdAt: at,
      lastMessageAt: at,
    })
    expect((await em.findOneOrFail(TicketEntity, { subject: 'y' })).number).toBe(42)
  })

  test('is not restored into a filled database unless forced', async () => {
    await expect(restoreBackup(target.url, file, false)).rejects.toThrow(/not empty/)
    expect((await restoreBackup(target.url, file, true)).get('customers')).toBe(2)
  })

  const lines = (whole: Buffer) => gunzipSync(whole).toString().split('\n')
  const headerWith = (change: object) => (whole: Buffer) => {
    const [header = '', ...rest] = lines(whole)
    return gzipSync([JSON.stringify({ ...JSON.parse(header), ...change }), ...rest].join('\n'))
  }
  test.each([
    ['is something else', () => gzipSync('hello\n'), /not a VPN Kiosk backup/],
    ['is empty', () => Buffer.alloc(0), /VPN Kiosk backup/],
    ['is not compressed', () => Buffer.from('hello\n'), /damaged/],
    ['is cut off in its middle', (whole: Buffer) => whole.subarray(0, whole.length >> 1), /damaged/],
    ['lacks its last line', (whole: Buffer) => gzipSync(gunzipSync(whole).subarray(0, -3)), /cut off/],
    [
      'holds one changed byte',
      (whole: Buffer) => whole.with(whole.length >> 1, whole.at(whole.length >> 1)! ^ 1),
      /damaged/,
    ],
    ['holds a line of nonsense', (whole: Buffer) => gzipSync(`${gunzipSync(whole)}nonsense\n`), /damaged/],
    [
      'comes from a newer shop',
      headerWith({ migrations: ['2026-11-21-initial', '2031-01-01-later'] }),
      /newer.*2031-01-01-later/,
    ],
    ['has a later form', headerWith({ version: 2 }), /newer/],
  ])('that %s is refused before anything is touched', async (_name, damage, sentence) => {
    const other = `${file}.other`
    await writeFile(other, damage(await readFile(file)))
    const error = await restoreBackup(target.url, other, true).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RestoreRefused)
    expect(String(error)).toMatch(sentence)
    expect(await target.database.em().count(CustomerEntity, {})).toBe(2)
  })

  describe('whose restore loses its connection fails, does not end the process and can be restored again', () => {
    let large: string
    beforeAll(async () => {
      large = `${file}.large`
      await source.database
        .em()
        .execute(
          `insert into settings (key, value, changed_at) select 'check:' || n, to_json(repeat('x', 400)), now() from generate_series(1, 40000) n`,
        )
      await source.database.createBackup(large, at)
    })

    const kill = (query: string) => () =>
      source.database
        .em()
        .execute<{ dead: boolean }[]>(
          `select pg_terminate_backend(pid) as dead from pg_stat_activity where datname = ? and application_name = 'vpn-kiosk-restore' and query like ? and state = 'active'`,
          [new URL(target.url).pathname.slice(1), query],
        )
    const restoreUntilKilled = async (query: string): Promise<unknown> => {
      const restoring = restoreBackup(target.url, large, true).catch((thrown: unknown) => thrown)
      await expect.poll(kill(query), { interval: 1 }).toHaveLength(1)
      return restoring
    }

    test('while tables are emptied: nothing has changed', async () => {
      await target.database.transaction(async (em) => {
        await em.execute('lock table plans in share mode')
        const error = await restoreUntilKilled('drop schema%')
        expect(error).toBeInstanceOf(RestoreBroken)
        expect(String(error)).toMatch(/terminat/i)
      })
      expect(await target.database.em().count(CustomerEntity, {})).toBe(2)
    })

    test('while tables are filled', async () => {
      const error = await restoreUntilKilled('copy%')
      expect(error).toBeInstanceOf(RestoreBroken)
      expect(String(error)).toMatch(/terminat|EPIPE|ECONNRESET/i)
      expect((await restoreBackup(target.url, large, false)).get('settings')).toBe(40_000)
    })
  })
})
