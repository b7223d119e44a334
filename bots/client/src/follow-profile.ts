import type { Shop } from '@vpn-kiosk/shop'
import type { Logger } from '@vpn-kiosk/telegram'
import type { PromisedTrial } from './profile.ts'

export interface FollowProfileDeps {
  readonly shop: Pick<Shop, 'findTrial'>
  readonly publish: (promises: { readonly trial: PromisedTrial }) => Promise<void>
  readonly logger: Logger
}

/**
 * Publishes the profile when what it promises has changed: the owner switches the trial off while the bot runs. The
 * answer looks once, and is called again and again.
 */
export function followProfile({ shop, publish, logger }: FollowProfileDeps): () => Promise<void> {
  let published: PromisedTrial | null = null
  return async () => {
    try {
      const terms = await shop.findTrial()
      const trial = terms === null ? 'none' : terms.price ? 'paid' : 'free'
      if (trial === published) return
      await publish({ trial })
      published = trial
    } catch (error) {
      logger.warn({ error: String(error) }, 'The profile of the client bot was not looked at')
    }
  }
}
