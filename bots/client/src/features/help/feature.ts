import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { openHelp } from './callbacks.ts'
import { helpView } from './views.ts'

export const showHelp = () => (ctx: ClientContext) => showView(ctx, helpView(ctx.t))

export function helpFeature(): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('help', showHelp())
  openHelp.handle(feature, showHelp())
  return feature
}
