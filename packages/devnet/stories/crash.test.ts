import { once } from 'node:events'
import { isAccountId } from '@vpn-kiosk/domain'
import { describe, inject, test } from 'vitest'
import { createCrashWorld } from './crash/crash-world.ts'

/** Every step between the provider's word and the key, in the order in which they are met. */
const steps = [
  'settle:fetched',
  'settle:before-commit',
  'settle:committed',
  'grant:leased',
  'grant:endpoint-agreed',
  'grant:recorded',
]

describe('the jobs process killed with -9', () => {
  test.concurrent.for(steps)(
    'at %s loses nothing and does nothing twice',
    { timeout: 240_000 },
    async (step, { expect }) => {
      const world = await createCrashWorld(inject('postgresUrl'))
      try {
        const { shop, db } = world.app
        const { customer } = await shop.recognizeCustomer({ telegramId: 601n, firstName: 'Anna' })
        const plan = (await shop.listPlans())[0]!
        const started = await shop.startPurchase({
          customerId: customer.id,
          planId: plan.id,
          providerId: 'test',
          returnUrl: 'https://t.me/x',
          description: 'VPN',
        })
        if (started.kind !== 'invoice') throw new Error(started.kind)
        await world.provider.pay(world.provider.listInvoices()[0]!.reference)
        await world.app.queue.enqueue('settle-payment', { paymentId: started.paymentId })

        const victim = await world.startJobs(step)
        if (victim.signalCode === null) await once(victim, 'exit')
        expect(victim.signalCode).toBe('SIGKILL')

        // The dead process's lease on an access is over by then.
        await world.startJobs('none', 25_000)
        const told = () =>
          db
            .em()
            .execute<{ state: string }[]>(`select state from notifications where key = ?`, [
              `paid:${started.paymentId}`,
            ])
        await expect.poll(told, { timeout: 200_000, interval: 200 }).toEqual([{ state: 'queued' }])

        const [account, ...others] = world.panel.accounts().filter(({ email }) => isAccountId(email))
        expect(others).toEqual([])
        expect(account).toMatchObject({ enabled: true })
        expect(world.panel.countEntries(account!.email)).toBe(1)
        const [counts] = await db.em().execute<Record<string, number>[]>(
          `select (select count(*)::int from subscription_periods) as periods, (select count(*)::int from ledger_postings) as postings,
           (select count(*)::int from accesses) as accesses, (select count(*)::int from payment_steps where after = 'paid') as paid`,
        )
        expect(counts).toEqual({ periods: 1, postings: 1, accesses: 1, paid: 1 })
        expect((await shop.getKey(customer.id))?.waysIn).toHaveLength(1)
      } finally {
        await world.close()
      }
    },
  )
})
