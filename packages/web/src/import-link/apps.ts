export const systems = ['android', 'ios', 'windows', 'macos', 'linux'] as const
export type System = (typeof systems)[number]

/** A VPN app that takes a subscription by a link of its own scheme. */
export interface ImportApp {
  readonly id: string
  readonly name: string
  /** `url` is the subscription's address; `name` what the app may call it. */
  link(url: string, name: string): string
}

const encoded = encodeURIComponent
const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

/** The only schemes that `/open` leads to. Sources: the apps' own code or documents, and the panels that feed them. */
const apps = {
  happ: { id: 'happ', name: 'Happ', link: (url) => `happ://add/${url}` },
  v2raytun: { id: 'v2raytun', name: 'v2RayTun', link: (url) => `v2raytun://import/${url}` },
  hiddify: { id: 'hiddify', name: 'Hiddify', link: (url, name) => `hiddify://import/${url}#${encoded(name)}` },
  // Decodes `url` once more than usual, and takes the name from the fragment alone.
  v2rayng: {
    id: 'v2rayng',
    name: 'v2rayNG',
    link: (url, name) => `v2rayng://install-sub?url=${encoded(url.replaceAll('%', '%25'))}#${encoded(name)}`,
  },
  streisand: { id: 'streisand', name: 'Streisand', link: (url, name) => `streisand://import/${url}#${encoded(name)}` },
  shadowrocket: {
    id: 'shadowrocket',
    name: 'Shadowrocket',
    link: (url, name) => `shadowrocket://add/sub://${base64(url)}?remark=${encoded(name)}`,
  },
} as const satisfies Readonly<Record<string, ImportApp>>

/** What is offered where; the first is the one we recommend. */
export const appsOf: Readonly<Record<System, readonly ImportApp[]>> = {
  android: [apps.happ, apps.v2raytun, apps.hiddify, apps.v2rayng],
  ios: [apps.happ, apps.v2raytun, apps.streisand, apps.shadowrocket],
  windows: [apps.happ, apps.hiddify],
  macos: [apps.happ, apps.v2raytun, apps.hiddify],
  linux: [apps.happ, apps.hiddify],
}

export const findApp = (id: unknown): ImportApp | null =>
  Object.values<ImportApp>(apps).find((app) => app.id === id) ?? null

const signs: readonly (readonly [RegExp, System])[] = [
  [/android/i, 'android'],
  [/iphone|ipad|ipod/i, 'ios'],
  [/macintosh|mac os/i, 'macos'],
  [/windows/i, 'windows'],
  [/linux|x11/i, 'linux'],
]

/** The system that a browser says it runs on; Android for what says nothing, as most customers' phones are. */
export const guessSystem = (userAgent = ''): System =>
  signs.find(([sign]) => sign.test(userAgent.slice(0, 400)))?.[1] ?? 'android'
