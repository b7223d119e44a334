import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What came in: enough to say that a repeat was the same call. */
interface Heard {
  readonly call: string
  readonly idempotenceKey: string | undefined
  readonly body: string
}

export interface CannedAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** A server that answers with recorded bodies, in order; the last one stays. */
export interface CannedProvider extends AsyncDisposable {
  readonly url: string
  readonly heard: readonly Heard[]
}

export async function openCannedProvider(...answers: CannedAnswer[]): Promise<CannedProvider> {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const answer = answers[Math.min(heard.length, answers.length - 1)]
    const key = request.headers['idempotence-key']
    const body = Buffer.concat(chunks).toString('utf8')
    heard.push({ call: `${request.method} ${request.url}`, idempotenceKey: key?.toString(), body })
    response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json', ...answer?.headers })
    response.end(answer?.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
