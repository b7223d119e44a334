import type { ProviderAccount } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { fieldOf, looseField } from '../loose-text.ts'
import type { YookassaClient } from './client.ts'

const accountSchema = z.looseObject({
  account_id: z.string(),
  test: looseField,
  status: looseField,
  fiscalization: looseField,
})

/** `/me`: whether the shop is a test one, is open, and must send receipts (54-FZ), by its own settings. */
export async function readAccount(client: YookassaClient): Promise<ProviderAccount> {
  const { test, status, fiscalization } = await client.get('/me', accountSchema)
  const enabled = fieldOf(fiscalization, 'enabled')
  return {
    isTest: typeof test === 'boolean' ? test : null,
    isEnabled: typeof status === 'string' ? status === 'enabled' : null,
    needsReceipts: typeof enabled === 'boolean' ? enabled : null,
  }
}
