import { type CustomerId, randomText } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { type CustomersShop, showCard } from '../customers/feature.ts'
import { askGroup, askGroupDrop, chooseGroup, dropGroup, openGroup, openGroups, putInGroup } from './callbacks.ts'
import { askingGroupView, choosingGroupView, droppingGroupView, groupsView, groupView } from './group-views.ts'
import { readGroup } from './read-group.ts'

type GroupsShop = CustomersShop &
  Pick<Shop, 'getDiscountSettings' | 'changeDiscountSettings' | 'countGroupMembers' | 'putInGroup'>

/** Groups of customers that have something off: made and changed here, and joined from a customer's card. */
export function groupsFeature(shop: GroupsShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  openGroups.handle(feature, (ctx) => showGroups(shop, ctx))
  openGroup.handle(feature, (ctx, { group }) => showGroup(shop, ctx, group))
  askGroup.handle(feature, (ctx, { group }) => {
    ctx.session.dialog = { kind: 'discount_group', id: group }
    return showView(ctx, askingGroupView(ctx.t))
  })
  askGroupDrop.handle(feature, async (ctx, { group: id }) => {
    const settings = await shop.getDiscountSettings(ctx.actor)
    await showSeen(ctx, settings, ({ groups }) => {
      const group = groups.find((one) => one.id === id)
      return group ? droppingGroupView(ctx.t, group) : groupsView(ctx.t, groups, new Map())
    })
  })
  dropGroup.handle(feature, async (ctx, { group: id }) => {
    const result = await shop.changeDiscountSettings(ctx.actor, { kind: 'drop_group', id })
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showGroups(shop, ctx)
  })
  chooseGroup.handle(feature, async (ctx, { customer }) => {
    await showSeen(ctx, await shop.getDiscountSettings(ctx.actor), ({ groups }) =>
      choosingGroupView(ctx.t, customer, groups),
    )
  })
  putInGroup.handle(feature, (ctx, { customer, group }) => put(shop, ctx, customer, group))
  feature
    .on('message:text')
    .filter((ctx) => ctx.session.dialog?.kind === 'discount_group')
    .use((ctx) => save(shop, ctx, ctx.message.text))
  return feature
}

async function showGroups(shop: GroupsShop, ctx: AdminContext): Promise<void> {
  const counts = await shop.countGroupMembers(ctx.actor)
  const members = counts.kind === 'seen' ? counts.value : new Map<string, number>()
  await showSeen(ctx, await shop.getDiscountSettings(ctx.actor), ({ groups }) => groupsView(ctx.t, groups, members))
}

async function showGroup(shop: GroupsShop, ctx: AdminContext, id: string): Promise<void> {
  const counts = await shop.countGroupMembers(ctx.actor)
  const members = counts.kind === 'seen' ? counts.value : new Map<string, number>()
  await showSeen(ctx, await shop.getDiscountSettings(ctx.actor), ({ groups }) => {
    const group = groups.find((one) => one.id === id)
    return group ? groupView(ctx.t, group, members.get(id) ?? 0) : groupsView(ctx.t, groups, members)
  })
}

async function save(shop: GroupsShop, ctx: AdminContext, text: string): Promise<void> {
  const { dialog } = ctx.session
  if (dialog?.kind !== 'discount_group') return
  const read = readGroup(text)
  if (!read) return showView(ctx, askingGroupView(ctx.t, 'invalid_group'))
  const id = dialog.id ?? randomText(6)
  const result = await shop.changeDiscountSettings(ctx.actor, { kind: 'save_group', group: { ...read, id } })
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (result.kind !== 'changed') return showView(ctx, askingGroupView(ctx.t, result.kind))
  ctx.session.dialog = null
  await showGroup(shop, ctx, id)
}

async function put(shop: GroupsShop, ctx: AdminContext, id: CustomerId, group: string | null): Promise<void> {
  const { kind } = await shop.putInGroup(ctx.actor, id, group)
  await showCard(shop, ctx, id, { outcome: kind })
}
