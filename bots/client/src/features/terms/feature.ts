import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { openPlans } from '../purchase/callbacks.ts'
import { askTerms } from './ask-terms.ts'
import { agreeToTerms, openTerms, readTerms } from './callbacks.ts'
import { termsTextView, termsView } from './views.ts'

type TermsShop = Pick<Shop, 'getTerms' | 'acceptTerms'>

/** The shop's legal texts, for everybody to read. */
export function termsFeature(shop: TermsShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  const show = async (ctx: ClientContext) => showView(ctx, termsView(ctx.t, await shop.getTerms()))
  feature.command('terms', show)
  openTerms.handle(feature, show)
  readTerms.handle(feature, async (ctx, { document }) => {
    await showView(ctx, termsTextView(ctx.t, await shop.getTerms(), document))
  })
  return feature
}

/** Whoever agrees goes on with what they had pressed, in the same tap. Stands before whatever forgets the question. */
export function agreeingFeature(shop: TermsShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.filter(agreeToTerms.filter, async (ctx, next) => {
    const { dialog } = ctx.session
    const pressed = dialog?.kind === 'terms' ? dialog.next : openPlans.pack({})
    const result = await shop.acceptTerms(ctx.customer.id, agreeToTerms.read(ctx).version)
    if (result === 'changed') return askTerms(shop, ctx, pressed)
    Object.assign(ctx.callbackQuery, { data: pressed })
    await next()
  })
  return feature
}
