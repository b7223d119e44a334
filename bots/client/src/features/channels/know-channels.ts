import type { Shop } from '@vpn-kiosk/shop'
import type { MiddlewareFn } from 'grammy'
import type { ClientContext } from '../../context.ts'
import type { Membership } from './membership.ts'

/**
 * Lets features ask which channels this person has yet to join. A trial that is held resumes as soon as none is left,
 * whether or not Telegram told that its customer returned.
 */
export function knowChannels(
  shop: Pick<Shop, 'listRequiredChannels' | 'resumeTrial'>,
  membership: Membership,
): MiddlewareFn<ClientContext> {
  return async (ctx, next) => {
    ctx.findMissingChannels = async (to) => {
      const { customer, summary } = ctx
      const isHeld = summary?.standing === 'held'
      // Nearly everybody who looks at a key has paid.
      if (to === 'use' && !isHeld && !(summary?.isTrial && summary.standing === 'active')) return []
      const channels = await shop.listRequiredChannels(customer.id, to)
      const missing = await membership.findMissing(Number(customer.telegramId), channels)
      if (isHeld && missing.length === 0) await shop.resumeTrial(customer.id)
      return missing
    }
    await next()
  }
}
