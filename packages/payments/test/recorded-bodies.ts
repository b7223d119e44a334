import { readFileSync } from 'node:fs'

type RecordedName =
  | 'yookassa-payment-succeeded'
  | 'yookassa-payment-pending'
  | 'yookassa-refund-succeeded'
  | 'yookassa-error'
  | 'cryptobot-invoice-paid'
  | 'coingate-order-paid'
  | 'wata-webhook-paid'
  | 'wata-transactions'
  | 'wata-link'
  | 'wata-error'

/** The bytes of a body as the provider sends it. */
export const readRecorded = (name: RecordedName): Buffer =>
  readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url))

/** A recorded webhook's payment with some fields replaced, as the provider's own record would be answered. */
export function describeRecordedPayment(changes: object): string {
  const { object } = JSON.parse(readRecorded('yookassa-payment-succeeded').toString('utf8')) as { object: object }
  return JSON.stringify({ ...object, ...changes })
}
