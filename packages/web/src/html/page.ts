import { randomBytes } from 'node:crypto'
import type { Language } from '@vpn-kiosk/domain'
import type { FastifyReply } from 'fastify'
import { logoPath } from '../logo/logo-path.ts'
import { type Html, html, trusted } from './html.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'

export interface Page {
  readonly language: Language
  readonly title: string
  /** From the page's address to the root: '' or '../'. */
  readonly toRoot: string
  /** The shop's logo; null shows a key. */
  readonly logoVersion: string | null
  readonly body: Html
  /** The page asks for itself again after this many seconds, with or without scripts. */
  readonly refreshSeconds?: number
}

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'%3E%3Ctext y='.9em' font-size='90'%3E🔑%3C/text%3E%3C/svg%3E"

/** Sends a whole page that loads nothing but the shop's own logo; its own style and script are let through by a fresh nonce. */
export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  return reply
    .header('content-security-policy', policyOf(nonce))
    .header('cache-control', 'no-store')
    .header('content-language', page.language)
    .type('text/html; charset=utf-8')
    .send(writePage(page, nonce).markup)
}

const policyOf = (nonce: string): string =>
  `default-src 'none';style-src 'nonce-${nonce}';script-src 'nonce-${nonce}';img-src 'self' data:;base-uri 'none';form-action 'none';frame-ancestors 'none'`

const writePage = (
  { language, title, toRoot, logoVersion, body, refreshSeconds }: Page,
  nonce: string,
): Html => html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
${refreshSeconds ? html`<meta http-equiv="refresh" content="${refreshSeconds}">` : null}
<title>${title}</title>
<link rel="icon" href="${logoVersion ? `${toRoot}${logoPath(logoVersion)}` : icon}">
<style nonce="${nonce}">${trusted(pageStyle)}</style>
</head>
<body>
${body}
<script nonce="${nonce}">${trusted(pageScript)}</script>
</body>
</html>
`
