import { money, type PlanId } from '@vpn-kiosk/domain'
import type { PlanSwitchList } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { activeSubscription, has, monthPlan } from '../../testing/fake-shop.ts'

const family = {
  ...monthPlan,
  id: 'pln_family0123456789abcd' as PlanId,
  title: { ru: 'Семья', en: 'Family' },
  price: money(59_800n, 'RUB'),
  deviceLimit: 10,
}
const single = {
  ...family,
  id: 'pln_single0123456789abcd' as PlanId,
  title: { ru: 'Один', en: 'Single' },
  deviceLimit: 1,
}
const found: PlanSwitchList = {
  current: monthPlan,
  endsAt: new Date('2026-12-21T09:00:00Z'),
  limits: { deviceLimit: 3, trafficLimitBytes: null },
  hasAddons: false,
  switches: [
    { plan: family, endsAt: new Date('2026-12-06T09:00:00Z') },
    { plan: single, endsAt: new Date('2027-01-20T09:00:00Z') },
  ],
}
const offering = {
  ...has(activeSubscription),
  canSwitchPlan: async () => true,
  listPlanSwitches: async () => found,
}

test('from the subscription: what it would become, a question, and the change', async () => {
  const switchPlan = vi.fn(async () => ({ kind: 'switched' as const, plan: family, endsAt: found.switches[0]!.endsAt }))
  const bot = clientHarness({ ...offering, switchPlan })
  await bot.forge('sub')
  await bot.tap('Change plan')
  expect(bot.lastScreen().text).toContain('Now: <b>1 month</b> · until 21 December 2026')
  expect(bot.lastScreen().text).toContain('Family</b> · until 6 December 2026')
  await bot.tap('Family')
  expect(bot.lastScreen().text).toContain('Ends: 21 December 2026 → <b>6 December 2026</b>')
  expect(bot.lastScreen().text).not.toMatch(/you have a day|What you added/)
  await bot.tap('✅ Change')
  expect(switchPlan).toHaveBeenCalledWith(
    expect.objectContaining({ planId: family.id, endsAt: found.switches[0]!.endsAt }),
  )
  expect(bot.lastScreen().text).toContain('Family</b> is yours until 6 December 2026')
})

test('who has more devices than the other plan allows reads it before', async () => {
  const bot = clientHarness(offering)
  await bot.forge('switches')
  await bot.tap('Single')
  expect(bot.lastScreen().text).toContain('With more than one device you have a day')
})

test('another end than was shown is asked about again', async () => {
  const bot = clientHarness({ ...offering, switchPlan: async () => ({ kind: 'differs' as const }) })
  await bot.forge('switches')
  await bot.tap('Family')
  await bot.tap('✅ Change')
  expect(bot.lastScreen().text).toContain('the date has changed')
  expect(bot.lastScreen().buttons[0]?.text).toBe('✅ Change')
})

test('a plan that is gone leads to the list, and pressed twice it says so', async () => {
  const bot = clientHarness({ ...offering, switchPlan: async () => ({ kind: 'not_offered' as const }) })
  await bot.forge('switches')
  await bot.tap('Family')
  await bot.tap('✅ Change')
  expect(bot.lastScreen().text).toContain('Nothing to pay')
  const again = clientHarness({ ...offering, switchPlan: async () => ({ kind: 'unchanged' as const }) })
  await again.forge('switches')
  await again.tap('Family')
  await again.tap('✅ Change')
  expect(again.lastScreen().text).toContain('You have this plan already')
})

test('nothing to change to is said, and no button leads there', async () => {
  const bot = clientHarness({ ...has(activeSubscription), listPlanSwitches: async () => null })
  await bot.forge('sub')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).not.toContain('🔄 Change plan')
  await bot.forge('switches')
  expect(bot.lastScreen().text).toContain('no other plan')
})
