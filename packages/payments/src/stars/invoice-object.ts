import { isId, money, type StarCharge } from '@vpn-kiosk/domain'
import { z } from 'zod'

/** What we read of a transaction. `source`: stars that came; `receiver`: stars that went. A refund has its charge's id. */
export const transactionsSchema = z.looseObject({
  transactions: z
    .array(
      z.looseObject({
        id: z.string().min(1).max(200),
        amount: z.number().int().nonnegative(),
        date: z.number().int().positive(),
        source: z.unknown().optional(),
        receiver: z.unknown().optional(),
      }),
    )
    .max(100),
})

type Transaction = z.infer<typeof transactionsSchema>['transactions'][number]

const partnerSchema = z.looseObject({
  type: z.literal('user'),
  user: z.looseObject({ id: z.number().int().positive() }),
  invoice_payload: z.string(),
})

/** Null for what is no invoice of the shop: a withdrawal, a gift, another bot's work with the same token. */
export function readCharge(transaction: Transaction): StarCharge | null {
  const partner = partnerSchema.safeParse(transaction.source ?? transaction.receiver).data
  if (!partner || !isId('payment', partner.invoice_payload)) return null
  const at = new Date(transaction.date * 1000)
  return {
    id: transaction.id,
    paymentId: partner.invoice_payload,
    payerId: BigInt(partner.user.id),
    amount: money(transaction.amount, 'XTR'),
    paidAt: at,
    refundedAt: transaction.source === undefined ? at : null,
  }
}
