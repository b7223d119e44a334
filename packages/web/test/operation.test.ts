import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startWeb } from '../src/start-web.ts'
import { defaultLimits, type WebShop } from '../src/web-deps.ts'
import { createFakeWeb, fakeDeps, health } from './fake-web.ts'

test('health is ok while everything answers', async () => {
  const { server } = await createFakeWeb({ deps: { sideChecks: { redis: async () => 'PONG' } } })
  const answer = await server.inject({ url: '/health' })
  expect([answer.statusCode, answer.json()]).toEqual([
    200,
    { status: 'ok', database: 'up', redis: 'up', deliveries: 'up', disk: 'up' },
  ])
})

test('health names what is down, and asks once a second at most', async () => {
  let asked = 0
  const database = async () => {
    asked += 1
    throw new Error('postgres://shop:hunter2@10.0.0.7 refused')
  }
  const { server } = await createFakeWeb({ deps: { checks: { database }, sideChecks: { redis: async () => 'PONG' } } })
  const [answer] = await Promise.all(Array.from({ length: 5 }, () => server.inject({ url: '/health' })))
  expect([answer?.statusCode, answer?.json()]).toEqual([
    503,
    { status: 'down', database: 'down', redis: 'up', deliveries: 'up', disk: 'up' },
  ])
  expect(asked).toBe(1)
})

test('health without Redis is degraded and names it, but no proxy takes the shop away for it', async () => {
  const redis = async () => {
    throw new Error('connect ECONNREFUSED')
  }
  const { server } = await createFakeWeb({ deps: { sideChecks: { redis } } })
  const answer = await server.inject({ url: '/health' })
  expect([answer.statusCode, answer.json()]).toEqual([
    200,
    { status: 'degraded', database: 'up', redis: 'down', deliveries: 'up', disk: 'up' },
  ])
})

test('health is degraded and names the processes that do not run', async () => {
  const seenAt = new Date('2026-11-21T08:00:00Z')
  const getHealth: WebShop['getHealth'] = async () => ({
    ...health,
    processes: [
      { process: 'client', state: 'running', running: 1, seenAt },
      { process: 'admin', state: 'missing', running: 0, seenAt: null },
      { process: 'jobs', state: 'silent', running: 0, seenAt },
    ],
  })
  const { server } = await createFakeWeb({ shop: { getHealth: getHealth } })
  const answer = await server.inject({ url: '/health' })
  const parts = { database: 'up', client: 'up', admin: 'down', jobs: 'down', deliveries: 'up', disk: 'up' }
  expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'degraded', ...parts }])
  const { body } = await server.inject({ url: '/metrics' })
  expect(body).toContain('kiosk_process_up{process="client"} 1')
  expect(body).toContain('kiosk_process_up{process="jobs"} 0')
})

test('metrics show the queue, what is behind, payments and durations by route', async () => {
  const { server } = await createFakeWeb()
  await server.inject({ url: '/s/whatever-this-secret-is' })
  const { body, statusCode } = await server.inject({ url: '/metrics' })
  expect(statusCode).toBe(200)
  for (const line of [
    'kiosk_database_up 1',
    'kiosk_queue_jobs{name="provision-access",state="waiting"} 2',
    'kiosk_queue_oldest_seconds{name="provision-access"} 30',
    'kiosk_accesses_behind 3',
    'kiosk_notifications_waiting{state="held"} 2',
    'kiosk_payments_last_day{state="pending"} 6',
    'http_request_duration_seconds_count{method="GET",route="/s/:token",status="404"} 1',
    'process_resident_memory_bytes',
  ]) {
    expect(body).toContain(line)
  }
  expect(body).not.toContain('whatever-this-secret-is')
})

test('metrics read the database once in ten seconds, and live without it', async () => {
  let reads = 0
  const seeBacklog = async () => {
    reads += 1
    throw new Error('down')
  }
  const { server } = await createFakeWeb({ shop: { getBacklog: seeBacklog } })
  for (let asked = 0; asked < 3; asked++) await server.inject({ url: '/metrics' })
  const { body, statusCode } = await server.inject({ url: '/metrics' })
  expect(statusCode).toBe(200)
  expect(body).toContain('kiosk_database_up 0')
  expect(body).not.toMatch(/^kiosk_accesses_behind \d/m)
  expect(reads).toBe(1)
})

test.each([
  ['the same machine', '127.0.0.1', {}, 200],
  ['the private network', '192.168.3.4', {}, 200],
  ['IPv6 on the same machine', '::1', {}, 200],
  ['the world', '8.8.8.8', {}, 404],
  ['the world by IPv6', '2a00:1450::1', {}, 404],
  ['the world through our proxy', '127.0.0.1', { 'x-forwarded-for': '8.8.8.8' }, 404],
  ['somebody who pretends to be near', '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, 404],
])('metrics asked for from %s', async (_name, remoteAddress, headers, status) => {
  const { server } = await createFakeWeb()
  expect((await server.inject({ url: '/metrics', remoteAddress, headers })).statusCode).toBe(status)
})

test('robots are sent away', async () => {
  const { server } = await createFakeWeb()
  expect((await server.inject({ url: '/robots.txt' })).body).toContain('Disallow: /')
})

test('whoever sends a request drop by drop is cut off', async () => {
  const web = await startWeb({ ...fakeDeps(), host: '127.0.0.1', port: 0 }, { ...defaultLimits, requestTimeoutMs: 200 })
  const socket = connect(Number(new URL(web.url).port), '127.0.0.1')
  socket.write('POST /pay/fake HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\na')
  const heard = await new Promise<string>((resolve) => {
    let text = ''
    socket.on('data', (data) => {
      text += data
    })
    socket.on('close', () => resolve(text))
  })
  expect(heard).toMatch(/^HTTP\/1\.1 408 /)
  await web.close()
})

test('a stopped server lets the request under way end', async () => {
  let release = () => {}
  let entered = () => {}
  const isIn = new Promise<void>((resolve) => {
    entered = resolve
  })
  const receiveWebhook = () =>
    new Promise<{ kind: 'stored' }>((resolve) => {
      release = () => resolve({ kind: 'stored' })
      entered()
    })
  const web = await startWeb({ ...fakeDeps({ shop: { receiveWebhook } }), host: '127.0.0.1', port: 0 })
  const answer = fetch(`${web.url}/pay/fake`, { method: 'POST', body: '{}' })
  await isIn
  const stopping = web.close()
  release()
  expect((await answer).status).toBe(200)
  await stopping
  await expect(fetch(`${web.url}/health`)).rejects.toThrow()
})
