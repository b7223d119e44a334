/** Where an address leads, as Telegram's apps read it. */
export type Address =
  | { readonly kind: 'bot'; readonly username: string; readonly payload?: string }
  | { readonly kind: 'person'; readonly person: number }
  /** Opens an invoice over the chat. */
  | { readonly kind: 'invoice'; readonly link: string }
  | { readonly kind: 'share'; readonly url: string; readonly text: string }
  | { readonly kind: 'web'; readonly url: URL }
  | { readonly kind: 'unknown' }

export function readAddress(text: string): Address {
  const url = URL.parse(text)
  if (!url) return { kind: 'unknown' }
  const isApp = url.protocol === 'tg:'
  if (!isApp && !/^(t|telegram)\.me$/.test(url.hostname)) return { kind: 'web', url }
  const { searchParams } = url
  if (isApp && url.host === 'user') return { kind: 'person', person: Number(searchParams.get('id')) }
  const name = isApp ? searchParams.get('domain') : url.pathname.split('/')[1]
  if (name === 'share' || url.host === 'msg_url')
    return { kind: 'share', url: searchParams.get('url') ?? '', text: searchParams.get('text') ?? '' }
  if (name?.startsWith('$')) return { kind: 'invoice', link: text }
  const payload = searchParams.get('start')
  return name ? { kind: 'bot', username: name, ...(payload ? { payload } : {}) } : { kind: 'unknown' }
}
