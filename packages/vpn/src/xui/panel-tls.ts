import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { EndpointRefused } from '@vpn-kiosk/domain'

/** Nobody vouches for the certificate: a person may, by its fingerprint. */
const unknownIssuer = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/**
 * A TLS connection whose certificate was looked at: the pinned one and no other, else one that the machine trusts.
 * Throws `EndpointRefused` with the certificate's fingerprint, or the connection's own error.
 */
export async function connectVerified(options: object, pinned: string | null): Promise<TLSSocket> {
  const socket = await handshake(options as ConnectionOptions)
  const fingerprint = fingerprintOf(socket)
  const refusal = pinned === null ? findDistrust(socket, fingerprint) : findChange(pinned, fingerprint)
  if (refusal === null) return socket
  socket.destroy()
  throw refusal
}

function handshake(options: ConnectionOptions): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const name = options.servername ?? options.host ?? ''
    const { servername: _name, ...rest } = options
    const socket = connect({
      ...rest,
      // A certificate that is not trusted is refused by us, a moment later, with its fingerprint.
      rejectUnauthorized: false,
      ...(name === '' || isIP(name) ? {} : { servername: name }),
    })
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

const fingerprintOf = (socket: TLSSocket): string =>
  createHash('sha256')
    .update(socket.getPeerX509Certificate()?.raw ?? '')
    .digest('hex')

function findChange(pinned: string, fingerprint: string): EndpointRefused | null {
  if (timingSafeEqual(Buffer.from(pinned, 'hex'), Buffer.from(fingerprint, 'hex'))) return null
  return new EndpointRefused('the certificate is not the one that was confirmed', {
    code: 'certificate_changed',
    fingerprint,
  })
}

function findDistrust(socket: TLSSocket, fingerprint: string): EndpointRefused | null {
  if (socket.authorized) return null
  const reason = String(socket.authorizationError)
  return new EndpointRefused(`the certificate is not trusted: ${reason}`, {
    code: unknownIssuer.has(reason) ? 'tls_self_signed' : 'tls_invalid',
    fingerprint,
  })
}

const lookMs = 3_000

/** Whether a TLS handshake succeeds there, whatever the certificate. */
export function speaksTls(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port, rejectUnauthorized: false })
    const end = (speaks: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(speaks)
    }
    const timer = setTimeout(end, lookMs, false)
    socket.once('secureConnect', () => end(true))
    socket.once('error', () => end(false))
  })
}
