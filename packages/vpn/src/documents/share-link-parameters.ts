import { createHash } from 'node:crypto'

/** A piece of Xray's stream settings, as a panel stores it. */
export type Json = Readonly<Record<string, unknown>>

export const readObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
export const readText = (value: unknown): string => (typeof value === 'string' ? value : '')
export const readTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

/** Takes one of several equal choices, always the same for the same key, so that a link asked for twice is one link. */
export function pickStable(choices: readonly string[], key: string): string {
  if (choices.length === 0) return ''
  const number = createHash('sha256').update(key).digest().readUInt32BE(0)
  return choices[number % choices.length] ?? ''
}

/** The value of the `Host` header in a map whose values are a text or a list of texts. */
function readHostHeader(headers: unknown): string {
  for (const [name, value] of Object.entries(readObject(headers))) {
    if (name.toLowerCase() !== 'host') continue
    return Array.isArray(value) ? readText(value[0]) : readText(value)
  }
  return ''
}

/** What newer cores and panels call a transport; links and older ones know it by the name on the right. */
const networkAliases: Readonly<Record<string, string>> = {
  '': 'tcp',
  raw: 'tcp',
  splithttp: 'xhttp',
  mkcp: 'kcp',
  websocket: 'ws',
  gun: 'grpc',
}
const settingsAliases: Readonly<Record<string, string>> = {
  rawSettings: 'tcpSettings',
  splithttpSettings: 'xhttpSettings',
  splitHTTPSettings: 'xhttpSettings',
  mkcpSettings: 'kcpSettings',
  httpUpgradeSettings: 'httpupgradeSettings',
}

/** The stream settings with one name for each thing, whichever of its names the panel or the core uses. */
export function normalizeStream(stream: Json): Json {
  const network = readText(stream.network).trim().toLowerCase()
  const renamed = Object.entries(settingsAliases).flatMap(([alias, name]) =>
    stream[name] === undefined && stream[alias] !== undefined ? [[name, stream[alias]]] : [],
  )
  return { ...stream, ...Object.fromEntries(renamed), network: networkAliases[network] ?? network }
}

/** Plain TCP that looks like HTTP. */
export const isDisguised = (tcpSettings: unknown): boolean => readObject(readObject(tcpSettings).header).type === 'http'

export const hasEncryption = (settings: Json): boolean =>
  [settings.encryption, settings.decryption].some(
    (value) => typeof value === 'string' && value !== '' && value !== 'none',
  )

/** What a transport adds to the link. Source: the panel's own subscription service, 3.6 and 2.8. */
export function transportParameters(stream: Json): Record<string, string> {
  const network = readText(stream.network)
  switch (network) {
    case 'tcp':
      return tcpParameters(readObject(stream.tcpSettings))
    case 'ws':
      return pathAndHost(readObject(stream.wsSettings))
    case 'httpupgrade':
      return pathAndHost(readObject(stream.httpupgradeSettings))
    case 'grpc':
      return grpcParameters(readObject(stream.grpcSettings))
    case 'xhttp':
      return xhttpParameters(readObject(stream.xhttpSettings))
    case 'kcp':
      return kcpParameters(readObject(stream.kcpSettings))
    default:
      return {}
  }
}

function tcpParameters(tcp: Json): Record<string, string> {
  const header = readObject(tcp.header)
  if (header.type !== 'http') return {}
  const request = readObject(header.request)
  const host = readHostHeader(readObject(header.response).headers) || readHostHeader(request.headers)
  return { headerType: 'http', path: readTexts(request.path)[0] ?? '', host }
}

const pathAndHost = (settings: Json): Record<string, string> => ({
  path: readText(settings.path),
  host: readText(settings.host) || readHostHeader(settings.headers),
})

const grpcParameters = (grpc: Json): Record<string, string> => ({
  serviceName: readText(grpc.serviceName),
  authority: readText(grpc.authority),
  ...(grpc.multiMode === true ? { mode: 'multi' } : {}),
})

function kcpParameters(kcp: Json): Record<string, string> {
  const parameters: Record<string, string> = {}
  const header = readText(readObject(kcp.header).type)
  if (header !== '' && header !== 'none') parameters.headerType = header
  if (readText(kcp.seed) !== '') parameters.seed = readText(kcp.seed)
  for (const name of ['mtu', 'tti'])
    if (typeof kcp[name] === 'number' && kcp[name] > 0) parameters[name] = String(kcp[name])
  return parameters
}

function xhttpParameters(xhttp: Json): Record<string, string> {
  const parameters = pathAndHost(xhttp)
  if (typeof xhttp.mode === 'string') parameters.mode = xhttp.mode
  const padding = readText(xhttp.xPaddingBytes)
  if (padding !== '') parameters.x_padding_bytes = padding
  const extra = xhttpExtra(xhttp)
  if (Object.keys(extra).length > 0) parameters.extra = JSON.stringify(sortKeys(extra))
  return parameters
}

const xhttpTexts = [
  'mode',
  'xPaddingBytes',
  'uplinkHTTPMethod',
  'sessionIDPlacement',
  'sessionIDKey',
  'sessionIDTable',
  'sessionIDLength',
  'seqPlacement',
  'seqKey',
  'uplinkDataPlacement',
  'uplinkDataKey',
  'scMaxEachPostBytes',
  'scMinPostsIntervalMs',
]
/** Xray's own defaults say nothing, and `30` on the wire is a mark that filters know. */
const xhttpDefaults: Json = { scMaxEachPostBytes: '1000000', scMinPostsIntervalMs: '30' }
/** Older and newer cores call the same setting by two names; links carry both. */
const xhttpAliases = { sessionPlacement: 'sessionIDPlacement', sessionKey: 'sessionIDKey' } as const

/** The settings of XHTTP that both sides must share, beyond path, host and mode. */
function xhttpExtra(xhttp: Json): Record<string, unknown> {
  const extra: Record<string, unknown> = {}
  for (const name of xhttpTexts) {
    const value = readText(xhttp[name])
    if (value !== '' && value !== xhttpDefaults[name]) extra[name] = value
  }
  if (xhttp.xPaddingObfsMode === true) {
    extra.xPaddingObfsMode = true
    for (const name of ['xPaddingKey', 'xPaddingHeader', 'xPaddingPlacement', 'xPaddingMethod']) {
      if (readText(xhttp[name]) !== '') extra[name] = xhttp[name]
    }
  }
  for (const [old, renamed] of Object.entries(xhttpAliases)) {
    extra[renamed] ??= readText(xhttp[old]) || undefined
    if (extra[renamed] === undefined) delete extra[renamed]
    else extra[old] = extra[renamed]
  }
  if (xhttp.uplinkChunkSize) extra.uplinkChunkSize = xhttp.uplinkChunkSize
  if (xhttp.noGRPCHeader === true) extra.noGRPCHeader = true
  for (const name of ['xmux', 'downloadSettings']) {
    if (Object.keys(readObject(xhttp[name])).length > 0) extra[name] = xhttp[name]
  }
  const headers = Object.entries(readObject(xhttp.headers)).filter(([name]) => name.toLowerCase() !== 'host')
  if (headers.length > 0) extra.headers = Object.fromEntries(headers)
  return extra
}

/** The panel's encoder writes maps with sorted keys. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sortKeys(item)]),
  )
}
