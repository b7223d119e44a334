import type { Clock, EndpointHealth, VpnDriver } from '@vpn-kiosk/domain'
import { accountCredentials } from './account-credentials.ts'
import type { AccountStore } from './account-store.ts'
import { dropByRestart } from './drop-by-restart.ts'
import type { KeyedLock } from './keyed-lock.ts'
import { createLegacyAccounts } from './legacy-accounts.ts'
import { createModernAccounts } from './modern-accounts.ts'
import { PanelDoorClosed } from './panel-answers.ts'
import { type PanelTraits, readHealth, readPanelFacts, readPanelTraits } from './panel-facts.ts'
import { createPanelSession, type PanelSession } from './panel-session.ts'
import { linksKey } from './served-inbounds.ts'
import type { XuiConfig } from './settings.ts'

interface OpenPanel {
  readonly traits: PanelTraits
  readonly accounts: AccountStore
  /** Otherwise it is asked again by the next call. */
  readonly isSure: boolean
}

/**
 * One 3X-UI panel. Both API generations look the same from here; which one it is, is asked once and asked again after
 * the panel closed a door (it may have been updated in place).
 */
export function openXuiDriver(
  config: XuiConfig,
  context: { readonly clock: Clock; readonly lanes: KeyedLock },
): VpnDriver {
  const session = createPanelSession(config)
  const { settings } = config
  let opened: Promise<OpenPanel> | null = null

  /** A panel that could not be opened, or that closed a door, is opened anew by the next call. */
  const withPanel = async <T>(work: (panel: OpenPanel) => Promise<T>): Promise<T> => {
    opened ??= openPanel(session, config, context.clock)
    const panel = await opened.catch((error: unknown) => {
      opened = null
      throw error
    })
    if (!panel.isSure) opened = null
    return work(panel).catch((error: unknown) => {
      if (error instanceof PanelDoorClosed) opened = null
      throw error
    })
  }
  const inTurn = <T>(work: (panel: OpenPanel) => Promise<T>): Promise<T> =>
    context.lanes.run(settings.url, () => withPanel(work))

  return {
    id: 'xui',
    protocols: ['vless'],
    async ensureAccount(spec) {
      const served = await inTurn(({ accounts }) => accounts.ensure(spec))
      return { ...accountCredentials(spec, served, settings), documentsKey: linksKey(served, settings) }
    },
    removeAccount: (account, secrets) => inTurn(({ accounts }) => accounts.remove(account, secrets)),
    async *listAccounts() {
      yield* await withPanel(async ({ accounts }) => accounts.list())
    },
    async *readUsage() {
      yield* await withPanel(async ({ accounts }) => accounts.usage())
    },
    async probe(): Promise<EndpointHealth> {
      const facts = await readPanelFacts(session, settings)
      const served = await withPanel(({ accounts }) => accounts.look())
      return readHealth(session, facts, served, { documentsKey: linksKey(served, settings), now: context.clock.now() })
    },
    ...(settings.restartsToDrop
      ? {
          dropConnections: (accounts) => withPanel(({ traits }) => dropByRestart(session, traits.generation, accounts)),
        }
      : {}),
    close: async () => session.close(),
  }
}

async function openPanel(session: PanelSession, { settings }: XuiConfig, clock: Clock): Promise<OpenPanel> {
  const { isSure, ...traits } = await readPanelTraits(session, settings)
  const panel = { session, settings, clock }
  const accounts =
    traits.generation === 'modern' ? createModernAccounts({ ...panel, ...traits }) : createLegacyAccounts(panel)
  return { traits, accounts, isSure }
}
