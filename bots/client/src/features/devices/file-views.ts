import type { AccessDocument } from '@vpn-kiosk/domain'
import type { DeviceKey } from '@vpn-kiosk/shop'
import { code, rawHtml, type Translator, type View } from '@vpn-kiosk/telegram'
import { fetchDevice, openDevice, openDevices } from './callbacks.ts'

type Device = DeviceKey['device']

/** The file to keep; null for a document that is a link. */
export const fileView = (t: Translator, device: Device, document: AccessDocument): View | null =>
  document.kind === 'file'
    ? { text: t('device-file', { name: device.name }), document: { name: document.name, body: document.body } }
    : null

/** The same as a picture for a phone's camera, with what to do and the ways on. */
export function scanView(
  t: Translator,
  device: Device,
  key: { document: AccessDocument; qr: Uint8Array | null },
): View {
  const { document, qr } = key
  const link = document.kind === 'link' ? `\n\n${t('device-link', { link: rawHtml(code(document.uri)) })}` : ''
  const how = t(`device-how-${device.protocol}`, { name: device.name })
  return {
    text: `${how}${link}`,
    ...(qr ? { photo: qr } : {}),
    keyboard: [
      [openDevice.button(t.plain('device-open'), { device: device.id })],
      [openDevices.button(t.plain('menu-devices'), {})],
    ],
  }
}

export const waitingView = (t: Translator, { id, name }: Device): View => ({
  text: t('device-waiting', { name }),
  keyboard: [
    [fetchDevice.button(t.plain('refresh'), { device: id }, 'primary')],
    [openDevices.button(t.plain('menu-devices'), {})],
  ],
})
