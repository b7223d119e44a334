import { ProviderBusy, type ProviderId, ProviderRefused, ProviderUnreachable } from '@vpn-kiosk/domain'

/** One HTTP exchange with a provider. `body` is sent as JSON. */
export interface ProviderCall {
  readonly provider: ProviderId
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly timeoutMs: number
  /** The wish for a pause that the body of a 429 names, where the provider writes it there and not in `Retry-After`. */
  readonly readRetryAfterMs?: (body: unknown) => number | null
}

/** An answer that decides something: 2xx, or a 4xx that a repeat would not change. `body` is parsed JSON, null when it is none. */
export interface ProviderAnswer {
  readonly status: number
  readonly body: unknown
}

const maxAnswerBytes = 4 * 1024 * 1024

/**
 * Asks once. Throws `ProviderUnreachable` for everything that leaves the outcome unknown (no connection, time-out,
 * redirect, 408, 429, 5xx, a success that is not JSON). Header values never reach an error's message.
 */
export async function askProvider(call: ProviderCall): Promise<ProviderAnswer> {
  const response = await send(call)
  const text = await readText(call.provider, response)
  const { status } = response
  if (status === 429) throw busy(call, response, text)
  if (status < 200 || (status >= 300 && status < 400) || status === 408 || status >= 500) {
    throw new ProviderUnreachable(`${call.provider} answered HTTP ${status}`)
  }
  const body = parseJson(text)
  if (body === undefined && status < 300) {
    throw new ProviderUnreachable(`${call.provider} answered HTTP ${status} with something that is not JSON`)
  }
  return { status, body: body ?? null }
}

async function send(call: ProviderCall): Promise<Response> {
  const headers = readHeaders(call)
  try {
    // A redirect is never followed: it would carry the key to another host.
    return await fetch(call.url, {
      method: call.method,
      headers,
      body: call.body === undefined ? null : JSON.stringify(call.body),
      redirect: 'manual',
      signal: AbortSignal.timeout(call.timeoutMs),
    })
  } catch (cause) {
    throw new ProviderUnreachable(`${call.provider} gave no answer`, { cause })
  }
}

/** The runtime's own complaint about a bad header quotes its value, which here is a key: so it is not kept as a cause. */
function readHeaders(call: ProviderCall): Headers {
  try {
    const headers = new Headers(call.headers)
    if (call.body !== undefined) headers.set('content-type', 'application/json')
    return headers
  } catch {
    throw new ProviderRefused(`${call.provider}: the key holds characters that no HTTP header can carry`)
  }
}

async function readText(provider: ProviderId, response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength
      if (size > maxAnswerBytes) break
      chunks.push(chunk)
    }
  } catch (cause) {
    throw new ProviderUnreachable(`${provider} broke off its answer`, { cause })
  }
  if (size > maxAnswerBytes) throw new ProviderUnreachable(`${provider} answered more than ${maxAnswerBytes} bytes`)
  return Buffer.concat(chunks).toString('utf8')
}

function busy({ provider, readRetryAfterMs }: ProviderCall, response: Response, text: string): ProviderBusy {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const isNamed = Number.isFinite(seconds) && seconds >= 0
  const retryAfterMs = isNamed ? seconds * 1000 : (readRetryAfterMs?.(parseJson(text)) ?? null)
  return new ProviderBusy(`${provider} asks for fewer calls (HTTP 429)`, retryAfterMs)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
