import { type EntityManager, SettingEntity } from '@vpn-kiosk/db'
import { type ChannelRules, noChannels } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export const channelsKey = 'channels'

/** The channels that the shop requires, and for what. */
export async function readChannels({ db }: Pick<ShopDeps, 'db'>, em: EntityManager = db.em()): Promise<ChannelRules> {
  const row = await em.findOne(SettingEntity, { key: channelsKey })
  return { ...noChannels, ...(row?.value as Partial<ChannelRules> | undefined) }
}
