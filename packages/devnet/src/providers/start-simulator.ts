import type { Clock } from '@vpn-kiosk/domain'
import type { FastifyInstance } from 'fastify'
import { createFaultSwitch } from './fault-switch.ts'
import type { InvoiceBook } from './invoice-book.ts'
import type { PayPageLook } from './pay-page.ts'
import type { ProviderSimulator } from './provider-simulator.ts'
import { registerPayPage } from './register-pay-page.ts'
import { createSimulatorServer, type ProviderErrors } from './simulator-server.ts'
import { createWebhookSender } from './webhook-sender.ts'

export interface SimulatorOptions {
  readonly clock: Clock
  /** 0 or absent: any free one. */
  readonly port?: number | undefined
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string | undefined
  /** What the pay pages' addresses begin with, when it is not where the simulator listens. */
  readonly publicUrl?: string | undefined
  /** Where webhooks go; `setWebhookUrl` tells later. */
  readonly webhookUrl?: string | undefined
  /** Pauses before the repeats of a webhook that was not taken; default three. */
  readonly webhookRetryDelaysMs?: readonly number[] | undefined
  /** The shop's name on the pay page. */
  readonly shop?: string | undefined
}

/** What makes one simulated provider different from the others. */
export interface SimulatedProvider {
  readonly apiPath: string
  readonly look: Omit<PayPageLook, 'shop'>
  readonly errors: ProviderErrors
  readonly book: InvoiceBook
  registerApi(app: FastifyInstance, announce: (reference: string) => Promise<void>): void
}

/** `build` gets `pageUrl`, which is known once the server listens. */
export async function startSimulator(
  build: (pageUrl: (reference: string) => string) => SimulatedProvider,
  options: SimulatorOptions,
): Promise<ProviderSimulator> {
  const base = { url: '' }
  const { apiPath, book, errors, look, registerApi } = build(
    (reference) => `${options.publicUrl ?? base.url}/pay/${reference}`,
  )
  const faults = createFaultSwitch()
  const sender = createWebhookSender({
    url: options.webhookUrl ?? null,
    retryDelaysMs: options.webhookRetryDelaysMs ?? [250, 1000, 4000],
  })
  const announce = async (reference: string): Promise<void> => {
    const webhook = book.webhook(reference)
    if (webhook) await sender.send(webhook)
  }
  const expireDue = async () => void (await Promise.all(book.expireDue().map(announce)))
  const app = createSimulatorServer(apiPath, faults, errors)
  // Webhooks of what has just expired go out beside the answer, not before it.
  app.addHook('preHandler', async () => void expireDue())

  const simulator: Omit<ProviderSimulator, 'url' | 'apiUrl'> = {
    faults,
    expireDue,
    pay: async (reference, instead = {}) => {
      book.pay(reference, instead)
      await announce(reference)
    },
    choose: async (reference, choice) => {
      book.choose?.(reference, choice)
      await announce(reference)
    },
    fail: async (reference, reason) => {
      book.fail(reference, reason)
      await announce(reference)
    },
    expire: async (reference) => {
      book.expire(reference)
      await announce(reference)
    },
    listInvoices: () => book.list(),
    findInvoice: (reference) => book.find(reference),
    setWebhookUrl: (url) => sender.setUrl(url),
    setWebhooks: (isOn) => sender.setOn(isOn),
    dropNextWebhook: (times = 1) => sender.dropNext(times),
    resendWebhook: async (reference, times = 1) =>
      void (await Promise.all(Array.from({ length: times }, () => announce(reference)))),
    webhookDeliveries: () => sender.deliveries(),
    webhooksSettled: () => sender.settled(),
    close: async () => {
      sender.close()
      await app.close()
    },
  }
  registerApi(app, announce)
  registerPayPage(app, { ...look, shop: options.shop ?? 'VPN Kiosk' }, simulator)
  base.url = await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' })
  return { ...simulator, url: base.url, apiUrl: base.url + apiPath }
}
