import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type ConnectionWait, waitForConnections } from '../src/wait-for-connections.ts'

const role = `few_${process.pid}`
let admin: pg.Client
let url: string

beforeAll(async () => {
  admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  await admin.query(`create role ${role} login password 'few' connection limit 1`)
  const own = new URL(inject('postgresUrl'))
  Object.assign(own, { username: role, password: 'few', pathname: '/postgres' })
  url = own.href
})
afterAll(async () => {
  await admin.query(`drop role ${role}`)
  await admin.end()
})

function openPool(max: number) {
  const said: Parameters<ConnectionWait['onWait']>[] = []
  const pool = new pg.Pool({ connectionString: url, max })
  waitForConnections(pool as never, { onWait: (...words) => said.push(words), warnAfterMs: 50 })
  return { pool, said }
}

test('a pool that Postgres refuses waits, reports the wait, and continues when Postgres has room', async () => {
  const first = openPool(1)
  const second = openPool(3)
  const held = await first.pool.connect()
  const asked = Promise.all([second.pool.query('select 1'), second.pool.query('select 2')])
  await expect.poll(() => second.said).toContainEqual(['full', 0])
  held.release()
  await first.pool.end()
  expect((await asked).map(({ rows }) => rows)).toHaveLength(2)
  await second.pool.end()
})

test('a pool that cannot grow continues with the connections that it has', async () => {
  const { pool } = openPool(5)
  await pool.query('select 1')
  const many = await Promise.all(Array.from({ length: 20 }, () => pool.query('select pg_backend_pid() as pid')))
  expect(new Set(many.map(({ rows }) => rows[0].pid)).size).toBe(1)
  await pool.end()
})

test('a long wait for a connection of a busy pool is reported', async () => {
  const { pool, said } = openPool(1)
  const held = await pool.connect()
  const asked = pool.query('select 1')
  await expect.poll(() => said).toContainEqual(['busy', 1])
  held.release()
  await asked
  await pool.end()
})
