import { randomBytes } from 'node:crypto'
import { createVault } from '@vpn-kiosk/shop'
import { expect, test } from 'vitest'

const old = { id: 'k1', key: randomBytes(32) }
const current = { id: 'k2', key: randomBytes(32) }
const secret = { password: 'hunter2', note: 'пароль 🔑' }

test('what is sealed holds nothing readable, differs each time and opens as it was', () => {
  const vault = createVault([current])
  const sealed = [vault.seal(secret), vault.seal(secret)]
  expect(sealed[0]).not.toBe(sealed[1])
  for (const text of sealed) {
    expect(text).not.toContain('hunter2')
    expect(Buffer.from(text.split('.').at(-1)!, 'base64url').toString()).not.toContain('hunter2')
    expect(vault.open(text)).toEqual(secret)
  }
})

test('a byte changed anywhere is noticed', () => {
  const vault = createVault([current])
  const sealed = vault.seal(secret)
  for (const part of [1, 2, 3]) {
    const parts = sealed.split('.')
    const bytes = Buffer.from(parts[part]!, 'base64url')
    bytes[0]! ^= 1
    parts[part] = bytes.toString('base64url')
    expect(() => vault.open(parts.join('.')), `part ${part}`).toThrow()
  }
  expect(() => vault.open(sealed.slice(0, 20))).toThrow('not a sealed value')
})

test('a short tag is not taken for a whole one', () => {
  const vault = createVault([current])
  const parts = vault.seal(secret).split('.')
  parts[2] = Buffer.from(parts[2]!, 'base64url').subarray(0, 4).toString('base64url')
  expect(() => vault.open(parts.join('.'))).toThrow()
})

test('after the key was changed old values still open, and new ones are sealed with the new key', () => {
  const before = createVault([old]).seal(secret)
  const vault = createVault([current, old])
  expect(vault.open(before)).toEqual(secret)
  const after = vault.seal(secret)
  expect(createVault([current]).open(after)).toEqual(secret)
  expect(() => createVault([old]).open(after)).toThrow('the key "k2" that sealed this value is not configured')
})
