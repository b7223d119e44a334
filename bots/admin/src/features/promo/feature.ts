import { addDays, randomText, startOfDay } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { newRequestId, showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import {
  askBatchStop,
  askPromoStop,
  createPromo,
  exportPromoBatch,
  openPromos,
  stopPromo,
  stopPromoBatch,
} from './callbacks.ts'
import type { NewPromo } from './new-promo.ts'
import { type ReadPromo, readPromo } from './read-promo.ts'
import { confirmView, createdView, promoFileView, promosView, stopView, wrongView } from './views.ts'

type PromoShop = Pick<
  Shop,
  | 'createPromo'
  | 'createPromos'
  | 'exportPromoBatch'
  | 'listPromos'
  | 'listPromoBatches'
  | 'stopPromo'
  | 'stopPromoBatch'
  | 'listPlans'
  | 'policy'
  | 'recall'
>

/** Codes that give days, balance or a discount: made in a line, one or many; listed, exported, stopped. */
export function promoFeature(shop: PromoShop): Composer<AdminContext> {
  const list = (ctx: AdminContext, note: string | null = null) => showPromos(shop, ctx, note)
  const feature = new Composer<AdminContext>()
  feature.command('codes', (ctx) => list(ctx))
  openPromos.handle(feature, (ctx) => list(ctx))
  feature.command('newcode', async (ctx) => {
    if (ctx.match.trim() === '') return showView(ctx, wrongView(ctx.t, null))
    const code = randomText(8).toUpperCase()
    const today = new Date(ctx.message!.date * 1000).toISOString().slice(0, 10)
    const line = ctx.match.slice(0, 1000)
    const dialog: NewPromo = { kind: 'new_promo', line, today, code, requestId: newRequestId() }
    const read = await readLine(shop, dialog)
    if (read.kind !== 'draft') return showView(ctx, wrongView(ctx.t, read))
    ctx.session.dialog = dialog
    await showView(ctx, confirmView(ctx.t, read, { plans: await shop.listPlans(), request: dialog.requestId }))
  })
  createPromo.handle(feature, (ctx, { request }) => make(shop, ctx, request))
  askPromoStop.handle(feature, (ctx, { code }) => showView(ctx, stopView(ctx.t, { code })))
  askBatchStop.handle(feature, async (ctx, { batch: id }) => {
    const seen = await shop.listPromoBatches(ctx.actor)
    if (seen.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    const batch = seen.value.find((one) => one.id === id)
    await (batch ? showView(ctx, stopView(ctx.t, batch)) : list(ctx))
  })
  stopPromo.handle(feature, async (ctx, { code }) => {
    const result = await shop.stopPromo(ctx.actor, code)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await list(ctx, ctx.t('promo-stopped', { kind: result.kind, code }))
  })
  stopPromoBatch.handle(feature, async (ctx, { batch }) => {
    const result = await shop.stopPromoBatch(ctx.actor, batch)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await list(ctx, ctx.t('promo-batch-stopped', { kind: result.kind }))
  })
  exportPromoBatch.handle(feature, async (ctx, { batch }) => {
    const seen = await shop.exportPromoBatch(ctx.actor, batch)
    if (seen.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await (seen.value ? showView(ctx, promoFileView(ctx.t, seen.value)) : list(ctx))
  })
  return feature
}

async function showPromos(shop: PromoShop, ctx: AdminContext, note: string | null): Promise<void> {
  const batches = await shop.listPromoBatches(ctx.actor)
  if (batches.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  const plans = await shop.listPlans()
  await showSeen(ctx, await shop.listPromos(ctx.actor), (lines) =>
    promosView(ctx.t, { lines, batches: batches.value, plans, note }),
  )
}

/** What a line means; a code that it does not name is the one of its dialog. */
async function readLine(shop: PromoShop, { line, today, code }: NewPromo): Promise<ReadPromo> {
  const plans = await shop.listPlans()
  const { timeZone } = shop.policy
  const read = readPromo(line, {
    currency: plans[0]?.price.currency ?? 'RUB',
    plans,
    startOf: (day) => midnight(day, 0, timeZone),
    endOf: (day) => midnight(day, 1, timeZone),
    today,
  })
  if (read.kind !== 'draft' || read.draft.code !== null || read.many !== null) return read
  return { ...read, draft: { ...read.draft, code } }
}

/** Pressed twice, or when what was written is forgotten, it shows the codes that there are. */
async function make(shop: PromoShop, ctx: AdminContext, request: string): Promise<void> {
  const { dialog } = ctx.session
  ctx.session.dialog = null
  if (dialog?.kind !== 'new_promo' || dialog.requestId !== request) return showPromos(shop, ctx, null)
  const read = await readLine(shop, dialog)
  if (read.kind !== 'draft') return showView(ctx, wrongView(ctx.t, read))
  const { draft, many } = read
  const result =
    many === null
      ? await shop.createPromo(ctx.actor, draft)
      : await shop.createPromos(ctx.actor, { ...draft, count: many, requestId: request })
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (result.kind !== 'created') return showPromos(shop, ctx, ctx.t('promo-refused', { kind: result.kind }))
  if ('batchId' in result) {
    const seen = await shop.exportPromoBatch(ctx.actor, result.batchId)
    if (seen.kind === 'seen' && seen.value) return showView(ctx, promoFileView(ctx.t, seen.value))
    return showPromos(shop, ctx, null)
  }
  const username = (await shop.recall<{ readonly username: string }>('bot:client'))?.username ?? null
  await showView(ctx, createdView(ctx.t, result.code, username))
}

/** The midnight so many days after that day began in the shop's time zone; null where the calendar has no such day. */
function midnight(day: string, later: number, timeZone: string): Date | null {
  const noon = new Date(`${day}T12:00:00Z`)
  if (Number.isNaN(noon.getTime()) || noon.toISOString().slice(0, 10) !== day) return null
  return startOfDay(addDays(noon, later), timeZone)
}
