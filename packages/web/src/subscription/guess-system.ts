import type { System } from '@vpn-kiosk/domain'

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
