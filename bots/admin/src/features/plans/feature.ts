import type { PlanId } from '@vpn-kiosk/domain'
import type { PlanChange, Seen, Shop, StaffPlan } from '@vpn-kiosk/shop'
import { newRequestId, showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import {
  askPlanField,
  createPlan,
  liftTrafficLimit,
  openPlan,
  openPlans,
  sellUnlimited,
  setPlanFlag,
  startPlan,
  stepBack,
} from './callbacks.ts'
import { fieldsOf, type PlanTextField, readField, shownOf, titleLanguageOf } from './fields.ts'
import { answer, beginPlan, codeOf, currencyOf, draftOf, goBack, type NewPlan, withValues } from './new-plan.ts'
import { confirmPlanView, newPlanView, planFieldView, plansView, planView } from './views.ts'

type PlansShop = Pick<Shop, 'listPlansAsStaff' | 'updatePlan' | 'createPlan'>

export function plansFeature(shop: PlansShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  feature.command('plans', (ctx) => showPlans(shop, ctx))
  openPlans.handle(feature, (ctx) => showPlans(shop, ctx))
  openPlan.handle(feature, (ctx, { plan }) => showPlan(shop, ctx, plan))
  askPlanField.handle(feature, (ctx, { plan, field }) => askIfKnown(shop, ctx, plan, field))
  setPlanFlag.handle(feature, (ctx, { plan, flag, on }) => change(shop, ctx, { plan, values: { [flag]: on } }))
  liftTrafficLimit.handle(feature, (ctx, { plan }) => {
    const { dialog } = ctx.session
    const was = dialog?.kind === 'edit_plan' && dialog.planId === plan ? dialog.was : {}
    return change(shop, ctx, { plan, field: 'traffic', values: { trafficGigabytes: null }, was })
  })
  feature.use(newPlanFeature(shop))
  feature.on('message:text', async (ctx, next) => {
    const { dialog } = ctx.session
    if (dialog?.kind !== 'edit_plan') return next()
    const { planId: plan, field, was } = dialog
    const shown = await findPlan(shop, ctx, plan)
    if (shown.kind === 'forbidden' || !shown.value) return showPlan(shop, ctx, plan)
    const { currency } = shown.value.price
    const { isTrial } = shown.value
    const as = { currency, isTrial, title: was.title ?? shown.value.title }
    const read = readField(field, ctx.message.text.trim(), as)
    if ('problem' in read) return ask(shop, ctx, { plan, field }, ctx.t(`plan-problem-${read.problem}`))
    await change(shop, ctx, { plan, field, values: read.change, was })
  })
  return feature
}

async function showPlans(shop: PlansShop, ctx: AdminContext): Promise<void> {
  await showSeen(ctx, await shop.listPlansAsStaff(ctx.actor), (plans) => plansView(ctx.t, plans))
}

async function findPlan(shop: PlansShop, ctx: AdminContext, id: PlanId): Promise<Seen<StaffPlan | null>> {
  const seen = await shop.listPlansAsStaff(ctx.actor)
  return seen.kind === 'seen' ? { kind: 'seen', value: seen.value.find((plan) => plan.id === id) ?? null } : seen
}

async function showPlan(shop: PlansShop, ctx: AdminContext, id: PlanId, note: string | null = null): Promise<void> {
  await showSeen(ctx, await findPlan(shop, ctx, id), (plan) => planView(ctx.t, plan, note))
}

/** Whoever presses a button of an earlier version sees the plan. */
const askIfKnown = (shop: PlansShop, ctx: AdminContext, plan: PlanId, field: string): Promise<void> => {
  const known = fieldsOf({ isTrial: false }, ctx.t.languages).find((one) => one === field)
  return known ? ask(shop, ctx, { plan, field: known }) : showPlan(shop, ctx, plan)
}

interface Asked {
  readonly plan: PlanId
  readonly field: PlanTextField
}

async function ask(shop: PlansShop, ctx: AdminContext, { plan, field }: Asked, problem: string | null = null) {
  const seen = await findPlan(shop, ctx, plan)
  if (seen.kind === 'seen' && seen.value)
    ctx.session.dialog = { kind: 'edit_plan', planId: plan, field, was: shownOf(seen.value, field) }
  await showSeen(ctx, seen, (found) => planFieldView(ctx.t, found, field, problem))
}

interface Change {
  readonly plan: PlanId
  readonly field?: PlanTextField
  readonly values: PlanChange
  readonly was?: PlanChange
}

async function change(shop: PlansShop, ctx: AdminContext, { plan, field, values, was = {} }: Change): Promise<void> {
  const result = await shop.updatePlan(ctx.actor, plan, values, was)
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (field && result.kind === 'invalid_plan')
    return ask(shop, ctx, { plan, field }, ctx.t(`plan-problem-${titleLanguageOf(field) ? 'title' : field}`))
  if (field && result.kind === 'changed_meanwhile')
    return ask(shop, ctx, { plan, field }, ctx.t('plan-changed-meanwhile'))
  ctx.session.dialog = null
  await showPlan(shop, ctx, plan, ctx.t('plan-result', { kind: result.kind }))
}

function newPlanFeature(shop: PlansShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  startPlan.handle(feature, (ctx) => proceed(shop, ctx, beginPlan(newRequestId(), ctx.t.languages)))
  stepBack.handle(feature, async (ctx) => {
    const plan = newPlanOf(ctx)
    const before = plan && goBack(plan, ctx.t.languages)
    await (before ? proceed(shop, ctx, before) : showPlans(shop, ctx))
  })
  sellUnlimited.handle(feature, async (ctx) => {
    const plan = newPlanOf(ctx)
    await (plan?.step === 'traffic'
      ? proceed(shop, ctx, withValues(plan, { trafficGigabytes: null }, ctx.t.languages))
      : showPlans(shop, ctx))
  })
  createPlan.handle(feature, (ctx, { request }) => make(shop, ctx, request))
  feature.on('message:text', async (ctx, next) => {
    const plan = newPlanOf(ctx)
    if (!plan || plan.step === 'confirm') return next()
    const seen = await shop.listPlansAsStaff(ctx.actor)
    if (seen.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    const read = answer(plan, ctx.message.text.trim(), currencyOf(seen.value))
    if (!read) return next()
    if ('problem' in read) return showView(ctx, newPlanView(ctx.t, plan, ctx.t(`plan-problem-${read.problem}`)))
    await proceed(shop, ctx, withValues(plan, read.change, ctx.t.languages))
  })
  return feature
}

const newPlanOf = (ctx: AdminContext): NewPlan | null =>
  ctx.session.dialog?.kind === 'new_plan' ? ctx.session.dialog : null

/** The next question, or what was answered for the last look. */
async function proceed(shop: PlansShop, ctx: AdminContext, plan: NewPlan): Promise<void> {
  ctx.session.dialog = plan
  const seen = await shop.listPlansAsStaff(ctx.actor)
  await showSeen(ctx, seen, (others) => {
    const draft = plan.step === 'confirm' ? draftOf(plan, others) : null
    return draft ? confirmPlanView(ctx.t, plan.requestId, draft) : newPlanView(ctx.t, plan, null)
  })
}

/** Pressed twice, or in a message whose dialog is over, it shows the plan that the first press made. */
async function make(shop: PlansShop, ctx: AdminContext, requestId: string): Promise<void> {
  const plan = newPlanOf(ctx)
  const seen = await shop.listPlansAsStaff(ctx.actor)
  if (seen.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  const draft = plan?.requestId === requestId ? draftOf(plan, seen.value) : null
  const result = draft ? await shop.createPlan(ctx.actor, draft) : null
  if (result?.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (result?.kind === 'invalid_plan')
    return showView(
      ctx,
      newPlanView(ctx.t, beginPlan(requestId, ctx.t.languages), ctx.t('plan-result', { kind: result.kind })),
    )
  ctx.session.dialog = null
  const after = result?.kind === 'created' ? await shop.listPlansAsStaff(ctx.actor) : seen
  await showSeen(ctx, after, (plans) => {
    const made = plans.find(({ code }) => code === codeOf(requestId))
    return made ? planView(ctx.t, made, ctx.t('plan-created')) : plansView(ctx.t, plans)
  })
}
