import { Api, GrammyError } from 'grammy'

const timeoutSeconds = 8

/** Calls are not retried: `doctor` reports the present state. */
export const openBotApi = (token: string, apiRoot: string): Api => new Api(token, { apiRoot, timeoutSeconds })

/** Telegram's own description of its refusal; null when there was no readable answer. */
export const readRefusal = (error: unknown): { status: number; words: string } | null =>
  error instanceof GrammyError ? { status: error.error_code, words: error.description } : null
