import { ConfigError } from './config-error.ts'

/** What Telegram answers about a token that was revoked or never was, and a Bot API server about one it cannot read. */
const refusals = [401, 404]

/**
 * For a bot's `catch`. Telegram's refusal of the token becomes a ConfigError that names the variable, because another
 * start would not help; any other error is thrown on.
 */
export const explainBotFailure =
  (variable: string) =>
  (error: unknown): never => {
    if (!isRefusal(error)) throw error
    const sentence = `${variable} is not accepted by Telegram: copy it anew from @BotFather, it may have been revoked.`
    throw new ConfigError(sentence, { cause: error })
  }

function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error && 'method' in error && 'error_code' in error)) return false
  const isAboutToken = error.method === 'getMe' || error.method === 'getUpdates'
  return isAboutToken && refusals.some((code) => code === error.error_code)
}
