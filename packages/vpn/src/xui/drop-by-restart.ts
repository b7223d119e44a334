import type { AccountId, DropResult } from '@vpn-kiosk/domain'
import { readAccount } from './account-store.ts'
import { PanelDoorClosed } from './panel-answers.ts'
import { readOnline } from './panel-facts.ts'
import type { PanelSession } from './panel-session.ts'
import type { Generation } from './settings.ts'

/**
 * The core keeps the open connections of a client that was switched off or deleted, and no version of the panel can end
 * those of a single one. The panel goes on counting their traffic, so that such a client still shows among those who
 * are online: only then the core is restarted.
 */
export async function dropByRestart(
  session: PanelSession,
  generation: Generation,
  accounts: readonly AccountId[],
): Promise<DropResult> {
  const online = await readOnline(session, generation)
  const cut = new Set<AccountId | null>(accounts)
  if (!online?.some((email) => cut.has(readAccount(email)))) return { kind: 'nobody_online' }
  await restartCore(session)
  return { kind: 'restarted' }
}

/** Up to 2.6 the call was under another address. */
async function restartCore(session: PanelSession): Promise<void> {
  try {
    await session.call({ method: 'POST', path: 'panel/api/server/restartXrayService', json: {} })
  } catch (error) {
    if (!(error instanceof PanelDoorClosed) || error.status === 403) throw error
    await session.call({ method: 'POST', path: 'server/restartXrayService', json: {} })
  }
}
