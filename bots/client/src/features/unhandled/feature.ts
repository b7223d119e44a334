import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { nonsenseView } from './views.ts'

const words = ['message:text', 'message:file', 'message:contact', 'message:location'] as const

/** Words and media that no feature understood; stale buttons are answered after it. */
export function nonsenseFeature(): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.on([...words, 'message:poll', 'message:dice', 'message:story'], (ctx) => showView(ctx, nonsenseView(ctx.t)))
  return feature
}
