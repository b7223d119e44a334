import { expect, test } from 'vitest'
import { appsOf, findVpnApp, systems, vpnApps } from './vpn-apps.ts'

test('each system is offered an app first that it can install', () => {
  for (const system of systems) expect(appsOf(system)[0]?.app.id, system).toBe('happ')
  expect(appsOf('ios').map(({ app }) => app.id)).toEqual(['happ', 'v2raytun', 'streisand', 'shadowrocket'])
  expect(appsOf('linux').map(({ app }) => app.id)).toEqual(['happ', 'hiddify'])
})

test('an app is installed from the shop of the system, never from somewhere unencrypted', () => {
  for (const system of systems)
    for (const { storeUrl } of appsOf(system)) expect(new URL(storeUrl).protocol).toBe('https:')
  expect(appsOf('ios')[0]?.storeUrl).toContain('apps.apple.com')
  expect(appsOf('android')[0]?.storeUrl).toContain('play.google.com')
})

test('an app is found by its own id alone', () => {
  expect(findVpnApp('happ')).toBe(vpnApps.happ)
  for (const id of ['__proto__', 'toString', '', undefined, ['happ']]) expect(findVpnApp(id)).toBeNull()
})

test('a title in any letters is carried by the link', () => {
  const title = 'Ünïcode & Co'
  expect(decodeURIComponent(vpnApps.hiddify.importLink('https://vpn.example/s/x', title))).toContain(title)
  expect(vpnApps.shadowrocket.importLink('https://vpn.example/s/x', title)).toContain(
    `sub://${btoa('https://vpn.example/s/x')}?`,
  )
})
