import { type EndpointCause, EndpointRefused, EndpointUnreachable } from '@vpn-kiosk/domain'
import type { PanelResponse } from './panel-response.ts'

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
export function explainNonsense(response: PanelResponse): EndpointUnreachable {
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
