import type { MiddlewareFn } from 'grammy'
import type { AdminContext } from './context.ts'
import type { DialogMemory } from './dialog-memory.ts'
import { isWizardButton } from './features/add-server/callbacks.ts'
import { isSearchButton } from './features/customers/callbacks.ts'
import { isEditButton } from './features/edit-server/callbacks.ts'
import { isPlanButton } from './features/plans/callbacks.ts'
import { isPromoButton } from './features/promo/callbacks.ts'

/** Buttons that go on with what was begun. */
const goesOn = [isWizardButton, isEditButton, isSearchButton, isPlanButton, isPromoButton]

/**
 * A question waits only for the next words: whoever presses another button or gives a command has moved on, and what
 * was typed so far, secrets first of all, is forgotten.
 */
export function leaveDialog(memories: readonly Pick<DialogMemory<unknown>, 'forget'>[]): MiddlewareFn<AdminContext> {
  return async (ctx, next) => {
    const data = ctx.callbackQuery?.data
    const isButton = ctx.callbackQuery !== undefined && !goesOn.some((isOfDialog) => isOfDialog(data))
    const hasMovedOn = isButton || ctx.message?.text?.startsWith('/') === true
    if (hasMovedOn) {
      if (ctx.session.dialog) ctx.session.dialog = null
      for (const memory of memories) memory.forget(ctx.actor)
    }
    await next()
  }
}
