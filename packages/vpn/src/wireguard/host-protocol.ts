/**
 * What is said between the driver and a WireGuard server.
 *
 * The driver runs `bash -s` there and sends, on stdin, the fixed host script and then one request:
 * ```
 * vpn-kiosk/1 ensure
 * interface wg0
 * config /etc/wireguard/wg0.conf
 * account vk-8x2k…
 * .
 * ```
 * The server answers with the greeting, tab-separated rows and a last row, `ok` or `error <code> <sentence>`:
 * an answer without a last row was cut off, and its outcome is unknown.
 */
export const greeting = 'vpn-kiosk/1'

export const hostVerbs = ['ensure', 'remove', 'peers', 'probe', 'facts'] as const
export type HostVerb = (typeof hostVerbs)[number]

export const hostFields = ['interface', 'config', 'account', 'public-key', 'preshared-key', 'address'] as const
export type HostField = (typeof hostFields)[number]

export interface HostRequest {
  readonly verb: HostVerb
  readonly fields: Readonly<Partial<Record<HostField, string>>>
}

/** `busy` and `no-interface` pass by themselves; the others are a matter for the admin. */
export const hostErrors = [
  'busy',
  'no-interface',
  'bad-request',
  'not-root',
  'no-tools',
  'no-config',
  'address-taken',
  'key-taken',
  'failed',
] as const
export type HostError = (typeof hostErrors)[number]

export type HostReply =
  | { readonly kind: 'ok'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'error'; readonly code: HostError; readonly sentence: string }

const wireguardKey = /^[A-Za-z0-9+/]{43}=$/

/** What each field must look like. None of these forms holds a quote, a space, a line break or a shell's metacharacter. */
export const fieldForms: Readonly<Record<HostField, RegExp>> = {
  interface: /^[a-zA-Z0-9_=+.-]{1,15}$/,
  config: /^\/[a-zA-Z0-9_=+./@-]{1,200}$/,
  account: /^vk-[0-9a-z]{4,40}$/,
  'public-key': wireguardKey,
  'preshared-key': wireguardKey,
  address: /^\d{1,3}(?:\.\d{1,3}){3}$/,
}

const includes = <T extends string>(list: readonly T[], text: string | undefined): text is T =>
  text !== undefined && (list as readonly string[]).includes(text)

/** The request as it goes on stdin. Throws `RangeError` naming the first malformed field; the value is not repeated. */
export function formatRequest(request: HostRequest): string {
  const lines = [`${greeting} ${request.verb}`]
  for (const name of hostFields) {
    const value = request.fields[name]
    if (value === undefined) continue
    if (!fieldForms[name].test(value) || /[\r\n]/.test(value)) throw new RangeError(`${name} is malformed`)
    lines.push(`${name} ${value}`)
  }
  return `${lines.join('\n')}\n.\n`
}

/** Finds the request in what came on stdin, behind the script or alone; null when it is not whole or not well formed. */
export function readRequest(stdin: string): HostRequest | null {
  const start = stdin.lastIndexOf(`\n${greeting} `)
  const lines = (start >= 0 ? stdin.slice(start + 1) : stdin).split('\n')
  const [hello, verb] = (lines.shift() ?? '').split(' ')
  if (hello !== greeting || !includes(hostVerbs, verb)) return null
  const fields: Partial<Record<HostField, string>> = {}
  for (const line of lines) {
    if (line === '.') return { verb, fields }
    const [name, value] = line.split(' ')
    if (!includes(hostFields, name) || value === undefined || !fieldForms[name].test(value)) return null
    fields[name] = value
  }
  return null
}

export function formatReply(reply: HostReply): string {
  const rows = reply.kind === 'ok' ? [...reply.rows, ['ok']] : [['error', reply.code, reply.sentence]]
  return `${greeting}\n${rows.map((row) => row.join('\t')).join('\n')}\n`
}

/** Reads an answer. Whatever a login script printed before the greeting is skipped; null = cut off, outcome unknown. */
export function readReply(stdout: string): HostReply | null {
  const lines = stdout.split('\n').map((line) => line.trimEnd())
  const start = lines.indexOf(greeting)
  if (start < 0) return null
  const rows: string[][] = []
  for (const line of lines.slice(start + 1)) {
    const row = line.split('\t')
    if (line === 'ok') return { kind: 'ok', rows }
    if (row[0] === 'error')
      return { kind: 'error', code: includes(hostErrors, row[1]) ? row[1] : 'failed', sentence: row[2] ?? '' }
    rows.push(row)
  }
  return null
}
