import {
  type AccountId,
  type DriverKind,
  type EndpointConfig,
  type EndpointHealth,
  EndpointRefused,
  EndpointUnreachable,
  type VpnDriver,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export interface TestedEndpoint {
  readonly config: EndpointConfig
  readonly health: EndpointHealth
  /** Some of our accounts that are there already: they tell whose panel this is. */
  readonly accounts: readonly AccountId[]
}

/** Enough to recognize a panel by; all of its accounts may be many. */
const mostAccounts = 50

/** Connects as a customer's access will be set up. Throws the driver's two errors; stores and changes nothing. */
export async function testEndpoint(
  { clock }: Pick<ShopDeps, 'clock'>,
  kind: DriverKind,
  draft: EndpointConfig,
): Promise<TestedEndpoint> {
  const config = kind.parse({ settings: draft.settings, secrets: draft.secrets })
  const driver = kind.open(config, { clock })
  try {
    return { config, health: await driver.probe(), accounts: await listSome(driver) }
  } finally {
    await driver.close()
  }
}

/** An endpoint that answers but cannot list its accounts is told by its health: it is no stranger for that. */
async function listSome(driver: VpnDriver): Promise<AccountId[]> {
  const found: AccountId[] = []
  try {
    for await (const { account } of driver.listAccounts()) if (found.push(account) >= mostAccounts) break
  } catch (error) {
    if (!(error instanceof EndpointRefused || error instanceof EndpointUnreachable)) throw error
  }
  return found
}
