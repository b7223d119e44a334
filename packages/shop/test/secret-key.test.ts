import { randomBytes } from 'node:crypto'
import { AccessEntity, EndpointEntity } from '@vpn-kiosk/db'
import { checkSecretKey, createVault, hasSealedValues, resealSecrets, vaultKey } from '@vpn-kiosk/shop'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

let world: TestShop
beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const otherKey = vaultKey(randomBytes(32))
const other = createVault([otherKey])
const check = (vault = world.deps.vault) => checkSecretKey({ ...world.deps, vault })

describe('the secret key', () => {
  test('is told from any other once the shop was started, also by five processes at once', async () => {
    expect(await hasSealedValues(world.deps)).toBe(false)
    const kinds = (await Promise.all(Array.from({ length: 5 }, () => check()))).map(({ kind }) => kind)
    expect(kinds).toEqual(Array(5).fill('fits'))
    expect(await hasSealedValues(world.deps)).toBe(true)
    expect(await check(other)).toEqual({ kind: 'wrong' })
  })

  test('of two that start a new shop at once only one is taken', async () => {
    const kinds = (await Promise.all([check(), check(other)])).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['fits', 'wrong'])
  })

  test('of a shop from before there was a sentinel is told by what it sealed', async () => {
    await world.addServer()
    expect(await hasSealedValues(world.deps)).toBe(true)
    expect(await check(other)).toEqual({ kind: 'wrong' })
    expect(await check()).toEqual({ kind: 'fits' })
    expect(await check(other)).toEqual({ kind: 'wrong' })
  })
})

describe('a change of the key', () => {
  async function fill() {
    await world.addServer()
    const customer = await world.addCustomer()
    await world.shop.startTrial(customer.id)
    await world.processAll()
    await check()
    return customer
  }
  const readRows = async () => ({
    endpoint: (await world.deps.db.em().findAll(EndpointEntity))[0]!,
    access: (await world.deps.db.em().findAll(AccessEntity))[0]!,
  })

  test('seals everything anew, so that the former key is not needed any more, and may be repeated', async () => {
    await fill()
    const before = await readRows()
    const secrets = world.deps.vault.open(before.access.secrets, `accesses.secrets:${before.access.id}`)
    const both = { ...other, open: ((sealed, place) => tryBoth(sealed, place)) as typeof other.open }
    const tryBoth = (sealed: string, place: Parameters<typeof other.open>[1]) =>
      sealed.startsWith(other.prefix) ? other.open(sealed, place) : world.deps.vault.open(sealed, place)
    expect(await resealSecrets({ ...world.deps, vault: both }, false)).toMatchObject({ resealed: 3, unreadable: 0 })
    const { access } = await readRows()
    expect(other.open(access.secrets, `accesses.secrets:${access.id}`)).toEqual(secrets)
    expect(await check(other)).toEqual({ kind: 'fits' })
    expect(await check()).toEqual({ kind: 'wrong' })
    expect(await resealSecrets({ ...world.deps, vault: both }, false)).toMatchObject({ resealed: 0, unreadable: 0 })
  })

  test('without the former key changes nothing and says how many values do not open', async () => {
    await fill()
    const before = await readRows()
    expect(await resealSecrets({ ...world.deps, vault: other }, false)).toMatchObject({ resealed: 0, unreadable: 3 })
    expect(await readRows()).toEqual(before)
    expect(await check()).toEqual({ kind: 'fits' })
  })

  test('after the former key was lost gives accesses new secrets, wishes them anew and names the endpoints', async () => {
    await fill()
    const before = await readRows()
    const report = await resealSecrets({ ...world.deps, vault: other }, true)
    expect(report).toMatchObject({ minted: 1, unreadableEndpoints: [before.endpoint.id] })
    const { access } = await readRows()
    expect(other.open(access.secrets, `accesses.secrets:${access.id}`)).toBeTruthy()
    expect(access).toMatchObject({ credentials: null, desiredRevision: before.access.desiredRevision + 1 })
    expect(await check(other)).toEqual({ kind: 'fits' })
  })

  test('also seals what charges a saved card, and removes the card once its key was lost', async () => {
    const { id } = await world.addCustomer('Anna')
    const [sealed, lost] = ['crd_0000000000000000001', 'crd_0000000000000000002'] as const
    const secrets = [
      world.deps.vault.seal('one', `saved_cards.secret:${sealed}`),
      other.seal('two', `saved_cards.secret:${lost}`),
    ]
    const em = world.deps.db.em()
    for (const [n, card] of [sealed, lost].entries())
      await em.execute(
        `insert into saved_cards (id, customer_id, provider, secret, title, created_at) values (?, ?, ?, ?, 'Visa', now())`,
        [card, id, `p${n}`, secrets[n]],
      )
    await resealSecrets({ ...world.deps, vault: { ...world.deps.vault, prefix: 'anew' } }, true)
    const rows = await em.execute<{ secret: string | null; removed_at: Date | null }[]>(
      'select secret, removed_at from saved_cards order by id',
    )
    expect(rows[0]?.secret).not.toBe(secrets[0])
    expect(world.deps.vault.open(rows[0]!.secret!, `saved_cards.secret:${sealed}`)).toBe('one')
    expect(rows[1]).toMatchObject({ secret: null, removed_at: world.clock.now() })
  })
})
