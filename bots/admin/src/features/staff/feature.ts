import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { addTyped, askRemoval, askStaff, openStaff, removeStaff } from './callbacks.ts'
import { findTyped } from './find-typed.ts'
import { readPerson } from './read-person.ts'
import { addingView, askingView, removingView, staffView } from './views.ts'

type StaffShop = Pick<Shop, 'listStaff' | 'addStaff' | 'removeStaff' | 'listUnreachableStaff' | 'findCustomers'>

export function staffFeature(shop: StaffShop): Composer<AdminContext> {
  const showList = async (ctx: AdminContext, note: string | null = null) => {
    const [seen, unreachable] = await Promise.all([shop.listStaff(ctx.actor), shop.listUnreachableStaff()])
    await showSeen(ctx, seen, (members) => staffView(ctx.t, members, note, unreachable))
  }
  const feature = new Composer<AdminContext>()
  feature.command('staff', (ctx) => showList(ctx))
  openStaff.handle(feature, (ctx) => showList(ctx))
  askStaff.handle(feature, async (ctx, { role }) => {
    ctx.session.dialog = { kind: 'add_staff', role }
    await showView(ctx, askingView(ctx.t, role))
  })
  askRemoval.handle(feature, async (ctx, { staff }) => {
    const seen = await shop.listStaff(ctx.actor)
    await showSeen(ctx, seen, (members) => removingView(ctx.t, members, staff))
  })
  removeStaff.handle(feature, async (ctx, { staff }) => {
    const result = await shop.removeStaff(ctx.actor, staff)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showList(ctx, ctx.t('staff-result', { kind: result.kind }))
  })
  addTyped.handle(feature, async (ctx, { role, person }) => {
    const found = await findTyped(shop, ctx.actor, String(person))
    const result = await shop.addStaff(ctx.actor, { telegramId: BigInt(person), name: found?.name ?? '', role })
    ctx.session.dialog = null
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showList(ctx, ctx.t('staff-result', { kind: result.kind }))
  })
  feature.on('message', async (ctx, next) => {
    const { dialog } = ctx.session
    if (dialog?.kind !== 'add_staff') return next()
    const person = readPerson(ctx.message)
    if (person.kind === 'typed') {
      const found = await findTyped(shop, ctx.actor, person.text)
      const view = found
        ? addingView(ctx.t, dialog.role, found)
        : askingView(ctx.t, dialog.role, ctx.t('staff-unknown'))
      return showView(ctx, view)
    }
    if (person.kind !== 'person') return showView(ctx, askingView(ctx.t, dialog.role, ctx.t(`staff-${person.kind}`)))
    const result = await shop.addStaff(ctx.actor, { ...person, role: dialog.role })
    ctx.session.dialog = null
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showList(ctx, ctx.t('staff-result', { kind: result.kind }))
  })
  return feature
}
