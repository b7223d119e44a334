import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { EndpointUnreachable } from '@vpn-kiosk/domain'
import type { PanelResponse } from './panel-answers.ts'
import { explainFailure, isEndpointError } from './panel-answers.ts'
import { connectVerified, speaksTls } from './panel-tls.ts'

export interface PanelRequest {
  readonly method: 'GET' | 'POST'
  /** Below the base path, without a slash in front: `panel/api/inbounds/list`. */
  readonly path: string
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** The answer may be as long as `listLimitBytes`: it brings along every client. */
  readonly isList?: boolean
}

export interface PanelHttp {
  /** One request, no retries. Throws `EndpointUnreachable` when there was no whole answer in time, or a 5xx. */
  send(request: PanelRequest): Promise<PanelResponse>
  close(): void
}

export interface PanelHttpOptions {
  readonly baseUrl: string
  readonly timeoutMs: number
  /** SHA-256 of the one certificate that is trusted, lower-case hex; null = as the machine trusts. */
  readonly pinnedCertificate: string | null
}

/** What one client's or one inbound's facts may take. */
const answerLimitBytes = 4 * 1024 ** 2
/** A list of 50,000 clients takes some 40 MB. */
const listLimitBytes = 64 * 1024 ** 2
/** Requests to one panel at once; more wait for a free connection. */
const connections = 8

export function createPanelHttp({ baseUrl, timeoutMs, pinnedCertificate }: PanelHttpOptions): PanelHttp {
  const isTls = baseUrl.startsWith('https:')
  const agent = isTls ? tlsAgent(pinnedCertificate) : new HttpAgent({ keepAlive: true, maxSockets: connections })
  let hasAnswered = false
  return {
    async send(request) {
      const where = `${request.method} ${request.path.split('?')[0]}`
      const url = new URL(request.path, baseUrl)
      try {
        const response = await exchange(url, request, { agent, timeoutMs, where })
        hasAnswered = true
        return response
      } catch (error) {
        if (isEndpointError(error)) throw error
        // A server that wants TLS may hang up on a plain request without a word.
        const wantsTls = !isTls && !hasAnswered && (await speaksTls(url.hostname, Number(url.port || 80)))
        throw explainFailure(error, { where, isTls, wantsTls })
      }
    },
    close: () => agent.destroy(),
  }
}

/** Connections are made and looked at before anything of ours (user name, password) is sent over them. */
function tlsAgent(pinnedCertificate: string | null): HttpsAgent {
  const agent = new HttpsAgent({ keepAlive: true, maxSockets: connections })
  agent.createConnection = (options, done) => {
    connectVerified(options, pinnedCertificate).then(
      (socket) => done?.(null, socket),
      (error: Error) => done?.(error, undefined as never),
    )
    return undefined as never
  }
  return agent
}

interface Exchange {
  readonly agent: HttpAgent | HttpsAgent
  readonly timeoutMs: number
  readonly where: string
}

async function exchange(
  url: URL,
  request: PanelRequest,
  { agent, timeoutMs, where }: Exchange,
): Promise<PanelResponse> {
  const signal = AbortSignal.timeout(timeoutMs)
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const body = requestBody(request)
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const headers = {
      ...requestHeaders(request),
      ...(body === null ? {} : { 'content-length': Buffer.byteLength(body) }),
    }
    const sent = send(url, { method: request.method, headers, agent, signal }, resolve)
    sent.once('error', (error) => reject(signal.aborted ? signal.reason : error))
    sent.end(body ?? undefined)
  })
  const body = await readBody(message, request.isList === true ? listLimitBytes : answerLimitBytes, where).catch(
    (error: unknown) => {
      message.destroy()
      throw signal.aborted ? signal.reason : error
    },
  )
  const status = message.statusCode ?? 0
  if (status >= 500) throw new EndpointUnreachable(`the panel answered ${status} to ${where}`, { code: 'server_error' })
  return {
    status,
    body,
    cookies: message.headers['set-cookie'] ?? [],
    panelTime: readTime(message.headers.date),
    location: message.headers.location ?? null,
  }
}

const unpack = promisify(gunzip)

/** Stops reading at the limit, also of what is longer than it was when packed. */
async function readBody(message: IncomingMessage, limitBytes: number, where: string): Promise<string> {
  const tooLarge = () =>
    new EndpointUnreachable(`the answer to ${where} is longer than ${limitBytes} bytes`, { code: 'answer_too_large' })
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limitBytes) throw tooLarge()
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  // Panels say of an empty body that it is packed, too.
  if (message.headers['content-encoding'] !== 'gzip' || length === 0) return body.toString('utf8')
  const unpacked = await unpack(body, { maxOutputLength: limitBytes }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : error
  })
  return unpacked.toString('utf8')
}

function requestHeaders(request: PanelRequest): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    // Panels answer an expired session with 401 instead of a redirect to the login page when they see this.
    'x-requested-with': 'XMLHttpRequest',
    ...request.headers,
  }
  if (request.json !== undefined) headers['content-type'] = 'application/json'
  if (request.form !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded'
  return headers
}

function requestBody(request: PanelRequest): string | null {
  if (request.json !== undefined) return JSON.stringify(request.json)
  if (request.form !== undefined) return new URLSearchParams(request.form).toString()
  return null
}

function readTime(date: string | undefined): Date | null {
  const at = new Date(date ?? '')
  return Number.isNaN(at.getTime()) ? null : at
}
