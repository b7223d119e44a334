import { type Limits, minuteMs } from '@vpn-kiosk/domain'
import type { PlanSwitch, PlanSwitchList, SwitchPlanResult } from '@vpn-kiosk/shop'
import { rawHtml, type Translator, type View } from '@vpn-kiosk/telegram'
import { openDevices } from '../devices/callbacks.ts'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { limitsOf, titleOf } from '../purchase/views.ts'
import { openSubscription } from '../subscription/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { choosePlanSwitch, confirmPlanSwitch, openPlanSwitches } from './callbacks.ts'

const backToSubscription = (t: Translator) => [openSubscription.button(t.plain('back'), {})]

/** What the time that is left could become. */
export function planSwitchesView(t: Translator, found: PlanSwitchList | null): View {
  if (!found || found.switches.length === 0)
    return { text: t('switch-none'), keyboard: [backToSubscription(t), [menuButton(t)]] }
  const { current, endsAt, limits, switches } = found
  const line = (title: string, until: Date, has: Limits) =>
    t('switch-line', { title, until: t.date(until), limits: limitsOf(t, has) })
  return {
    text: [
      t('switch-title'),
      t('switch-now', { plan: rawHtml(line(titleOf(t, current.title), endsAt, limits)) }),
      t('switch-about'),
      ...switches.map(({ plan, endsAt: until }) => line(titleOf(t, plan.title), until, plan)),
    ].join('\n\n'),
    keyboard: [
      ...switches.map(({ plan, endsAt: until }) => [
        choosePlanSwitch.button(t.plain('switch-choose', { title: titleOf(t, plan.title), until: t.date(until) }), {
          plan: plan.id,
        }),
      ]),
      backToSubscription(t),
      [menuButton(t)],
    ],
  }
}

interface Confirmation extends Omit<PlanSwitchList, 'switches'> {
  readonly chosen: PlanSwitch
  /** Another end was shown before. */
  readonly hasMoved: boolean
}

export function confirmView(
  t: Translator,
  { current, endsAt, limits, hasAddons, chosen, hasMoved }: Confirmation,
): View {
  const { plan } = chosen
  return {
    text: [
      ...(hasMoved ? [t('switch-moved')] : []),
      t('switch-confirm', {
        from: titleOf(t, current.title),
        to: titleOf(t, plan.title),
        before: t.date(endsAt),
        after: t.date(chosen.endsAt),
        limits: limitsOf(t, plan),
      }),
      ...(hasAddons ? [t('switch-addons')] : []),
      ...(plan.deviceLimit < limits.deviceLimit ? [t('switch-fewer', { devices: plan.deviceLimit })] : []),
    ].join('\n\n'),
    keyboard: [
      [
        confirmPlanSwitch.button(
          t.plain('switch-yes'),
          { plan: plan.id, end: Math.round(chosen.endsAt.getTime() / minuteMs) },
          'primary',
        ),
      ],
      [openPlanSwitches.button(t.plain('back'), {})],
    ],
  }
}

export function switchedView(
  t: Translator,
  result: Exclude<SwitchPlanResult, { readonly kind: 'differs' | 'not_offered' }>,
): View {
  switch (result.kind) {
    case 'banned':
      return { text: t('banned'), keyboard: [[openSupport.button(t.plain('menu-support'), {})]] }
    case 'unchanged':
      return { text: t('switch-unchanged'), keyboard: [backToSubscription(t), [menuButton(t)]] }
    case 'switched': {
      const { plan, endsAt } = result
      const said = { title: titleOf(t, plan.title), until: t.date(endsAt), limits: limitsOf(t, plan) }
      return {
        text: t('switch-done', said),
        keyboard: [
          [openKey.button(t.plain('menu-key'), {}), openDevices.button(t.plain('menu-devices'), {})],
          [menuButton(t)],
        ],
      }
    }
  }
}
