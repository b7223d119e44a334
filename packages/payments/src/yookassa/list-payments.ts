import type { ListedPayment } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { readNetAmount, readRefunded } from './amounts.ts'
import type { YookassaClient } from './client.ts'
import { paymentObjectSchema, readPaymentId } from './payment-object.ts'

const pageSize = 100
/** A bound on what a broken cursor could make of it. */
const mostPages = 1_000

const pageSchema = z.looseObject({ items: z.array(z.unknown()), next_cursor: z.string().max(500).optional() })

/** What succeeded since then, newest first, with what was given back of it. */
export async function* listPayments(client: YookassaClient, since: Date): AsyncGenerator<readonly ListedPayment[]> {
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const query = new URLSearchParams({
      limit: String(pageSize),
      status: 'succeeded',
      'created_at.gte': since.toISOString(),
      ...(cursor === undefined ? {} : { cursor }),
    })
    const { items, next_cursor } = await client.get(`/payments?${query}`, pageSchema)
    yield items.flatMap((item) => readListed(item) ?? [])
    if (next_cursor === undefined || next_cursor === cursor) return
    cursor = next_cursor
  }
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
