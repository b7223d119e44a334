import type { ChannelRules } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { readChannels } from './read-channels.ts'

/** What staff see of the required channels. */
export const getChannelRules = (deps: Pick<ShopDeps, 'db' | 'policy'>, actor: Actor): Promise<Seen<ChannelRules>> =>
  readIfPermitted(deps, actor, 'change_shop', () => readChannels(deps))
