import type { Customer } from '@vpn-kiosk/domain'
import type { Shop, SubscriptionSummary } from '@vpn-kiosk/shop'
import type { MiddlewareFn } from 'grammy'
import type { ClientContext } from './context.ts'

/** `/start ref_8f3kq2mz`: the only payload that matters before the person is registered. */
export const referralStart = /^\/start(?:@\w+)? ref_([0-9a-z]{4,16})$/

/** Knows who writes and what they have before any feature runs, and speaks their language from then on. */
export function recognize(shop: Pick<Shop, 'recognizeCustomer' | 'findTrial'>): MiddlewareFn<ClientContext> {
  return async (ctx, next) => {
    if (!ctx.from || ctx.from.is_bot) return
    const { id, first_name: firstName, last_name: lastName, username, language_code: languageCode } = ctx.from
    const referralCode = referralStart.exec(ctx.message?.text ?? '')?.[1]
    const person = { telegramId: BigInt(id), firstName, lastName, username, languageCode }
    const { customer, subscription: summary, isNew } = await shop.recognizeCustomer(person, referralCode)
    ctx.customer = customer
    ctx.summary = summary
    ctx.isNewcomer = isNew
    ctx.trial = mayTry(customer, summary) ? await shop.findTrial() : null
    ctx.useLanguage(customer.language)
    await next()
  }
}

/** Who never had anything is offered the trial; the verb has the last word when it is pressed. */
const mayTry = ({ isTrialUsed }: Customer, summary: SubscriptionSummary | null): boolean =>
  !isTrialUsed && (summary === null || summary.standing === 'none')

/** A question waits only for the next words: whoever presses a button or gives a command has moved on. */
export const leaveDialog: MiddlewareFn<ClientContext> = async (ctx, next) => {
  const hasMovedOn = ctx.callbackQuery !== undefined || ctx.message?.text?.startsWith('/') === true
  if (hasMovedOn && ctx.session.dialog) ctx.session.dialog = null
  await next()
}
