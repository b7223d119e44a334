import { type ProviderId, ProviderUnreachable } from '@vpn-kiosk/domain'

/** The address becomes a button in a chat, so nothing but http(s) may pass. */
export function assertPageUrl(provider: ProviderId, text: string): string {
  const { protocol } = URL.parse(text) ?? { protocol: null }
  if (protocol === 'https:' || protocol === 'http:') return text
  throw new ProviderUnreachable(`${provider} named no page that a browser can open`)
}
