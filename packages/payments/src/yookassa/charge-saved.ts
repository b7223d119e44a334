import { type ProviderReference, ProviderRefused, ProviderUnclear, type SavedCharge } from '@vpn-kiosk/domain'
import { type YookassaClient, YookassaKeyTaken } from './client.ts'
import { paymentObjectSchema, readPaymentId, toYookassaAmount } from './invoice-object.ts'
import { listPaymentObjects } from './invoices.ts'
import { describeReceipt, type ReceiptSettings } from './receipt.ts'

/**
 * Charges what was saved, without a page: the payment is done, or refused by the bank, at once, and may also be pending. The
 * key finds the first call's payment for 24 h; of what was asked for before, the list of payments is searched for ours.
 */
export async function chargeSaved(
  client: YookassaClient,
  receipts: ReceiptSettings,
  request: SavedCharge,
): Promise<{ readonly reference: ProviderReference }> {
  const { paymentId, methodId, amount, description, askedSince } = request
  const earlier = askedSince && (await findCharge(client, request.paymentId, askedSince).catch(throwUnclear))
  if (earlier) return { reference: earlier }
  const body = {
    amount: toYookassaAmount(amount),
    capture: true,
    payment_method_id: methodId,
    description: description.slice(0, 128),
    metadata: { payment_id: paymentId },
    ...describeReceipt(receipts, request),
  }
  try {
    const { id } = await client.post('/payments', `charge-${paymentId}`, body, paymentObjectSchema)
    return { reference: id }
  } catch (error) {
    // An earlier call has charged, or not: only its own answer would say.
    throw error instanceof YookassaKeyTaken ? unclear(error) : error
  }
}

/** A list that is refused says nothing of the charge. */
const throwUnclear = (error: unknown): never => {
  throw error instanceof ProviderRefused ? unclear(error) : error
}

const unclear = (cause: ProviderRefused) => new ProviderUnclear(cause.message, '', { cause })

/** Whatever became of it: also a charge that was refused is not made again. */
async function findCharge(
  client: YookassaClient,
  paymentId: SavedCharge['paymentId'],
  since: Date,
): Promise<ProviderReference | null> {
  for await (const page of listPaymentObjects(client, { since })) {
    const found = page.find((item) => {
      const { data: payment } = paymentObjectSchema.safeParse(item)
      return payment !== undefined && readPaymentId(payment) === paymentId
    })
    if (found) return paymentObjectSchema.parse(found).id
  }
  return null
}
