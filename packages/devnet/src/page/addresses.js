/** Where an address leads: to a bot's chat, to somebody to share with, to a page of this world, or out of it. */
export function readAddress(url, stage) {
  const address = URL.parse(url)
  if (!address) return { kind: 'unknown' }
  if (/^(t|telegram)\.me$/.test(address.hostname) || address.protocol === 'tg:') return readTelegram(address, stage)
  const path = address.pathname + address.search
  const origins = Object.entries(stage.addresses).map(([name, one]) => [name, new URL(one).origin])
  const [server] = origins.find(([, origin]) => origin === address.origin) ?? []
  if (server === 'web' || address.origin === location.origin) return { kind: 'page', url: path }
  if (server) return { kind: 'page', isPayment: true, url: path.replace(/^\/pay\//, `/checkout/${server}/`) }
  return { kind: 'outside', url }
}

function readTelegram(address, stage) {
  const isApp = address.protocol === 'tg:'
  if (isApp && address.host === 'user') return { kind: 'person', person: Number(address.searchParams.get('id')) }
  const name = isApp ? address.searchParams.get('domain') : address.pathname.split('/')[1]
  if (name === 'share' || address.host === 'msg_url') {
    return { kind: 'share', url: address.searchParams.get('url') ?? '', text: address.searchParams.get('text') ?? '' }
  }
  const bot = Object.values(stage.bots).find(({ username }) => username.toLowerCase() === name?.toLowerCase())
  if (!bot) return { kind: 'outside', url: address.href }
  return { kind: 'bot', bot: `@${bot.username}`, payload: address.searchParams.get('start') || undefined }
}
