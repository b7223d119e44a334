import type { Shop } from '@vpn-kiosk/shop'
import type { Logger } from '@vpn-kiosk/telegram'

export interface FollowProfileDeps {
  readonly shop: Pick<Shop, 'findTrial'>
  readonly publish: (promises: { readonly hasTrial: boolean }) => Promise<void>
  readonly logger: Logger
}

/**
 * Publishes the profile when what it promises has changed: the owner switches the trial off while the bot runs. The
 * answer looks once, and is called again and again.
 */
export function followProfile({ shop, publish, logger }: FollowProfileDeps): () => Promise<void> {
  let published: boolean | null = null
  return async () => {
    try {
      const hasTrial = (await shop.findTrial()) !== null
      if (hasTrial === published) return
      await publish({ hasTrial })
      published = hasTrial
    } catch (error) {
      logger.warn({ error: String(error) }, 'The profile of the client bot was not looked at')
    }
  }
}
