import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { annasLine } from '../../testing/fake-shop.ts'

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
  expect(addStaff).toHaveBeenCalledTimes(1)
  expect(bot.lastScreen().text).toContain('has not met this person')
  await bot.text('123457')
  await bot.tap('Yes, give')
  expect(addStaff).toHaveBeenLastCalledWith(1n, { telegramId: 123457n, name: '', role: 'admin' })
})

test('what is typed by hand is shown back with the name of a known customer, by number or @name', async () => {
  const kira = { ...annasLine, telegramId: 77_777n, firstName: 'Kira', username: 'Kira_K' }
  const addStaff = vi.fn(async () => ({ kind: 'added' as const }))
  const bot = adminHarness({
    addStaff,
    findCustomers: async () => ({ kind: 'seen', value: { lines: [kira], next: null } }),
  })
  for (const typed of ['77777', '@kira_k']) {
    await bot.forge('staff-add:admin')
    await bot.text(typed)
    expect(bot.lastScreen().text).toContain('Kira')
  }
  expect(addStaff).not.toHaveBeenCalled()
  await bot.text('@nobody_here')
  expect(bot.lastScreen().text).toContain('No customer has this')
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
  await bot.tap('Yes, give')
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
  const contact = { user_id: 123_456, phone_number: '+1', first_name: 'Kira' }
  const sent = () => bot.text('', { message: { text: undefined, contact } as never })
  await Promise.all([sent(), sent()])
  expect(new Set(addStaff.mock.calls.map((call) => JSON.stringify(call, (_, value) => String(value)))).size).toBe(1)
})
