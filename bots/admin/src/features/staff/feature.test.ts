import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'

const agent = {
  id: 'stf_agent' as const,
  telegramId: 7n,
  name: 'Agent',
  role: 'support' as const,
  createdAt: new Date('2026-11-21T09:00:00Z'),
}

test('an agent is added by a forwarded message, a contact or an id', async () => {
  const addStaff = vi.fn(async () => ({ kind: 'added' as const }))
  const bot = adminHarness({ addStaff })
  const sender = { id: 4242, is_bot: false, first_name: 'Kira', last_name: 'K' }
  await bot.command('staff')
  await bot.tap('Support')
  await bot.text('hi', { message: { forward_origin: { type: 'user', date: 1, sender_user: sender } } })
  expect(addStaff).toHaveBeenLastCalledWith(1n, { kind: 'person', telegramId: 4242n, name: 'Kira K', role: 'support' })
  await bot.tap('Administrator')
  await bot.text('123456')
  expect(addStaff).toHaveBeenLastCalledWith(1n, expect.objectContaining({ telegramId: 123456n, role: 'admin' }))
})

test('somebody who hides who they are is said so, and the question stays', async () => {
  const addStaff = vi.fn(async () => ({ kind: 'added' as const }))
  const bot = adminHarness({ addStaff })
  await bot.forge('staff-add:support')
  await bot.text('hi', { message: { forward_origin: { type: 'hidden_user', date: 1, sender_user_name: 'X' } } })
  expect(bot.lastScreen().text).toContain('hides who they are')
  await bot.text('who?')
  expect(addStaff).not.toHaveBeenCalled()
  await bot.text('123456')
  expect(addStaff).toHaveBeenCalledOnce()
})

test('a removal is confirmed first', async () => {
  const removeStaff = vi.fn(async () => ({ kind: 'removed' as const }))
  const bot = adminHarness({ removeStaff, listStaff: async () => ({ kind: 'seen', value: [agent] }) })
  await bot.command('staff')
  await bot.tap('➖ Agent')
  expect(removeStaff).not.toHaveBeenCalled()
  await bot.tap('Yes')
  expect(removeStaff).toHaveBeenCalledWith(1n, agent.id)
})

test('who hears nothing because the bot was never started or is blocked is marked', async () => {
  const member = { id: 'stf_boris', telegramId: 8n, name: 'Boris', role: 'admin', createdAt: new Date(0) } as const
  const bot = adminHarness({
    listStaff: async () => ({ kind: 'seen', value: [member] }),
    listUnreachableStaff: async () => [8n],
  })
  await bot.command('staff')
  expect(bot.lastScreen().text).toContain('hears nothing')
})

test('a contact that is sent twice adds one person', async () => {
  const addStaff = vi.fn(async () => ({ kind: 'added' as const }))
  const bot = adminHarness({ addStaff })
  await bot.forge('staff-add:support')
  await Promise.all([bot.text('123456'), bot.text('123456')])
  expect(new Set(addStaff.mock.calls.map((call) => JSON.stringify(call, (_, value) => String(value)))).size).toBe(1)
})
