import { maxPictureBytes, type Offer, type Shop, type ShopChange } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext, Dialog } from '../../context.ts'
import type { FetchFile } from '../../fetch-file.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import {
  askSetting,
  dropSetting,
  isNumberField,
  openSettings,
  type SettingField,
  sellWithoutRoom,
} from './callbacks.ts'
import { askingView, settingsView } from './views.ts'

type SettingsShop = Pick<Shop, 'getSettings' | 'changeOffer' | 'updateShop'>

export interface SettingsDeps {
  readonly shop: SettingsShop
  readonly fetchFile: FetchFile
}

export function settingsFeature(deps: SettingsDeps): Composer<AdminContext> {
  const { shop } = deps
  const feature = new Composer<AdminContext>()
  feature.command('settings', (ctx) => show(shop, ctx))
  openSettings.handle(feature, (ctx) => show(shop, ctx))
  askSetting.handle(feature, (ctx, { field }) => ask(shop, ctx, field))
  sellWithoutRoom.handle(feature, (ctx, { on }) => changeOffer(shop, ctx, { sellsWithoutRoom: on }))
  dropSetting.handle(feature, (ctx, { field }) => updateShop(shop, ctx, field, { [field]: null }))
  feature.on('message', async (ctx, next) => {
    const { dialog } = ctx.session
    return dialog?.kind === 'edit_setting' ? read(deps, ctx, dialog) : next()
  })
  return feature
}

async function show(shop: SettingsShop, ctx: AdminContext, note: string | null = null): Promise<void> {
  await showSeen(ctx, await shop.getSettings(ctx.actor), (settings) => settingsView(ctx.t, settings, note))
}

async function ask(shop: SettingsShop, ctx: AdminContext, field: SettingField, problem: string | null = null) {
  const seen = await shop.getSettings(ctx.actor)
  if (seen.kind === 'seen') {
    const was = isNumberField(field) ? { [field]: seen.value.offer[field] } : {}
    ctx.session.dialog = { kind: 'edit_setting', field, was }
  }
  await showSeen(ctx, seen, (settings) => askingView(ctx.t, settings, field, problem))
}

async function read(deps: SettingsDeps, ctx: AdminContext, dialog: Dialog & { kind: 'edit_setting' }): Promise<void> {
  const { shop } = deps
  const { field, was } = dialog
  const text = ctx.message?.text?.trim() ?? ''
  switch (field) {
    case 'trialDays':
    case 'referralBonusDays':
    case 'freezeDays':
    case 'freezesPerYear':
    case 'graceHours': {
      if (!/^\d{1,4}$/.test(text)) return ask(shop, ctx, field, ctx.t(invalidKey(field)))
      return changeOffer(shop, ctx, { [field]: Number(text) }, { field, was })
    }
    case 'name':
      return text === '' ? ask(shop, ctx, field) : updateShop(shop, ctx, field, { name: text })
    case 'logo': {
      const logo = await deps.fetchFile(ctx, maxPictureBytes)
      return logo ? updateShop(shop, ctx, field, { logo }) : ask(shop, ctx, field, ctx.t('settings-no-picture'))
    }
  }
}

function invalidKey(field: SettingField): string {
  if (field === 'freezesPerYear') return 'settings-invalid-freezes'
  return field === 'graceHours' ? 'settings-invalid-hours' : 'settings-invalid-days'
}

interface Asked {
  readonly field: SettingField
  readonly was: Partial<Offer>
}

async function changeOffer(
  shop: SettingsShop,
  ctx: AdminContext,
  change: Partial<Offer>,
  asked?: Asked,
): Promise<void> {
  const result = await shop.changeOffer(ctx.actor, change, asked?.was)
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (asked && result.kind === 'invalid_offer') return ask(shop, ctx, asked.field, ctx.t(invalidKey(asked.field)))
  if (asked && result.kind === 'changed_meanwhile') return ask(shop, ctx, asked.field, ctx.t('plan-changed-meanwhile'))
  ctx.session.dialog = null
  await show(shop, ctx, ctx.t('settings-saved'))
}

async function updateShop(
  shop: SettingsShop,
  ctx: AdminContext,
  field: SettingField,
  change: ShopChange,
): Promise<void> {
  const result = await shop.updateShop(ctx.actor, change)
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (result.kind !== 'updated') return ask(shop, ctx, field, ctx.t('settings-refused', { kind: result.kind }))
  ctx.session.dialog = null
  await show(shop, ctx, ctx.t('settings-saved'))
}
