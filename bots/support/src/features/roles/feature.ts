import { type BotContext, showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { SupportShop } from '../../context.ts'
import { makeAgentButton } from './callbacks.ts'
import { madeAgentView } from './views.ts'

/** The owner's one tap under the first message of somebody who has no role yet. */
export function rolesFeature(shop: Pick<SupportShop, 'findRole' | 'addStaff'>): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  makeAgentButton.handle(feature, async (ctx, { person }) => {
    const [presser, telegramId] = [BigInt(ctx.from.id), BigInt(person)]
    const name = ctx.callbackQuery.message?.reply_to_message?.from?.first_name ?? String(person)
    // Somebody may have given a role in the meantime, and a greater one. Only the owner learns of that.
    const isStaff = (await shop.findRole(presser)) === 'owner' && (await shop.findRole(telegramId)) !== null
    const result = isStaff
      ? ({ kind: 'changed' } as const)
      : await shop.addStaff(presser, { telegramId, name, role: 'support' })
    if (result.kind === 'forbidden')
      await ctx.answerCallbackQuery({ text: ctx.t.plain('roles-owner-only'), show_alert: true })
    else await showView(ctx, madeAgentView(ctx.t, name))
  })
  return feature
}
