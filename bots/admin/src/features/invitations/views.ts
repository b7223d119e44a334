import type { Offer, TopInviter } from '@vpn-kiosk/shop'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { openCustomer } from '../customers/callbacks.ts'
import { askSetting, openSettings } from '../settings/callbacks.ts'
import { askInvitation, type InvitationField, openInvitations, rewardEach } from './callbacks.ts'

export interface InvitationsScreen {
  readonly offer: Offer
  readonly top: readonly TopInviter[]
  readonly note: string | null
}

/** What an invitation brings, and who invites most. */
export function invitationsView(t: Translator, { offer, top, note }: InvitationsScreen): View {
  const each = offer.isReferralOfEach
  const field = (name: InvitationField) => askInvitation.button(t.plain(`invitations-field-${name}`), { field: name })
  return {
    text: [note ?? '', t('invitations-title'), termsOf(t, offer), topOf(t, top)].filter(Boolean).join('\n\n'),
    keyboard: [
      [
        askSetting.button(t.plain('settings-field-referralBonusDays'), { field: 'referralBonusDays' }),
        field('friendBonusDays'),
      ],
      [field('referralPercent'), field('referralPercentSecond')],
      [rewardEach.button(t.plain(each ? 'invitations-to-first' : 'invitations-to-each'), { on: !each })],
      ...top.map(({ id: customer, firstName }) => [
        openCustomer.button(t.plain('invitations-open-line', { name: bounded(firstName, 30) }), { customer }),
      ]),
      [openSettings.button(t.plain('menu-settings'), {})],
    ],
  }
}

const termsOf = (t: Translator, offer: Offer): string =>
  [
    t('settings-bonus', { days: offer.referralBonusDays }),
    t('invitations-friend', { days: offer.friendBonusDays }),
    t('invitations-percent', { percent: offer.referralPercent, of: offer.isReferralOfEach ? 'each' : 'first' }),
    t('invitations-second', { percent: offer.referralPercentSecond }),
    t('invitations-rule'),
  ].join('\n')

function topOf(t: Translator, top: readonly TopInviter[]): string {
  if (top.length === 0) return t('invitations-top-none')
  const lines = top.map(({ firstName, paid, money }, at) => {
    const amount = money.map(t.money).join(' + ') || '—'
    return t('invitations-top-line', { place: at + 1, name: bounded(firstName, 40), paid, amount })
  })
  return [t('invitations-top'), ...lines].join('\n')
}

export const askingView = (t: Translator, field: InvitationField, now: number, problem: string | null): View => ({
  text: [problem ?? '', t(`invitations-ask-${field}`), t('field-now', { value: String(now) })]
    .filter(Boolean)
    .join('\n\n'),
  keyboard: [[openInvitations.button(t.plain('cancel'), {})]],
})
