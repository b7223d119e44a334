import type { Shop } from '@vpn-kiosk/shop'
import type { MiddlewareFn } from 'grammy'
import type { CustomerContext } from './context.ts'

/** Knows the customer who writes in private and speaks their language. Banned or not: everybody may ask. */
export function recognize(shop: Pick<Shop, 'recognizeCustomer'>): MiddlewareFn<CustomerContext> {
  return async (ctx, next) => {
    if (!ctx.from || ctx.from.is_bot || ctx.myChatMember) return
    const { id, first_name: firstName, last_name: lastName, username, language_code: languageCode } = ctx.from
    const person = { telegramId: BigInt(id), firstName, lastName, username, languageCode }
    ctx.customer = (await shop.recognizeCustomer(person)).customer
    ctx.useLanguage(ctx.customer.language)
    await next()
  }
}
