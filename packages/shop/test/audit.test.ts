import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

const owner = 1n
let world: TestShop

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterAll(() => world.close())

interface Row {
  readonly id: string
  readonly action: string
  readonly actor: string
  readonly subject: string
  readonly leaks: boolean
}

const readRows = () =>
  world.fixture.database
    .em()
    .execute<Row[]>(
      `select id, action, actor_telegram_id::text as actor, subject, concat(before, after) like '%hunter2%' as leaks from audit_log`,
    )

/** Does it and gives back the audit rows that it left. */
async function rowsOf(act: () => Promise<unknown>): Promise<Row[]> {
  const known = new Set((await readRows()).map((row) => row.id))
  await act()
  return (await readRows()).filter((row) => !known.has(row.id))
}

test('whatever staff change leaves one row that says who did what to whom, and no secret', async () => {
  const { shop } = world
  const { id } = await world.addCustomer()
  const { paymentId } = await world.openInvoice(await world.addCustomer('Boris'))
  const serverId = await world.addServer()
  const draft = { driver: 'fake-vless', settings: { url: 'https://other.test' }, secrets: { password: 'hunter2' } }
  const place = { name: 'ams-1', country: 'NL', city: 'Amsterdam', host: 'panel.test', capacity: 10 }
  await shop.startTrial(id)
  const { ticket } = await shop.receiveCustomerMessage(id, {
    chatId: 1,
    botId: 2,
    sourceMessageId: 1,
    kind: 'text',
    text: 'help',
    albumId: null,
    replyToId: null,
  })
  const broadcast = await shop.createBroadcast(owner, 'news')
  if (broadcast.kind !== 'created') throw new Error(broadcast.kind)

  const deeds: [string, string | null, () => Promise<unknown>][] = [
    ['extend_by_days', id, () => shop.giveDays(owner, id, { days: 1 })],
    ['ban_customer', id, () => shop.banCustomer(owner, id)],
    ['unban_customer', id, () => shop.unbanCustomer(owner, id)],
    ['reset_trial', id, () => shop.resetTrial(owner, id)],
    ['recheck_payment', paymentId, () => shop.recheckAsStaff(owner, paymentId)],
    ['add_server', null, () => shop.addServer(owner, { ...draft, ...place })],
    ['change_server_state', serverId, () => shop.changeServerState(owner, serverId, 'draining')],
    ['create_broadcast', null, () => shop.createBroadcast(owner, 'more news')],
    ['start_broadcast', broadcast.broadcastId, () => shop.startBroadcast(owner, broadcast.broadcastId)],
    ['cancel_broadcast', broadcast.broadcastId, () => shop.cancelBroadcast(owner, broadcast.broadcastId)],
    ['close_ticket', ticket.id, () => shop.closeTicket({ ticketId: ticket.id }, owner)],
    ['reopen_ticket', ticket.id, () => shop.reopenTicket({ ticketId: ticket.id }, owner)],
    ['add_staff', null, () => shop.addStaff(owner, { telegramId: 7n, name: 'Agent', role: 'support' })],
  ]
  for (const [action, subject, act] of deeds) {
    const rows = await rowsOf(act)
    expect(rows, action).toMatchObject([{ action, actor: '1', leaks: false }])
    if (subject) expect(rows[0]?.subject).toBe(subject)
  }
  const staff = await shop.listStaff(owner)
  const [agent] = staff.kind === 'seen' ? staff.value : []
  expect(await rowsOf(() => shop.removeStaff(owner, agent!.id))).toMatchObject([
    { action: 'remove_staff', subject: agent!.id },
  ])
})

test('what changed nothing leaves no row', async () => {
  const { id } = await world.addCustomer()
  expect(await rowsOf(() => world.shop.unbanCustomer(owner, id))).toEqual([])
  expect(await rowsOf(() => world.shop.resetTrial(owner, id))).toEqual([])
  expect(await rowsOf(() => world.shop.banCustomer(404n, id))).toEqual([])
})
