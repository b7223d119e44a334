import type { Shop } from '@vpn-kiosk/shop'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'

/** Whoever blocks the bot is written to no more, until they come back with any update. */
export function unreachableFeature(shop: Pick<Shop, 'markUnreachable'>): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.on('my_chat_member', async (ctx) => {
    if (ctx.chat.type === 'private' && ctx.myChatMember.new_chat_member.status === 'kicked')
      await shop.markUnreachable(BigInt(ctx.chat.id))
  })
  return feature
}
