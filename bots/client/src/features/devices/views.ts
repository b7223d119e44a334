import { type DeviceId, type ServerId, sharedDevices } from '@vpn-kiosk/domain'
import type { AddDeviceResult, DeviceList, DevicePlace, DeviceSummary, SharedKeyUse } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openPlans } from '../purchase/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import {
  addDevice,
  askKeepOnly,
  askRevoke,
  choosePlace,
  fetchDevice,
  keepOnly,
  openDevice,
  openDevices,
  presets,
  renameDevice,
  revokeDevice,
  takePreset,
} from './callbacks.ts'

export function devicesView(t: Translator, list: DeviceList | null, note?: string): View {
  if (list?.standing === 'suspended') return suspendedView(t)
  if (list?.standing !== 'active') return noSubscriptionView(t)
  const { devices, places, deviceLimit } = list
  const isFull = devices.length >= deviceLimit
  return {
    text: [...(note ? [note] : []), t('devices-title'), ...bodyOf(t, list)].join('\n\n'),
    keyboard: [
      ...devices.map((device) => [openDevice.button(deviceLabel(t, device), { device: device.id })]),
      ...(places.length > 0 && !isFull ? [[addDevice.button(t.plain('devices-add'), {}, 'success')]] : []),
      ...(isFull ? [[openPlans.button(t.plain('plans-all'), {})]] : []),
      [openKey.button(t.plain('menu-key'), {})],
      [menuButton(t)],
    ],
  }
}

/** One limit for all: what keys of single devices take is not left to the shared key. */
function bodyOf(t: Translator, list: DeviceList): string[] {
  const { shared, devices, places, surplusClosesAt, deviceLimit: limit } = list
  const sellsOwn = devices.length > 0 || places.length > 0
  return [
    shared || !sellsOwn
      ? t('devices-only-key', { limit: sharedDevices(limit, devices.length) })
      : t('devices-no-shared', { limit }),
    ...(shared ? [seenLine(t, shared)] : []),
    ...(sellsOwn ? [t(shared ? 'devices-intro' : 'devices-intro-only')] : []),
    ...(sellsOwn ? [t('devices-count', { count: devices.length, limit })] : []),
    ...(surplusClosesAt ? [t('devices-over', { limit, until: t.dateTime(surplusClosesAt) })] : []),
    ...(devices.length >= limit && !surplusClosesAt ? [t('devices-full')] : []),
  ]
}

/** Where a key was used last, as far as its server tells. */
const seenLine = (t: Translator, { lastSeenAt, serverLabel }: SharedKeyUse): string =>
  lastSeenAt ? t('devices-seen', { at: t.dateTime(lastSeenAt), place: serverLabel }) : t('devices-never-seen')

const deviceLabel = (t: Translator, device: DeviceSummary): string =>
  t.plain('devices-line', { name: device.name, place: device.serverLabel })

const noSubscriptionView = (t: Translator): View => ({
  text: `${t('devices-title')}\n\n${t('devices-no-subscription')}`,
  keyboard: [[openPlans.button(t.plain('menu-buy'), {}, 'primary')], [menuButton(t)]],
})

const suspendedView = (t: Translator): View => ({
  text: `${t('devices-title')}\n\n${t('status-suspended')}`,
  keyboard: [[openSupport.button(t.plain('menu-support'), {}, 'primary')], [menuButton(t)]],
})

export const placesView = (t: Translator, places: readonly DevicePlace[]): View => ({
  text: t('device-place'),
  keyboard: [
    ...places.map(({ serverId, label, protocol }) => [
      choosePlace.button(`${label} · ${t.plain(`protocol-${protocol}`)}`, { server: serverId }),
    ]),
    [openDevices.button(t.plain('back'), {})],
  ],
})

export function namingView(t: Translator, server: ServerId, request: string): View {
  const buttons = presets.map((preset) => takePreset.button(t.plain(`preset-${preset}`), { server, preset, request }))
  return {
    text: t('device-name'),
    keyboard: [buttons.slice(0, 2), buttons.slice(2), [openDevices.button(t.plain('back'), {})]],
  }
}

/** Why a device was not added. */
export function refusedView(t: Translator, result: Exclude<AddDeviceResult, { kind: 'added' }>): View {
  const keyboard = [[openDevices.button(t.plain('menu-devices'), {})], [menuButton(t)]]
  switch (result.kind) {
    case 'no_subscription':
      return noSubscriptionView(t)
    case 'limit_reached':
      return {
        text: t('device-limit', { limit: result.deviceLimit }),
        keyboard: [[openPlans.button(t.plain('plans-all'), {})], ...keyboard],
      }
    case 'no_room':
    case 'server_gone':
      return { text: t('device-no-room'), keyboard }
  }
}

export function deviceView(t: Translator, device: DeviceSummary, list: DeviceList): View {
  const seen = device.lastSeenAt ? t('device-seen', { at: t.dateTime(device.lastSeenAt) }) : t('device-never-seen')
  const { id } = device
  return {
    text: [
      t('device-title', { name: device.name }),
      [
        t('device-where', { place: device.serverLabel, protocol: t.plain(`protocol-${device.protocol}`) }),
        seen,
        t('device-traffic', { used: t.bytes(device.trafficBytes) }),
      ].join('\n'),
    ].join('\n\n'),
    keyboard: [
      [fetchDevice.button(t.plain('device-fetch'), { device: id }, 'primary')],
      ...(list.surplusClosesAt && list.deviceLimit === 1
        ? [[askKeepOnly.button(t.plain('device-keep-only'), { device: id })]]
        : []),
      [
        renameDevice.button(t.plain('device-rename'), { device: id }),
        askRevoke.button(t.plain('device-revoke'), { device: id }),
      ],
      [openDevices.button(t.plain('back'), {})],
    ],
  }
}

export const renamingView = (t: Translator, name: string, device: DeviceId): View => ({
  text: t('device-new-name', { name }),
  keyboard: [[openDevice.button(t.plain('back'), { device })]],
})

export const keepingView = (t: Translator, { id, name }: DeviceSummary): View => ({
  text: t('device-keep-sure', { name }),
  keyboard: [
    [keepOnly.button(t.plain('device-keep-yes'), { device: id }, 'danger')],
    [openDevice.button(t.plain('back'), { device: id })],
  ],
})

export const revokingView = (t: Translator, { id, name }: DeviceSummary): View => ({
  text: t('device-revoke-sure', { name }),
  keyboard: [
    [revokeDevice.button(t.plain('device-revoke-yes'), { device: id }, 'danger')],
    [openDevice.button(t.plain('device-revoke-no'), { device: id })],
  ],
})
