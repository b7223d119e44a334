import { setTimeout as pause } from 'node:timers/promises'
import type { SeenMessage, TelegramSimulator } from '@vpn-kiosk/telegram-simulator'
import type { YookassaSimulator } from '../src/providers/yookassa/start-yookassa-simulator.ts'

const timeoutMs = 15_000

/** What a customer did: how many months they paid for, and how often they had to begin again. */
export interface Shopper {
  readonly person: number
  paid: number
  begunAgain: number
}

interface Street {
  readonly telegram: TelegramSimulator
  readonly yookassa: YookassaSimulator
  readonly bot: string
  /** No more buying after this. */
  readonly isOver: () => boolean
}

/** Buys a month again and again, as a person would: whoever gets no answer begins again. */
export async function shop(street: Street, shopper: Shopper): Promise<void> {
  const { people } = street.telegram
  people.start({ person: shopper.person, bot: street.bot })
  await pause(Math.random() * 5_000)
  while (!street.isOver()) {
    const reference = await order(street, shopper.person)
    if (reference === null) shopper.begunAgain++
    else if (await pay(street, reference)) shopper.paid++
    await pause(3_000 + Math.random() * 6_000)
  }
}

async function pay({ yookassa }: Street, reference: string): Promise<boolean> {
  try {
    await yookassa.pay(reference)
    return true
  } catch {
    // Its shop closed this invoice meanwhile.
    return false
  }
}

/** From /buy to an invoice of the card provider; null when an answer did not come in time. */
async function order(street: Street, person: number): Promise<string | null> {
  const { people } = street.telegram
  const chat = street.bot
  const { id: after } = people.sendText({ person, chat, text: '/buy' })
  for (const wanted of [/^plan:/, /^buy:[^:]+:yookassa\b/]) {
    const found = await until(() => findButton(newest(street, person, after), wanted))
    if (!found) return null
    await people
      .press({ person, chat, message: found.message, data: found.value, isForged: true, waitMs: 0 })
      .catch(() => undefined)
  }
  const link = await until(() => findButton(newest(street, person, after), /^http.*\/pay\//))
  return link ? (link.value.split('/').at(-1) ?? null) : null
}

const newest = ({ telegram, bot: chat }: Street, person: number, after: number): SeenMessage[] =>
  telegram.people.transcript({ person, chat, limit: 12 }).filter((message) => message.id > after && !message.isMine)

function findButton(messages: readonly SeenMessage[], wanted: RegExp): { message: number; value: string } | null {
  for (const { id: message, buttons } of messages.toReversed())
    for (const { value } of (buttons ?? []).flat()) if (value !== null && wanted.test(value)) return { message, value }
  return null
}

async function until<T>(look: () => T | null): Promise<T | null> {
  for (const end = performance.now() + timeoutMs; performance.now() < end; await pause(150)) {
    const found = look()
    if (found !== null) return found
  }
  return null
}
