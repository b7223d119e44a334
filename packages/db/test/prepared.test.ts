import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { anyOf, type Given, prepared, sql, toJson } from '../src/index.ts'
import { createTestDatabase, type TestDatabase } from '../src/testing.ts'

let fixture: TestDatabase
beforeAll(async () => {
  fixture = await createTestDatabase(inject('postgresUrl'), 1)
})
afterAll(() => fixture.drop())

interface Setting {
  readonly key: string
  readonly value: unknown
  readonly at: Date
}

const insertSetting = prepared((db, given: Given<{ key: string; value: ReturnType<typeof toJson>; at: Date }>) =>
  db.insertInto('settings').values({ key: given.key, value: given.value, changed_at: given.at }).returning('key'),
)

const insert = ({ key, value, at }: Setting) =>
  fixture.database.transaction((em) => insertSetting(em, { key, value: toJson(value), at }))

const at = new Date('2026-11-26T10:00:00.123Z')

test('a statement is built once, and planned once by each connection, for any values', async () => {
  let built = 0
  const next = prepared((db, { value }: Given<{ value: number }>) => {
    built += 1
    return db.selectNoFrom(sql<number>`${value}::int + 1`.as('next_of_prepared'))
  })
  for (const value of [1, 2]) expect(await next(fixture.database, { value })).toEqual([{ next_of_prepared: value + 1 }])
  expect(built).toBe(1)
  const planned =
    await sql`select 1 from pg_prepared_statements where statement like '%next_of_prepared%' and not from_sql`.execute(
      fixture.database.getKysely(),
    )
  expect(planned.rows).toHaveLength(1)
})

test('a value used in two places is sent once, and constants stay in the text', async () => {
  const echo = prepared((db, { one, other }: Given<{ one: string; other: string }>) =>
    db.selectNoFrom([
      sql<string>`${other}::text || ${one}::text`.as('a'),
      sql<string>`${one}::text || ${'!'}::text`.as('b'),
    ]),
  )
  expect(await echo(fixture.database, { one: '1', other: '2' })).toEqual([{ a: '21', b: '1!' }])
  const { rows } = await sql<{ types: string[] }>`
    select parameter_types::text[] as types from pg_prepared_statements where statement like '%::text || %'`.execute(
    fixture.database.getKysely(),
  )
  expect(rows.map(({ types }) => types.length)).toEqual([3])
})

test('a statement that takes its values with `...rest` is refused when it is built', async () => {
  const careless = prepared((_db, { one, ...rest }: Given<{ one: string; other: string }>) =>
    _db.selectNoFrom([sql<string>`${one}::text`.as('a'), sql<string>`${rest.other}::text`.as('b')]),
  )
  await expect(careless(fixture.database, { one: '1', other: '2' })).rejects.toThrow('names each value')
})

test('a statement is rolled back with its transaction, and works again after one that failed', async () => {
  const failing = fixture.database.transaction(async (em) => {
    await insertSetting(em, { key: 'a', value: toJson(1), at })
    throw new Error('not today')
  })
  await expect(failing).rejects.toThrow('not today')
  expect(await insert({ key: 'a', value: 2, at })).toEqual([{ key: 'a' }])
  await expect(insert({ key: 'a', value: 3, at })).rejects.toThrow(/duplicate key/)
})

test('values are read with the types of their columns', async () => {
  await insert({ key: 'told', value: { name: 'A\0nna', list: [1] }, at })
  const row = await fixture.database
    .getKysely()
    .selectFrom('settings')
    .select(['value', 'changed_at', sql<string>`9007199254740993::bigint`.as('large')])
    .where('key', '=', anyOf(['told', 'absent']))
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ value: { name: 'A\ufffdnna', list: [1] }, changed_at: at, large: '9007199254740993' })
})

test('the number of prepared texts is limited', async () => {
  for (let index = 0; index < 300; index++)
    await sql`select ${index}::int as ${sql.ref(`n${index}`)}`.execute(fixture.database.getKysely())
  const { rows } = await sql`select 1 from pg_prepared_statements`.execute(fixture.database.getKysely())
  expect(rows.length).toBeLessThanOrEqual(200)
})
