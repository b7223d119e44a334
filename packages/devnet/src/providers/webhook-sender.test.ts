import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWebhookBox, type WebhookBox } from './testing/webhook-box.ts'
import { createWebhookSender, type WebhookSender } from './webhook-sender.ts'

let box: WebhookBox
let sender: WebhookSender
beforeEach(async () => {
  box = await openWebhookBox()
  sender = createWebhookSender({ url: box.url, retryDelaysMs: [1, 1, 1] })
})
afterEach(async () => {
  sender.close()
  await box.close()
})
const webhook = { body: '{"n":1}', headers: { 'x-signature': 'abc' } }
const outcomes = () => sender.deliveries().map(({ outcome }) => outcome)

test('a webhook arrives from 127.0.0.1 with its bytes and headers untouched', async () => {
  await sender.send(webhook)
  const raw = await box.take()
  expect(Buffer.from(raw.body).toString()).toBe(webhook.body)
  expect(raw.headers['x-signature']).toBe('abc')
  expect(raw.sourceIp).toBe('127.0.0.1')
})

test('a webhook that is not taken is repeated, and given up after three repeats', async () => {
  box.answerWith(500)
  await sender.send(webhook)
  await sender.settled()
  expect(outcomes()).toEqual([500, 500, 500, 500])
})

test('a repeat that is taken is the last one', async () => {
  box.answerWith(503)
  await sender.send(webhook)
  box.answerWith(200)
  await sender.settled()
  expect(outcomes().at(-1)).toBe(200)
  expect(outcomes().filter((outcome) => outcome === 200)).toHaveLength(1)
})

test('a dropped webhook never arrives, and the one after it does', async () => {
  sender.dropNext(1)
  await sender.send(webhook)
  await sender.send(webhook)
  await sender.settled()
  expect(outcomes()).toEqual(['dropped', 200])
})

test('nothing arrives while webhooks are off, and a receiver that is gone is no failure of the sender', async () => {
  sender.setOn(false)
  await sender.send(webhook)
  sender.setOn(true)
  sender.setUrl('http://127.0.0.1:1/')
  await sender.send(webhook)
  await sender.settled()
  expect(outcomes()).toEqual(['dropped', 0, 0, 0, 0])
})

test('only plain http is an address to send to', () => {
  expect(() => sender.setUrl('https://example.org/')).toThrow('plain http')
})
