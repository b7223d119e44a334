import pg from 'pg'
import { expect, inject, test } from 'vitest'

test('the run has a Postgres', async () => {
  const c = new pg.Client(inject('postgresUrl'))
  await c.connect()
  expect((await c.query("select version() v, lower('ПРИВЕТ') l")).rows[0].v).toContain('PostgreSQL 18')
  await c.end()
})
