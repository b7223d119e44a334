import type { EndpointId, ServerId } from '@vpn-kiosk/domain'
import type { EndpointChange, ServerChange, Shop, UpdateEndpointResult } from '@vpn-kiosk/shop'
import { showView, type Translations } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext, Dialog } from '../../context.ts'
import { deleteMessage } from '../../delete-message.ts'
import type { DialogMemory } from '../../dialog-memory.ts'
import { forbiddenView, missingView, showSeen } from '../../show-seen.ts'
import { openLanguage, type Place, readCityTitle, readPlace } from '../add-server/answers.ts'
import { readCity } from '../add-server/cities.ts'
import type { ReadDocument } from '../add-server/read-document.ts'
import { showBusy } from '../add-server/run-wizard.ts'
import { cityOf, toggle } from '../add-server/wizard.ts'
import {
  askDelete,
  askEndpointField,
  askInbounds,
  askServerField,
  chooseServerCity,
  deleteServer,
  editServer,
  emptyEndpointField,
  openEndpoint,
  saveInbounds,
  testEndpoint,
  tickInbound,
  trustCertificate,
} from './callbacks.ts'
import { type EndpointField, emptyChange, isSecretField, readEndpointAnswer, readServerAnswer } from './fields.ts'
import { joinChanges, type PendingChange } from './pending-change.ts'
import {
  certificateView,
  cityOtherView,
  deletedView,
  deletingView,
  endpointFieldView,
  endpointView,
  forgottenView,
  inboundsView,
  refusedView,
  serverEditView,
  serverFieldView,
} from './views.ts'

export interface EditServerDeps {
  readonly shop: Pick<
    Shop,
    'getServerCard' | 'updateServer' | 'deleteServer' | 'getEndpointCard' | 'updateEndpoint' | 'rediscoverEndpoint'
  >
  readonly pending: DialogMemory<PendingChange>
  readonly readDocument: ReadDocument
  readonly translations: Translations
}

export function editServerFeature(deps: EditServerDeps): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  editServer.handle(feature, (ctx, { server }) => showServer(deps, ctx, server))
  feature.use(placeFeature(deps), wayFeature(deps), inboundsFeature(deps), deletingFeature(deps))
  feature.on('message', async (ctx, next) => {
    const { dialog } = ctx.session
    if (dialog?.kind === 'edit_server') return readServerText(deps, ctx, dialog, ctx.message.text?.trim() ?? '')
    if (dialog?.kind === 'edit_endpoint') return readEndpointMessage(deps, ctx, dialog)
    return next()
  })
  return feature
}

const showServer = async ({ shop }: EditServerDeps, ctx: AdminContext, id: ServerId, note: string | null = null) =>
  showSeen(ctx, await shop.getServerCard(ctx.actor, id), (server) => serverEditView(ctx.t, server, note))

const showEndpoint = async ({ shop }: EditServerDeps, ctx: AdminContext, id: EndpointId, note: string | null = null) =>
  showSeen(ctx, await shop.getEndpointCard(ctx.actor, id), (endpoint) => endpointView(ctx.t, endpoint, note))

function placeFeature(deps: EditServerDeps): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  askServerField.handle(feature, async (ctx, { server, field }) => {
    ctx.session.dialog = { kind: 'edit_server', serverId: server, field }
    await showSeen(ctx, await deps.shop.getServerCard(ctx.actor, server), (seen) => serverFieldView(ctx.t, seen, field))
  })
  chooseServerCity.handle(feature, async (ctx, { server, city }) => {
    const known = readCity(deps.translations, city)
    if (!known) return showView(ctx, missingView(ctx.t))
    await saveCity(deps, ctx, server, { country: known.country, cityTitles: known.titles })
  })
  return feature
}

type ServerDialog = Dialog & { readonly kind: 'edit_server' }

async function readServerText(deps: EditServerDeps, ctx: AdminContext, dialog: ServerDialog, text: string) {
  const { serverId, field, place } = dialog
  if (field === 'city') {
    const reading = { translations: deps.translations, language: ctx.t.language }
    const cityTitles = place ? readCityTitle(text, place.cityTitles, ctx.t.languages) : null
    const read = place ? cityTitles && { ...place, cityTitles } : readPlace(text, reading)
    return read ? saveCity(deps, ctx, serverId, read) : askServerAgain(deps, ctx, dialog)
  }
  const change = readServerAnswer(field, text)
  await (change ? saveServer(deps, ctx, serverId, field, change) : askServerAgain(deps, ctx, dialog))
}

async function askServerAgain({ shop }: EditServerDeps, ctx: AdminContext, { serverId, field, place }: ServerDialog) {
  const note = ctx.t('wizard-not-understood')
  if (place) return showView(ctx, cityOtherView(ctx.t, serverId, place, note))
  const seen = await shop.getServerCard(ctx.actor, serverId)
  await showSeen(ctx, seen, (server) => serverFieldView(ctx.t, server, field, note))
}

/** A city is saved when it has a name in each language. */
async function saveCity(deps: EditServerDeps, ctx: AdminContext, serverId: ServerId, place: Place): Promise<void> {
  if (openLanguage(place.cityTitles, ctx.t.languages) !== null) {
    ctx.session.dialog = { kind: 'edit_server', serverId, field: 'city', place }
    return showView(ctx, cityOtherView(ctx.t, serverId, place))
  }
  const city = cityOf(place)
  await saveServer(deps, ctx, serverId, 'city', { ...place, city })
}

async function saveServer(
  deps: EditServerDeps,
  ctx: AdminContext,
  serverId: ServerId,
  field: ServerDialog['field'],
  change: ServerChange,
): Promise<void> {
  const { kind } = await deps.shop.updateServer(ctx.actor, serverId, change)
  if (kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (kind === 'unknown_server') return showView(ctx, missingView(ctx.t))
  if (kind === 'invalid') return askServerAgain(deps, ctx, { kind: 'edit_server', serverId, field })
  if (kind === 'name_taken') {
    ctx.session.dialog = { kind: 'edit_server', serverId, field }
    const seen = await deps.shop.getServerCard(ctx.actor, serverId)
    return showSeen(ctx, seen, (server) => serverFieldView(ctx.t, server, field, ctx.t('wizard-name-taken')))
  }
  ctx.session.dialog = null
  await showServer(deps, ctx, serverId, ctx.t('server-saved', { kind, field }))
}

function wayFeature(deps: EditServerDeps): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  openEndpoint.handle(feature, (ctx, { endpoint }) => showEndpoint(deps, ctx, endpoint))
  askEndpointField.handle(feature, (ctx, { endpoint, field }) => askField(deps, ctx, endpoint, field))
  emptyEndpointField.handle(feature, (ctx, { endpoint, field }) => save(deps, ctx, endpoint, emptyChange(field)))
  testEndpoint.handle(feature, (ctx, { endpoint }) => save(deps, ctx, endpoint, {}))
  trustCertificate.handle(feature, async (ctx, { endpoint }) => {
    const pending = deps.pending.recall(ctx.actor)
    if (pending?.kind !== 'change' || pending.endpointId !== endpoint || pending.fingerprint === null)
      return showAgain(deps, ctx, endpoint)
    const change = joinChanges(pending.change, { settings: { pinnedCertificate: pending.fingerprint } })
    await save(deps, ctx, endpoint, change)
  })
  return feature
}

async function askField(
  { shop }: EditServerDeps,
  ctx: AdminContext,
  endpointId: EndpointId,
  field: EndpointField,
  note?: string,
): Promise<void> {
  ctx.session.dialog = { kind: 'edit_endpoint', endpointId, field }
  const seen = await shop.getEndpointCard(ctx.actor, endpointId)
  await showSeen(ctx, seen, (endpoint) => endpointFieldView(ctx.t, endpoint, field, note))
}

type EndpointDialog = Dialog & { readonly kind: 'edit_endpoint' }

/** Secrets are read and deleted before anything else happens. */
async function readEndpointMessage(deps: EditServerDeps, ctx: AdminContext, dialog: EndpointDialog): Promise<void> {
  const { endpointId, field, username } = dialog
  const text = ctx.message?.text ?? (field === 'ssh-key' ? await deps.readDocument(ctx) : null)
  const isGone = isSecretField(field) ? await deleteMessage(ctx) : true
  const warning = isGone ? undefined : ctx.t('wizard-not-deleted')
  const change = readEndpointAnswer(field, text?.trim() ?? '', username)
  if (!change) {
    const note = [warning, ctx.t('wizard-not-understood')].filter(Boolean).join('\n')
    return askField(deps, ctx, endpointId, field, note)
  }
  if (field === 'login') {
    await askField(deps, ctx, endpointId, 'password')
    ctx.session.dialog = { kind: 'edit_endpoint', endpointId, field: 'password', username: text?.trim() ?? '' }
    return
  }
  const pending = deps.pending.recall(ctx.actor)
  const begun = pending?.kind === 'change' && pending.endpointId === endpointId ? pending.change : {}
  await save(deps, ctx, endpointId, joinChanges(begun, change), warning)
}

/** Tests and saves; what the endpoint still asks for becomes the next question, and what was typed is kept for it. */
async function save(
  deps: EditServerDeps,
  ctx: AdminContext,
  endpointId: EndpointId,
  change: EndpointChange,
  note?: string,
): Promise<void> {
  ctx.session.dialog = null
  await showBusy(ctx)
  const result = await deps.shop.updateEndpoint(ctx.actor, endpointId, change)
  if ('code' in result) {
    const fingerprint = result.fingerprint ?? null
    deps.pending.keep(ctx.actor, { kind: 'change', endpointId, change, fingerprint })
    if (fingerprint && (result.code === 'tls_self_signed' || result.code === 'certificate_changed'))
      return showView(ctx, certificateView(ctx.t, endpointId, { code: result.code, fingerprint }))
    if (result.code === 'two_factor_needed') return askField(deps, ctx, endpointId, 'two-factor', note)
  }
  deps.pending.forget(ctx.actor)
  await showOutcome(deps, ctx, endpointId, result, note)
}

async function showOutcome(
  deps: EditServerDeps,
  ctx: AdminContext,
  endpointId: EndpointId,
  result: UpdateEndpointResult,
  note?: string,
): Promise<void> {
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (result.kind === 'unknown_endpoint') return showView(ctx, missingView(ctx.t))
  if (result.kind !== 'updated' && result.kind !== 'changed_meanwhile')
    return showView(ctx, refusedView(ctx.t, endpointId, result, note))
  const kind = result.kind === 'updated' ? result.health.kind : result.kind
  if (kind !== 'changed_meanwhile') deps.pending.keep(ctx.actor, { kind: 'saved', endpointId, outcome: kind })
  const outcome = ctx.t('way-saved', { kind })
  await showEndpoint(deps, ctx, endpointId, [note, outcome].filter(Boolean).join('\n'))
}

/** A button whose matter is over: a second press of what was saved says so again, anything else was forgotten. */
async function showAgain(deps: EditServerDeps, ctx: AdminContext, endpointId: EndpointId): Promise<void> {
  const pending = deps.pending.recall(ctx.actor)
  if (pending?.kind !== 'saved' || pending.endpointId !== endpointId)
    return showView(ctx, forgottenView(ctx.t, endpointId))
  await showEndpoint(deps, ctx, endpointId, ctx.t('way-saved', { kind: pending.outcome }))
}

function inboundsFeature(deps: EditServerDeps): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  askInbounds.handle(feature, (ctx, { endpoint }) => offerInbounds(deps, ctx, endpoint))
  const withPending = async (
    ctx: AdminContext,
    endpoint: EndpointId,
    next: (pending: PendingChange & { readonly kind: 'inbounds' }) => Promise<void>,
  ) => {
    const pending = deps.pending.recall(ctx.actor)
    const isOurs = pending?.kind === 'inbounds' && pending.endpointId === endpoint
    await (isOurs ? next(pending) : showAgain(deps, ctx, endpoint))
  }
  tickInbound.handle(feature, (ctx, { endpoint, index }) =>
    withPending(ctx, endpoint, async (pending) => {
      const choice = pending.choices[index]
      const ticked = choice ? { ...pending, chosen: toggle(pending.chosen, choice.value) } : pending
      deps.pending.keep(ctx.actor, ticked)
      await showView(ctx, inboundsView(ctx.t, ticked))
    }),
  )
  saveInbounds.handle(feature, (ctx, { endpoint }) =>
    withPending(ctx, endpoint, async (pending) => {
      if (pending.chosen.length === 0) return showView(ctx, inboundsView(ctx.t, pending))
      await save(deps, ctx, endpoint, { settings: { inboundIds: pending.chosen.map(Number) } })
    }),
  )
  return feature
}

async function offerInbounds(deps: EditServerDeps, ctx: AdminContext, endpointId: EndpointId): Promise<void> {
  await showBusy(ctx)
  const result = await deps.shop.rediscoverEndpoint(ctx.actor, endpointId)
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (result.kind === 'unknown_endpoint') return showView(ctx, missingView(ctx.t))
  if (result.kind !== 'found') return showView(ctx, refusedView(ctx.t, endpointId, result))
  const choices = result.choices.filter(({ setting }) => setting === 'inboundIds')
  const pending = {
    kind: 'inbounds' as const,
    endpointId,
    choices,
    chosen: choices.filter(({ isChosen }) => isChosen).map(({ value }) => value),
    missing: result.missing.map(({ value }) => value),
  }
  deps.pending.keep(ctx.actor, pending)
  await showView(ctx, inboundsView(ctx.t, pending))
}

function deletingFeature({ shop }: EditServerDeps): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  askDelete.handle(feature, async (ctx, { server }) =>
    showSeen(ctx, await shop.getServerCard(ctx.actor, server), (seen) => deletingView(ctx.t, seen)),
  )
  deleteServer.handle(feature, async (ctx, { server, remains }) => {
    const seen = await shop.getServerCard(ctx.actor, server)
    const result = await shop.deleteServer(ctx.actor, server, remains)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    if (result.kind !== 'in_use') return showView(ctx, deletedView(ctx.t))
    await showSeen(ctx, seen, (before) => deletingView(ctx.t, { ...before, state: result.state }, result))
  })
  return feature
}
