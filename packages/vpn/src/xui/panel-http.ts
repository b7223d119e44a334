import { EndpointUnreachable } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { PanelRefusal } from './panel-error.ts'

export interface PanelRequest {
  readonly method: 'GET' | 'POST'
  /** Below the base path, without a slash in front: `panel/api/inbounds/list`. */
  readonly path: string
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

export interface PanelResponse {
  readonly status: number
  readonly body: string
  readonly cookies: readonly string[]
  /** The panel's own time, from its `Date` header; null where it sends none. */
  readonly panelTime: Date | null
}

export type PanelHttp = (request: PanelRequest) => Promise<PanelResponse>

/** One request, no retries. Throws `EndpointUnreachable` when there was no whole answer in time, or a 5xx. */
export function createPanelHttp(baseUrl: string, timeoutMs: number): PanelHttp {
  return async (request) => {
    const where = `${request.method} ${request.path.split('?')[0]}`
    try {
      const response = await fetch(new URL(request.path, baseUrl), {
        method: request.method,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: requestHeaders(request),
        body: requestBody(request),
      })
      const body = await response.text()
      if (response.status >= 500) throw new EndpointUnreachable(`the panel answered ${response.status} to ${where}`)
      return { status: response.status, body, cookies: response.headers.getSetCookie(), panelTime: readTime(response) }
    } catch (error) {
      if (error instanceof EndpointUnreachable) throw error
      throw new EndpointUnreachable(`no answer from the panel to ${where}`, { cause: error })
    }
  }
}

function requestHeaders(request: PanelRequest): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json',
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

function readTime(response: Response): Date | null {
  const at = new Date(response.headers.get('date') ?? '')
  return Number.isNaN(at.getTime()) ? null : at
}

const envelopeSchema = z.object({ success: z.boolean(), msg: z.string().default(''), obj: z.unknown() })

/** Texts of a panel that could not do it now: its SQLite was busy, its core was restarting. Asking again helps. */
const passing = /database is (locked|busy)|deadlock|connection refused|context deadline exceeded/i

/**
 * Reads `{ success, msg, obj }`, which the panel sends with HTTP 200 for its refusals too.
 * Throws `PanelRefusal` for a refusal and `EndpointUnreachable` for anything that is not the panel talking (HTML of a proxy).
 */
export function readEnvelope(response: PanelResponse): unknown {
  const envelope = envelopeSchema.safeParse(parseJson(response.body))
  if (!envelope.success) throw new EndpointUnreachable(`the answer (HTTP ${response.status}) is not the panel's JSON`)
  if (envelope.data.success) return envelope.data.obj
  const reason = envelope.data.msg
    .trim()
    .replace(/\s+\)$/, ')')
    .slice(0, 300)
  if (passing.test(reason)) throw new EndpointUnreachable(`the panel could not do it now: ${reason}`)
  throw new PanelRefusal(reason)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
