import { createCipheriv, createDecipheriv, createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'

/** Every column that holds sealed values. */
export type SealedColumn =
  | 'endpoints.secrets'
  | 'accesses.secrets'
  | 'accesses.credentials'
  | 'saved_cards.secret'
  | 'settings.value'

/** Where a sealed value stands: its column and its row's id. A value that was moved elsewhere does not open there. */
export type SealedPlace = `${SealedColumn}:${string}`

/** Encrypts what must not be read from a stolen database. */
export interface Vault {
  seal(value: unknown, place: SealedPlace): string
  /** Throws when the key is missing, a byte was changed or the value belongs to another place. */
  open<T>(sealed: string, place: SealedPlace): T
  /** What every value that is bound to its place and sealed with today's key begins with. */
  readonly prefix: string
}

export interface VaultKey {
  /** Up to 8 letters or digits, stored with each value so that keys can be rotated. */
  readonly id: string
  /** 32 bytes. */
  readonly key: Uint8Array
}

/** Values sealed before they were bound to their place and keys had ids of their own say only this. */
const legacyId = 'k1'
const boundMark = 'bound'

/** The key under an id that follows from its bytes. */
export const vaultKey = (key: Uint8Array): VaultKey => ({
  id: createHash('sha256').update(key).digest('hex').slice(0, 8),
  key,
})

/**
 * AES-256-GCM with the place as associated data; `bound.keyId.nonce.tag.ciphertext` in base64url. The first key seals,
 * all of them open. Values of four parts, sealed before, are bound to no place.
 */
export function createVault(keys: readonly [VaultKey, ...VaultKey[]]): Vault {
  // As key objects: bytes would be imported again with every value, which takes longer than the value itself.
  const known = keys.map(({ id, key }) => ({ id, key: createSecretKey(key) }))
  const [first] = keys
  const sealingKey = createSecretKey(first.key)
  const prefix = `${boundMark}.${first.id}.`
  return {
    prefix,
    seal: (value, place) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
      return prefix + [nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url')).join('.')
    },
    open: <T>(sealed: string, place: SealedPlace) => {
      const parts = sealed.split('.')
      const isBound = parts.length === 5 && parts[0] === boundMark
      const [keyId = '', ...values] = isBound ? parts.slice(1) : parts
      const [nonce, tag, body] = values.map((value) => Buffer.from(value, 'base64url'))
      if (!nonce || !tag || !body) throw new Error('not a sealed value')
      const candidates = known.filter(({ id }) => id === keyId || keyId === legacyId)
      if (candidates.length === 0) {
        throw new Error(`the key ${JSON.stringify(keyId.slice(0, 8))} that sealed this value is not configured`)
      }
      const envelope = { nonce, tag, body, place: isBound ? place : null }
      return JSON.parse(openWithAny(candidates, envelope)) as T
    },
  }
}

interface Envelope {
  readonly nonce: Buffer
  readonly tag: Buffer
  readonly body: Buffer
  readonly place: SealedPlace | null
}

function openWithAny(candidates: readonly { readonly key: KeyObject }[], envelope: Envelope): string {
  let failure: unknown = null
  for (const { key } of candidates) {
    try {
      return decrypt(key, envelope)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

function decrypt(key: KeyObject, { nonce, tag, body, place }: Envelope): string {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
  if (place !== null) decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
}
