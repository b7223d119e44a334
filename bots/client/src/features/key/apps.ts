/** Where a customer may want the VPN. */
export const systems = ['android', 'ios', 'windows', 'macos', 'linux'] as const
export type System = (typeof systems)[number]

/** The apps that the redirect page can import into; the first of a system is the one we recommend. */
export interface ImportApp {
  readonly id: 'happ' | 'v2raytun' | 'hiddify' | 'v2rayng' | 'streisand' | 'shadowrocket'
  readonly name: string
  /** Where it is installed from: the maker's page in a store or its own releases. */
  readonly storeUrl: string
}

const appStore = (path: string) => `https://apps.apple.com/app/${path}`
const googlePlay = (id: string) => `https://play.google.com/store/apps/details?id=${id}`
const releases = (repository: string) => `https://github.com/${repository}/releases/latest`

const happ = (storeUrl: string): ImportApp => ({ id: 'happ', name: 'Happ', storeUrl })
const v2raytun = (storeUrl: string): ImportApp => ({ id: 'v2raytun', name: 'v2RayTun', storeUrl })
const hiddify = (storeUrl: string): ImportApp => ({ id: 'hiddify', name: 'Hiddify', storeUrl })

export const appsOf: Readonly<Record<System, readonly [ImportApp, ...ImportApp[]]>> = {
  android: [
    happ(googlePlay('com.happproxy')),
    v2raytun(googlePlay('com.v2raytun.android')),
    hiddify(googlePlay('app.hiddify.com')),
    { id: 'v2rayng', name: 'v2rayNG', storeUrl: releases('2dust/v2rayNG') },
  ],
  ios: [
    happ(appStore('happ-proxy-utility/id6504287215')),
    v2raytun(appStore('v2raytun/id6476628951')),
    { id: 'streisand', name: 'Streisand', storeUrl: appStore('streisand/id6450534064') },
    { id: 'shadowrocket', name: 'Shadowrocket', storeUrl: appStore('shadowrocket/id932747118') },
  ],
  windows: [happ(releases('Happ-proxy/happ-desktop')), hiddify(releases('hiddify/hiddify-app'))],
  macos: [
    happ(appStore('happ-proxy-utility/id6504287215')),
    v2raytun(appStore('v2raytun/id6476628951')),
    hiddify(releases('hiddify/hiddify-app')),
  ],
  linux: [happ(releases('Happ-proxy/happ-desktop')), hiddify(releases('hiddify/hiddify-app'))],
}

/**
 * One tap adds the subscription to an app. Telegram opens only http(s) links, so it goes through the redirect page;
 * `subscriptionUrl` ends with the subscription's token.
 */
export const importUrl = (publicUrl: string, app: ImportApp['id'], subscriptionUrl: string): string =>
  `${publicUrl}/open?app=${app}&t=${encodeURIComponent(subscriptionUrl.split('/').at(-1) ?? '')}`
