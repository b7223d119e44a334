import type { PanelResponse } from './panel-answers.ts'
import type { PanelRequest } from './panel-http.ts'
import { createPanelHttp } from './panel-http.ts'
import type { XuiConfig } from './settings.ts'

/** Requests that carry what the panel knows its admin by: the API token, or cookies and a CSRF token. */
export interface PanelLink {
  send(request: PanelRequest): Promise<PanelResponse>
  /** Forgets the session, as before a login. */
  forgetSession(): void
  keepCsrfToken(token: string | null): void
  panelTime(): Date | null
  close(): void
}

export function createPanelLink({ settings, secrets }: XuiConfig): PanelLink {
  const http = createPanelHttp({
    baseUrl: settings.url,
    timeoutMs: settings.timeoutMs,
    pinnedCertificate: settings.pinnedCertificate ?? null,
  })
  const cookies = new Map<string, string>()
  let csrfToken: string | null = null
  let panelTime: Date | null = null
  return {
    async send(request) {
      const headers: Record<string, string> = { ...request.headers }
      if (secrets.token !== undefined) headers.authorization = `Bearer ${secrets.token}`
      else if (cookies.size > 0) headers.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      if (csrfToken !== null && request.method === 'POST') headers['x-csrf-token'] = csrfToken
      const response = await http.send({ ...request, headers })
      panelTime = response.panelTime
      for (const line of response.cookies) keepCookie(cookies, line)
      return response
    },
    forgetSession() {
      cookies.clear()
      csrfToken = null
    },
    keepCsrfToken(token) {
      csrfToken = token
    },
    panelTime: () => panelTime,
    close: http.close,
  }
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const at = pair.indexOf('=')
  if (at > 0) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim())
}
