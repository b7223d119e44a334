import type { CustomerId, KeyReason } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { MessagePlace } from '../payment/invoice-message.ts'

/** A message that shows a key of which some servers are still to come. */
export interface KeyMessage extends MessagePlace {
  readonly customerId: CustomerId
  readonly reason: KeyReason
  /** How many servers it says are ready. */
  readonly ready: number
  /** How often it was looked at since it was sent. */
  readonly looks: number
}

const firstLookMs = 10_000
/** The last look is an hour and a half after the message: a server that is away for longer completes the app's list alone. */
const maxLooks = 10

/** Has the message looked at again, later each time, until all of its servers are ready or nobody waits for it any more. */
export async function followKeyMessage({ queue }: Pick<ShopDeps, 'queue'>, message: KeyMessage): Promise<void> {
  if (message.looks >= maxLooks) return
  await queue.enqueue('complete-key-message', message, { delayMs: firstLookMs * 2 ** message.looks })
}
