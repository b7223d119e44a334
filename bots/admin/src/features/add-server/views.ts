import { flagOf } from '@vpn-kiosk/domain'
import type { AddServerResult } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { openServer, openServers } from '../servers/callbacks.ts'
import { usualAnswer } from './answers.ts'
import { chooseAction, chooseCapacity, chooseDriver, choosePick, type WizardAction } from './callbacks.ts'
import { hostOf, isSecretStep, type Wizard, wizardDrivers } from './wizard.ts'

const capacities = [50, 100, 250, 500]

const act = (t: Translator, action: WizardAction, style?: 'success' | 'danger') =>
  chooseAction.button(t.plain(`wizard-do-${action}`), { action }, style)

export const driversView = (t: Translator): View => ({
  text: t('wizard-driver'),
  keyboard: [
    ...wizardDrivers.map((driver) => [chooseDriver.button(t.plain(`driver-${driver}`), { driver })]),
    [openServers.button(t.plain('cancel'), {})],
  ],
})

/** The question of the step the wizard is at. `problem` is HTML. */
export function stepView(t: Translator, wizard: Wizard, problem?: string): View {
  const question = t(`wizard-step-${wizard.step.replaceAll('_', '-')}`, variablesOf(t, wizard))
  const blocks = [problem ?? '', question, isSecretStep(wizard.step) ? t('wizard-secret-note') : '']
  return {
    text: blocks.filter(Boolean).join('\n\n'),
    keyboard: [...answersOf(t, wizard), [act(t, 'cancel')]],
  }
}

function variablesOf(t: Translator, wizard: Wizard): Record<string, string | number> {
  return {
    driver: t.plain(`driver-${wizard.driver}`),
    fingerprint: wizard.facts.hostKey ?? '',
    keyType: wizard.facts.hostKeyType ?? '',
    keyFile: /ed25519|ecdsa|rsa/.exec(wizard.facts.hostKeyType ?? '')?.[0] ?? 'ed25519',
    panel: wizard.facts.panel ?? '',
    interface: wizard.facts.interface ?? '',
    host: hostOf(wizard),
    flag: flagOf(wizard.country),
    name: wizard.name,
    city: wizard.city,
    capacity: wizard.capacity,
    choices: wizard.choices.length,
    chosen: wizard.choices
      .filter(({ value }) => wizard.chosen.includes(value))
      .map(({ label }) => ` · ${label}`)
      .join(''),
  }
}

function answersOf(t: Translator, wizard: Wizard): Keyboard {
  switch (wizard.step) {
    case 'auth':
      return wizard.driver === 'xui'
        ? [[act(t, 'token')], [act(t, 'password')]]
        : [[act(t, 'key')], [act(t, 'password')]]
    case 'fingerprint':
      return [[act(t, 'trust', 'success')]]
    case 'inbounds':
      return [...choiceRows(wizard), ...(wizard.chosen.length > 0 ? [[act(t, 'picked', 'success')]] : [])]
    case 'interface':
      return choiceRows(wizard)
    case 'capacity':
      return [capacities.map((count) => chooseCapacity.button(String(count), { count }))]
    case 'confirm':
      return [[act(t, 'save', 'success')]]
    case 'failed':
      return recoveryRows(t, wizard)
    default: {
      const usual = usualAnswer(wizard)
      return usual ? [[chooseAction.button(bounded(usual, 40), { action: 'usual' })]] : []
    }
  }
}

const choiceRows = ({ choices, chosen, step }: Wizard): Keyboard =>
  choices.slice(0, 20).map(({ label, value }, index) => {
    const mark = step === 'interface' ? '' : chosen.includes(value) ? '☑️ ' : '◻️ '
    return [choosePick.button(bounded(`${mark}${label}`, 60), { index })]
  })

/** The endpoint could not be asked, or said no. `reason` is the driver's own sentence. */
export function failedView(
  t: Translator,
  wizard: Wizard,
  failure: { readonly kind: string; readonly reason?: string },
): View {
  return {
    text: t('wizard-failed', { kind: failure.kind, reason: bounded(failure.reason ?? '', 400), host: hostOf(wizard) }),
    keyboard: [...recoveryRows(t, wizard), [act(t, 'cancel')]],
  }
}

function recoveryRows(t: Translator, { secrets }: Wizard): Keyboard {
  const hasSecrets = Object.keys(secrets).length > 0
  return [[act(t, 'again')], ...(hasSecrets ? [[act(t, 'access')]] : []), [act(t, 'anew')]]
}

export function addedView(t: Translator, result: AddServerResult & { kind: 'added' }, wizard: Wizard): View {
  const key = result.health.kind === 'up' ? 'wizard-added' : 'wizard-added-degraded'
  const reason = result.health.kind === 'degraded' ? bounded(result.health.reason, 300) : ''
  return {
    text: t(key, { name: wizard.name, driver: wizard.driver, reason }),
    keyboard: [
      [openServer.button(t.plain('to-server'), { server: result.serverId })],
      [openServers.button(t.plain('menu-servers'), {}), ...menuRow(t)],
    ],
  }
}

export const lostView = (t: Translator): View => ({
  text: t('wizard-lost'),
  keyboard: [[openServers.button(t.plain('menu-servers'), {})], menuRow(t)],
})
