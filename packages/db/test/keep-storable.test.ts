import { newId } from '@vpn-kiosk/domain'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Given, prepared, SettingEntity, StaffEntity, sql } from '../src/index.ts'
import { createTestDatabase, type TestDatabase } from '../src/testing.ts'

let fixture: TestDatabase

beforeAll(async () => {
  fixture = await createTestDatabase(inject('postgresUrl'))
})
afterAll(() => fixture.drop())

const broken = 'a\0b\uD83Dc'
const kept = 'a\uFFFDb\uFFFDc'

test('a character that Postgres cannot store is replaced, in the text of a statement and in its values', async () => {
  const em = fixture.database.em()
  const id = newId('staff')
  await em.insert(StaffEntity, { id, telegramId: 7n, name: broken, role: 'support', createdAt: new Date() })
  expect(await fixture.database.em().findOneOrFail(StaffEntity, { id })).toMatchObject({ name: kept })
  const echo = prepared((db, { text, texts }: Given<{ text: string; texts: readonly string[] }>) =>
    db.selectNoFrom([sql<string>`${text}::text`.as('text'), sql<string[]>`${texts}::text[]`.as('texts')]),
  )
  const values = { text: broken, texts: [broken] }
  expect(await echo(fixture.database, values)).toEqual([{ text: kept, texts: [kept] }])
  await fixture.database.transaction(async (tx) => {
    expect(await echo(tx, values)).toEqual([{ text: kept, texts: [kept] }])
    expect(await tx.execute('select ?::text as text', [broken])).toEqual([{ text: kept }])
  })
})

test('such a character is replaced inside JSON too, but a text that only spells its escape is unchanged', async () => {
  const value = { said: [broken], spoken: 'write \\u0000 or \\ud83d' }
  await fixture.database.em().upsert(SettingEntity, { key: 'check:text', value, changedAt: new Date() })
  const stored = await fixture.database.em().findOneOrFail(SettingEntity, { key: 'check:text' })
  expect(stored.value).toEqual({ ...value, said: [kept] })
})
