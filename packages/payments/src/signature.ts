import { createHmac, timingSafeEqual } from 'node:crypto'
import { WebhookRejected } from '@vpn-kiosk/domain'

/** Compares, in constant time, a lower-case hex HMAC-SHA256 of the untouched body with the one that came along. */
export function assertSignature(body: Uint8Array, key: string | Uint8Array, signature: string | undefined): void {
  if (signature === undefined) throw new WebhookRejected('the webhook carries no signature')
  const expected = createHmac('sha256', key).update(body).digest()
  const given = Buffer.from(/^[0-9a-f]{64}$/.test(signature) ? signature : '', 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new WebhookRejected('the signature does not fit the webhook')
  }
}
