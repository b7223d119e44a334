import type { Language, TermsDocument } from '@vpn-kiosk/domain'
import type { Shop, TermsChange } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { askTermsAgain, askTermsText, dropTermsText, openTerms, requireTerms } from './callbacks.ts'
import { askingView, termsView } from './views.ts'

type TermsShop = Pick<Shop, 'getTermsAsStaff' | 'changeTerms'>

interface Which {
  readonly document: TermsDocument
  readonly language: Language
}

/** The offer and the privacy policy: written here, or the address of a page that has them. */
export function termsFeature(shop: TermsShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  openTerms.handle(feature, (ctx) => show(shop, ctx))
  askTermsText.handle(feature, (ctx, which) => ask(shop, ctx, which))
  dropTermsText.handle(feature, (ctx, which) => change(shop, ctx, { kind: 'write', ...which, text: null }))
  requireTerms.handle(feature, (ctx, { on }) => change(shop, ctx, { kind: 'require', isRequired: on }))
  askTermsAgain.handle(feature, (ctx, { page }) => change(shop, ctx, { kind: 'ask_again', version: page }))
  feature.on('message:text', async (ctx, next) => {
    const { dialog } = ctx.session
    if (dialog?.kind !== 'edit_terms') return next()
    const { document, language } = dialog
    await change(shop, ctx, { kind: 'write', document, language, text: ctx.message.text })
  })
  return feature
}

async function show(shop: TermsShop, ctx: AdminContext, note: string | null = null): Promise<void> {
  await showSeen(ctx, await shop.getTermsAsStaff(ctx.actor), (terms) => termsView(ctx.t, terms, note))
}

async function ask(
  shop: TermsShop,
  ctx: AdminContext,
  { document, language }: Which,
  problem: string | null = null,
): Promise<void> {
  const seen = await shop.getTermsAsStaff(ctx.actor)
  if (seen.kind === 'seen' && !seen.value.languages.includes(language)) return show(shop, ctx)
  if (seen.kind === 'seen') ctx.session.dialog = { kind: 'edit_terms', document, language }
  await showSeen(ctx, seen, (terms) => askingView(ctx.t, terms, { document, language }, problem))
}

async function change(shop: TermsShop, ctx: AdminContext, wish: TermsChange): Promise<void> {
  const result = await shop.changeTerms(ctx.actor, wish)
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (result.kind === 'invalid_text' && wish.kind === 'write') return ask(shop, ctx, wish, ctx.t('terms-invalid'))
  ctx.session.dialog = null
  await show(shop, ctx, ctx.t(result.kind === 'no_offer' ? 'terms-no-offer' : 'settings-saved'))
}
