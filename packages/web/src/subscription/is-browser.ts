import type { FastifyRequest } from 'fastify'

// Prefixes that VPN apps and their HTTP libraries put first; some of them ask for text/html all the same.
const apps =
  /^(happ|v2ray|hiddify|streisand|shadowrocket|incy|karing|v2box|foxray|clash|mihomo|flclash|stash|sing-box|sf[aimt]\/|neko|sn\/|quantumult|surge|loon|dart|okhttp|go-http)/i

/** Whether a person looks at it, in a browser; anything else is an app that wants its list. */
export function isBrowser({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  if (!headers.accept?.toLowerCase().includes('text/html')) return false
  return !apps.test(headers['user-agent'] ?? '')
}
