import { type EndpointCause, EndpointRefused, EndpointUnreachable } from '@vpn-kiosk/domain'
import { z } from 'zod'

export const isEndpointError = (error: unknown): error is EndpointRefused | EndpointUnreachable =>
  error instanceof EndpointRefused || error instanceof EndpointUnreachable

interface Circumstances {
  readonly where: string
  readonly isTls: boolean
  /** A plain request was not answered, and TLS would be. */
  readonly wantsTls: boolean
}

const causes: Readonly<Record<string, EndpointCause>> = {
  ENOTFOUND: 'name_unknown',
  EAI_AGAIN: 'name_unknown',
  EAI_NODATA: 'name_unknown',
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'connection_refused',
  ENETUNREACH: 'connection_refused',
  EADDRNOTAVAIL: 'connection_refused',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
  ECONNABORTED: 'connection_lost',
}

/** Why there was no answer, from what the network, TLS or the HTTP parser said. */
export function explainFailure(error: unknown, { where, isTls, wantsTls }: Circumstances): Error {
  const code = wantsTls ? 'not_http' : causeOf(error, isTls)
  const message = `no answer from the panel to ${where}: ${code}`
  if (code === 'not_https' || code === 'not_http') return new EndpointRefused(message, { code, cause: error })
  return new EndpointUnreachable(message, { code, cause: error })
}

function causeOf(error: unknown, isTls: boolean): EndpointCause {
  if (!(error instanceof Error)) return 'other'
  if (error.name === 'TimeoutError') return 'timeout'
  const [first] = error instanceof AggregateError ? error.errors : []
  const code = String((error as NodeJS.ErrnoException).code ?? (first as NodeJS.ErrnoException)?.code ?? '')
  if (isTls && /WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST|UNKNOWN_PROTOCOL|UNEXPECTED_MESSAGE/.test(code)) {
    return 'not_https'
  }
  if (/^(EPROTO|ERR_SSL|ERR_TLS)/.test(code)) return 'tls_invalid'
  if (code.startsWith('HPE_')) return isTls ? 'not_a_panel' : 'not_http'
  return causes[code] ?? 'other'
}

const isHtml = (body: string): boolean => /^\s*(<!doctype html|<html|<head|<\?xml)/i.test(body)

/** An answer that is not the panel's JSON: HTML of a proxy, of another site or of a protection page. */
function explainNonsense(response: PanelResponse): EndpointUnreachable {
  const what = isHtml(response.body) ? 'a page for people' : "not the panel's JSON"
  return new EndpointUnreachable(`the answer (HTTP ${response.status}) is ${what}`, {
    code: isHtml(response.body) ? 'not_a_panel' : 'answer_unknown',
  })
}

/** Why the door was closed before the panel said a word. */
export function causeOfClosedDoor(response: PanelResponse, url: string): EndpointCause {
  if (response.status >= 300 && response.status < 400) {
    const there = new URL(response.location ?? '', url)
    const here = new URL(url)
    return here.protocol === 'http:' && there.protocol === 'https:' && there.hostname === here.hostname
      ? 'not_http'
      : 'redirected'
  }
  if (response.status === 400) return /https/i.test(response.body) ? 'not_http' : 'not_a_panel'
  // A page with a refusal is a protection service's; the panel itself refuses with an empty body.
  if (response.status !== 404 && isHtml(response.body)) return 'not_a_panel'
  return 'wrong_path'
}

/** The panel understood the request and refused it; `reason` is its own text, in the panel's language with an English tail in brackets. */
export class PanelRefusal extends EndpointRefused {
  readonly reason: string
  constructor(reason: string, code: EndpointCause = 'other') {
    super(`the panel refused: ${reason}`, { code })
    this.reason = reason
  }
  says(text: string): boolean {
    return this.reason.toLowerCase().includes(text.toLowerCase())
  }
}

/** The panel does not let us in, or the path is not there: the two look alike on this panel (404, 401, 307, 403). */
export class PanelDoorClosed extends EndpointRefused {
  readonly status: number
  constructor(status: number, hint: string, code: EndpointCause) {
    super(`the panel answered ${status}: ${hint}`, { code })
    this.status = status
  }
}

export interface PanelResponse {
  readonly status: number
  readonly body: string
  readonly cookies: readonly string[]
  /** The panel's own time, from its `Date` header; null where it sends none. */
  readonly panelTime: Date | null
  /** Where a redirect leads. */
  readonly location: string | null
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
  if (!envelope.success) throw explainNonsense(response)
  if (envelope.data.success) return envelope.data.obj
  const reason = envelope.data.msg
    .trim()
    .replace(/\s+\)$/, ')')
    .slice(0, 300)
  if (passing.test(reason)) throw new EndpointUnreachable(`the panel could not do it now: ${reason}`, { code: 'busy' })
  throw new PanelRefusal(reason)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * How the panel says "log in": 404 with an empty body (2.8.4 and later), 401, or a redirect to the login page. Other
 * servers say with 400 and 405 that there is no panel.
 */
export const closedDoor = new Set([301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 429])
