import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Database } from '../src/index.ts'
import { createTestDatabase, type TestDatabase } from '../src/testing.ts'

const connections = 2
let fixture: TestDatabase
let database: Database

beforeEach(async () => {
  fixture = await createTestDatabase(inject('postgresUrl'), connections)
  database = fixture.database
  await database
    .em()
    .execute(`insert into settings (key, value, changed_at) values ('a', '0', now()), ('b', '0', now())`)
})
afterEach(() => fixture.drop())

const valuesOf = async () => {
  const rows = await database.em().execute<{ value: number }[]>('select value from settings order by key')
  return rows.map((row) => row.value)
}

describe('a transaction', () => {
  test('whose connection breaks leaves the pool usable, however often that happens', async () => {
    for (let time = 0; time < connections * 2; time++) {
      const broken = database.transaction(async (em) => {
        await em.execute(`update settings set value = '9'`)
        await em.execute('select pg_terminate_backend(pg_backend_pid())')
      })
      await expect(broken).rejects.toThrow(/terminat/i)
    }
    expect(await valuesOf()).toEqual([0, 0])
    await database.transaction((em) => em.execute(`update settings set value = '1'`))
    expect(await valuesOf()).toEqual([1, 1])
  })

  test('that is the victim of a deadlock runs again, and nothing is lost', async () => {
    let together = 0
    let meet = () => {}
    const met = new Promise<void>((resolve) => {
      meet = resolve
    })
    const crossing = (first: string, second: string) =>
      database.transaction(async (em) => {
        const raise = (key: string) =>
          em.execute(`update settings set value = to_jsonb(value::int + 1) where key = ?`, [key])
        await raise(first)
        together += 1
        if (together === 2) meet()
        await met
        await raise(second)
      })
    await Promise.all([crossing('a', 'b'), crossing('b', 'a')])
    // On a busy machine the second try may deadlock with the other transaction again.
    expect(together).toBeGreaterThanOrEqual(3)
    expect(await valuesOf()).toEqual([2, 2])
  })

  test('that throws changes nothing and rethrows the error', async () => {
    const failing = database.transaction(async (em) => {
      await em.execute(`update settings set value = '9'`)
      throw new Error('not today')
    })
    await expect(failing).rejects.toThrow('not today')
    expect(await valuesOf()).toEqual([0, 0])
  })
})
