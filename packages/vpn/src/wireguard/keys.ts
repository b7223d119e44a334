import { generateKeyPairSync, randomBytes } from 'node:crypto'

/** What one WireGuard device owns: 32 bytes each, base64 with padding, 44 characters. */
export type WireguardKeys = Readonly<Record<'privateKey' | 'publicKey' | 'presharedKey', string>>

const base64 = (jwk: string | undefined): string => Buffer.from(jwk ?? '', 'base64url').toString('base64')

/** A new Curve25519 pair and a preshared key. Node's x25519 private keys are clamped already, as `wg genkey`'s are. */
export function mintWireguardKeys(): WireguardKeys {
  const jwk = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' })
  return { privateKey: base64(jwk.d), publicKey: base64(jwk.x), presharedKey: randomBytes(32).toString('base64') }
}
