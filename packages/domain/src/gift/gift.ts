import { randomText } from '../ids/ids.ts'
import type { Transitions } from '../state/transitions.ts'
import { dayMs } from '../time/time.ts'

/**
 * Time that somebody paid for somebody else. `waiting`: whoever opens the link first may activate it, the giver too.
 * `returned`: nobody did in time, and what was paid is the giver's balance. `refunded`: the giver was given the money
 * back before anybody activated it.
 */
export const giftStates = ['waiting', 'activated', 'returned', 'refunded'] as const
export type GiftState = (typeof giftStates)[number]

export const giftTransitions: Transitions<GiftState> = {
  waiting: ['activated', 'returned', 'refunded'],
  activated: [],
  returned: [],
  refunded: [],
}

/** How long before its end the giver hears that nobody has activated it. */
export const giftReminderMs = 7 * dayMs

const codeLength = 26

/** What a link carries: 130 random bits, so that nobody guesses a gift. */
export const newGiftCode = (): string => randomText(codeLength)

/** The payload of a link to the bot: `gift_8f3k…`. */
export const giftPayload = (code: string): string => `gift_${code}`

/** `"gift_8F3K…"` → `8f3k…`; null where the text is no gift's, however it looks. */
export function parseGiftPayload(text: string): string | null {
  const isPossible = text.length <= 'gift_'.length + codeLength
  return (isPossible && /^gift_([0-9a-z]{26})$/.exec(text.toLowerCase())?.[1]) || null
}
