import type { Id, PaymentId } from '@vpn-kiosk/domain'
import type { WebhookLine } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'

const line: WebhookLine = {
  id: 'whk_0123456789abcdefghjk' as Id<'webhook'>,
  provider: 'yookassa',
  key: 'payment.succeeded:2d93',
  reference: '2d93',
  paymentId: 'pay_0123456789abcdefghjk' as PaymentId,
  receivedAt: new Date('2026-11-21T09:00:00Z'),
  handledAt: null,
  summary: { status: 'succeeded', note: '<b>' },
}

test('what fits no payment is listed, worked on again, and closed', async () => {
  let handledAt: Date | null = null
  const replayWebhook = vi.fn(async () => ({ kind: 'no_payment' as const }))
  const closeWebhook = vi.fn(async () => {
    handledAt = line.receivedAt
    return { kind: 'closed' as const }
  })
  const bot = adminHarness({
    listWebhooks: async () => ({ kind: 'seen', value: [line] }),
    findWebhook: async () => ({ kind: 'seen', value: { ...line, handledAt } }),
    replayWebhook,
    closeWebhook,
  })
  await bot.command('webhooks')
  expect(bot.lastScreen().text).toContain('fit no payment')
  await bot.tap('YooKassa')
  expect(bot.lastScreen().text).toContain('&lt;b&gt;')
  await bot.tap('Work on it again')
  expect(bot.lastScreen().text).toContain('fits no payment still')
  await bot.tap('Seen to')
  expect(bot.lastScreen().text).toContain('Noted')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).not.toContain('✔️ Seen to')
})

test('none is good news, one that is gone is said, and a stranger sees nothing', async () => {
  const empty = adminHarness({ listWebhooks: async () => ({ kind: 'seen', value: [] }) })
  await empty.command('webhooks')
  expect(empty.lastScreen().text).toContain('Every webhook found its payment')
  const gone = adminHarness({ findWebhook: async () => ({ kind: 'seen', value: null }) })
  await gone.forge(`hook:${line.id.slice(4)}`)
  expect(gone.lastScreen().text).toContain('no longer exists')
})
