import type { Actor, Shop } from '@vpn-kiosk/shop'
import { nameOf } from '../customers/views.ts'

/** Whom a number or `@name` means. Of a number nobody need have been seen; the name is null then. */
export interface TypedPerson {
  readonly telegramId: bigint
  readonly name: string | null
}

/** Null: an `@name` that none of the shop's customers has. */
export async function findTyped(
  shop: Pick<Shop, 'findCustomers'>,
  actor: Actor,
  typed: string,
): Promise<TypedPerson | null> {
  const seen = await shop.findCustomers(actor, typed)
  const lines = seen.kind === 'seen' ? seen.value.lines : []
  const username = typed.startsWith('@') ? typed.slice(1).toLowerCase() : null
  const line = lines.find((one) =>
    username === null ? String(one.telegramId) === typed : one.username?.toLowerCase() === username,
  )
  if (line) return { telegramId: line.telegramId, name: nameOf(line) }
  return username === null ? { telegramId: BigInt(typed), name: null } : null
}
