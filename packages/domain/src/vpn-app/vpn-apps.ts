/** Where a customer may want the VPN. */
export const systems = ['android', 'ios', 'windows', 'macos', 'linux'] as const
export type System = (typeof systems)[number]

const appIds = ['happ', 'v2raytun', 'hiddify', 'v2rayng', 'streisand', 'shadowrocket'] as const
export type VpnAppId = (typeof appIds)[number]

/** A VPN app that takes a whole subscription by a link of its own scheme. */
export interface VpnApp {
  readonly id: VpnAppId
  readonly name: string
  /** Opens the app and adds a subscription: `url` is the subscription's address, `title` what the app may call it. */
  importLink(url: string, title: string): string
  /** Where each system installs it from: the maker's page in a store, or its own releases. */
  readonly stores: Readonly<Partial<Record<System, string>>>
}

const appStore = (path: string) => `https://apps.apple.com/app/${path}`
const googlePlay = (id: string) => `https://play.google.com/store/apps/details?id=${id}`
const releases = (repository: string) => `https://github.com/${repository}/releases/latest`

const encoded = encodeURIComponent
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

/** Sources: the apps' own code or documents, the panels that feed them, and the makers' pages. */
export const vpnApps: Readonly<Record<VpnAppId, VpnApp>> = {
  happ: {
    id: 'happ',
    name: 'Happ',
    importLink: (url) => `happ://add/${url}`,
    stores: {
      android: googlePlay('com.happproxy'),
      ios: appStore('happ-proxy-utility/id6504287215'),
      windows: releases('Happ-proxy/happ-desktop'),
      macos: appStore('happ-proxy-utility/id6504287215'),
      linux: releases('Happ-proxy/happ-desktop'),
    },
  },
  v2raytun: {
    id: 'v2raytun',
    name: 'v2RayTun',
    importLink: (url) => `v2raytun://import/${url}`,
    stores: {
      android: googlePlay('com.v2raytun.android'),
      ios: appStore('v2raytun/id6476628951'),
      macos: appStore('v2raytun/id6476628951'),
    },
  },
  hiddify: {
    id: 'hiddify',
    name: 'Hiddify',
    importLink: (url, title) => `hiddify://import/${url}#${encoded(title)}`,
    stores: {
      android: googlePlay('app.hiddify.com'),
      windows: releases('hiddify/hiddify-app'),
      macos: releases('hiddify/hiddify-app'),
      linux: releases('hiddify/hiddify-app'),
    },
  },
  v2rayng: {
    id: 'v2rayng',
    name: 'v2rayNG',
    // Decodes `url` once more than usual, and takes the name from the fragment alone.
    importLink: (url, title) => `v2rayng://install-sub?url=${encoded(url.replaceAll('%', '%25'))}#${encoded(title)}`,
    stores: { android: releases('2dust/v2rayNG') },
  },
  streisand: {
    id: 'streisand',
    name: 'Streisand',
    importLink: (url, title) => `streisand://import/${url}#${encoded(title)}`,
    stores: { ios: appStore('streisand/id6450534064') },
  },
  shadowrocket: {
    id: 'shadowrocket',
    name: 'Shadowrocket',
    importLink: (url, title) => `shadowrocket://add/sub://${base64(url)}?remark=${encoded(title)}`,
    stores: { ios: appStore('shadowrocket/id932747118') },
  },
}

/** An app as one system installs it. */
export interface OfferedApp {
  readonly app: VpnApp
  readonly storeUrl: string
}

/** What is offered on a system; the first is the one we recommend. */
export const appsOf = (system: System): readonly OfferedApp[] =>
  appIds.flatMap((id) => {
    const app = vpnApps[id]
    const storeUrl = app.stores[system]
    return storeUrl ? [{ app, storeUrl }] : []
  })

/** An app by its id; null for anything else. */
export const findVpnApp = (id: unknown): VpnApp | null =>
  appIds.flatMap((one) => (one === id ? vpnApps[one] : []))[0] ?? null
