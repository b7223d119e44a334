import { type CustomerNotification, type Money, money, type PlanId } from '@vpn-kiosk/domain'
import type { RenewalState, StarsState, SwitchRenewalOnResult } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { chooseTopUp } from '../balance/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openPlans, renewPlan } from '../purchase/callbacks.ts'
import { titleOf } from '../purchase/views.ts'
import { openSubscription } from '../subscription/callbacks.ts'
import { openRenewal, turnRenewalOff, turnRenewalOn } from './callbacks.ts'

/** `result`: of the press that is answered; what was refused is said first. */
export function renewalView(t: Translator, state: RenewalState | null, result: SwitchRenewalOnResult | null): View {
  const refused = result && result !== 'on' ? [t('renewal-refused', { kind: result })] : []
  if (state?.isOn && state.stars && state.source === 'stars') return starsView(t, refused, state.stars)
  const plan = state?.plan
  if (!state || !plan) return { text: [...refused, t('renewal-no-plan')].join('\n\n'), keyboard: withPlans(t) }
  const price = t.money(plan.price)
  const { stars } = state
  const what = t('renewal-what', { title: titleOf(t, plan.title), price, days: plan.days })
  const lines = state.isOn ? linesOfOn(t, state) : linesOfOff(t, state)
  return {
    text: [
      ...refused,
      t('renewal-title', { state: state.isOn ? 'on' : 'off' }),
      ...starsOverLines(t, stars),
      what,
      ...lines,
    ].join('\n\n'),
    keyboard: [
      ...(state.isOn ? topUpRow(t, state.missing) : []),
      [
        state.isOn
          ? turnRenewalOff.button(t.plain('renewal-turn-off'), {})
          : turnRenewalOn.button(
              t.plain('renewal-turn-on', { price }),
              { source: 'balance', minor: plan.price.minor.toString() },
              'primary',
            ),
      ],
      ...(stars?.isCanceled && !state.isOn ? allowStarsRow(t, stars) : []),
      [openSubscription.button(t.plain('back'), {})],
      [menuButton(t)],
    ],
  }
}

/** Telegram charges: nothing depends on the balance, nor on what the plan costs by now. */
const starsView = (t: Translator, refused: readonly string[], stars: StarsState): View => ({
  text: [
    ...refused,
    t('renewal-title', { state: 'on' }),
    t('renewal-stars', { amount: t.money(stars.amount), days: stars.everyDays, at: t.dateTime(stars.paidUntil) }),
  ].join('\n\n'),
  keyboard: [
    [turnRenewalOff.button(t.plain('renewal-turn-off'), {})],
    [openSubscription.button(t.plain('back'), {})],
    [menuButton(t)],
  ],
})

/** Canceled here, or allowed again and not taken up in Telegram yet. */
const starsOverLines = (t: Translator, stars: StarsState | null): string[] =>
  stars
    ? [t(stars.isCanceled ? 'renewal-stars-canceled' : 'renewal-stars-allowed', { at: t.dateTime(stars.paidUntil) })]
    : []

const allowStarsRow = (t: Translator, { amount }: StarsState): Keyboard => [
  [
    turnRenewalOn.button(t.plain('renewal-stars-allow', { amount: t.money(amount) }), {
      source: 'stars',
      minor: amount.minor.toString(),
    }),
  ],
]

function linesOfOn(t: Translator, { chargeAt, missing, source }: RenewalState): string[] {
  return [
    ...(chargeAt ? [t('renewal-next', { at: t.dateTime(chargeAt), source })] : []),
    ...(missing ? [t('renewal-missing', { missing: t.money(missing) })] : []),
  ]
}

function linesOfOff(t: Translator, { chargeAt, offReason }: RenewalState): string[] {
  return [
    ...(offReason && offReason !== 'customer' ? [t('renewal-off-because', { reason: offReason })] : []),
    t('renewal-consent', { at: chargeAt ? t.dateTime(chargeAt) : '', when: chargeAt ? 'known' : 'unknown' }),
  ]
}

/** The money waits on the balance, and is taken from there. */
const topUpRow = (t: Translator, missing: Money | null): Keyboard =>
  missing
    ? [
        [
          chooseTopUp.button(
            t.plain('renewal-top-up', { missing: t.money(missing) }),
            { minor: missing.minor.toString(), plan: null },
            'primary',
          ),
        ],
      ]
    : []

const withPlans = (t: Translator): Keyboard => [
  [openPlans.button(t.plain('menu-buy'), {}, 'primary')],
  [openSubscription.button(t.plain('back'), {})],
  [menuButton(t)],
]

type Told<Kind extends CustomerNotification['kind']> = CustomerNotification & { readonly kind: Kind }

const read = ({ minor, currency }: { readonly minor: string; readonly currency: Money['currency'] }): Money =>
  money(BigInt(minor), currency)

export function announcedView(t: Translator, told: Told<'renewal_announced'>): View {
  const { amount, was, source, missing, chargeAt } = told
  const lines = [
    t('notification-renewal-announced', { amount: t.money(read(amount)), at: t.dateTime(new Date(chargeAt)), source }),
    ...(was ? [t('notification-renewal-dearer', { was: t.money(read(was)), now: t.money(read(amount)) })] : []),
    ...(missing ? [t('renewal-missing', { missing: t.money(read(missing)) })] : []),
  ]
  return { text: lines.join('\n\n'), keyboard: [...topUpRow(t, missing && read(missing)), ...manageRows(t)] }
}

export function failedView(t: Translator, { amount, missing, nextAt, planId }: Told<'renewal_failed'>): View {
  const next = t.dateTime(new Date(nextAt))
  return {
    text: t('notification-renewal-failed', { amount: t.money(read(amount)), missing: t.money(read(missing)), next }),
    keyboard: [
      ...topUpRow(t, read(missing)),
      [renewPlan.button(t.plain('renewal-pay-now'), { plan: planId })],
      ...manageRows(t),
    ],
  }
}

export const stoppedView = (t: Translator, { reason, planId }: Told<'renewal_stopped'>): View => ({
  text: `${t('notification-renewal-stopped')}\n\n${t('renewal-off-because', { reason })}`,
  keyboard: [payRow(t, planId), [openRenewal.button(t.plain('renewal-open'), {})], [menuButton(t)]],
})

const payRow = (t: Translator, plan: PlanId | null): Keyboard[number] =>
  plan
    ? [renewPlan.button(t.plain('renewal-pay-now'), { plan }, 'primary')]
    : [openPlans.button(t.plain('menu-buy'), {}, 'primary')]

const manageRows = (t: Translator): Keyboard => [
  [turnRenewalOff.button(t.plain('renewal-turn-off'), {}), openRenewal.button(t.plain('renewal-open'), {})],
  [menuButton(t)],
]

export const renewedText = (t: Translator, { charged, source = 'balance' }: Told<'renewed'>): string =>
  charged ? `\n\n${t('notification-renewed-charged', { amount: t.money(read(charged)), source })}` : ''
