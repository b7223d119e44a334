import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { restoreBackup } from '@vpn-kiosk/db'
import { createTestDatabase } from '@vpn-kiosk/db/testing'
import { createTestShop } from '@vpn-kiosk/shop/testing'
import { expect, inject, onTestFinished, test } from 'vitest'

test('a restored shop has the places that it had, and counts on from there', async () => {
  const world = await createTestShop(inject('postgresUrl'))
  onTestFinished(() => world.close())
  const target = await createTestDatabase(inject('postgresUrl'))
  onTestFinished(() => target.drop())
  await world.addServer()
  for (const name of ['Anna', 'Boris']) {
    const { paymentId, reference } = await world.openInvoice(await world.addCustomer(name))
    world.provider.pay(reference)
    await world.shop.settlePayment(paymentId)
  }
  const folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-backup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'shop.backup.gz')
  await world.fixture.database.createBackup(file, world.clock.now())
  await restoreBackup(target.url, file, true)

  const em = target.database.em()
  const places = () => em.execute('select places_taken from endpoints')
  expect(await places()).toEqual([{ places_taken: 2 }])
  await em.execute(`update accesses set removed_at = now() where id = (select min(id) from accesses)`)
  expect(await places()).toEqual([{ places_taken: 1 }])
  await expect(em.execute('delete from ledger_entries')).rejects.toThrow('append-only')
})
