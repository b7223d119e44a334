import { giftPayload, type Plan } from '@vpn-kiosk/domain'
import type {
  ActivateGiftResult,
  BuyFromBalanceResult,
  ClosedGift,
  GiftLine,
  GiftPage,
  WaitingGift,
} from '@vpn-kiosk/shop'
import { bounded, code, type Keyboard, rawHtml, type Translator, type View } from '@vpn-kiosk/telegram'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openPlans } from '../purchase/callbacks.ts'
import { promoRefusedView } from '../purchase/promo-refused-view.ts'
import { limitsOf, planLine, titleOf } from '../purchase/views.ts'
import { openSupport } from '../support/callbacks.ts'
import { activateGift, chooseGift, keepGift, listGifts, openGifts, showGift } from './callbacks.ts'

export const giftLink = (botName: string, giftCode: string): string =>
  `https://t.me/${botName}?start=${giftPayload(giftCode)}`

/** What may be given, and how it goes, before anything is paid. */
export const giftPlansView = (t: Translator, plans: readonly Plan[], hasGiven: boolean): View => ({
  text: [
    t('gift-title'),
    ...(plans.length > 0 ? plans.map((plan) => planLine(t, plan, 0)) : [t('gift-none-sold')]),
  ].join('\n\n'),
  keyboard: [
    ...plans.map((plan) => {
      const label = t.plain('plans-button', { title: titleOf(t, plan.title), price: t.money(plan.price) })
      return [chooseGift.button(`🎁 ${label}`, { plan: plan.id })]
    }),
    ...(hasGiven ? mine(t) : []),
    [menuButton(t)],
  ],
})

const mine = (t: Translator): Keyboard => [[listGifts.button(t.plain('gift-mine'), { olderThan: null })]]

export function giftsView(t: Translator, { lines, olderThan }: GiftPage): View {
  const give = [openGifts.button(t.plain('gift-open'), {}), menuButton(t)]
  if (lines.length === 0) return { text: t('gift-list-none'), keyboard: [give] }
  return {
    text: [t('gift-list'), ...lines.map((line) => giftLine(t, line))].join('\n\n'),
    keyboard: [
      ...lines
        .filter(({ state }) => state === 'waiting')
        .map((line) => [
          showGift.button(t.plain('gift-show', { title: titleOf(t, line.planTitle), at: t.date(line.createdAt) }), {
            gift: line.id,
          }),
        ]),
      ...(olderThan ? [[listGifts.button(t.plain('page-older'), { olderThan })]] : []),
      give,
    ],
  }
}

const giftLine = (t: Translator, line: GiftLine): string =>
  t('gift-line', {
    title: titleOf(t, line.planTitle),
    at: t.date(line.createdAt),
    state: line.state,
    until: t.date(line.endsAt),
    closed: line.closedAt ? t.date(line.closedAt) : '',
    name: bounded(line.recipient?.name ?? '', 40),
    value: t.money(line.value),
  })

/** A gift to pass on; `picture` is its card. */
export function giftView(
  t: Translator,
  gift: GiftLine,
  of: { readonly botName: string; readonly picture: Uint8Array; readonly heading: string | null },
): View {
  const { botName, picture, heading } = of
  const link = giftLink(botName, gift.code)
  const title = titleOf(t, gift.planTitle)
  const share = new URLSearchParams({ url: link, text: t.plain('gift-invitation', { title }) })
  const until = t.date(gift.endsAt)
  return {
    photo: picture,
    text: [...(heading ? [heading] : []), t('gift-card', { title, link: rawHtml(code(link)), until })].join('\n\n'),
    keyboard: [
      // Telegram reads `+` in a share link as it is: spaces must be `%20`.
      [{ text: t.plain('gift-send'), url: `https://t.me/share/url?${`${share}`.replaceAll('+', '%20')}` }],
      [keepGift.button(t.plain('gift-keep'), { gift: gift.id })],
      ...mine(t),
      [menuButton(t)],
    ],
  }
}

/** A gift that waits, before it is activated: whose it is, and what it brings. */
export function openedGiftView(t: Translator, gift: WaitingGift | ClosedGift): View {
  if (gift.kind !== 'waiting') return closedGiftView(t, gift.kind)
  if (gift.isBanned) return closedGiftView(t, 'banned')
  const what = { title: titleOf(t, gift.planTitle), days: gift.days, name: bounded(gift.giverName, 40) }
  return {
    text: [t(gift.isOwn ? 'gift-own-ask' : 'gift-ask', what), limitsOf(t, gift), t('gift-ask-note')].join('\n\n'),
    keyboard: [
      [activateGift.button(t.plain('gift-activate'), { code: gift.code }, 'success')],
      ...(gift.isOwn ? mine(t) : []),
      [menuButton(t)],
    ],
  }
}

export function activatedGiftView(t: Translator, result: ActivateGiftResult): View {
  if (result.kind !== 'activated') return closedGiftView(t, result.kind)
  const until = result.endsAt ? t.date(result.endsAt) : ''
  return {
    text: t('gift-activated', { days: result.days, until }),
    keyboard: [[openKey.button(t.plain('menu-key'), {}, 'primary')], [menuButton(t)]],
  }
}

function closedGiftView(t: Translator, kind: Exclude<ActivateGiftResult['kind'], 'activated'>): View {
  const next: Keyboard =
    kind === 'yours'
      ? [[openKey.button(t.plain('menu-key'), {})]]
      : kind === 'banned' || kind === 'no_room'
        ? [[openSupport.button(t.plain('menu-support'), {})]]
        : [[openPlans.button(t.plain('menu-buy'), {})]]
  return { text: t('gift-closed', { kind }), keyboard: [...next, [menuButton(t)]] }
}

/** What became of paying a gift from the balance. */
export function giftBoughtView(t: Translator, result: BuyFromBalanceResult, plan: Plan['id']): View {
  if (result.kind === 'bought' || result.kind === 'already_paid')
    return {
      text: t(result.kind === 'bought' ? 'gift-paid' : 'gift-already-paid'),
      keyboard: [...mine(t), [menuButton(t)]],
    }
  if (result.kind === 'price_changed' || result.kind === 'code_in_invoice')
    return promoRefusedView(t, result, { planId: plan, again: chooseGift })
  if (result.kind === 'short')
    return {
      text: t('balance-short', { missing: t.money(result.missing) }),
      keyboard: [[chooseGift.button(t.plain('back'), { plan })], [menuButton(t)]],
    }
  return {
    text: t('balance-refused', { kind: result.kind }),
    keyboard: [
      [openGifts.button(t.plain('back'), {})],
      [openSupport.button(t.plain('menu-support'), {})],
      [menuButton(t)],
    ],
  }
}
