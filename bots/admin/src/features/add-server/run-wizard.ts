import type { AddEndpointResult, AddServerResult, EndpointCauseFound, EndpointFailure, Shop } from '@vpn-kiosk/shop'
import { showView, type Translations, unlessFailed } from '@vpn-kiosk/telegram'
import type { AdminContext } from '../../context.ts'
import type { DialogMemory } from '../../dialog-memory.ts'
import { forbiddenView } from '../../show-seen.ts'
import type { ReadDocument } from './read-document.ts'
import { addedView, failedView, samePanelView, stepView } from './views.ts'
import { afterDiscovery, cityOf, hostOf, type Saved, type Wizard } from './wizard.ts'

export interface AddServerDeps {
  readonly shop: Pick<Shop, 'discoverEndpoint' | 'addServer' | 'addEndpoint' | 'checkServerName' | 'getServerCard'>
  readonly wizards: DialogMemory<Wizard>
  readonly readDocument: ReadDocument
  readonly translations: Translations
}

/** Keeps the wizard at a question and shows it; `note` is HTML. */
export async function keepQuestion(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard, note?: string) {
  deps.wizards.keep(ctx.actor, wizard)
  await showView(ctx, stepView(ctx.t, wizard, note))
}

/** Asks the endpoint what is there; what only the admin can answer becomes the next question. */
export async function discover(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard, note?: string): Promise<void> {
  const { driver, settings, secrets, chosen } = wizard
  const inboundIds = chosen.length > 0 ? { inboundIds: chosen.map(Number) } : {}
  const draft = { driver, settings: { ...settings, ...inboundIds }, secrets }
  const result = await deps.shop.discoverEndpoint(ctx.actor, draft)
  if (result.kind === 'forbidden') return refuse(deps, ctx)
  if (result.kind === 'found') return keepQuestion(deps, ctx, afterDiscovery(wizard, result.discovery), note)
  await fail(deps, ctx, wizard, result)
}

/** A certificate to be confirmed and a one-time code are questions; the rest is a failure to choose a way out of. */
async function fail(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard, failure: EndpointFailure): Promise<void> {
  if (failure.kind !== 'unknown_driver') {
    const question = questionOf(wizard, failure)
    if (question) return keepQuestion(deps, ctx, question)
  }
  deps.wizards.keep(ctx.actor, { ...wizard, step: 'failed' })
  await showView(ctx, failedView(ctx.t, wizard, failure))
}

function questionOf(wizard: Wizard, { code, fingerprint }: EndpointCauseFound): Wizard | null {
  const isCertificate = code === 'tls_self_signed' || code === 'certificate_changed'
  if (isCertificate && fingerprint) return { ...wizard, step: 'certificate', certificate: fingerprint }
  return code === 'two_factor_needed' || code === 'two_factor_wrong' ? { ...wizard, step: 'two_factor' } : null
}

/** Pressed twice, both presses end on the same screen: it was saved. */
export async function save(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard): Promise<void> {
  if (wizard.saved) return showView(ctx, addedView(ctx.t, wizard.saved, wizard))
  await showBusy(ctx)
  const result = await add(deps, ctx, wizard)
  switch (result.kind) {
    case 'forbidden':
      return refuse(deps, ctx)
    case 'added':
      return finish(deps, ctx, wizard, {
        serverId: 'serverId' in result ? result.serverId : wizard.server!.id,
        health: result.health,
      })
    case 'same_panel':
      deps.wizards.keep(ctx.actor, { ...wizard, step: 'failed' })
      return showView(ctx, samePanelView(ctx.t, result))
    case 'name_taken':
      return keepQuestion(deps, ctx, { ...wizard, step: 'name' }, ctx.t('wizard-name-taken'))
    case 'invalid':
    case 'unknown_server':
      return keepQuestion(deps, ctx, { ...wizard, step: 'name' }, ctx.t('wizard-not-understood'))
    default:
      return fail(deps, ctx, wizard, result)
  }
}

function add({ shop }: AddServerDeps, ctx: AdminContext, wizard: Wizard): Promise<AddServerResult | AddEndpointResult> {
  const { driver, settings, secrets, requestId, name, country, cityTitles, capacity } = wizard
  const endpoint = { driver, settings, secrets, requestId }
  if (wizard.server) return shop.addEndpoint(ctx.actor, wizard.server.id, endpoint)
  const place = { name, country, city: cityOf(wizard), cityTitles, capacity, host: hostOf(wizard) }
  return shop.addServer(ctx.actor, { ...place, ...endpoint })
}

/** Nothing of the secrets is kept, only what a second press has to show. */
async function finish(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard, saved: Saved): Promise<void> {
  ctx.session.dialog = null
  deps.wizards.keep(ctx.actor, { ...wizard, secrets: {}, before: null, step: 'saved', saved })
  await showView(ctx, addedView(ctx.t, saved, wizard))
}

export async function refuse(deps: AddServerDeps, ctx: AdminContext): Promise<void> {
  ctx.session.dialog = null
  deps.wizards.forget(ctx.actor)
  await showView(ctx, forbiddenView(ctx.t))
}

/** An endpoint may take seconds to answer: the person sees at once that something happens. */
export async function showBusy(ctx: AdminContext): Promise<void> {
  if (ctx.callbackQuery) await ctx.answerCallbackQuery({ text: ctx.t.plain('wizard-asking') })
  else await unlessFailed(['unknown_outcome', 'too_many'], () => ctx.replyWithChatAction('typing'))
}
