import { showView } from '@vpn-kiosk/telegram'
import type { ClientContext } from '../../context.ts'
import { joinView } from './views.ts'

/** Shows a screen to whoever is in the required channels, and what to join to anybody else. */
export const requireChannels =
  (to: 'trial' | 'use', show: (ctx: ClientContext) => Promise<unknown>) =>
  async (ctx: ClientContext): Promise<void> => {
    const missing = await ctx.findMissingChannels(to)
    if (missing.length > 0) return showView(ctx, joinView(ctx.t, missing, to))
    await show(ctx)
  }
