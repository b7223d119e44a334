import type { Shop } from '@vpn-kiosk/shop'
import { showView, unlessFailed } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView } from '../../show-seen.ts'
import { readAnswer, usualAnswer } from './answers.ts'
import { chooseAction, chooseCapacity, chooseDriver, choosePick, startWizard, type WizardAction } from './callbacks.ts'
import type { WizardMemory } from './memory.ts'
import type { ReadDocument } from './read-document.ts'
import { addedView, driversView, failedView, lostView, stepView } from './views.ts'
import {
  afterDiscovery,
  finishPicking,
  hostOf,
  isSecretStep,
  pick,
  startOf,
  trustHostKey,
  type Wizard,
} from './wizard.ts'

export interface AddServerDeps {
  readonly shop: Pick<Shop, 'discoverEndpoint' | 'addServer'>
  readonly wizards: WizardMemory
  readonly readDocument: ReadDocument
}

export function addServerFeature(deps: AddServerDeps): Composer<AdminContext> {
  const { wizards } = deps
  const feature = new Composer<AdminContext>()
  startWizard.handle(feature, (ctx) => {
    ctx.session.dialog = { kind: 'add_server' }
    return showView(ctx, driversView(ctx.t))
  })
  chooseDriver.handle(feature, (ctx, { driver }) => {
    ctx.session.dialog = { kind: 'add_server' }
    return goOn(deps, ctx, startOf(driver))
  })
  const inWizard = async (ctx: AdminContext, next: (wizard: Wizard) => Promise<void>) => {
    const wizard = wizards.recall(ctx.actor)
    await (wizard ? next(wizard) : showView(ctx, lostView(ctx.t)))
  }
  choosePick.handle(feature, (ctx, { index }) => inWizard(ctx, (wizard) => goOn(deps, ctx, pick(wizard, index))))
  chooseCapacity.handle(feature, (ctx, { count }) =>
    inWizard(ctx, (wizard) => answer(deps, ctx, { ...wizard, step: 'capacity' }, String(count))),
  )
  chooseAction.handle(feature, (ctx, { action }) => inWizard(ctx, (wizard) => act(deps, ctx, wizard, action)))
  feature
    .on('message')
    .filter((ctx) => ctx.session.dialog?.kind === 'add_server')
    .use((ctx) => readMessage(deps, ctx))
  return feature
}

/** Secrets are read and deleted before anything else happens, also when the wizard has been forgotten. */
async function readMessage(deps: AddServerDeps, ctx: AdminContext): Promise<void> {
  const wizard = deps.wizards.recall(ctx.actor)
  const text = ctx.message?.text ?? (wizard?.step === 'ssh_key' ? await deps.readDocument(ctx) : null)
  const isGone = wizard === null || isSecretStep(wizard.step) ? await forgetMessage(ctx) : true
  if (!wizard) return showView(ctx, lostView(ctx.t))
  await answer(deps, ctx, wizard, text ?? '', isGone ? undefined : ctx.t('wizard-not-deleted'))
}

async function forgetMessage(ctx: AdminContext): Promise<boolean> {
  return (await unlessFailed(['gone', 'no_rights', 'unknown_outcome', 'other'], () => ctx.deleteMessage())) === true
}

async function answer(
  deps: AddServerDeps,
  ctx: AdminContext,
  wizard: Wizard,
  text: string,
  note?: string,
): Promise<void> {
  const next = readAnswer(wizard, text)
  if (next) return goOn(deps, ctx, next, note)
  const problem = [note, ctx.t('wizard-not-understood')].filter(Boolean).join('\n')
  await showView(ctx, stepView(ctx.t, wizard, problem))
}

async function act(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard, action: WizardAction): Promise<void> {
  switch (action) {
    case 'cancel':
      ctx.session.dialog = null
      deps.wizards.forget(ctx.actor)
      return showView(ctx, driversView(ctx.t), { answer: ctx.t.plain('wizard-forgotten') })
    case 'token':
      return goOn(deps, ctx, { ...wizard, step: 'token' })
    case 'password':
      return goOn(deps, ctx, { ...wizard, step: wizard.driver === 'xui' ? 'username' : 'ssh_password' })
    case 'key':
      return goOn(deps, ctx, { ...wizard, step: 'ssh_key' })
    case 'trust':
      return goOn(deps, ctx, wizard.step === 'fingerprint' ? trustHostKey(wizard) : wizard)
    case 'picked':
      return goOn(deps, ctx, finishPicking(wizard))
    case 'usual':
      return answer(deps, ctx, wizard, usualAnswer(wizard) ?? '')
    case 'again':
      return wizard.capacity > 0 ? save(deps, ctx, wizard) : goOn(deps, ctx, { ...wizard, step: 'discover' })
    case 'access':
      return goOn(deps, ctx, { ...wizard, secrets: {}, step: 'auth' })
    case 'anew':
      return goOn(deps, ctx, startOf(wizard.driver))
    case 'save':
      return wizard.step === 'confirm' ? save(deps, ctx, wizard) : goOn(deps, ctx, wizard)
    default:
      return action satisfies never
  }
}

/** Keeps what was said and asks the next question, or the endpoint. */
async function goOn(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard, note?: string): Promise<void> {
  deps.wizards.keep(ctx.actor, wizard)
  if (wizard.step === 'discover') return discover(deps, ctx, wizard, note)
  await showView(ctx, stepView(ctx.t, wizard, note))
}

async function discover(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard, note?: string): Promise<void> {
  await showBusy(ctx)
  const { driver, settings, secrets } = wizard
  const result = await deps.shop.discoverEndpoint(ctx.actor, { driver, settings, secrets })
  if (result.kind === 'forbidden') return refuse(deps, ctx)
  if (result.kind === 'found') return goOn(deps, ctx, afterDiscovery(wizard, result.discovery), note)
  deps.wizards.keep(ctx.actor, { ...wizard, step: 'failed' })
  await showView(ctx, failedView(ctx.t, wizard, result))
}

async function save(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard): Promise<void> {
  await showBusy(ctx)
  const { driver, settings, secrets, name, country, city, capacity } = wizard
  const place = { name, country, city, capacity, host: hostOf(wizard) }
  const result = await deps.shop.addServer(ctx.actor, { ...place, driver, settings, secrets })
  switch (result.kind) {
    case 'forbidden':
      return refuse(deps, ctx)
    case 'added':
      ctx.session.dialog = null
      deps.wizards.forget(ctx.actor)
      return showView(ctx, addedView(ctx.t, result, wizard))
    case 'name_taken':
      return ask(deps, ctx, { ...wizard, step: 'name' }, 'wizard-name-taken')
    case 'invalid':
      return ask(deps, ctx, { ...wizard, step: 'name' }, 'wizard-not-understood')
    default:
      deps.wizards.keep(ctx.actor, { ...wizard, step: 'failed' })
      return showView(ctx, failedView(ctx.t, wizard, result))
  }
}

async function ask(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard, problem: string): Promise<void> {
  deps.wizards.keep(ctx.actor, wizard)
  await showView(ctx, stepView(ctx.t, wizard, ctx.t(problem)))
}

async function refuse(deps: AddServerDeps, ctx: AdminContext): Promise<void> {
  ctx.session.dialog = null
  deps.wizards.forget(ctx.actor)
  await showView(ctx, forbiddenView(ctx.t))
}

/** An endpoint may take seconds to answer: the person sees at once that something happens. */
async function showBusy(ctx: AdminContext): Promise<void> {
  if (ctx.callbackQuery) await ctx.answerCallbackQuery({ text: ctx.t.plain('wizard-asking') })
  else await unlessFailed(['unknown_outcome', 'too_many'], () => ctx.replyWithChatAction('typing'))
}
