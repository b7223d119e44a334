import type { ReferralSummary } from '@vpn-kiosk/shop'
import { code, rawHtml, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuButton } from '../menu/callbacks.ts'

export const referralLink = (botName: string, referralCode: string): string =>
  `https://t.me/${botName}?start=ref_${referralCode}`

export function referralView(t: Translator, { link, ...counts }: ReferralSummary & { readonly link: string }): View {
  const words = new URLSearchParams({ url: link, text: t.plain('referral-invitation') })
  return {
    text: t('referral-screen', {
      days: counts.bonusDaysEach,
      joined: counts.joined,
      paid: counts.paid,
      earned: counts.daysEarned,
      link: rawHtml(code(link)),
    }),
    // Telegram reads `+` in a share link as it is: spaces must be `%20`.
    keyboard: [
      [{ text: t.plain('referral-share'), url: `https://t.me/share/url?${`${words}`.replaceAll('+', '%20')}` }],
      [menuButton(t)],
    ],
  }
}
