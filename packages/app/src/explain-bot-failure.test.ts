import { expect, test } from 'vitest'
import { ConfigError } from './config-error.ts'
import { explainBotFailure } from './explain-bot-failure.ts'

const failure = (method: string, error_code: number) =>
  Object.assign(new Error(`Call to '${method}' failed! (${error_code})`), { method, error_code })
const explained = (error: unknown) => Promise.reject(error).catch(explainBotFailure('ADMIN_BOT_TOKEN'))

test.each([
  ['getMe', 401],
  ['getMe', 404],
  ['getUpdates', 401],
])('a token that Telegram refuses in %s with %i is a wrong setting, named', async (method, code) => {
  await expect(explained(failure(method, code))).rejects.toThrow('ADMIN_BOT_TOKEN is not accepted by Telegram')
  await expect(explained(failure(method, code))).rejects.toBeInstanceOf(ConfigError)
})

test.each([failure('getMe', 500), failure('sendMessage', 404), new Error('connect ECONNREFUSED'), 'nonsense'])(
  'any other failure stays what it is',
  async (error) => {
    await expect(explained(error)).rejects.toBe(error)
  },
)
