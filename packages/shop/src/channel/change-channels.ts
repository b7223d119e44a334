import { sql } from '@vpn-kiosk/db'
import type { ChannelRules } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { remember } from '../setting/remember.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { channelsKey, readChannels } from './read-channels.ts'

export type ChangeChannelsDeps = Pick<ShopDeps, 'db' | 'clock' | 'policy'>

interface Changed {
  readonly kind: 'changed'
  readonly rules: ChannelRules
}

/** The permission, the change and its audit row in one transaction; of two changes at once neither is lost. */
export async function changeChannels<R extends { readonly kind: string }>(
  deps: ChangeChannelsDeps,
  actor: Actor,
  change: (rules: ChannelRules) => Changed | R,
): Promise<Changed | R | Forbidden> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_shop', em))) return { kind: 'forbidden' }
    await sql`select pg_advisory_xact_lock(hashtext(${channelsKey}))`.execute(em.getKysely())
    const before = await readChannels(deps, em)
    const result = change(before)
    if (!isChange(result)) return result
    const { rules } = result
    await remember(deps, channelsKey, rules, em)
    const note = { actor: auditedActor(actor), action: 'change_channels', subject: channelsKey }
    await recordAudit(em, { ...note, before: { ...before }, after: { ...rules } }, deps.clock.now())
    return result
  })
}

const isChange = (result: Changed | { readonly kind: string }): result is Changed => result.kind === 'changed'
