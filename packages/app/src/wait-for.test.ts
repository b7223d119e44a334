import { expect, test } from 'vitest'
import { ConfigError } from './config-error.ts'
import { waitFor } from './wait-for.ts'

function createWait() {
  const controller = new AbortController()
  const said: string[] = []
  const pauses: number[] = []
  return {
    controller,
    said,
    pauses,
    options: {
      signal: controller.signal,
      logger: {
        info: (message: string) => void said.push(message),
        warn: (fields: object, message: string) => void said.push(`${message}: ${Object.values(fields)}`),
      },
      pause: async (ms: number) => void pauses.push(ms),
    },
  }
}

test('a dependency that is there is not spoken of', async () => {
  const { options, said } = createWait()
  expect(await waitFor('Redis', async () => 5, options)).toBe(5)
  expect(said).toEqual([])
})

test('one that is down for two and a half minutes is mentioned at once, each minute, and when it returns', async () => {
  const { options, said, pauses } = createWait()
  const probe = async () => {
    if (pauses.length < 150) throw new Error('refused')
  }
  await waitFor('Redis', probe, options)
  expect(said).toEqual([...Array(3).fill('Waiting for Redis: refused'), 'Redis is there'])
  expect(pauses.reduce((sum, ms) => sum + ms)).toBe(150_000)
})

test('the reasons behind a refused connection to every address of a host are told', async () => {
  const { options, said, pauses } = createWait()
  await waitFor(
    'the database',
    async () => {
      if (pauses.length === 0) throw new AggregateError([new Error('refused ::1'), new Error('refused 127.0.0.1')])
    },
    options,
  )
  expect(said[0]).toBe('Waiting for the database: refused ::1; refused 127.0.0.1')
})

test('a process that is asked to end stops waiting', async () => {
  const { options, controller } = createWait()
  const probe = async () => {
    controller.abort(new Error('ending'))
    throw new Error('refused')
  }
  await expect(waitFor('Redis', probe, options)).rejects.toThrow()
  await expect(waitFor('Redis', async () => 5, options)).rejects.toThrow('ending')
})

test('a wrong setting is not waited out', async () => {
  const { options } = createWait()
  const probe = async () => {
    throw new ConfigError('CLIENT_BOT_TOKEN is refused by Telegram.')
  }
  await expect(waitFor('Telegram', probe, options)).rejects.toThrow(ConfigError)
})
