import { type ProviderReference, ProviderRefused } from '@vpn-kiosk/domain'
import { z } from 'zod'
import type { CallCryptobot } from './client.ts'
import { fetchStatus } from './fetch-status.ts'

/** Deletes the invoice. The API refuses when there is nothing open to delete; then the invoice itself says why. */
export async function cancelInvoice(
  call: CallCryptobot,
  reference: ProviderReference,
): Promise<'canceled' | 'too_late'> {
  if (!/^\d{1,15}$/.test(reference)) return 'canceled'
  try {
    await call('deleteInvoice', { invoice_id: Number(reference) }, z.unknown())
    return 'canceled'
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error
    const { kind } = await fetchStatus(call, reference)
    if (kind === 'unknown_invoice' || kind === 'canceled') return 'canceled'
    if (kind === 'paid') return 'too_late'
    throw error
  }
}
