import { type EndpointId, flagOf, type ServerId } from '@vpn-kiosk/domain'
import type { EndpointCard, EndpointFailure, Occupants, ServerLine, UpdateEndpointResult } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { openLanguage, type Place } from '../add-server/answers.ts'
import { startWizardOn } from '../add-server/callbacks.ts'
import { offeredCities } from '../add-server/cities.ts'
import { inPairs } from '../add-server/views.ts'
import { menuRow } from '../menu/callbacks.ts'
import { askDisable, openServer, openServers } from '../servers/callbacks.ts'
import { causeText, failureText } from '../servers/problems.ts'
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
import { canBeEmpty, type EndpointField, fieldsOf, isSecretField, type ServerField, serverFields } from './fields.ts'
import type { PendingChange } from './pending-change.ts'

const joined = (...blocks: (string | null | undefined)[]): string => blocks.filter(Boolean).join('\n\n')

/** The city as this reader sees it, and as the others do. */
function cityLine({ city, cityTitles }: Pick<ServerLine, 'city' | 'cityTitles'>, language: string): string {
  const own = cityTitles?.[language] || city
  const others = Object.values(cityTitles ?? {}).filter((title) => title !== own)
  return [own, ...others].join(' / ')
}

const driverName = (t: Translator, driver: string): string =>
  t.has(`driver-${driver}`) ? t.plain(`driver-${driver}`) : driver

const pairs = (buttons: Keyboard[number]): Keyboard =>
  Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) => buttons.slice(row * 2, row * 2 + 2))

/** Everything that can be changed of a server. `note` is HTML. */
export function serverEditView(t: Translator, server: ServerLine, note: string | null = null): View {
  const { id, name, host, capacity, position, endpoints } = server
  const place = { flag: flagOf(server.country), city: cityLine(server, t.language), host, capacity, position }
  return {
    text: joined(note, t('server-edit', { name, ...place })),
    keyboard: [
      ...pairs(
        serverFields.map((field) => askServerField.button(t.plain(`server-field-${field}`), { server: id, field })),
      ),
      ...endpoints.map((endpoint) => [
        openEndpoint.button(
          t.plain('way-open', {
            driver: driverName(t, endpoint.driver),
            protocol: t.plain(`protocol-${endpoint.protocol}`),
          }),
          { endpoint: endpoint.id },
        ),
      ]),
      [startWizardOn.button(t.plain('way-add'), { server: id })],
      [askDelete.button(t.plain('server-delete'), { server: id }, 'danger')],
      [openServer.button(t.plain('back'), { server: id }), ...menuRow(t)],
    ],
  }
}

/** Asks for one value and shows the one that is there. */
export function serverFieldView(t: Translator, server: ServerLine, field: ServerField, note?: string): View {
  const current = { name: server.name, host: server.host, capacity: server.capacity, position: server.position }
  const city = `${flagOf(server.country)} ${cityLine(server, t.language)}`
  const value = String({ ...current, city }[field])
  return {
    text: joined(note, t(`server-ask-${field}`), t('field-now', { value })),
    keyboard: [
      ...(field === 'city' ? cityRows(t, server.id) : []),
      [editServer.button(t.plain('back'), { server: server.id })],
    ],
  }
}

function cityRows(t: Translator, server: ServerId): Keyboard {
  const buttons = offeredCities.map(({ country, key }) =>
    chooseServerCity.button(`${flagOf(country)} ${t.plain(`city-${key}`)}`, { server, city: key }),
  )
  return Array.from({ length: Math.ceil(buttons.length / 3) }, (_, row) => buttons.slice(row * 3, row * 3 + 3))
}

/** A city that we do not know is written in the other language too. */
export const cityOtherView = (t: Translator, server: ServerId, { cityTitles }: Place, note?: string): View => ({
  text: joined(
    note,
    t('wizard-step-city-other', { language: t.languageName(openLanguage(cityTitles, t.languages) ?? t.language) }),
  ),
  keyboard: [[askServerField.button(t.plain('back'), { server, field: 'city' })]],
})

/** A way in with its settings; of secrets only whether they are there. */
export function endpointView(t: Translator, endpoint: EndpointCard, note: string | null = null): View {
  const { id: endpointId, serverId, serverName, driver, protocol } = endpoint
  const head = t('way-title', {
    server: serverName,
    driver: driverName(t, driver),
    protocol: t.plain(`protocol-${protocol}`),
  })
  const lines = fieldsOf(endpoint).flatMap((field) => valueLine(t, endpoint, field))
  const inbounds = endpoint.settings.inboundIds
  return {
    text: joined(note, [head, ...lines, ...certificateLine(t, endpoint)].join('\n')),
    keyboard: [
      ...(Array.isArray(inbounds)
        ? [[askInbounds.button(t.plain('way-inbounds', { count: inbounds.length }), { endpoint: endpointId })]]
        : []),
      ...pairs(
        fieldsOf(endpoint).map((field) =>
          askEndpointField.button(t.plain(`way-field-${field}`), { endpoint: endpointId, field }),
        ),
      ),
      [testEndpoint.button(t.plain('way-test'), { endpoint: endpointId })],
      [editServer.button(t.plain('back'), { server: serverId }), ...menuRow(t)],
    ],
  }
}

const settingNames: Partial<Record<EndpointField, string>> = {
  url: 'url',
  login: 'username',
  'public-host': 'publicHost',
  'ssh-host': 'host',
  'ssh-port': 'port',
  'ssh-user': 'username',
  'endpoint-host': 'endpointHost',
}
const secretNames: Partial<Record<EndpointField, string>> = {
  login: 'password',
  token: 'token',
  'two-factor': 'twoFactorSecret',
  'ssh-key': 'privateKey',
  'ssh-password': 'password',
}

/** What an admin may read of a field; '' when it is not set. */
function shownValue(t: Translator, { settings, secretNames: known }: EndpointCard, field: EndpointField): string {
  const secret = secretNames[field]
  if (secret !== undefined && !known.includes(secret)) return ''
  const setting = settingNames[field]
  if (setting === undefined) return t.plain('field-hidden')
  const value = settings[setting]
  return value === undefined || value === null ? '' : bounded(String(value), 120)
}

function valueLine(t: Translator, endpoint: EndpointCard, field: EndpointField): string[] {
  const value = shownValue(t, endpoint, field)
  return value === '' ? [] : [t('way-line', { label: t.plain(`way-label-${field}`), value })]
}

const certificateLine = (t: Translator, { settings }: EndpointCard): string[] =>
  typeof settings.pinnedCertificate === 'string'
    ? [t('way-pinned', { fingerprint: `${inPairs(settings.pinnedCertificate.slice(0, 16))}…` })]
    : []

export function endpointFieldView(t: Translator, endpoint: EndpointCard, field: EndpointField, note?: string): View {
  const value = shownValue(t, endpoint, field)
  return {
    text: joined(
      note,
      t(`way-ask-${field}`),
      value === '' ? '' : t('field-now', { value }),
      isSecretField(field) ? t('wizard-secret-note') : '',
    ),
    keyboard: [
      ...(canBeEmpty(field) && value !== ''
        ? [[emptyEndpointField.button(t.plain('way-empty'), { endpoint: endpoint.id, field })]]
        : []),
      [openEndpoint.button(t.plain('back'), { endpoint: endpoint.id })],
    ],
  }
}

/** The endpoint shows a certificate that nobody vouches for: a person does, or nothing is changed. */
export const certificateView = (
  t: Translator,
  endpoint: EndpointId,
  { code, fingerprint }: { readonly code: 'tls_self_signed' | 'certificate_changed'; readonly fingerprint: string },
): View => ({
  text: joined(causeText(t, code), t('way-fingerprint', { fingerprint: inPairs(fingerprint) })),
  keyboard: [
    [trustCertificate.button(t.plain('wizard-do-trust'), { endpoint }, 'success')],
    [openEndpoint.button(t.plain('back'), { endpoint })],
  ],
})

type NotSaved = EndpointFailure | (UpdateEndpointResult & { readonly kind: 'same_panel' })

/** Nothing was saved, and why. */
export function refusedView(t: Translator, endpoint: EndpointId, failure: NotSaved, note?: string): View {
  const why =
    failure.kind === 'same_panel' ? t('way-same-panel', { name: failure.serverName }) : failureText(t, failure)
  return {
    text: joined(note, t('way-not-saved'), why),
    keyboard: [[openEndpoint.button(t.plain('back'), { endpoint }), ...menuRow(t)]],
  }
}

/** What of the endpoint is sold, to be ticked. */
export function inboundsView(t: Translator, pending: PendingChange & { readonly kind: 'inbounds' }): View {
  const { endpointId: endpoint, choices, chosen, missing } = pending
  const rows = choices
    .slice(0, 40)
    .map(({ label, value }, index) => [
      tickInbound.button(bounded(`${chosen.includes(value) ? '☑️' : '◻️'} ${label}`, 60), { endpoint, index }),
    ])
  return {
    text: joined(
      t('way-ask-inbounds', { choices: choices.length }),
      missing.length > 0 ? t('way-missing', { ids: missing.join(', '), count: missing.length }) : '',
    ),
    keyboard: [
      ...rows,
      ...(chosen.length > 0 ? [[saveInbounds.button(t.plain('way-save'), { endpoint }, 'success')]] : []),
      [openEndpoint.button(t.plain('back'), { endpoint })],
    ],
  }
}

/** What was typed is forgotten: it took too long, or the bot was restarted. */
export const forgottenView = (t: Translator, endpoint: EndpointId): View => ({
  text: t('way-forgotten'),
  keyboard: [[openEndpoint.button(t.plain('back'), { endpoint })]],
})

/** What an admin who has read the numbers accepts. */
const remainsOf = { empty: 'nobody', cut_off: 'cut_off', behind: 'anything' } as const

/** Says who is still there and asks; `refused` when a press came too early. */
export function deletingView(t: Translator, server: ServerLine, refused?: Occupants): View {
  const { id, name, state } = server
  const { accesses, behind } = refused ?? server
  const kind = accesses === 0 ? 'empty' : state !== 'disabled' ? 'in_use' : behind === 0 ? 'cut_off' : 'behind'
  return {
    text: t('server-deleting', { name, kind, accesses, behind }),
    keyboard: [
      kind === 'in_use'
        ? [askDisable.button(t.plain('server-disable'), { server: id })]
        : [deleteServer.button(t.plain('server-delete-yes'), { server: id, remains: remainsOf[kind] }, 'danger')],
      [editServer.button(t.plain('back'), { server: id })],
    ],
  }
}

export const deletedView = (t: Translator): View => ({
  text: t('server-deleted'),
  keyboard: [[openServers.button(t.plain('menu-servers'), {}), ...menuRow(t)]],
})
