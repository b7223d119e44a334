import type { MiddlewareFn } from 'grammy'
import type { AdminContext } from './context.ts'
import { isWizardButton } from './features/add-server/callbacks.ts'
import type { WizardMemory } from './features/add-server/memory.ts'

/**
 * A question waits only for the next words: whoever presses another button or gives a command has moved on, and what
 * was typed so far, secrets first of all, is forgotten.
 */
export function leaveDialog(wizards: WizardMemory): MiddlewareFn<AdminContext> {
  return async (ctx, next) => {
    const isButton = ctx.callbackQuery !== undefined && !isWizardButton(ctx.callbackQuery.data)
    const hasMovedOn = isButton || ctx.message?.text?.startsWith('/') === true
    if (hasMovedOn) {
      if (ctx.session.dialog) ctx.session.dialog = null
      wizards.forget(ctx.actor)
    }
    await next()
  }
}
