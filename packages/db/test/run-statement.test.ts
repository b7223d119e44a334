import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { runStatement } from '../src/index.ts'
import { createTestDatabase, type TestDatabase } from '../src/testing.ts'

let fixture: TestDatabase
beforeAll(async () => {
  fixture = await createTestDatabase(inject('postgresUrl'), 1)
})
afterAll(() => fixture.drop())

const countPlanned = async (text: string) => {
  const [row] = await fixture.database
    .em()
    .execute<{ count: number }[]>(
      'select count(*)::int as count from pg_prepared_statements where statement = ? and not from_sql',
      [text],
    )
  return row?.count
}

test('a statement is planned once a connection, whatever its values', async () => {
  const text = 'select $1::int + 1 as next'
  for (const value of [1, 2])
    expect(await fixture.database.transaction((em) => runStatement(em, text, [value]))).toEqual([{ next: value + 1 }])
  expect(await countPlanned(text)).toBe(1)
})

test('a statement is rolled back with its transaction, and works again after one that failed', async () => {
  const insert = `insert into settings (key, value, changed_at) values ($1, $2, now()) returning key`
  const write = (value: string) => fixture.database.transaction((em) => runStatement(em, insert, ['a', value]))
  const failing = fixture.database.transaction(async (em) => {
    await runStatement(em, insert, ['a', '1'])
    throw new Error('not today')
  })
  await expect(failing).rejects.toThrow('not today')
  await expect(write('no json')).rejects.toThrow(/json/)
  expect(await write('2')).toEqual([{ key: 'a' }])
  await expect(write('3')).rejects.toThrow(/duplicate key/)
})

test('there is an end to the statements that are kept', async () => {
  for (let index = 0; index < 300; index++)
    await fixture.database.transaction((em) => runStatement(em, `select $1::int as n${index}`, [index]))
  const [kept] = await fixture.database
    .em()
    .execute<{ count: number }[]>('select count(*)::int as count from pg_prepared_statements')
  expect(kept?.count).toBeLessThanOrEqual(200)
})
