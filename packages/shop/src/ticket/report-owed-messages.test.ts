import { minuteMs } from '@vpn-kiosk/domain'
import { createTestShop } from '@vpn-kiosk/shop/testing'
import { expect, inject, onTestFinished, test } from 'vitest'

test('staff hear once that messages of tickets are stuck, and once that they arrive again', async () => {
  const world = await createTestShop(inject('postgresUrl'))
  onTestFinished(() => world.close())
  const { shop, clock, fixture } = world
  const told = async () => {
    const rows = await fixture.database
      .em()
      .execute<{ content: { kind: string; trouble?: string } }[]>(
        'select content from alert_events order by created_at, id',
      )
    return rows.map(({ content: notification }) => [notification.kind, notification.trouble])
  }
  const anna = await world.addCustomer('Anna')
  const message = {
    chatId: 1,
    botId: 2,
    sourceMessageId: 3,
    kind: 'text',
    text: 'help',
    albumId: null,
    replyToId: null,
  }
  const { ticket } = await shop.receiveCustomerMessage(anna.id, message)
  clock.advance(9 * minuteMs)
  await shop.reportOwedMessages(null)
  expect(await told()).toEqual([])
  clock.advance(2 * minuteMs)
  await shop.reportOwedMessages('kicked')
  await shop.reportOwedMessages('kicked')
  expect(await told()).toEqual([['relay_stuck', 'kicked']])

  const claimed = await shop.claimMessages(ticket.id, 'customer', { groupId: -1, botId: 2 })
  if (claimed.kind !== 'claimed') throw new Error(claimed.kind)
  await shop.settleMessages([{ id: claimed.messages[0].id, copyMessageId: 5 }], { chatId: -1, botId: 2 })
  clock.advance(minuteMs)
  await shop.reportOwedMessages(null)
  await shop.reportOwedMessages(null)
  expect(await told()).toEqual([
    ['relay_stuck', 'kicked'],
    ['relay_healed', undefined],
  ])
})
