import type { Offer, Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext, Dialog } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { askInvitation, type InvitationField, openInvitations, rewardEach } from './callbacks.ts'
import { askingView, invitationsView } from './views.ts'

type InvitationShop = Pick<Shop, 'getSettings' | 'changeOffer' | 'listTopInviters'>

/** What the shop gives for a friend, and to whom it gave most. */
export function invitationsFeature(shop: InvitationShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  openInvitations.handle(feature, (ctx) => show(shop, ctx))
  askInvitation.handle(feature, (ctx, { field }) => ask(shop, ctx, field))
  rewardEach.handle(feature, (ctx, { on }) => change(shop, ctx, { isReferralOfEach: on }))
  feature.on('message:text', (ctx, next) => {
    const { dialog } = ctx.session
    return dialog?.kind === 'edit_invitation' ? read(shop, ctx, dialog, ctx.message.text.trim()) : next()
  })
  return feature
}

async function show(shop: InvitationShop, ctx: AdminContext, note: string | null = null): Promise<void> {
  const top = await shop.listTopInviters(ctx.actor)
  const seen = await shop.getSettings(ctx.actor)
  const inviters = top.kind === 'seen' ? top.value : []
  await showSeen(ctx, seen, ({ offer }) => invitationsView(ctx.t, { offer, top: inviters, note }))
}

async function ask(
  shop: InvitationShop,
  ctx: AdminContext,
  field: InvitationField,
  problem: string | null = null,
): Promise<void> {
  const seen = await shop.getSettings(ctx.actor)
  if (seen.kind === 'seen')
    ctx.session.dialog = { kind: 'edit_invitation', field, was: { [field]: seen.value.offer[field] } }
  await showSeen(ctx, seen, ({ offer }) => askingView(ctx.t, field, offer[field], problem))
}

async function read(
  shop: InvitationShop,
  ctx: AdminContext,
  { field, was }: Dialog & { kind: 'edit_invitation' },
  text: string,
): Promise<void> {
  const typed = /^(\d{1,4})\s*%?$/.exec(text)?.[1]
  if (typed === undefined) return ask(shop, ctx, field, ctx.t('invitations-invalid', { field }))
  await change(shop, ctx, { [field]: Number(typed) }, { field, was })
}

interface Asked {
  readonly field: InvitationField
  readonly was: Partial<Offer>
}

async function change(shop: InvitationShop, ctx: AdminContext, offer: Partial<Offer>, asked?: Asked): Promise<void> {
  const result = await shop.changeOffer(ctx.actor, offer, asked?.was)
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (asked && result.kind === 'invalid_offer')
    return ask(shop, ctx, asked.field, ctx.t('invitations-invalid', { field: asked.field }))
  if (asked && result.kind === 'changed_meanwhile') return ask(shop, ctx, asked.field, ctx.t('plan-changed-meanwhile'))
  ctx.session.dialog = null
  await show(shop, ctx, ctx.t('settings-saved'))
}
