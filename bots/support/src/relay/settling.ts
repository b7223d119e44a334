import type { SettledMessage, Shop } from '@vpn-kiosk/shop'

type Settle = Shop['settleMessages']
type Settlement = Parameters<Settle>

export interface Settling {
  readonly settleMessages: Settle
  /** Settles those of the messages that have arrived before; false when none has. */
  settleArrived(messages: readonly Pick<SettledMessage, 'id'>[]): Promise<boolean>
}

/** Remembers what arrived while the database went away: it is written down by the next try, and not carried again. */
export function createSettling(settle: Settle): Settling {
  const arrived = new Map<SettledMessage['id'], Settlement>()
  const settleMessages: Settle = async (...settlement) => {
    const copied = settlement[0].filter(({ copyMessageId }) => copyMessageId !== null)
    for (const { id } of copied) arrived.set(id, settlement)
    await settle(...settlement)
    for (const { id } of copied) arrived.delete(id)
  }
  return {
    settleMessages,
    async settleArrived(messages) {
      const settlement = messages.map(({ id }) => arrived.get(id)).find((found) => found !== undefined)
      if (settlement === undefined) return false
      await settleMessages(...settlement)
      return true
    },
  }
}
