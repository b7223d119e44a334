import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldForms, formatReply, formatRequest, hostFields, readReply, readRequest } from './host-protocol.ts'
import { hostScript } from './host-script.ts'

const key = Buffer.alloc(32, 1).toString('base64')
const fields = {
  interface: 'wg0',
  config: '/etc/wireguard/wg0.conf',
  account: 'vk-8x2k9q',
  'public-key': key,
  'preshared-key': key,
  address: '10.8.0.5',
}

describe('a request to a WireGuard server', () => {
  test('arrives behind the script as it was sent', () => {
    const request = { verb: 'ensure', fields } as const
    expect(readRequest(`${hostScript}${formatRequest(request)}`)).toEqual(request)
    expect(readRequest(formatRequest(request))).toEqual(request)
  })

  test('that was cut off anywhere is no request', () => {
    const whole = formatRequest({ verb: 'ensure', fields })
    for (let length = 0; length < whole.length - 1; length++)
      if (!whole.slice(0, length).endsWith('\n.')) expect(readRequest(whole.slice(0, length))).toBeNull()
  })

  test.each([
    'vk-a; reboot',
    "vk-a'b'",
    'vk-$(id)',
    'vk-`id`',
    'vk-abcd\n.\nremove',
    'vk-abcd ',
    '../vk-abcd',
    'VK-ABCD',
    'bob',
  ])('refuses the account %j', (account) => {
    expect(() => formatRequest({ verb: 'remove', fields: { ...fields, account } })).toThrow(/account is malformed/)
  })

  test('carries no text that a shell, or the protocol itself, could take for more than a value', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'aV1/.-=+ \n\r\t\'"`$;|&<>(){}[]*?~#\\\0') }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...hostFields), text, (name, value) => {
        let sent: string
        try {
          sent = formatRequest({ verb: 'peers', fields: { [name]: value } })
        } catch (error) {
          expect(String(error)).toBe(`RangeError: ${name} is malformed`)
          return
        }
        expect(value).toMatch(/^[a-zA-Z0-9_=+./@-]+$/)
        expect(sent.split('\n')).toHaveLength(4)
      }),
    )
  })

  test('gives a field no form that would let a space or a quote through', () => {
    for (const form of Object.values(fieldForms))
      for (const bad of [' ', "'", '"', '$', '\n', ';']) expect(form.test(bad)).toBe(false)
  })
})

describe('an answer of a WireGuard server', () => {
  test('is read behind whatever a login script printed', () => {
    const reply = {
      kind: 'ok',
      rows: [
        ['version', 'v1.0'],
        ['online', '3'],
      ],
    } as const
    expect(readReply(`Welcome to ok\nok\n${formatReply(reply)}`)).toEqual(reply)
  })

  test('that was cut off has no known outcome', () => {
    expect(readReply('')).toBeNull()
    expect(readReply('<html>502 Bad Gateway</html>')).toBeNull()
    expect(readReply('vpn-kiosk/1\npeer\tvk-abcd\tlive\t1\t2\t3\n')).toBeNull()
  })

  test('keeps the code and the sentence of an error', () => {
    const reply = { kind: 'error', code: 'busy', sentence: 'another change is running' } as const
    expect(readReply(formatReply(reply))).toEqual(reply)
    expect(readReply('vpn-kiosk/1\nerror\tnever-heard\n')).toEqual({ kind: 'error', code: 'failed', sentence: '' })
  })
})
