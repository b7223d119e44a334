import type { ClaimMessagesResult } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import type { SupportShop } from '../context.ts'
import { groupId, supportHarness, ticket, ticketCustomer } from '../testing/support-harness.ts'

const owed = { id: 'msg_one', kind: 'text', text: 'Hello', sourceMessageId: 7 } as const

/** A support group that owes one message until it is settled; the first write after the copy is lost. */
function supportGroup(sourceChatId: number) {
  let isOwed = true
  const lost = vi.fn<SupportShop['settleMessages']>(async () => {
    isOwed = false
  })
  lost.mockRejectedValueOnce(new Error('terminating connection'))
  const claimed = { kind: 'claimed', ticket, customer: ticketCustomer, replyToId: null } as const
  const claimMessages = async (): Promise<ClaimMessagesResult> =>
    isOwed ? { ...claimed, messages: [{ ...owed, sourceChatId }] } : { kind: 'nothing' }
  return { ...supportHarness({ claimMessages, settleMessages: lost }), isOwed: () => isOwed, lost }
}

test.each([
  ['customer', 5551],
  ['agent', groupId],
] as const)('what the %s wrote, carried while the database went away, is carried once', async (author, from) => {
  const { relay, callsOf, isOwed, lost } = supportGroup(from)
  relay.carry(ticket.id, author, false)
  await relay.idle()
  relay.carry(ticket.id, author, false)
  await relay.idle()
  expect(isOwed()).toBe(false)
  expect(callsOf('copyMessage')).toHaveLength(1)
  expect(lost.mock.calls[1]).toEqual(lost.mock.calls[0])
})
