import type { Clock, VpnDriver } from '@vpn-kiosk/domain'
import { accountCredentials } from './account-links.ts'
import type { AccountStore } from './account-store.ts'
import type { XuiConfig } from './config.ts'
import type { Lanes } from './lanes.ts'
import { createLegacyAccounts } from './legacy-accounts.ts'
import { createModernAccounts } from './modern-accounts.ts'
import { PanelDoorClosed } from './panel-error.ts'
import { type PanelFacts, readHealth, readPanelFacts } from './panel-facts.ts'
import { createPanelSession } from './panel-session.ts'

/**
 * One 3X-UI panel. Both API generations look the same from here; which one it is, is asked once and asked again after
 * the panel closed a door (it may have been updated in place).
 */
export function openXuiDriver(config: XuiConfig, context: { readonly clock: Clock; readonly lanes: Lanes }): VpnDriver {
  const session = createPanelSession(config)
  const { settings } = config
  let store: Promise<AccountStore> | null = null

  const createStore = ({ generation }: PanelFacts): AccountStore =>
    generation === 'modern'
      ? createModernAccounts(session, settings.inboundIds, context.clock)
      : createLegacyAccounts(session, settings.inboundIds, context.clock)

  const withStore = async <T>(work: (store: AccountStore) => Promise<T>): Promise<T> => {
    try {
      store ??= readPanelFacts(session, settings).then(createStore)
      return await work(await store)
    } catch (error) {
      if (store !== null && (error instanceof PanelDoorClosed || (await isRejected(store)))) store = null
      throw error
    }
  }
  const inTurn = <T>(work: (store: AccountStore) => Promise<T>): Promise<T> =>
    context.lanes.run(settings.url, () => withStore(work))

  return {
    id: 'xui',
    protocols: ['vless'],
    async ensureAccount(spec) {
      const inbounds = await inTurn((accounts) => accounts.ensure(spec))
      return accountCredentials(spec, inbounds, settings)
    },
    removeAccount: (account) => inTurn((accounts) => accounts.remove(account)),
    async *listAccounts() {
      yield* await withStore((accounts) => accounts.list())
    },
    async *readUsage() {
      yield* await withStore((accounts) => accounts.usage())
    },
    probe: async () => readHealth(session, await readPanelFacts(session, settings)),
    close: () => Promise.resolve(),
  }
}

const isRejected = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => false,
    () => true,
  )
