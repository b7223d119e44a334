import type { DeviceId, ServerId } from '@vpn-kiosk/domain'
import type { DeviceList, DeviceSummary, NewDevice, Shop } from '@vpn-kiosk/shop'
import { newRequestId, showView, type View } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext, Dialog } from '../../context.ts'
import { requireChannels } from '../channels/require-channels.ts'
import {
  addDevice,
  askKeepOnly,
  askRevoke,
  choosePlace,
  fetchDevice,
  keepOnly,
  openDevice,
  openDevices,
  renameDevice,
  revokeDevice,
  takePreset,
} from './callbacks.ts'
import { deliverDevice, type Pause, realPause } from './deliver-device.ts'
import {
  devicesView,
  deviceView,
  keepingView,
  namingView,
  placesView,
  refusedView,
  renamingView,
  revokingView,
} from './views.ts'

type DeviceShop = Pick<
  Shop,
  'listDevices' | 'addDevice' | 'keepDevices' | 'renameDevice' | 'revokeDevice' | 'getDeviceKey'
>

export const showDevices = (shop: Pick<Shop, 'listDevices'>, note?: string) =>
  requireChannels('use', async (ctx) =>
    showView(ctx, devicesView(ctx.t, await shop.listDevices(ctx.customer.id), note)),
  )

const isOfDevice = (dialog: Dialog | null): boolean =>
  dialog?.kind === 'name_device' || dialog?.kind === 'rename_device'

export function devicesFeature(shop: DeviceShop, pause: Pause = realPause): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('devices', showDevices(shop))
  openDevices.handle(feature, showDevices(shop))
  feature.use(addingFeature(shop, pause), changingFeature(shop, pause))
  feature
    .on('message:text')
    .filter((ctx) => isOfDevice(ctx.session.dialog) && !ctx.message.text.startsWith('/'))
    .use((ctx) => answerDialog({ shop, pause }, ctx, ctx.message.text))
  return feature
}

function addingFeature(shop: DeviceShop, pause: Pause): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  addDevice.handle(feature, async (ctx) => {
    const list = await shop.listDevices(ctx.customer.id)
    const places = list?.places ?? []
    const only = places.length === 1 ? places[0] : undefined
    if (only) await askName(ctx, only.serverId)
    else await showView(ctx, places.length > 0 ? placesView(ctx.t, places) : devicesView(ctx.t, list))
  })
  choosePlace.handle(feature, (ctx, { server }) => askName(ctx, server))
  takePreset.handle(feature, (ctx, { server: serverId, preset, request: requestId }) =>
    add({ shop, pause }, ctx, { serverId, requestId, name: ctx.t.plain(`preset-${preset}`) }),
  )
  fetchDevice.handle(feature, (ctx, { device }) => deliverDevice({ shop, pause }, ctx, device))
  return feature
}

function changingFeature(shop: DeviceShop, _pause: Pause): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  openDevice.handle(feature, (ctx, { device }) =>
    showOwn(shop, ctx, device, (own, list) => deviceView(ctx.t, own, list)),
  )
  askKeepOnly.handle(feature, (ctx, { device }) => showOwn(shop, ctx, device, (own) => keepingView(ctx.t, own)))
  keepOnly.handle(feature, async (ctx, { device }) => {
    const { kind } = await shop.keepDevices(ctx.customer.id, [device])
    await showDevices(shop, ctx.t(kind === 'kept' ? 'devices-kept' : 'device-gone'))(ctx)
  })
  askRevoke.handle(feature, (ctx, { device }) => showOwn(shop, ctx, device, (own) => revokingView(ctx.t, own)))
  renameDevice.handle(feature, (ctx, { device }) =>
    showOwn(shop, ctx, device, (own) => {
      ctx.session.dialog = { kind: 'rename_device', deviceId: device }
      return renamingView(ctx.t, own.name, device)
    }),
  )
  revokeDevice.handle(feature, async (ctx, { device }) => {
    const isDone = await shop.revokeDevice({ customerId: ctx.customer.id, deviceId: device })
    await showDevices(shop, ctx.t(isDone ? 'device-revoked' : 'device-gone'))(ctx)
  })
  return feature
}

async function askName(ctx: ClientContext, serverId: ServerId): Promise<void> {
  const requestId = newRequestId()
  ctx.session.dialog = { kind: 'name_device', serverId, requestId }
  await showView(ctx, namingView(ctx.t, serverId, requestId))
}

interface DeviceDeps {
  readonly shop: DeviceShop
  readonly pause: Pause
}

async function add(deps: DeviceDeps, ctx: ClientContext, device: Omit<NewDevice, 'customerId'>): Promise<void> {
  const result = await deps.shop.addDevice({ customerId: ctx.customer.id, ...device })
  if (result.kind === 'added') await deliverDevice(deps, ctx, result.deviceId)
  else await showView(ctx, refusedView(ctx.t, result))
}

/** The words the person was asked for. */
async function answerDialog(deps: DeviceDeps, ctx: ClientContext, text: string): Promise<void> {
  const dialog: Dialog | null = ctx.session.dialog
  ctx.session.dialog = null
  if (dialog?.kind === 'name_device') {
    const { serverId, requestId } = dialog
    return add(deps, ctx, { serverId, requestId, name: text })
  }
  if (dialog?.kind === 'rename_device') {
    await deps.shop.renameDevice({ customerId: ctx.customer.id, deviceId: dialog.deviceId }, text)
    await showOwn(deps.shop, ctx, dialog.deviceId, (own, list) => deviceView(ctx.t, own, list))
  }
}

/** A screen about one device of this customer; for any other, the list with a sentence. */
async function showOwn(
  shop: Pick<Shop, 'listDevices'>,
  ctx: ClientContext,
  id: DeviceId,
  view: (own: DeviceSummary, list: DeviceList) => View,
): Promise<void> {
  const list = await shop.listDevices(ctx.customer.id)
  const own = list?.devices.find((device) => device.id === id)
  await showView(ctx, list && own ? view(own, list) : devicesView(ctx.t, list, ctx.t('device-gone')))
}
