import { tidyName } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'

/** Tells the owner that somebody answers tickets without a role; a person is one matter a day, however much they write. */
export async function askForRole(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  person: { readonly telegramId: bigint; readonly name: string },
): Promise<void> {
  const notification = {
    kind: 'agent_wanted',
    telegramId: String(person.telegramId),
    name: tidyName(person.name, 64),
  } as const
  await deps.db.transaction((em) => notifyStaff(deps, em, notification, deps.clock.now()))
}
