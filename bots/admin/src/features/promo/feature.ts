import { addDays, startOfDay } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { openPromos, stopPromo } from './callbacks.ts'
import { readPromo } from './read-promo.ts'
import { createdView, promosView, wrongView } from './views.ts'

type PromoShop = Pick<Shop, 'createPromo' | 'listPromos' | 'stopPromo' | 'listPlans' | 'policy' | 'recall'>

/** Codes that give days or balance: made in a line, listed, stopped. */
export function promoFeature(shop: PromoShop): Composer<AdminContext> {
  const list = async (ctx: AdminContext, note: string | null = null) =>
    showSeen(ctx, await shop.listPromos(ctx.actor), (lines) => promosView(ctx.t, lines, note))
  const feature = new Composer<AdminContext>()
  feature.command('codes', (ctx) => list(ctx))
  openPromos.handle(feature, (ctx) => list(ctx))
  feature.command('newcode', async (ctx) => {
    if (ctx.match.trim() === '') return showView(ctx, wrongView(ctx.t))
    const [plan] = await shop.listPlans()
    const draft = readPromo(ctx.match, plan?.price.currency ?? 'RUB', (day) => endOfDay(day, shop.policy.timeZone))
    if (!draft) return showView(ctx, wrongView(ctx.t))
    const result = await shop.createPromo(ctx.actor, draft)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    if (result.kind !== 'created') return list(ctx, ctx.t('promo-refused', { kind: result.kind }))
    const username = (await shop.recall<{ readonly username: string }>('bot:client'))?.username ?? null
    await showView(ctx, createdView(ctx.t, result.code, username))
  })
  stopPromo.handle(feature, async (ctx, { code }) => {
    const result = await shop.stopPromo(ctx.actor, code)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await list(ctx, ctx.t('promo-stopped', { kind: result.kind, code }))
  })
  return feature
}

/** The midnight after that day in the shop's time zone; null where the calendar has no such day. */
function endOfDay(day: string, timeZone: string): Date | null {
  const noon = new Date(`${day}T12:00:00Z`)
  if (Number.isNaN(noon.getTime()) || noon.toISOString().slice(0, 10) !== day) return null
  return startOfDay(addDays(noon, 1), timeZone)
}
