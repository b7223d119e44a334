import { type CustomerNotification, type Money, money, type PlanId } from '@vpn-kiosk/domain'
import type { RenewalState, StarsState, SwitchRenewalOnResult } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { chooseTopUp } from '../balance/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openPlans, renewPlan } from '../purchase/callbacks.ts'
import { titleOf } from '../purchase/views.ts'
import { openSubscription } from '../subscription/callbacks.ts'
import { openRenewal, removeCard, turnRenewalOff, turnRenewalOn } from './callbacks.ts'

/** What a press did, or why it did nothing. */
export type RenewalAnswer = SwitchRenewalOnResult | 'card_removed'

/** `result`: of the press that is answered; what was refused is said first. */
export function renewalView(t: Translator, state: RenewalState | null, result: RenewalAnswer | null): View {
  const said = result && result !== 'on' ? [t('renewal-answer', { kind: result })] : []
  if (state?.isOn && state.stars && state.source === 'stars') return starsView(t, said, state, state.stars)
  const plan = state?.plan
  if (!state || !plan)
    return {
      text: [...said, t('renewal-no-plan')].join('\n\n'),
      keyboard: [...removeRow(t, state?.card), ...withPlans(t)],
    }
  const price = t.money(plan.price)
  const { stars } = state
  const what = t('renewal-what', { title: titleOf(t, plan.title), price, days: plan.days })
  const lines = state.isOn ? linesOfOn(t, state) : linesOfOff(t, state)
  const hasTopUp = state.isOn && state.source === 'balance'
  return {
    text: [
      ...said,
      t('renewal-title', { state: state.isOn ? 'on' : 'off' }),
      ...starsOverLines(t, stars),
      what,
      ...lines,
    ].join('\n\n'),
    keyboard: [
      ...(hasTopUp ? topUpRow(t, state.missing) : []),
      ...sourceRows(t, state, plan.price),
      ...(stars?.isCanceled && !state.isOn ? allowStarsRow(t, stars) : []),
      ...removeRow(t, state.card),
      [openSubscription.button(t.plain('back'), {})],
      [menuButton(t)],
    ],
  }
}

/** Where the money is taken from, or from where instead; and off in one tap. */
function sourceRows(t: Translator, { isOn, source, card }: RenewalState, price: Money): Keyboard {
  const minor = price.minor.toString()
  const title = card ? cardTitle(t, card.title) : ''
  const verb = isOn ? 'change' : 'on'
  const style = isOn ? undefined : 'primary'
  const words = { price: t.money(price), card: title }
  const fromCard = turnRenewalOn.button(t.plain(`renewal-${verb}-card`, words), { source: 'card', minor }, style)
  const fromBalance = turnRenewalOn.button(
    t.plain(`renewal-${verb}-balance`, words),
    { source: 'balance', minor },
    card?.isChargeable ? undefined : style,
  )
  return [
    ...(isOn ? [[turnRenewalOff.button(t.plain('renewal-turn-off'), {})]] : []),
    ...(card?.isChargeable && !(isOn && source === 'card') ? [[fromCard]] : []),
    ...(isOn && source === 'balance' ? [] : [[fromBalance]]),
  ]
}

const removeRow = (t: Translator, card: RenewalState['card'] | undefined): Keyboard =>
  card
    ? [[removeCard.button(t.plain('renewal-remove-card', { card: cardTitle(t, card.title) }), { card: card.id })]]
    : []

/** As the provider calls it, but for what has a name of its own in each language. */
const cardTitle = (t: Translator, title: string): string => t.plain('card-title', { title })

/** Telegram charges: nothing depends on the balance, nor on what the plan costs by now. */
const starsView = (t: Translator, said: readonly string[], { card }: RenewalState, stars: StarsState): View => ({
  text: [
    ...said,
    t('renewal-title', { state: 'on' }),
    t('renewal-stars', { amount: t.money(stars.amount), days: stars.everyDays, at: t.dateTime(stars.paidUntil) }),
  ].join('\n\n'),
  keyboard: [
    [turnRenewalOff.button(t.plain('renewal-turn-off'), {})],
    ...removeRow(t, card),
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

function linesOfOn(t: Translator, { chargeAt, missing, source, card }: RenewalState): string[] {
  const from = card ? cardTitle(t, card.title) : ''
  return [
    ...(chargeAt ? [t('renewal-next', { at: t.dateTime(chargeAt), source, card: from })] : []),
    ...(missing && source === 'balance' ? [t('renewal-missing', { missing: t.money(missing) })] : []),
  ]
}

function linesOfOff(t: Translator, { chargeAt, offReason, card, maySaveCard }: RenewalState): string[] {
  const from = card?.isChargeable ? 'either' : 'balance'
  return [
    ...(offReason && offReason !== 'customer' ? [t('renewal-off-because', { reason: offReason })] : []),
    t('renewal-consent', { at: chargeAt ? t.dateTime(chargeAt) : '', when: chargeAt ? 'known' : 'unknown', from }),
    ...(maySaveCard && !card ? [t('renewal-save-card')] : []),
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
  const { amount, was, source, missing, chargeAt, cardTitle: title = '' } = told
  const charge = { amount: t.money(read(amount)), at: t.dateTime(new Date(chargeAt)) }
  const lines = [
    t('notification-renewal-announced', { ...charge, source, card: cardTitle(t, title) }),
    ...(was ? [t('notification-renewal-dearer', { was: t.money(read(was)), now: t.money(read(amount)) })] : []),
    ...(missing ? [t('renewal-missing', { missing: t.money(read(missing)) })] : []),
  ]
  return { text: lines.join('\n\n'), keyboard: [...topUpRow(t, missing && read(missing)), ...manageRows(t)] }
}

export function failedView(t: Translator, { amount, missing, nextAt, planId, card }: Told<'renewal_failed'>): View {
  const words = { amount: t.money(read(amount)), next: t.dateTime(new Date(nextAt)) }
  const lacks = missing && read(missing)
  return {
    text: card
      ? t('notification-renewal-declined', { ...words, card: cardTitle(t, card.title), reason: card.reason })
      : t('notification-renewal-failed', { ...words, missing: lacks ? t.money(lacks) : '' }),
    keyboard: [
      ...topUpRow(t, lacks),
      [renewPlan.button(t.plain('renewal-pay-now'), { plan: planId })],
      ...manageRows(t),
    ],
  }
}

export const cardSavedView = (t: Translator, { title, isOn }: Told<'card_saved'>): View => ({
  text: t('notification-card-saved', { card: cardTitle(t, title), renewal: isOn ? 'on' : 'off' }),
  keyboard: isOn ? manageRows(t) : [[openRenewal.button(t.plain('renewal-open'), {})], [menuButton(t)]],
})

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

export function renewedText(
  t: Translator,
  { charged, source = 'balance', cardTitle: title = '' }: Told<'renewed'>,
): string {
  if (!charged) return ''
  const card = cardTitle(t, title)
  return `\n\n${t('notification-renewed-charged', { amount: t.money(read(charged)), source, card })}`
}
