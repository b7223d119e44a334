import { checkSecretKey, type ShopDeps } from '@vpn-kiosk/shop'
import { ConfigError } from './config-error.ts'

/** Throws a ConfigError when the secrets in the database were sealed with another key than ours. */
export async function assertSecretKey(deps: Pick<ShopDeps, 'db' | 'vault' | 'clock'>): Promise<void> {
  const { kind } = await checkSecretKey(deps)
  if (kind !== 'wrong') return
  throw new ConfigError(
    'SECRET_KEY is not the key that this database was sealed with: put the right one back into .env (if it is lost for good: npm run rotate-key -- --lost).',
  )
}
