import type { Translator } from '@vpn-kiosk/i18n'
import { Context } from 'grammy'
import { classifyApiError } from './api-errors.ts'

type AnswerArguments = Parameters<Context['answerCallbackQuery']>

/**
 * The context of all our bots. A bot extends the type, not the class:
 * `type ClientContext = BotContext & SessionFlavor<ClientSession> & { customer: Customer }`.
 */
export class BotContext extends Context {
  /** Speaks the person's language; set by `createBot` before any feature runs. */
  t!: Translator
  /** Changes the language for the rest of this update, e.g. after the person chose one. */
  useLanguage!: (code: string | null | undefined) => void
  /** Has this update's callback query been answered? (Not private: grammY narrows contexts by mapping their fields.) */
  isAnswered = false
  /** How often this update was begun before: an outage made it fail then. */
  attempt = 0

  /** Answers once: the first word wins, later ones are ignored. A query that is too old is no failure. */
  override async answerCallbackQuery(...args: AnswerArguments): Promise<true> {
    if (this.isAnswered) return true
    this.isAnswered = true
    try {
      return await super.answerCallbackQuery(...args)
    } catch (error) {
      if (classifyApiError(error).kind === 'gone') return true
      throw error
    }
  }
}
