import { type CustomerId, randomText } from '@vpn-kiosk/domain'
import type { CustomerCursor, CustomerList, Shop } from '@vpn-kiosk/shop'
import { bounded, showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { paymentView } from '../payments/payment-view.ts'
import {
  askBan,
  askCustomer,
  askExtension,
  banCustomer,
  extendCustomer,
  moreFound,
  morePeople,
  openCustomer,
  openPeople,
  resetTrial,
  takeBack,
  unbanCustomer,
  unfreezeCustomer,
} from './callbacks.ts'
import { banningView, cardView, extendedText, extendingView, type Undoable } from './card-views.ts'
import { foundView, peopleView, searchView } from './views.ts'

export type CustomersShop = Pick<
  Shop,
  | 'findCustomers'
  | 'findPaymentAsStaff'
  | 'listCustomers'
  | 'getCustomerCard'
  | 'giveDays'
  | 'takeBackDays'
  | 'banCustomer'
  | 'unbanCustomer'
  | 'unfreezeAsStaff'
  | 'resetTrial'
>

export function customersFeature(shop: CustomersShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  feature.command('find', (ctx) => (ctx.match ? search(shop, ctx, ctx.match) : ask(ctx)))
  askCustomer.handle(feature, ask)
  moreFound.handle(feature, (ctx, { at, customer }) => showMore(shop, ctx, { atMicros: at, id: customer }))
  openPeople.handle(feature, (ctx, { list }) => showPeople(shop, ctx, list, null))
  morePeople.handle(feature, (ctx, { list, at, customer }) =>
    showPeople(shop, ctx, list, { atMicros: at, id: customer }),
  )
  openCustomer.handle(feature, (ctx, { customer }) => showCard(shop, ctx, customer))
  feature.use(changingFeature(shop))
  feature
    .on('message:text')
    .filter((ctx) => ctx.session.dialog?.kind === 'find_customer')
    .use((ctx) => search(shop, ctx, ctx.message.text))
  return feature
}

function changingFeature(shop: CustomersShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  extendCustomer.handle(feature, (ctx, { customer, days, request }) => extend(shop, ctx, customer, days, request))
  takeBack.handle(feature, async (ctx, { customer, request }) =>
    showCard(shop, ctx, customer, { outcome: (await shop.takeBackDays(ctx.actor, customer, request)).kind }),
  )
  askExtension.handle(feature, async (ctx, { customer }) => {
    ctx.session.dialog = { kind: 'extend', customerId: customer, requestId: randomText(8) }
    await showView(ctx, extendingView(ctx.t, customer))
  })
  askBan.handle(feature, async (ctx, { customer }) =>
    showSeen(ctx, await shop.getCustomerCard(ctx.actor, customer), (card) => banningView(ctx.t, card)),
  )
  banCustomer.handle(feature, async (ctx, { customer }) =>
    showCard(shop, ctx, customer, { outcome: (await shop.banCustomer(ctx.actor, customer)).kind }),
  )
  unbanCustomer.handle(feature, async (ctx, { customer }) =>
    showCard(shop, ctx, customer, { outcome: (await shop.unbanCustomer(ctx.actor, customer)).kind }),
  )
  unfreezeCustomer.handle(feature, async (ctx, { customer }) =>
    showCard(shop, ctx, customer, { outcome: (await shop.unfreezeAsStaff(ctx.actor, customer)).kind }),
  )
  resetTrial.handle(feature, async (ctx, { customer }) =>
    showCard(shop, ctx, customer, { outcome: (await shop.resetTrial(ctx.actor, customer)).kind }),
  )
  feature.command('reset_trial', (ctx) =>
    ctx.match ? search(shop, ctx, ctx.match, (id) => shop.resetTrial(ctx.actor, id)) : ask(ctx),
  )
  feature.on('message:text', async (ctx, next) => {
    const { dialog } = ctx.session
    if (dialog?.kind !== 'extend') return next()
    const days = /^\d{1,5}$/.test(ctx.message.text.trim()) ? Number(ctx.message.text.trim()) : Number.NaN
    await extend(shop, ctx, dialog.customerId, days, dialog.requestId)
  })
  return feature
}

async function ask(ctx: AdminContext): Promise<void> {
  ctx.session.dialog = { kind: 'find_customer' }
  await showView(ctx, searchView(ctx.t))
}

/** The question stays open: the next words are the next search. */
async function search(
  shop: CustomersShop,
  ctx: AdminContext,
  query: string,
  act?: (only: CustomerId) => Promise<{ readonly kind: string }>,
): Promise<void> {
  ctx.session.dialog = { kind: 'find_customer', query: bounded(query, 100) }
  const paid = act ? null : await shop.findPaymentAsStaff(ctx.actor, query)
  if (paid?.kind === 'seen' && paid.value) return showView(ctx, paymentView(ctx.t, paid.value, null))
  const seen = await shop.findCustomers(ctx.actor, query)
  const only = seen.kind === 'seen' && seen.value.lines.length === 1 ? seen.value.lines[0] : undefined
  if (only) await showCard(shop, ctx, only.id, { outcome: (await act?.(only.id))?.kind })
  else await showSeen(ctx, seen, (page) => foundView(ctx.t, page, { query, isFirst: true }))
}

/** What was searched for may be forgotten by now: then it is asked for again. */
async function showMore(shop: CustomersShop, ctx: AdminContext, after: CustomerCursor): Promise<void> {
  const { dialog } = ctx.session
  const query = dialog?.kind === 'find_customer' ? dialog.query : undefined
  if (query === undefined) return ask(ctx)
  const seen = await shop.findCustomers(ctx.actor, query, after)
  await showSeen(ctx, seen, (page) => foundView(ctx.t, page, { query, isFirst: false }))
}

async function showPeople(
  shop: CustomersShop,
  ctx: AdminContext,
  list: CustomerList,
  after: CustomerCursor | null,
): Promise<void> {
  const seen = await shop.listCustomers(ctx.actor, list, after)
  await showSeen(ctx, seen, (page) => peopleView(ctx.t, list, page))
}

async function extend(
  shop: CustomersShop,
  ctx: AdminContext,
  id: CustomerId,
  days: number,
  requestId: string,
): Promise<void> {
  const result = await shop.giveDays(ctx.actor, id, { days, requestId })
  if (result.kind === 'invalid_days') return showView(ctx, extendingView(ctx.t, id, 'extend-invalid'))
  ctx.session.dialog = null
  const given = result.kind === 'extended' ? days : result.kind === 'already_done' ? result.days : 0
  const said = result.kind === 'extended' ? extendedText(ctx.t, days, result.trafficBytes) : undefined
  await showCard(shop, ctx, id, { outcome: result.kind, said, undo: given > 0 ? { days: given, requestId } : null })
}

interface Outcome {
  readonly outcome?: string | undefined
  /** What is said of it; left out, the outcome has a sentence of its own. */
  readonly said?: string | undefined
  readonly undo?: Undoable | null
}

/** What a verb answered is said on top of the card; a refusal has a screen of its own. */
export async function showCard(
  shop: CustomersShop,
  ctx: AdminContext,
  id: CustomerId,
  { outcome, said, undo = null }: Outcome = {},
): Promise<void> {
  if (outcome === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  const note = said ?? (outcome === undefined ? null : ctx.t(`customer-${outcome.replaceAll('_', '-')}`))
  const seen = await shop.getCustomerCard(ctx.actor, id)
  const requestId = randomText(8)
  await showSeen(ctx, seen, (card) => cardView(ctx.t, card, { role: ctx.role, requestId, note, undo }))
}
