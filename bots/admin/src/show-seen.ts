import type { Seen } from '@vpn-kiosk/shop'
import { type ShowOptions, showView, type Translator, type View } from '@vpn-kiosk/telegram'
import type { AdminContext } from './context.ts'
import { menuRow } from './features/menu/callbacks.ts'

export const forbiddenView = (t: Translator): View => ({ text: t('forbidden'), keyboard: [menuRow(t)] })
export const missingView = (t: Translator): View => ({ text: t('not-found'), keyboard: [menuRow(t)] })

/** Shows what a verb let the person see: the thing, "there is no such thing", or "this is not for you". */
export async function showSeen<T>(
  ctx: AdminContext,
  seen: Seen<T>,
  view: (value: NonNullable<T>) => View,
  options: ShowOptions = {},
): Promise<void> {
  if (seen.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  const { value } = seen
  await showView(ctx, value === null || value === undefined ? missingView(ctx.t) : view(value), options)
}
