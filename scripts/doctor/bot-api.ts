import { Api, GrammyError } from 'grammy'

const timeoutSeconds = 8

/** One try a call: `doctor` tells what is so now. */
export const openBotApi = (token: string, apiRoot: string): Api => new Api(token, { apiRoot, timeoutSeconds })

/** Telegram's refusal in its own words, or null when nobody answered readably. */
export const readRefusal = (error: unknown): { status: number; words: string } | null =>
  error instanceof GrammyError ? { status: error.error_code, words: error.description } : null
