import type { Shop } from '@vpn-kiosk/shop'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { showKey } from '../key/feature.ts'
import { showTrial } from '../trial/feature.ts'
import { haveJoined } from './callbacks.ts'
import { isMember, type Membership } from './membership.ts'
import { missingText } from './views.ts'

/** "I have joined". */
export function channelsFeature(shop: Shop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  haveJoined.handle(feature, async (ctx, { to }) => {
    const missing = await ctx.findMissingChannels(to)
    if (missing.length > 0) return ctx.answerCallbackQuery({ text: missingText(ctx.t, missing), show_alert: true })
    await (to === 'trial' ? showTrial(shop) : showKey(shop))(ctx)
  })
  return feature
}

/** Telegram tells who joins and who leaves the channels that the bot administers. */
export function membersFeature(
  shop: Pick<Shop, 'holdTrial' | 'findHeldCustomer' | 'listRequiredChannels' | 'resumeTrial'>,
  membership: Membership,
): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.on('chat_member', async (ctx) => {
    const { new_chat_member: member } = ctx.chatMember
    const { user } = member
    const chatId = String(ctx.chat.id)
    membership.forget(chatId, user.id)
    if (!isMember(member)) {
      await shop.holdTrial({ telegramId: BigInt(user.id), chatId })
      return
    }
    const customerId = await shop.findHeldCustomer(BigInt(user.id))
    if (!customerId) return
    const channels = await shop.listRequiredChannels(customerId, 'use')
    const missing = await membership.findMissing(user.id, channels)
    if (missing.length === 0) await shop.resumeTrial(customerId)
  })
  return feature
}
