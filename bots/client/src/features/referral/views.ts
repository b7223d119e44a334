import type { ReferralSummary } from '@vpn-kiosk/shop'
import { code, rawHtml, type Translator, type View } from '@vpn-kiosk/telegram'
import type { InlineKeyboardButton } from 'grammy/types'
import { menuButton } from '../menu/callbacks.ts'
import { drawCard, openReferral } from './callbacks.ts'

export const referralLink = (botName: string, referralCode: string): string =>
  `https://t.me/${botName}?start=ref_${referralCode}`

export function referralView(t: Translator, { link, ...summary }: ReferralSummary & { readonly link: string }): View {
  return {
    text: [
      t('referral-title'),
      promises(t, summary),
      counts(t, summary),
      t('referral-link', { link: rawHtml(code(link)) }),
    ]
      .filter(Boolean)
      .join('\n\n'),
    keyboard: [[shareButton(t, link)], [drawCard.button(t.plain('referral-card'), {})], [menuButton(t)]],
  }
}

/** What an invitation brings, a line each; what the shop does not give is not promised. */
function promises(t: Translator, { offer }: ReferralSummary): string {
  const lines = [
    ...(offer.referralBonusDays > 0 ? [t('referral-days', { days: offer.referralBonusDays })] : []),
    ...(offer.referralPercent > 0
      ? [t('referral-percent', { percent: offer.referralPercent, of: offer.isReferralOfEach ? 'each' : 'first' })]
      : []),
    ...(offer.referralPercentSecond > 0
      ? [t('referral-second', { percent: offer.referralPercentSecond, of: offer.isReferralOfEach ? 'each' : 'first' })]
      : []),
    ...(offer.friendBonusDays > 0 ? [t('referral-friend', { days: offer.friendBonusDays })] : []),
  ]
  return lines.length > 0 ? lines.join('\n') : t('referral-nothing')
}

const counts = (t: Translator, { joined, paid, daysEarned, moneyEarned }: ReferralSummary): string =>
  [
    t('referral-joined', { joined }),
    t('referral-paid', { paid }),
    t('referral-earned', { days: daysEarned }),
    ...(moneyEarned.length > 0 ? [t('referral-earned-money', { amount: moneyEarned.map(t.money).join(' + ') })] : []),
  ].join('\n')

function shareButton(t: Translator, link: string): InlineKeyboardButton {
  const words = new URLSearchParams({ url: link, text: t.plain('referral-invitation') })
  // Telegram reads `+` in a share link as it is: spaces must be `%20`.
  return { text: t.plain('referral-share'), url: `https://t.me/share/url?${`${words}`.replaceAll('+', '%20')}` }
}

/** To be passed on: the words are those of whoever forwards it. */
export const cardView = (t: Translator, link: string, photo: Uint8Array): View => ({
  text: `${t('referral-invitation')}\n\n${link}`,
  photo,
  keyboard: [[shareButton(t, link)], [openReferral.button(t.plain('back'), {})]],
})
