import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readConfig } from '@vpn-kiosk/app'
import { StaffEntity } from '@vpn-kiosk/db'
import { createTestDatabase, type TestDatabase } from '@vpn-kiosk/db/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { staffCheck } from './staff.ts'

const at = new Date('2026-11-21T09:00:00Z')
let fixture: TestDatabase

beforeAll(async () => {
  fixture = await createTestDatabase(inject('postgresUrl'))
})
afterAll(() => fixture.drop())

test('staff whom the admin bot cannot write to are named, until it can', async () => {
  const em = fixture.database.em()
  const person = { role: 'admin', createdAt: at } as const
  await em.insert(StaffEntity, { ...person, id: 'stf_ida', telegramId: 502n, name: 'Ida' })
  await em.insert(StaffEntity, { ...person, id: 'stf_max', telegramId: 503n, name: 'Max' })
  await em.execute(
    `insert into alerts (id, cause, kind, content, count, window_ms, first_at, last_at, revision)
     values ('alr_1', 'backup_failed', 'backup_failed', '{"kind":"backup_failed"}', 1, 1, ?, ?, 1)`,
    [at, at],
  )
  const tell = (telegramId: number, state: string) =>
    em.execute(
      `insert into staff_notifications (alert_id, telegram_id, state, is_urgent, attempts, told_revision, created_at, settled_at)
       values ('alr_1', ?, ?, true, 0, 0, ?, ?)`,
      [telegramId, state, at, at],
    )
  const config = readConfig({ OWNER_TELEGRAM_ID: '501' })
  const clock = { now: () => at }
  const examine = () => staffCheck.examine({ config, clock, database: { kind: 'open', db: fixture.database } })

  await tell(503, 'sent')
  expect(await examine()).toMatchObject([{ status: 'fine', message: 'owner 501, 2 more with a role' }])
  await tell(501, 'unreachable')
  await tell(502, 'unreachable')
  await tell(504, 'unreachable')
  const [finding] = await examine()
  expect(finding).toMatchObject({ status: 'wrong' })
  expect(finding?.message).toContain('the owner (501)')
  expect(finding?.message).toContain('Ida (502)')
  expect(finding?.message).not.toMatch(/Max|504/)
  await em.execute(`update staff_notifications set state = 'sent'`)
  expect(await examine()).toMatchObject([{ status: 'fine' }])
})

test('an owner who has not opened the admin bot is told to, before any alert is lost', async () => {
  let answer = { ok: false, error_code: 400, description: 'Bad Request: chat not found' } as object
  const telegram = createServer((_request, response) => response.end(JSON.stringify(answer)))
  await new Promise<void>((resolve) => telegram.listen(0, '127.0.0.1', resolve))
  const { port } = telegram.address() as AddressInfo
  const config = readConfig({
    OWNER_TELEGRAM_ID: '601',
    ADMIN_BOT_TOKEN: `1234567:${'A'.repeat(35)}`,
    TELEGRAM_API_ROOT: `http://127.0.0.1:${port}`,
  })
  const examine = () =>
    staffCheck.examine({ config, clock: { now: () => at }, database: { kind: 'closed', reason: 'not asked' } })
  try {
    const [finding] = await examine()
    expect(finding).toMatchObject({ status: 'next_step', advice: expect.stringContaining('press Start') })
    answer = { ok: true, result: { id: 601, type: 'private', first_name: 'Ida' } }
    expect(await examine()).toMatchObject([{ status: 'fine' }])
    answer = { ok: false, error_code: 401, description: 'Unauthorized' }
    expect(await examine()).toMatchObject([{ status: 'fine' }])
  } finally {
    await new Promise((resolve) => telegram.close(resolve))
  }
})
