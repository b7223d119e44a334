import { expect, test } from 'vitest'
import { createLogger, type Logger } from './logger.ts'

function logged(write: (logger: Logger) => void): { line: string; fields: Record<string, unknown> } {
  let line = ''
  const destination = {
    write: (text: string) => {
      line += text
    },
  }
  write(createLogger({ name: 'test', level: 'trace', destination }))
  return { line, fields: JSON.parse(line) }
}

const botToken = `7123456789:${'AAH-x_'.repeat(6)}`

test('a bot token in a message, a field or an error is cut out', () => {
  const error = new Error(`Call to https://api.telegram.org/bot${botToken}/getMe failed`)
  const { line } = logged((log) => log.error({ err: error, url: `/bot${botToken}/x` }, `token ${botToken}`))
  expect(line).not.toContain('AAH-x_')
  expect(line).toContain('/getMe failed')
})

test('the password in an address is cut out, the rest of the address stays', () => {
  const { fields } = logged((log) => log.info('no answer from postgresql://kiosk:p4ss@db:5432/kiosk'))
  expect(fields.msg).toBe('no answer from postgresql://[cut]@db:5432/kiosk')
})

test.each(['password', 'botToken', 'SECRET_KEY', 'secretKey', 'Authorization', 'set-cookie', 'privateKey', 'apiKey'])(
  'a field named %s is cut out at any depth, inside a quoted body too',
  (name) => {
    const body = JSON.stringify({ [name]: 'S3CRET', id: 5 })
    const { line, fields } = logged((log) =>
      log.child({ [name]: 'S3CRET' }).warn({ [name]: 'S3CRET', a: { b: { c: { [name]: 'S3"C\\RT9' } } }, body }, 'x'),
    )
    expect(line).not.toMatch(/S3|RT9/)
    expect(JSON.parse(String(fields.body))).toMatchObject({ id: 5 })
  },
)

test('a bearer header and the token of a subscription page are cut out', () => {
  const { fields } = logged((log) => log.info('GET /s/h3k5m7n9q2r4t6v8 with Bearer abc.def.ghi123'))
  expect(fields.msg).toBe('GET /s/[cut] with Bearer [cut]')
})

test('what is no secret stays whole', () => {
  const { fields } = logged((log) =>
    log.info({ paymentId: 'pay_1', tokens: 5, at: '12:30' }, 'settled https://a.example/s/x'),
  )
  expect(fields).toMatchObject({
    paymentId: 'pay_1',
    tokens: 5,
    at: '12:30',
    msg: 'settled https://a.example/s/x',
    name: 'test',
  })
})
