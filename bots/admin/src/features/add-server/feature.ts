import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { deleteMessage } from '../../delete-message.ts'
import { missingView } from '../../show-seen.ts'
import { readAnswer, usualAnswer } from './answers.ts'
import {
  chooseAction,
  chooseCapacity,
  chooseCity,
  chooseDriver,
  chooseDriverOn,
  choosePick,
  startWizard,
  startWizardOn,
  type WizardAction,
} from './callbacks.ts'
import { readCity } from './cities.ts'
import { type AddServerDeps, discover, keepQuestion, refuse, save, showBusy } from './run-wizard.ts'
import { driversView, lostView, stepView } from './views.ts'
import {
  finishPicking,
  follow,
  isSecretStep,
  pick,
  startOf,
  trustCertificate,
  trustHostKey,
  type Wizard,
  type WizardDriver,
} from './wizard.ts'

export function addServerFeature(deps: AddServerDeps): Composer<AdminContext> {
  const { wizards } = deps
  const feature = new Composer<AdminContext>()
  startWizard.handle(feature, (ctx) => showDrivers(ctx, null))
  startWizardOn.handle(feature, async (ctx, { server }) => {
    const seen = await deps.shop.getServerCard(ctx.actor, server)
    if (seen.kind === 'forbidden') return refuse(deps, ctx)
    await (seen.value ? showDrivers(ctx, { id: server, name: seen.value.name }) : showView(ctx, missingView(ctx.t)))
  })
  chooseDriver.handle(feature, (ctx, { driver }) => start(deps, ctx, driver, null))
  chooseDriverOn.handle(feature, async (ctx, { driver, server }) => {
    const seen = await deps.shop.getServerCard(ctx.actor, server)
    if (seen.kind === 'forbidden') return refuse(deps, ctx)
    if (!seen.value) return showView(ctx, missingView(ctx.t))
    await start(deps, ctx, driver, { id: server, name: seen.value.name })
  })
  const inWizard = async (ctx: AdminContext, next: (wizard: Wizard) => Promise<void>) => {
    const wizard = wizards.recall(ctx.actor)
    await (wizard ? next(wizard) : showView(ctx, lostView(ctx.t)))
  }
  choosePick.handle(feature, (ctx, { index }) =>
    inWizard(ctx, (wizard) => goOn(deps, ctx, wizard, pick(wizard, index))),
  )
  chooseCapacity.handle(feature, (ctx, { count }) =>
    inWizard(ctx, (wizard) => answerAt(deps, ctx, wizard, 'capacity', String(count))),
  )
  chooseCity.handle(feature, (ctx, { city }) =>
    inWizard(ctx, (wizard) => {
      const title = readCity(deps.translations, city)?.titles[ctx.t.language]
      return answerAt(deps, ctx, wizard, 'city', title ?? '')
    }),
  )
  chooseAction.handle(feature, (ctx, { action }) => inWizard(ctx, (wizard) => act(deps, ctx, wizard, action)))
  feature
    .on('message')
    .filter((ctx) => ctx.session.dialog?.kind === 'add_server')
    .use((ctx) => readMessage(deps, ctx))
  return feature
}

function showDrivers(ctx: AdminContext, server: Wizard['server']): Promise<void> {
  ctx.session.dialog = { kind: 'add_server' }
  return showView(ctx, driversView(ctx.t, server))
}

async function start(
  deps: AddServerDeps,
  ctx: AdminContext,
  driver: WizardDriver,
  server: Wizard['server'],
): Promise<void> {
  ctx.session.dialog = { kind: 'add_server' }
  const wizard = startOf(driver, server)
  await goOn(deps, ctx, wizard, wizard)
}

/** Secrets are read and deleted before anything else happens, also when the wizard has been forgotten. */
async function readMessage(deps: AddServerDeps, ctx: AdminContext): Promise<void> {
  const wizard = deps.wizards.recall(ctx.actor)
  const text = ctx.message?.text ?? (wizard?.step === 'ssh_key' ? await deps.readDocument(ctx) : null)
  const isGone = wizard === null || isSecretStep(wizard.step) ? await deleteMessage(ctx) : true
  if (!wizard) return showView(ctx, lostView(ctx.t))
  await answer(deps, ctx, wizard, text ?? '', isGone ? undefined : ctx.t('wizard-not-deleted'))
}

/** A button of a question that has been answered meanwhile only shows where the wizard is. */
async function answerAt(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard, step: Wizard['step'], text: string) {
  if (wizard.step !== step) return showView(ctx, stepView(ctx.t, wizard))
  await answer(deps, ctx, wizard, text)
}

async function answer(
  deps: AddServerDeps,
  ctx: AdminContext,
  wizard: Wizard,
  text: string,
  note?: string,
): Promise<void> {
  const next = readAnswer(wizard, text, { translations: deps.translations, language: ctx.t.language })
  const problem = next === null ? 'wizard-not-understood' : await findNameProblem(deps, ctx, wizard, next)
  if (next && !problem) return goOn(deps, ctx, wizard, next, note)
  await showView(ctx, stepView(ctx.t, wizard, [note, ctx.t(problem ?? '')].filter(Boolean).join('\n')))
}

/** A name that somebody has already is said when it is typed, not at the end. */
async function findNameProblem(deps: AddServerDeps, ctx: AdminContext, { step }: Wizard, next: Wizard) {
  if (step !== 'name') return null
  const { kind } = await deps.shop.checkServerName(ctx.actor, next.name)
  if (kind === 'name_taken') return 'wizard-name-taken'
  return kind === 'invalid' ? 'wizard-not-understood' : null
}

async function act(deps: AddServerDeps, ctx: AdminContext, wizard: Wizard, action: WizardAction): Promise<void> {
  const to = (next: Wizard) => goOn(deps, ctx, wizard, next)
  switch (action) {
    case 'cancel':
      ctx.session.dialog = null
      deps.wizards.forget(ctx.actor)
      return showView(ctx, driversView(ctx.t, wizard.server), { answer: ctx.t.plain('wizard-forgotten') })
    case 'back':
      return goBack(deps, ctx, wizard)
    case 'token':
      return to({ ...wizard, step: 'token' })
    case 'password':
      return to({ ...wizard, step: wizard.driver === 'xui' ? 'username' : 'ssh_password' })
    case 'key':
      return to({ ...wizard, step: 'ssh_key' })
    case 'trust':
      if (wizard.step === 'certificate') return to(trustCertificate(wizard))
      return to(wizard.step === 'fingerprint' ? trustHostKey(wizard) : wizard)
    case 'picked':
      return to(finishPicking(wizard))
    case 'usual':
      return answer(deps, ctx, wizard, usualAnswer(wizard) ?? '')
    case 'again':
      return isDescribed(wizard) ? save(deps, ctx, wizard) : to({ ...wizard, step: 'discover' })
    case 'access':
      return to({ ...wizard, secrets: {}, step: 'auth' })
    case 'anew':
      return to(startOf(wizard.driver, wizard.server))
    case 'save':
      return wizard.step === 'confirm' || wizard.step === 'saved' ? save(deps, ctx, wizard) : to(wizard)
    default:
      return action satisfies never
  }
}

const isDescribed = ({ capacity, server, settings }: Wizard): boolean =>
  capacity > 0 || (server !== null && (settings.inboundIds !== undefined || settings.endpointHost !== undefined))

async function goBack(deps: AddServerDeps, ctx: AdminContext, { before, server }: Wizard): Promise<void> {
  if (before) return keepQuestion(deps, ctx, before)
  deps.wizards.forget(ctx.actor)
  await showDrivers(ctx, server)
}

/** Keeps what was said and asks the next question, or the endpoint. */
async function goOn(deps: AddServerDeps, ctx: AdminContext, from: Wizard, next: Wizard, note?: string): Promise<void> {
  const wizard = follow(from, next)
  if (wizard.step !== 'discover') return keepQuestion(deps, ctx, wizard, note)
  deps.wizards.keep(ctx.actor, wizard)
  await showBusy(ctx)
  await discover(deps, ctx, wizard, note)
}
