import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'

/** Encrypts what must not be read from a stolen database. */
export interface Vault {
  seal(value: unknown): string
  /** Throws when the key is missing or a byte was changed. */
  open<T>(sealed: string): T
}

export interface VaultKey {
  /** Up to 8 letters or digits, stored with each value so that keys can be rotated. */
  readonly id: string
  /** 32 bytes. */
  readonly key: Uint8Array
}

/** AES-256-GCM; `keyId.nonce.tag.ciphertext` in base64url. The first key seals, all of them open. */
export function createVault(keys: readonly [VaultKey, ...VaultKey[]]): Vault {
  // As key objects: bytes would be imported again with every value, which takes longer than the value itself.
  const byId = new Map(keys.map(({ id, key }) => [id, createSecretKey(key)]))
  const sealingId = keys[0].id
  const sealingKey = createSecretKey(keys[0].key)
  return {
    seal: (value) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce)
      const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
      return [sealingId, ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.')
    },
    open: (sealed) => {
      const [keyId = '', ...parts] = sealed.split('.')
      const [nonce, tag, body] = parts.map((part) => Buffer.from(part, 'base64url'))
      const key = byId.get(keyId)
      if (!key) throw new Error(`the key ${JSON.stringify(keyId.slice(0, 8))} that sealed this value is not configured`)
      if (!nonce || !tag || !body) throw new Error('not a sealed value')
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
      decipher.setAuthTag(tag)
      return JSON.parse(Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8'))
    },
  }
}
