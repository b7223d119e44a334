import type { MethodId } from '@vpn-kiosk/domain'
import type { Shop, StaffPaymentMethod } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext, Dialog } from '../../context.ts'
import { forbiddenView, missingView, showSeen } from '../../show-seen.ts'
import { askMethodField, moveMethod, offerMethod, openMethod, openMethods } from './callbacks.ts'
import { type MethodField, methodFieldsIn, methodFieldView, methodsView, methodView, titleLanguageOf } from './views.ts'

type MethodsShop = Pick<Shop, 'listPaymentMethodsAsStaff' | 'changePaymentMethod' | 'movePaymentMethod'>
type Change = Parameters<Shop['changePaymentMethod']>[2]

export function paymentMethodsFeature(shop: MethodsShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  openMethods.handle(feature, async (ctx) =>
    showSeen(ctx, await shop.listPaymentMethodsAsStaff(ctx.actor), (methods) => methodsView(ctx.t, methods)),
  )
  openMethod.handle(feature, (ctx, { id }) => show(shop, ctx, id))
  moveMethod.handle(feature, async (ctx, { id, place }) => {
    const result = await shop.movePaymentMethod(ctx.actor, id, place)
    await (result.kind === 'forbidden' ? showView(ctx, forbiddenView(ctx.t)) : show(shop, ctx, id))
  })
  offerMethod.handle(feature, (ctx, { id, on }) => change(shop, ctx, { id, values: { isOffered: on } }))
  askMethodField.handle(feature, (ctx, { id, field }) => {
    const known = methodFieldsIn(ctx.t.languages).find((one) => one === field)
    return known ? ask(shop, ctx, { id, field: known }) : show(shop, ctx, id)
  })
  feature.on('message:text', async (ctx, next) => {
    const { dialog } = ctx.session
    return dialog?.kind === 'edit_method' ? read(shop, ctx, dialog, ctx.message.text.trim()) : next()
  })
  return feature
}

/** A dash, or nothing but spaces, goes back to the bot's own words. */
const isNone = (text: string): boolean => /^[-–—−]?$/.test(text)

/** Null when it is no whole number. */
function readPercent(text: string): number | null {
  const [, sign = '', digits] = /^([-−+]?)(\d{1,3})\s*%?$/.exec(text) ?? []
  return digits === undefined ? null : (sign === '' || sign === '+' ? 1 : -1) * Number(digits)
}

async function read(
  shop: MethodsShop,
  ctx: AdminContext,
  { id, field, was }: Dialog & { kind: 'edit_method' },
  text: string,
): Promise<void> {
  const language = titleLanguageOf(field)
  if (language !== null) {
    const title = { ...was.title, [language]: isNone(text) ? '' : text }
    return change(shop, ctx, { id, field, values: { title }, was })
  }
  const percent = readPercent(text)
  if (percent === null) return ask(shop, ctx, { id, field }, ctx.t('method-problem-percent'))
  await change(shop, ctx, { id, field, values: { percent: percent || 0 }, was })
}

async function show(shop: MethodsShop, ctx: AdminContext, id: MethodId, note: string | null = null) {
  const seen = await shop.listPaymentMethodsAsStaff(ctx.actor)
  await showSeen(ctx, seen, (methods) => {
    const method = find(methods, id)
    return method ? methodView(ctx.t, methods, method, note) : missingView(ctx.t)
  })
}

const find = (methods: readonly StaffPaymentMethod[], id: MethodId) => methods.find((method) => method.id === id)

interface Asked {
  readonly id: MethodId
  readonly field: MethodField
}

async function ask(shop: MethodsShop, ctx: AdminContext, { id, field }: Asked, problem: string | null = null) {
  const seen = await shop.listPaymentMethodsAsStaff(ctx.actor)
  const method = seen.kind === 'seen' ? find(seen.value, id) : undefined
  if (method) {
    const was = field === 'percent' ? { percent: method.percent } : { title: method.title }
    ctx.session.dialog = { kind: 'edit_method', id, field, was }
  }
  await showSeen(ctx, seen, () => (method ? methodFieldView(ctx.t, method, field, problem) : missingView(ctx.t)))
}

interface Changing {
  readonly id: MethodId
  readonly values: Change
  readonly field?: MethodField
  readonly was?: Change
}

async function change(shop: MethodsShop, ctx: AdminContext, { id, field, values, was }: Changing): Promise<void> {
  const result = await shop.changePaymentMethod(ctx.actor, id, values, was)
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (field && result.kind === 'invalid_method')
    return ask(shop, ctx, { id, field }, ctx.t(`method-problem-${result.field}`))
  if (field && result.kind === 'changed_meanwhile')
    return ask(shop, ctx, { id, field }, ctx.t('plan-changed-meanwhile'))
  ctx.session.dialog = null
  await show(shop, ctx, id, ctx.t('settings-saved'))
}
