import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** A webhook as it goes over the wire: the body is signed as these very bytes. */
export interface Webhook {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  /** Where it goes unless the simulator is told otherwise, for a provider that is told with each invoice. */
  readonly url?: string
  /** Statuses after which the provider does not repeat it. */
  readonly givesUpOn?: readonly number[]
}

/** What became of one attempt: the answer's status, 0 for no answer, or `dropped` on request. */
export interface Delivery {
  readonly body: string
  readonly outcome: number | 'dropped'
}

export interface WebhookSender {
  /** Resolves after the first attempt; repeats until a 2xx go on behind it. */
  send(webhook: Webhook): Promise<void>
  setUrl(url: string | null): void
  setOn(isOn: boolean): void
  /** The next webhooks are lost for good, as if the provider had never sent them. */
  dropNext(times: number): void
  /** The last thousand attempts, oldest first. */
  deliveries(): readonly Delivery[]
  /** Resolves when no attempt or repeat is outstanding. */
  settled(): Promise<void>
  close(): void
}

export interface WebhookSenderOptions {
  readonly url: string | null
  /** Pauses before the repeats of a webhook that was not taken. */
  readonly retryDelaysMs: readonly number[]
}

const keptDeliveries = 1000

export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const state = { url: readUrl(options.url), isOn: true, toDrop: 0, deliveries: [] as Delivery[] }
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()

  const record = (delivery: Delivery) => {
    state.deliveries.push(delivery)
    if (state.deliveries.length > keptDeliveries) state.deliveries.shift()
  }
  const attempt = async ({ body, headers, url: own, givesUpOn = [] }: Webhook): Promise<boolean> => {
    const url = state.url ?? (own?.startsWith('http:') ? own : null)
    if (url === null) return true
    const status = await postWebhook(url, { body, headers })
    record({ body, outcome: status })
    return (status >= 200 && status < 300) || givesUpOn.includes(status)
  }
  const repeat = async (webhook: Webhook): Promise<void> => {
    for (const delayMs of options.retryDelaysMs) {
      await wait(delayMs, undefined, { signal: stopping.signal, ref: false })
      if (state.isOn && (await attempt(webhook))) return
    }
  }
  const send = async (webhook: Webhook): Promise<void> => {
    if (!state.isOn || state.toDrop > 0) {
      if (state.isOn) state.toDrop -= 1
      record({ body: webhook.body, outcome: 'dropped' })
      return
    }
    if (await attempt(webhook)) return
    // Only a stop ends the repeats early.
    const repeats: Promise<void> = repeat(webhook)
      .catch(() => undefined)
      .finally(() => running.delete(repeats))
    running.add(repeats)
  }

  return {
    send: (webhook) => {
      const sending: Promise<void> = send(webhook).finally(() => running.delete(sending))
      running.add(sending)
      return sending
    },
    setUrl: (url) => {
      state.url = readUrl(url)
    },
    setOn: (isOn) => {
      state.isOn = isOn
    },
    dropNext: (times) => {
      state.toDrop += times
    },
    deliveries: () => state.deliveries,
    settled: async () => {
      while (running.size > 0) await Promise.all(running)
    },
    close: () => stopping.abort(),
  }
}

function readUrl(url: string | null): string | null {
  if (url !== null && new URL(url).protocol !== 'http:') throw new Error('simulated webhooks go over plain http')
  return url
}

/** Posts over IPv4, so that a receiver on this machine sees 127.0.0.1. Returns the status, 0 when there was no answer. */
function postWebhook(url: string, { body, headers }: Webhook): Promise<number> {
  return new Promise((resolve) => {
    const call = request(url, {
      method: 'POST',
      family: 4,
      timeout: 10_000,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
    })
    call.on('response', (response) => {
      // The body is of no interest, but unread it would keep the connection open.
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    call.on('timeout', () => call.destroy())
    call.on('error', () => resolve(0))
    call.on('close', () => resolve(0))
    call.end(body)
  })
}
