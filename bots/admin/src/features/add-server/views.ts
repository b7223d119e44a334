import { flagOf } from '@vpn-kiosk/domain'
import type { EndpointFailure } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { openServer, openServers } from '../servers/callbacks.ts'
import { failureText, problemLines } from '../servers/problems.ts'
import { openLanguage, usualAnswer } from './answers.ts'
import {
  chooseAction,
  chooseCapacity,
  chooseCity,
  chooseDriver,
  chooseDriverOn,
  choosePick,
  type WizardAction,
} from './callbacks.ts'
import { offeredCities } from './cities.ts'
import { cityOf, hostOf, isSecretStep, type Saved, type Wizard, wizardDrivers } from './wizard.ts'

const capacities = [50, 100, 250, 500]

const act = (t: Translator, action: WizardAction, style?: 'success' | 'danger') =>
  chooseAction.button(t.plain(`wizard-do-${action}`), { action }, style)

/** `server`: the one that gets another way in; null for a new one. */
export const driversView = (t: Translator, server: Wizard['server'] = null): View => ({
  text: server ? t('wizard-driver-on', { name: server.name }) : t('wizard-driver'),
  keyboard: [
    ...wizardDrivers.map((driver) => [
      server
        ? chooseDriverOn.button(t.plain(`driver-${driver}`), { driver, server: server.id })
        : chooseDriver.button(t.plain(`driver-${driver}`), { driver }),
    ]),
    [server ? openServer.button(t.plain('back'), { server: server.id }) : openServers.button(t.plain('back'), {})],
  ],
})

/** The question of the step the wizard is at. `note` is HTML. */
export function stepView(t: Translator, wizard: Wizard, note?: string): View {
  const key = wizard.step === 'confirm' && wizard.server ? 'confirm-way' : wizard.step.replaceAll('_', '-')
  const question = t(`wizard-step-${key}`, variablesOf(t, wizard))
  const isAboutParts = ['inbounds', 'public_host', 'name', 'confirm'].includes(wizard.step)
  const problems = isAboutParts ? problemLines(t, relevantProblems(wizard)) : ''
  const blocks = [note ?? '', question, problems, isSecretStep(wizard.step) ? t('wizard-secret-note') : '']
  return {
    text: blocks.filter(Boolean).join('\n\n'),
    keyboard: [...answersOf(t, wizard), [act(t, 'back'), act(t, 'cancel')]],
  }
}

/** Once inbounds are chosen, only what is wrong with those matters. */
function relevantProblems({ step, problems, choices, chosen }: Wizard): Wizard['problems'] {
  if (step === 'inbounds') return problems
  const labels = choices.filter(({ value }) => chosen.includes(value)).map(({ label }) => label)
  return problems.filter(({ detail }) => labels.some((label) => label.startsWith(detail.split(' → ')[0] ?? detail)))
}

function variablesOf(t: Translator, wizard: Wizard): Record<string, string | number> {
  const keyType = wizard.facts.hostKeyType ?? ''
  return {
    driver: t.plain(`driver-${wizard.driver}`),
    fingerprint: wizard.step === 'certificate' ? inPairs(wizard.certificate ?? '') : (wizard.facts.hostKey ?? ''),
    keyType,
    keyFile: /ed25519|ecdsa|rsa/.exec(keyType)?.[0] ?? 'ed25519',
    panel: wizard.facts.panel ?? '',
    interface: wizard.facts.interface ?? '',
    host: hostOf(wizard),
    flag: flagOf(wizard.country),
    name: wizard.server?.name ?? wizard.name,
    city: wizard.cityTitles[t.language] ?? cityOf(wizard),
    language: t.languageName(openLanguage(wizard.cityTitles, t.languages) ?? t.language),
    capacity: wizard.capacity,
    choices: wizard.choices.length,
    chosen: wizard.choices
      .filter(({ value }) => wizard.chosen.includes(value))
      .map(({ label }) => ` · ${label}`)
      .join(''),
  }
}

/** As browsers and openssl write the fingerprint of a certificate. */
export const inPairs = (hex: string): string => (hex.match(/../g) ?? []).join(':').toUpperCase()

function answersOf(t: Translator, wizard: Wizard): Keyboard {
  switch (wizard.step) {
    case 'auth':
      return wizard.driver === 'xui'
        ? [[act(t, 'token')], [act(t, 'password')]]
        : [[act(t, 'key')], [act(t, 'password')]]
    case 'fingerprint':
    case 'certificate':
      return [[act(t, 'trust', 'success')]]
    case 'inbounds':
      return [
        ...choiceRows(wizard),
        ...(wizard.chosen.length > 0 ? [[act(t, 'picked', 'success')]] : []),
        ...(wizard.choices.length === 0 ? [[act(t, 'again')]] : []),
      ]
    case 'interface':
      return choiceRows(wizard)
    case 'city':
      return cityRows(t)
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

function cityRows(t: Translator): Keyboard {
  const buttons = offeredCities.map(({ country, key }) =>
    chooseCity.button(`${flagOf(country)} ${t.plain(`city-${key}`)}`, { city: key }),
  )
  return Array.from({ length: Math.ceil(buttons.length / 3) }, (_, row) => buttons.slice(row * 3, row * 3 + 3))
}

const choiceRows = ({ choices, chosen, step }: Wizard): Keyboard =>
  choices.slice(0, 20).map(({ label, value }, index) => {
    const mark = step === 'interface' ? '' : chosen.includes(value) ? '☑️ ' : '◻️ '
    return [choosePick.button(bounded(`${mark}${label}`, 60), { index })]
  })

/** The endpoint could not be asked, or said no. */
export function failedView(t: Translator, wizard: Wizard, failure: EndpointFailure): View {
  const head = t('wizard-failed', { kind: failure.kind, host: hostOf(wizard) })
  return {
    text: [head, failureText(t, failure), t('wizard-nothing-saved')].join('\n\n'),
    keyboard: [...recoveryRows(t, wizard), [act(t, 'back'), act(t, 'cancel')]],
  }
}

function recoveryRows(t: Translator, { secrets }: Wizard): Keyboard {
  const hasSecrets = Object.keys(secrets).length > 0
  return [[act(t, 'again')], ...(hasSecrets ? [[act(t, 'access')]] : []), [act(t, 'anew')]]
}

/** The panel is there already, under another name or address. */
export const samePanelView = (t: Translator, twin: { serverId: `srv_${string}`; serverName: string }): View => ({
  text: t('wizard-same-panel', { name: twin.serverName }),
  keyboard: [
    [openServer.button(t.plain('to-server'), { server: twin.serverId })],
    [act(t, 'back'), act(t, 'anew'), act(t, 'cancel')],
  ],
})

export function addedView(t: Translator, { serverId, health }: Saved, wizard: Wizard): View {
  const name = wizard.server?.name ?? wizard.name
  // The probe asks the panel; only the discovery dials where customers connect to.
  const undialed = relevantProblems(wizard).filter(({ code }) => code === 'inbound_not_dialable')
  const text =
    health.kind === 'up' && undialed.length > 0
      ? [t('wizard-added-undialed', { name }), problemLines(t, undialed)].join('\n\n')
      : health.kind === 'up'
        ? t(wizard.server ? 'wizard-added-way' : 'wizard-added', { name, driver: wizard.driver })
        : [t('wizard-added-degraded', { name }), problemLines(t, health.problems)].filter(Boolean).join('\n\n')
  return {
    text,
    keyboard: [
      [openServer.button(t.plain('to-server'), { server: serverId })],
      [openServers.button(t.plain('menu-servers'), {}), ...menuRow(t)],
    ],
  }
}

export const lostView = (t: Translator): View => ({
  text: t('wizard-lost'),
  keyboard: [[openServers.button(t.plain('menu-servers'), {})], menuRow(t)],
})
