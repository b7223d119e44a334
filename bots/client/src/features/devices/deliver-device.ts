import { setTimeout as delay } from 'node:timers/promises'
import type { AccessDocument, DeviceId } from '@vpn-kiosk/domain'
import type { DeviceKey, Shop } from '@vpn-kiosk/shop'
import { renderQr, sendView, showView } from '@vpn-kiosk/telegram'
import type { ClientContext } from '../../context.ts'
import { fileView, scanView, waitingView } from './file-views.ts'
import { devicesView } from './views.ts'

export type Pause = (ms: number) => Promise<void>

export const realPause: Pause = (ms) => delay(ms)

/** A server answers within a second or two; whoever waits longer is shown a button to look again. */
const looks = 5
const lookEveryMs = 600

/** Hands a device's file over: the document to keep, then the picture to scan. */
export async function deliverDevice(
  deps: { readonly shop: Pick<Shop, 'getDeviceKey' | 'listDevices'>; readonly pause: Pause },
  ctx: ClientContext,
  deviceId: DeviceId,
): Promise<void> {
  const of = { customerId: ctx.customer.id, deviceId }
  let key: DeviceKey | null = await deps.shop.getDeviceKey(of)
  for (let look = 1; key && !key.document && look < looks; look += 1) {
    await deps.pause(lookEveryMs)
    key = await deps.shop.getDeviceKey(of)
  }
  if (!key) await showView(ctx, devicesView(ctx.t, await deps.shop.listDevices(of.customerId), ctx.t('device-gone')))
  else if (!key.document) await showView(ctx, waitingView(ctx.t, key.device))
  else await hand(ctx, key.device, key.document)
}

async function hand(ctx: ClientContext, device: DeviceKey['device'], document: AccessDocument): Promise<void> {
  const file = fileView(ctx.t, device, document)
  if (file) await sendView(ctx.api, Number(ctx.customer.telegramId), file)
  await showView(ctx, scanView(ctx.t, device, { document, qr: await pictureOf(document) }))
}

/** What holds certificates is too long for a camera: then there is only the file. */
async function pictureOf(document: AccessDocument): Promise<Uint8Array | null> {
  const text = document.kind === 'link' ? document.uri : document.body
  return Buffer.byteLength(text) <= 2_000 ? renderQr(text) : null
}
