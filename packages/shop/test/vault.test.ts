import { createCipheriv, randomBytes } from 'node:crypto'
import { createVault, vaultKey } from '@vpn-kiosk/shop'
import { expect, test } from 'vitest'

const old = vaultKey(randomBytes(32))
const current = vaultKey(randomBytes(32))
const secret = { password: 'hunter2', note: 'пароль 🔑' }
const place = 'endpoints.secrets:end_1' as const

/** As values were sealed before they were bound to their place. */
function sealAsBefore(value: unknown, key: Uint8Array): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
  return ['k1', ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.')
}

test('what is sealed holds nothing readable, differs each time and opens as it was', () => {
  const vault = createVault([current])
  const sealed = [vault.seal(secret, place), vault.seal(secret, place)]
  expect(sealed[0]).not.toBe(sealed[1])
  for (const text of sealed) {
    expect(text).not.toContain('hunter2')
    expect(Buffer.from(text.split('.').at(-1)!, 'base64url').toString()).not.toContain('hunter2')
    expect(vault.open(text, place)).toEqual(secret)
    expect(text.startsWith(vault.prefix)).toBe(true)
  }
})

test('a value that was moved to another row or column does not open there', () => {
  const vault = createVault([current])
  const sealed = vault.seal(secret, place)
  expect(() => vault.open(sealed, 'endpoints.secrets:end_2')).toThrow()
  expect(() => vault.open(sealed, 'accesses.secrets:end_1')).toThrow()
  const unbound = sealed.split('.').with(1, 'k1').slice(1).join('.')
  expect(() => vault.open(unbound, 'endpoints.secrets:end_2'), 'stripped of its mark').toThrow()
})

test('a value that was sealed before it was bound to a place still opens, whichever key it was', () => {
  const vault = createVault([current, old])
  for (const { key } of [old, current]) expect(vault.open(sealAsBefore(secret, key), place)).toEqual(secret)
  expect(() => createVault([current]).open(sealAsBefore(secret, old.key), place)).toThrow()
})

test('a byte changed anywhere is noticed', () => {
  const vault = createVault([current])
  const sealed = vault.seal(secret, place)
  for (const part of [2, 3, 4]) {
    const parts = sealed.split('.')
    const bytes = Buffer.from(parts[part]!, 'base64url')
    bytes[0]! ^= 1
    parts[part] = bytes.toString('base64url')
    expect(() => vault.open(parts.join('.'), place), `part ${part}`).toThrow()
  }
  expect(() => vault.open(sealed.slice(0, 20), place)).toThrow('not a sealed value')
})

test('a short tag is not taken for a whole one', () => {
  const vault = createVault([current])
  const parts = vault.seal(secret, place).split('.')
  parts[3] = Buffer.from(parts[3]!, 'base64url').subarray(0, 4).toString('base64url')
  expect(() => vault.open(parts.join('.'), place)).toThrow()
})

test('after the key was changed old values still open, and new ones are sealed with the new key', () => {
  const before = createVault([old]).seal(secret, place)
  const vault = createVault([current, old])
  expect(vault.open(before, place)).toEqual(secret)
  const after = vault.seal(secret, place)
  expect(createVault([current]).open(after, place)).toEqual(secret)
  expect(() => createVault([old]).open(after, place)).toThrow(
    `the key "${current.id}" that sealed this value is not configured`,
  )
})
