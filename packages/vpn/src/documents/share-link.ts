import { createHash } from 'node:crypto'
import {
  hasEncryption,
  isDisguised,
  type Json,
  normalizeStream,
  pickStable,
  readObject,
  readText,
  readTexts,
  transportParameters,
} from './share-link-parameters.ts'

/** One inbound as links describe it; the settings are the panel's own objects. */
export interface LinkInbound {
  readonly settings: Json
  readonly streamSettings: Json
  /** The admin's switch: clients of this inbound go without Vision. After 3.6. */
  readonly disableFlow?: boolean | undefined
  /** Where customers reach it, unless it lists external proxies. */
  readonly host: string
  readonly port: number
}

export interface LinkClient {
  readonly uuid: string
  readonly subId: string
  readonly flow: string
}

export interface ShareLink {
  /** Without the fragment; `withRemark` adds it. */
  readonly uri: string
  /** Where it leads, as in the URI but without brackets. */
  readonly host: string
  readonly port: number
  /** What the panel's admin called this external proxy; empty without one. */
  readonly remark: string
}

/**
 * The links of one client on one VLESS inbound, one for each external proxy, else one. They say what the panel's own
 * would say; where the panel draws lots (SNI, short id, spider path) the draw is fixed by the client's `subId`.
 */
export function vlessLinks(inbound: LinkInbound, client: LinkClient): ShareLink[] {
  const streamSettings = normalizeStream(inbound.streamSettings)
  const parameters = linkParameters({ ...inbound, streamSettings }, client)
  const proxies = Array.isArray(streamSettings.externalProxy) ? streamSettings.externalProxy.map(readObject) : []
  const shareLink = (host: string, port: number, own: Readonly<Record<string, string>>, remark: string): ShareLink => ({
    uri: vlessUri(client.uuid, host, port, own),
    host: host.replace(/^\[|\]$/g, ''),
    port,
    remark,
  })
  if (proxies.length === 0) return [shareLink(inbound.host, inbound.port, parameters, '')]
  return proxies.map((proxy) =>
    shareLink(
      readText(proxy.dest).trim() || inbound.host,
      Number(proxy.port) || inbound.port,
      proxyParameters(parameters, proxy),
      readText(proxy.remark).trim(),
    ),
  )
}

/** The link with the name that the customer's app shows. */
export const withRemark = (uri: string, remark: string): string =>
  remark === '' ? uri : `${uri}#${encodeStrictly(remark)}`

/**
 * Whether a client of this inbound uses XTLS Vision: plain TCP under TLS or Reality, or XHTTP with VLESS encryption,
 * unless the admin has switched it off. Only under the transport's own name: panels take the flow away from clients of
 * an inbound that is called `raw` or `splithttp`.
 */
export function vlessFlow(inbound: Pick<LinkInbound, 'settings' | 'streamSettings' | 'disableFlow'>): string {
  if (inbound.disableFlow === true) return ''
  const { network, security } = inbound.streamSettings
  const { tcpSettings } = normalizeStream(inbound.streamSettings)
  const secured = security === 'tls' || security === 'reality'
  if (network === 'tcp' && secured && !isDisguised(tcpSettings)) return 'xtls-rprx-vision'
  if (network === 'xhttp' && hasEncryption(inbound.settings)) return 'xtls-rprx-vision'
  return ''
}

function linkParameters({ settings, streamSettings }: LinkInbound, client: LinkClient): Record<string, string> {
  const finalMask = readObject(streamSettings.finalmask)
  return {
    type: readText(streamSettings.network),
    encryption: readText(settings.encryption) || 'none',
    ...transportParameters(streamSettings),
    ...(hasContent(finalMask) ? { fm: JSON.stringify(finalMask) } : {}),
    ...securityParameters(streamSettings, client),
    ...(client.flow === '' ? {} : { flow: client.flow }),
  }
}

const hasContent = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(hasContent)
    : value !== undefined && value !== ''

function securityParameters(stream: Json, client: LinkClient): Record<string, string> {
  if (stream.security === 'tls') return tlsParameters(readObject(stream.tlsSettings))
  if (stream.security === 'reality') return realityParameters(readObject(stream.realitySettings), client.subId)
  return { security: 'none' }
}

function tlsParameters(tls: Json): Record<string, string> {
  const parameters: Record<string, string> = { security: 'tls' }
  const client = readObject(tls.settings)
  const alpn = readTexts(tls.alpn)
  if (alpn.length > 0) parameters.alpn = alpn.join(',')
  if (typeof tls.serverName === 'string') parameters.sni = tls.serverName
  if (typeof client.fingerprint === 'string') parameters.fp = client.fingerprint
  if (client.allowInsecure === true || tls.allowInsecure === true) parameters.allowInsecure = '1'
  if (readText(client.echConfigList) !== '') parameters.ech = readText(client.echConfigList)
  if (readText(client.verifyPeerCertByName).trim() !== '') parameters.vcn = readText(client.verifyPeerCertByName).trim()
  const pins = readTexts(client.pinnedPeerCertSha256).filter((pin) => pin !== '')
  if (pins.length > 0) parameters.pcs = pins.join(',')
  return parameters
}

function realityParameters(reality: Json, subId: string): Record<string, string> {
  const client = readObject(reality.settings)
  const parameters: Record<string, string> = {
    security: 'reality',
    sni: pickStable(readTexts(reality.serverNames), `sni|${subId}`),
    pbk: readText(client.publicKey),
    sid: pickStable(readTexts(reality.shortIds), `sid|${subId}`),
    spx: spiderPath(readText(client.spiderX), subId),
  }
  if (readText(client.fingerprint) !== '') parameters.fp = readText(client.fingerprint)
  if (readText(client.mldsa65Verify) !== '') parameters.pqv = readText(client.mldsa65Verify)
  return parameters
}

/** 3.x derives the path like this; older panels draw a new one each time. The server takes any. */
const spiderPath = (seed: string, subId: string): string =>
  `/${createHash('sha256').update(`${seed}|${subId}`).digest('hex').slice(0, 15)}`

/** An external proxy ends TLS for the inbound or passes it on: `forceTls` is `same`, `tls` or `none`. */
function proxyParameters(parameters: Readonly<Record<string, string>>, proxy: Json): Record<string, string> {
  const result = { ...parameters }
  const forced = readText(proxy.forceTls)
  if (forced !== '' && forced !== 'same') result.security = forced
  if (result.security === 'none') for (const name of ['alpn', 'sni', 'fp', 'pcs']) delete result[name]
  if (result.security === 'tls') Object.assign(result, proxyTlsParameters(proxy))
  if (proxy.isHost === true) Object.assign(result, hostParameters(result, proxy))
  return result
}

/** What a managed host (3.4 and later) may say beyond an external proxy; it overrides only what the transport has. */
function hostParameters(parameters: Readonly<Record<string, string>>, host: Json): Record<string, string> {
  const isReality = parameters.security === 'reality'
  const found = {
    sni: isReality ? readText(host.sni) : '',
    fp: isReality ? readText(host.fingerprint) : '',
    host: parameters.host === undefined ? '' : readText(host.hostHeader),
    path: parameters.path === undefined ? '' : readText(host.path),
    allowInsecure: host.allowInsecure === true && parameters.security !== 'none' ? '1' : '',
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== ''))
}

function proxyTlsParameters(proxy: Json): Record<string, string> {
  const alpn = readText(proxy.alpn) || readTexts(proxy.alpn).join(',')
  const found = {
    sni: readText(proxy.sni),
    fp: readText(proxy.fingerprint),
    alpn,
    pcs: readTexts(proxy.pinnedPeerCertSha256).join(','),
    vcn: readText(proxy.verifyPeerCertByName),
    ech: readText(proxy.echConfigList),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== ''))
}

function vlessUri(uuid: string, host: string, port: number, parameters: Readonly<Record<string, string>>): string {
  const bare = host.replace(/^\[|\]$/g, '')
  const query = Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value).replaceAll('%20', '+')}`)
    .join('&')
  return `vless://${uuid}@${bare.includes(':') ? `[${bare}]` : bare}:${port}?${query}`
}

/** Escapes all but letters, digits and `-_.~`, as the panel's encoder does. */
const encodeStrictly = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
