import { type EndpointCause, EndpointRefused, EndpointUnreachable } from '@vpn-kiosk/domain'
import { formatRequest, type HostError, type HostReply, type HostRequest, readReply } from './host-protocol.ts'
import { hostScript } from './host-script.ts'
import type { WireguardReach, WireguardSecrets } from './settings.ts'
import { createSshLink, type SshOutput } from './ssh-link.ts'

export type Row = readonly string[]

/** A WireGuard server that can be asked: one request, one answer. */
export interface WireguardHost {
  /** Rows of the answer, or the server's own error. Throws when there was no answer or it makes no sense. */
  ask(verb: HostRequest['verb'], fields?: HostRequest['fields']): Promise<HostReply>
  close(): Promise<void>
}

export function openHost(
  reach: WireguardReach & { readonly hostKey: string },
  secrets: WireguardSecrets,
): WireguardHost {
  const { host, port, username, hostKey } = reach
  const link = createSshLink({ host, port, username, hostKey, login: secrets })
  const command = reach.sudo ? 'sudo -n bash -s' : 'bash -s'
  return {
    async ask(verb, fields = {}) {
      const request = formatRequest({
        verb,
        fields: { interface: reach.interface, config: reach.configPath, ...fields },
      })
      const output = await link.run(command, `${hostScript}${request}`)
      return readReply(output.stdout) ?? refuseNonsense(`${host}:${port}`, output)
    },
    close: () => link.close(),
  }
}

/** The rows of a good answer; an error becomes the exception that says whether asking again may help. */
export function getRows(reply: HostReply, where: string): readonly Row[] {
  if (reply.kind === 'ok') return reply.rows
  const sentence = `${where}: ${reply.sentence || reply.code}.`
  const code = causes[reply.code]
  throw reply.code === 'busy' || reply.code === 'no-interface' || reply.code === 'failed'
    ? new EndpointUnreachable(sentence, { code })
    : new EndpointRefused(sentence, { code })
}

const causes: Readonly<Record<HostError, EndpointCause>> = {
  busy: 'busy',
  failed: 'server_error',
  'bad-request': 'other',
  'not-root': 'other',
  'no-tools': 'no_tools',
  'no-interface': 'interface_missing',
  'no-config': 'config_missing',
  'address-taken': 'place_taken',
  'key-taken': 'place_taken',
}

/** The first value behind a row's name, e.g. `version`. */
export const findValue = (rows: readonly Row[], name: string): string | null =>
  rows.find((row) => row[0] === name)?.[1] ?? null

function refuseNonsense(where: string, output: SshOutput): never {
  if (output.code === null || output.code === 0)
    throw new EndpointUnreachable(`${where} broke off in the middle of its answer.`, { code: 'connection_lost' })
  const complaint =
    output.stderr
      .split('\n')[0]
      ?.slice(0, 200)
      .replaceAll(/[A-Za-z0-9+/]{43}=/g, '<key>') ?? ''
  throw new EndpointRefused(`${where} cannot run bash as this login: ${complaint || `exit status ${output.code}`}.`)
}
