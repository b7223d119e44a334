import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RawWebhook } from '@vpn-kiosk/domain'

/** A receiver of webhooks that keeps them as they came in, for tests without the web room. */
export interface WebhookBox {
  readonly url: string
  /** The oldest webhook not yet taken; waits for one, at most 5 s. */
  take(): Promise<RawWebhook>
  /** The status it answers with; default 200. */
  answerWith(status: number): void
  close(): Promise<void>
}

export async function openWebhookBox(): Promise<WebhookBox> {
  const box = { status: 200, webhooks: [] as RawWebhook[] }
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const headers = request.headers as Record<string, string>
    box.webhooks.push({ body: Buffer.concat(chunks), headers, sourceIp: request.socket.remoteAddress ?? '' })
    response.writeHead(box.status).end()
    server.emit('webhook')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pay`,
    take: async () => {
      while (box.webhooks.length === 0) await once(server, 'webhook', { signal: AbortSignal.timeout(5000) })
      return box.webhooks.shift()!
    },
    answerWith: (status) => {
      box.status = status
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
