import { minuteMs, type PlanId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { choosePlanSwitch, confirmPlanSwitch, openPlanSwitches } from './callbacks.ts'
import { confirmView, planSwitchesView, switchedView } from './views.ts'

type SwitchPlanShop = Pick<Shop, 'listPlanSwitches' | 'switchPlan'>

/** Another plan for the time that is left: the list, what one of them would do, and the switch. */
export function switchPlanFeature(shop: SwitchPlanShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  const showList = async (ctx: ClientContext) =>
    showView(ctx, planSwitchesView(ctx.t, await shop.listPlanSwitches(ctx.customer.id)))
  const showSwitch = async (ctx: ClientContext, plan: PlanId, hasMoved: boolean) => {
    const found = await shop.listPlanSwitches(ctx.customer.id)
    const chosen = found?.switches.find((one) => one.plan.id === plan)
    await showView(
      ctx,
      found && chosen ? confirmView(ctx.t, { ...found, chosen, hasMoved }) : planSwitchesView(ctx.t, found),
    )
  }
  openPlanSwitches.handle(feature, showList)
  choosePlanSwitch.handle(feature, (ctx, { plan }) => showSwitch(ctx, plan, false))
  confirmPlanSwitch.handle(feature, async (ctx, { plan, end }) => {
    const result = await shop.switchPlan({
      customerId: ctx.customer.id,
      planId: plan,
      endsAt: new Date(end * minuteMs),
    })
    if (result.kind === 'differs') return showSwitch(ctx, plan, true)
    if (result.kind === 'not_offered') return showList(ctx)
    await showView(ctx, switchedView(ctx.t, result))
  })
  return feature
}
