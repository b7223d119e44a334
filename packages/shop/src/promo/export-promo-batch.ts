import { PromoBatchEntity, PromoCodeEntity } from '@vpn-kiosk/db'
import type { Id } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { recall } from '../setting/remember.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { mostPromosAtOnce } from './create-promos.ts'

export interface PromoFile {
  readonly name: string
  readonly body: Uint8Array
}

/**
 * The codes that were made together, with their links and uses: UTF-8 with a byte order mark, semicolons, as
 * spreadsheets open it. Null when there is no such batch.
 */
export const exportPromoBatch = (
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  actor: Actor,
  id: Id<'batch'>,
): Promise<Seen<PromoFile | null>> =>
  readIfPermitted(deps, actor, 'change_plans', async () => {
    const em = deps.db.em()
    const batch = await em.findOne(PromoBatchEntity, { id })
    if (!batch) return null
    const rows = await em.find(
      PromoCodeEntity,
      { batchId: id },
      { fields: ['code', 'uses', 'mostUses'], orderBy: { code: 'asc' }, limit: mostPromosAtOnce },
    )
    const username = (await recall<{ readonly username: string }>(deps, 'bot:client'))?.username
    const link = (code: string) => (username ? `https://t.me/${username}?start=promo_${code}` : '')
    const lines = rows.map(({ code, uses, mostUses }) => [code, link(code), uses, mostUses ?? ''].join(';'))
    const text = ['\uFEFFcode;link;uses;most_uses', ...lines].map((line) => `${line}\r\n`).join('')
    return { name: `codes-${batch.prefix.toLowerCase()}${rows.length}.csv`, body: Buffer.from(text) }
  })
