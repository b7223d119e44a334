import type { AddonKind, Plan } from '@vpn-kiosk/domain'
import type { SubscriptionSummary } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { addonName } from '../addons/addon-name.ts'
import { openAddons } from '../addons/callbacks.ts'
import { openBalance } from '../balance/callbacks.ts'
import { openDevices } from '../devices/callbacks.ts'
import { freezeRow } from '../freeze/views.ts'
import { openPayments } from '../history/callbacks.ts'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openPlans } from '../purchase/callbacks.ts'
import { renewalRows, titleOf } from '../purchase/views.ts'
import { openRenewal } from '../renewal/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { openPlanSwitches } from '../switch-plan/callbacks.ts'

/** Whoever had only a trial buys; everyone else renews. */
export const buyKey = (has: { readonly isTrial: boolean } | null): 'menu-buy' | 'menu-renew' =>
  has && !has.isTrial ? 'menu-renew' : 'menu-buy'

/** Until when: the day, or on the last day the minute. */
export const untilOf = (t: Translator, { endsAt, daysLeft }: Pick<SubscriptionSummary, 'endsAt' | 'daysLeft'>) =>
  endsAt ? (daysLeft <= 1 ? t.dateTime(endsAt) : t.date(endsAt)) : ''

/** How things stand, in one line. */
export function statusLine(t: Translator, summary: SubscriptionSummary | null): string {
  if (!summary) return t('status-none')
  const time = { until: untilOf(t, summary), days: summary.daysLeft }
  switch (summary.standing) {
    case 'none':
      return t('status-none')
    case 'active':
      if (summary.isPreparing) return t('status-preparing')
      if (summary.paidUntil) return t('status-grace', { until: summary.endsAt ? t.dateTime(summary.endsAt) : '' })
      return t(summary.isTrial ? 'status-trial' : 'status-active', time)
    case 'expired':
      return t(summary.isTrial ? 'status-trial-ended' : 'status-expired', {
        until: summary.endsAt ? t.date(summary.endsAt) : '',
      })
    case 'suspended':
      return t('status-suspended')
    case 'held':
      return t('status-held')
    case 'frozen':
      return t('status-frozen', time)
    case 'traffic_used_up':
      return t('status-traffic', time)
  }
}

export interface NextSteps {
  /** The same again, at one tap. */
  readonly plan: Plan | null
  readonly canSwitchPlan: boolean
  /** What is bought and runs may be frozen. */
  readonly canFreeze: boolean
  /** What may be added to what runs. */
  readonly addons?: 'both' | AddonKind | null
}

export function subscriptionView(t: Translator, summary: SubscriptionSummary | null, next: NextSteps): View {
  if (!summary || summary.standing === 'none')
    return { text: `${t('subscription-title')}\n\n${t('subscription-none')}`, keyboard: buttons(t, null, next) }
  const lines = [
    statusLine(t, summary),
    ...(summary.planTitle && !summary.isTrial
      ? [t('subscription-plan', { title: titleOf(t, summary.planTitle) })]
      : []),
    trafficLine(t, summary),
    ...addedLines(t, summary, 'traffic'),
    t('subscription-devices', { limit: summary.deviceLimit }),
    ...addedLines(t, summary, 'devices'),
    ...(summary.isPreparing ? ['', t('subscription-preparing')] : []),
  ]
  return { text: `${t('subscription-title')}\n\n${lines.join('\n')}`, keyboard: buttons(t, summary, next) }
}

const buttons = (t: Translator, summary: SubscriptionSummary | null, next: NextSteps): Keyboard => [
  ...(summary?.standing === 'traffic_used_up' ? addonRows(t, next) : []),
  ...nextStep(t, summary, next.plan),
  ...(summary?.standing === 'active'
    ? [[openKey.button(t.plain('menu-key'), {}), openDevices.button(t.plain('menu-devices'), {})]]
    : []),
  ...(summary?.standing === 'traffic_used_up' ? [] : addonRows(t, next)),
  ...(next.canSwitchPlan ? [[openPlanSwitches.button(t.plain('switch-open'), {})]] : []),
  ...(summary?.standing === 'active' && !summary.isTrial ? [[openRenewal.button(t.plain('renewal-open'), {})]] : []),
  ...(next.canFreeze ? freezeRow(t, false) : []),
  [openPayments.button(t.plain('history-open'), { olderThan: null }), openBalance.button(t.plain('balance-open'), {})],
  [menuButton(t)],
]

const addonRows = (t: Translator, { addons }: NextSteps): Keyboard =>
  addons ? [[openAddons.button(t.plain('addons-open', { kinds: addons }), {})]] : []

/** What add-ons give, and until when. */
const addedLines = (t: Translator, { added, standing }: SubscriptionSummary, kind: AddonKind): string[] =>
  (standing === 'active' || standing === 'traffic_used_up' ? (added ?? []) : [])
    .filter((one) => one.kind === kind)
    .map((one) => t('addon-on-now', { kind, what: addonName(t, one), until: t.date(one.endsAt) }))

function nextStep(t: Translator, summary: SubscriptionSummary | null, plan: Plan | null): Keyboard {
  if (summary?.standing === 'suspended') return [[openSupport.button(t.plain('menu-support'), {}, 'primary')]]
  if (summary?.standing === 'frozen') return freezeRow(t, true)
  if (summary?.standing === 'held') return [[openKey.button(t.plain('channels-open'), {}, 'primary')]]
  if (summary?.standing === 'expired' || summary?.standing === 'traffic_used_up' || plan !== null)
    return renewalRows(t, plan, summary?.isTrial ?? true)
  return [[openPlans.button(t.plain(buyKey(summary)), {}, 'primary')]]
}

function trafficLine(t: Translator, summary: SubscriptionSummary): string {
  const used = t.bytes(summary.trafficUsedBytes)
  if (summary.trafficLimitBytes === null) return t('subscription-traffic-unlimited', { used })
  const bar = trafficBar(summary.trafficUsedBytes, summary.trafficLimitBytes)
  return t('subscription-traffic', { used, limit: t.bytes(summary.trafficLimitBytes), bar })
}

const barLength = 10

/** `▰▰▰▱▱▱▱▱▱▱`: something used shows at least one, something left at least one empty. */
export function trafficBar(used: bigint, limit: bigint): string {
  const share = limit > 0n ? Number((used * 1000n) / limit) / 1000 : 1
  const most = share < 1 ? barLength - 1 : barLength
  const full = Math.min(most, Math.max(used > 0n ? 1 : 0, Math.round(share * barLength)))
  return '▰'.repeat(full) + '▱'.repeat(barLength - full)
}
