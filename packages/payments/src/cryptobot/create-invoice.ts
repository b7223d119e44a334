import {
  type Clock,
  type Currency,
  type Invoice,
  type InvoiceRequest,
  moneyToDecimal,
  ProviderRefused,
} from '@vpn-kiosk/domain'
import { assertPageUrl } from '../assert-page-url.ts'
import { textOf } from '../loose-text.ts'
import { repeatUnknown } from '../repeat-unknown.ts'
import { type CallCryptobot, cryptobotId } from './client.ts'
import { findInvoice } from './find-invoice.ts'
import { invoiceObjectSchema, readReference } from './invoice-object.ts'

/** The fiat currencies of the API that the shop can account in. */
export const cryptobotCurrencies: readonly Currency[] = ['RUB', 'USD', 'EUR']

const maxExpirySeconds = 31 * 24 * 60 * 60

export interface CreateInvoiceDeps {
  readonly call: CallCryptobot
  readonly clock: Clock
  readonly retryDelaysMs: readonly number[]
}

/**
 * Opens an invoice priced in fiat and paid in whatever coin the payer has. Each attempt, the first included, looks for a
 * living invoice with our payload before it makes one: the earlier attempt may have been another process's.
 */
export async function createInvoice(deps: CreateInvoiceDeps, request: InvoiceRequest): Promise<Invoice> {
  const parameters = describeInvoice(deps.clock, request)
  return await repeatUnknown(deps.retryDelaysMs, async () => {
    const earlier = await findInvoice(deps.call, request.paymentId)
    const invoice = earlier ?? (await deps.call('createInvoice', parameters, invoiceObjectSchema))
    return { reference: readReference(invoice), url: assertPageUrl(cryptobotId, textOf(invoice.bot_invoice_url)) }
  })
}

function describeInvoice(clock: Clock, request: InvoiceRequest): object {
  const { amount } = request
  if (!cryptobotCurrencies.includes(amount.currency)) {
    throw new ProviderRefused(`cryptobot prices in ${cryptobotCurrencies.join(', ')}, not in ${amount.currency}`)
  }
  const secondsLeft = Math.ceil((request.expiresAt.getTime() - clock.now().getTime()) / 1000)
  return {
    currency_type: 'fiat',
    fiat: amount.currency,
    amount: moneyToDecimal(amount),
    description: request.description.slice(0, 1024),
    payload: request.paymentId,
    expires_in: Math.min(Math.max(secondsLeft, 1), maxExpirySeconds),
    allow_comments: false,
    allow_anonymous: true,
    paid_btn_name: 'openBot',
    paid_btn_url: request.returnUrl,
  }
}
