import type { Money } from '@vpn-kiosk/domain'
import { toYookassaAmount } from './invoice-object.ts'

/** What the shop's accountant decides about receipts (54-FZ), by the API's own words. */
export interface ReceiptSettings {
  /** 1 = without VAT. */
  readonly vatCode: number
  /** 1 to 6; null where the account knows its own. */
  readonly taxSystem: number | null
  readonly paymentSubject: string
  readonly paymentMode: string
}

interface Receipted {
  readonly amount: Money
  readonly description: string
  readonly receiptEmail?: string | undefined
}

/** One line for the whole amount, so that the sum of the receipt is the sum of the payment. Nothing where nobody asked for one. */
export function describeReceipt(settings: ReceiptSettings, { amount, description, receiptEmail }: Receipted) {
  if (receiptEmail === undefined) return {}
  return {
    receipt: {
      customer: { email: receiptEmail },
      items: [
        {
          description: description.slice(0, 128),
          quantity: '1.00',
          amount: toYookassaAmount(amount),
          vat_code: settings.vatCode,
          payment_subject: settings.paymentSubject,
          payment_mode: settings.paymentMode,
        },
      ],
      ...(settings.taxSystem !== null && { tax_system_code: settings.taxSystem }),
    },
  }
}
