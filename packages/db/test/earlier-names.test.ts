import { addMs } from '@vpn-kiosk/domain'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../src/testing.ts'

let fixture: TestDatabase
const now = new Date('2026-11-26T12:00:00Z')

beforeAll(async () => {
  fixture = await createTestDatabase(inject('postgresUrl'))
  await run(`insert into customers (id, telegram_id, first_name, language, referral_code, notifications, last_active_at, created_at)
    values ('cus_earlier', 1, 'Anna', 'en', 'code', '{}', now(), now())`)
})
afterAll(() => fixture.drop())

const run = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  fixture.database.em().execute<Row[]>(text, values)

/** The exact statements of a process of the commit before `plain-names`, sent to a migrated database. */
describe('a process that uses the earlier names', () => {
  test('queues a notification once, claims it and settles it', async () => {
    const insert = `insert into notices (id, key, customer_id, subscription_id, state, notice, created_at, queued_at)
      values ('ntc_earlier', 'paid:1', 'cus_earlier', null, 'queued', '{"kind":"expired"}', ?, ?)
      on conflict (key) do nothing returning id, notice->>'kind' as kind`
    expect(await run(insert, [now, now])).toEqual([{ id: 'ntc_earlier', kind: 'expired' }])
    expect(await run(insert, [now, now])).toEqual([])
    const claim = `update notices set queued_at = ? where id = any(array(
        select id from notices where state = 'queued' and queued_at <= ? order by queued_at limit 10 for update skip locked
      )) returning id, notice ->> 'kind' as kind`
    expect(await run(claim, [addMs(now, 1000), now])).toEqual([{ id: 'ntc_earlier', kind: 'expired' }])
    expect(await run(claim, [addMs(now, 1000), now])).toEqual([])
    await run(
      `update notices set state = 'sent', reason = null, sent_at = ? where id = 'ntc_earlier' and state = 'queued'`,
      [now],
    )
    expect(await run('select state, content from notifications')).toEqual([
      { state: 'sent', content: { kind: 'expired' } },
    ])
  })

  test('stores a webhook once and handles it', async () => {
    const insert = `insert into payment_notices as known (id, provider, key, reference, payment_id, summary, received_at, handled_at)
      values ('ntc_hook', 'fake', 'event-1', 'inv-1', null, '{}', ?, null)
      on conflict (provider, key) do update set handled_at = coalesce(known.handled_at, excluded.handled_at) returning id`
    expect(await run(insert, [now])).toEqual([{ id: 'ntc_hook' }])
    expect(await run(insert, [now])).toEqual([{ id: 'ntc_hook' }])
    await run(`update payment_notices set handled_at = ?, told_at = ? where id = 'ntc_hook'`, [now, now])
    expect(await run('select handled_at = told_at as both from payment_webhooks')).toEqual([{ both: true }])
  })

  test('reads the details of an alert from staff notifications', async () => {
    await run(
      `insert into staff_events (cause, window_ms, ends, notice, created_at)
      values ('sale:1', 1000, null, '{"kind":"sale"}', ?)`,
      [now],
    )
    const [event] = await run<{ id: string; notice: object }>(
      'select id, notice from staff_events where alert_id is null order by id limit 10',
    )
    expect(event?.notice).toEqual({ kind: 'sale' })
    const alert = `insert into staff_alerts (id, cause, kind, notice, count, window_ms, first_at, last_at, over_at, revision)
      values ('alr_1', 'sale:1', 'sale', '{"kind":"sale"}', 1, 1000, ?, ?, null, 1)
      on conflict (id) do update set notice = excluded.notice, count = excluded.count + 1`
    await run(alert, [now, now])
    await run(alert, [now, now])
    await run(`update staff_events e set alert_id = t.alert_id from unnest(array[${event?.id}::bigint], array['alr_1']) as t (id, alert_id)
      where e.id = t.id`)
    expect(
      await run('select a.count, a.content, e.alert_id from alerts a join alert_events e on e.alert_id = a.id'),
    ).toEqual([{ count: 2, content: { kind: 'sale' }, alert_id: 'alr_1' }])
  })

  test('stops a broadcast, whose state is stored in the present spelling', async () => {
    await run(
      `insert into broadcasts (id, author_telegram_id, text, state, total, created_at) values ('brd_1', 1, 'News', 'running', 1, ?)`,
      [now],
    )
    expect(await run(`update broadcasts set state = 'cancelled' where id = 'brd_1' returning state`)).toEqual([
      { state: 'canceled' },
    ])
  })
})
