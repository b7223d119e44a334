import { type ListedPayment, ProviderUnclear } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { excerptOf } from '../excerpt.ts'
import { readNetAmount, readRefunded } from './amounts.ts'
import type { YookassaClient } from './client.ts'
import { paymentObjectSchema, readPaymentId } from './invoice-object.ts'

const pageSize = 100
/** A bound on what a broken cursor could make of it. */
const mostPages = 1_000

const pageSchema = z.looseObject({ items: z.array(z.unknown()), next_cursor: z.string().max(500).nullish() })

/**
 * What succeeded since then, newest first, with what was given back of it. Throws at the end when something in the list
 * could not be read: it hides nothing else, and is for a human.
 */
export async function* listPayments(client: YookassaClient, since: Date): AsyncGenerator<readonly ListedPayment[]> {
  let cursor: string | undefined
  const strange: unknown[] = []
  for (let page = 0; page < mostPages; page += 1) {
    const query = new URLSearchParams({
      limit: String(pageSize),
      status: 'succeeded',
      'created_at.gte': since.toISOString(),
      ...(cursor === undefined ? {} : { cursor }),
    })
    const { items, next_cursor } = await client.get(`/payments?${query}`, pageSchema)
    const listed = items.map(readListed)
    strange.push(...items.filter((_, index) => listed[index] === null).slice(0, 1))
    yield listed.filter((payment) => payment !== null)
    if (next_cursor == null || next_cursor === cursor) break
    cursor = next_cursor
  }
  if (strange.length > 0)
    throw new ProviderUnclear('yookassa lists among what succeeded what cannot be read', excerptOf(strange[0]))
}

function readListed(item: unknown): ListedPayment | null {
  const { data: payment } = paymentObjectSchema.safeParse(item)
  if (payment?.status !== 'succeeded') return null
  return {
    reference: payment.id,
    paymentId: readPaymentId(payment),
    received: readNetAmount(payment),
    refunded: readRefunded(payment),
  }
}
