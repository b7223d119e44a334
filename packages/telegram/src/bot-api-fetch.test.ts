import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Api, HttpError, InputFile } from 'grammy'
import { afterEach, describe, expect, test } from 'vitest'
import { botApiFetch } from './bot-api-fetch.ts'

const token = '123:secret'
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(answer: RequestListener, scheme = 'http'): Promise<Api> {
  const server = createServer(answer)
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return new Api(token, { apiRoot: `${scheme}://127.0.0.1:${port}`, fetch: botApiFetch })
}

const message = JSON.stringify({ ok: true, result: { text: 'привет 🌍' } })

describe('a call of the Bot API', () => {
  test('sends JSON with its length and reads the answer, whatever pieces it comes in', async () => {
    const seen: unknown[] = []
    const api = await serve(async (request, response) => {
      seen.push(request.url, request.headers['content-type'], Number(request.headers['content-length']) > 0)
      seen.push(JSON.parse(await text(request)))
      for (const byte of Buffer.from(message)) response.write(Buffer.of(byte))
      response.end()
    })
    expect(await api.sendMessage(5, 'привет 🌍')).toEqual({ text: 'привет 🌍' })
    expect(seen).toEqual([`/bot${token}/sendMessage`, 'application/json', true, { chat_id: 5, text: 'привет 🌍' }])
  })

  test('carries a file whole', async () => {
    const file = Buffer.alloc(300_000, 'abcdefg')
    let body = ''
    const api = await serve(async (request, response) => {
      body = await text(request)
      response.end(message)
    })
    await api.sendDocument(5, new InputFile(file, 'key.conf'))
    expect(body.includes(file.toString())).toBe(true)
    expect(body.slice(0, 1_000)).toContain('filename=key.conf')
  })

  test('uses one connection again and again', async () => {
    const ports = new Set<number | undefined>()
    const api = await serve((request, response) => {
      ports.add(request.socket.remotePort)
      request.resume().on('end', () => response.end(message))
    })
    for (let count = 0; count < 5; count++) await api.getMe()
    expect(ports.size).toBe(1)
  })

  test.each<[string, RequestListener]>([
    ['a page of HTML', (_, response) => response.writeHead(502).end('<html>Bad Gateway</html>')],
    ['a connection that is cut', (request) => request.socket.destroy()],
    ['an answer that breaks off', (_, response) => response.write('{"ok":', () => response.destroy())],
  ])('takes %s for no answer, without a word of the token', async (_, answer) => {
    const api = await serve(answer)
    const failure = await api.getMe().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(HttpError)
    expect(`${failure} ${(failure as HttpError).error}`).not.toContain('secret')
  })

  test('hangs up when it is no longer wanted', async () => {
    const stop = new AbortController()
    let hungUp: (() => void) | undefined
    const closed = new Promise<void>((resolve) => {
      hungUp = resolve
    })
    const api = await serve((request) => {
      request.socket.on('close', () => hungUp?.())
      stop.abort()
    })
    await expect(api.getUpdates({ timeout: 30 }, stop.signal as never)).rejects.toThrow(HttpError)
    await closed
  })

  test('over https speaks nothing but TLS', async () => {
    const api = await serve((_, response) => response.end(message), 'https')
    const failure = await api.getMe().catch((error: unknown) => error)
    expect((failure as HttpError).error).toMatchObject({ code: 'EPROTO' })
  })
})
