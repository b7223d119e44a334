import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { type Inbox, type Pending, pendingToWire } from './inbox.ts'

export interface WebhookSettings {
  readonly url: string
  readonly secretToken: string | undefined
  readonly maxConnections: number
}

export interface WebhookFailure {
  readonly at: Date
  readonly message: string
}

interface Delivery {
  readonly status: number
  readonly reason: string
  readonly retryAfterS: number
  readonly body: string
}

export interface WebhookDeps {
  readonly inbox: Inbox
  now(): Date
  /** Runs the one method call that a bot may put into its answer. */
  runMethod(call: Record<string, unknown>): Promise<void>
  /** The pause after the second failure; it doubles from there. */
  readonly retryMs: number
}

const longestPauseMs = 60_000
const answerTimeoutMs = 60_000

/**
 * Posts updates to a bot's own address: one at a time a chat, several chats at once, again and again until a 2xx.
 * An update leaves the inbox only after that.
 */
export class WebhookSender {
  readonly settings: WebhookSettings
  readonly #deps: WebhookDeps
  readonly #agent: HttpAgent
  readonly #lanes = new Map<string, Pending[]>()
  readonly #waiting: string[] = []
  readonly #timers = new Set<NodeJS.Timeout>()
  #active = 0
  #isStopped = false
  lastFailure: WebhookFailure | null = null

  constructor(settings: WebhookSettings, deps: WebhookDeps) {
    this.settings = settings
    this.#deps = deps
    const options = { keepAlive: true, maxSockets: settings.maxConnections }
    this.#agent = settings.url.startsWith('https:') ? new HttpsAgent(options) : new HttpAgent(options)
    deps.inbox.listen((pending) => this.#accept(pending))
  }

  close(): void {
    this.#isStopped = true
    this.#deps.inbox.listen(null)
    for (const timer of this.#timers) clearTimeout(timer)
    this.#agent.destroy()
  }

  #accept(pending: Pending): void {
    const lane = this.#lanes.get(pending.lane)
    if (lane) {
      lane.push(pending)
      return
    }
    this.#lanes.set(pending.lane, [pending])
    this.#waiting.push(pending.lane)
    this.#startLanes()
  }

  #startLanes(): void {
    while (!this.#isStopped && this.#active < this.settings.maxConnections) {
      const name = this.#waiting.shift()
      if (name === undefined) return
      this.#active++
      void this.#drain(name).finally(() => {
        this.#active--
        this.#startLanes()
      })
    }
  }

  async #drain(name: string): Promise<void> {
    const lane = this.#lanes.get(name)!
    for (let next = lane[0]; next && !this.#isStopped; next = lane[0]) {
      if (!this.#deps.inbox.isExpired(next)) await this.#deliver(next)
      if (this.#isStopped) return
      this.#deps.inbox.remove(next.id)
      lane.shift()
    }
    this.#lanes.delete(name)
  }

  /** Returns once the update was accepted or has expired. The first retry is immediate, the pauses then double. */
  async #deliver(pending: Pending): Promise<void> {
    for (let attempt = 0; !this.#isStopped && !this.#deps.inbox.isExpired(pending); attempt++) {
      const failure = await this.#attempt(pending)
      if (!failure) return
      if (this.#isStopped) return
      this.lastFailure = { at: this.#deps.now(), message: failure.message }
      const ownPauseMs = attempt === 0 ? 0 : Math.min(longestPauseMs, this.#deps.retryMs * 2 ** (attempt - 1))
      await this.#pause(Math.max(ownPauseMs, failure.retryAfterS * 1000))
    }
  }

  async #attempt(pending: Pending): Promise<{ message: string; retryAfterS: number } | null> {
    try {
      const answer = await this.#post(JSON.stringify(pendingToWire(pending)))
      if (answer.status < 200 || answer.status > 299) {
        const message = `Wrong response from the webhook: ${answer.status} ${answer.reason}`
        return { message, retryAfterS: Math.min(3600, answer.retryAfterS) }
      }
      await this.#runAnswer(answer.body)
      return null
    } catch (error) {
      return { message: describe(error), retryAfterS: 0 }
    }
  }

  async #runAnswer(body: string): Promise<void> {
    if (!body.startsWith('{')) return
    try {
      const call: unknown = JSON.parse(body)
      if (isMethodCall(call)) await this.#deps.runMethod(call)
    } catch {
      // The answer's result is invisible to the bot upstream as well, its errors included.
    }
  }

  #post(body: string): Promise<Delivery> {
    const { url, secretToken } = this.settings
    const headers: Record<string, string | number> = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    if (secretToken) headers['x-telegram-bot-api-secret-token'] = secretToken
    const send = url.startsWith('https:') ? requestHttps : requestHttp
    return new Promise((resolve, reject) => {
      const request = send(url, { method: 'POST', headers, agent: this.#agent, timeout: answerTimeoutMs }, (response) =>
        readDelivery(response).then(resolve, reject),
      )
      request.on('timeout', () => request.destroy(new Error('Read timeout expired')))
      request.on('error', reject)
      request.end(body)
    })
  }

  #pause(ms: number): Promise<void> {
    if (ms <= 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        resolve()
      }, ms)
      this.#timers.add(timer)
    })
  }
}

async function readDelivery(response: IncomingMessage): Promise<Delivery> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const retryAfterS = Number(response.headers['retry-after'] ?? 0)
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    retryAfterS: Number.isFinite(retryAfterS) ? retryAfterS : 0,
    body: Buffer.concat(chunks).toString(),
  }
}

const isMethodCall = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && 'method' in value && typeof value.method === 'string'

function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ECONNREFUSED') return 'Connection refused'
  if (code === 'ECONNRESET') return 'Connection reset by peer'
  if (code === 'ENOTFOUND') return 'Failed to resolve host: Name or service not known'
  return error instanceof Error ? error.message : String(error)
}
