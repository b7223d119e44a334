import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '@vpn-kiosk/app'
import { expect, onTestFinished, test } from 'vitest'
import { foldersCheck } from './folders.ts'

const at = new Date('2026-11-21T09:00:00Z')

/** A folder that can be written, and a path in which a file stands where a folder should: not even root may write there. */
async function makePlaces() {
  const good = await mkdtemp(join(tmpdir(), 'vpn-kiosk-folders-'))
  onTestFinished(() => rm(good, { recursive: true, force: true }))
  await writeFile(join(good, 'a-file'), '')
  return { good, bad: join(good, 'a-file', 'deep') }
}

const examine = (directories: Readonly<Record<string, string>>) =>
  foldersCheck.examine({
    config: readConfig(directories),
    clock: { now: () => at },
    database: { kind: 'closed', reason: 'there is none' },
  })

test('folders that can be written are fine, also one that is yet to be made, and nothing stays in them', async () => {
  const { good } = await makePlaces()
  await mkdir(join(good, 'data'))
  const findings = await examine({ DATA_DIRECTORY: join(good, 'data'), BACKUP_DIRECTORY: join(good, 'new', 'backups') })
  expect(findings).toMatchObject([{ check: 'folders', status: 'fine' }])
  expect(await readdir(good, { recursive: true })).toEqual(['a-file', 'data'])
})

test('a folder that cannot be written is wrong under the name of its variable', async () => {
  const { good, bad } = await makePlaces()
  const message = expect.stringContaining(`BACKUP_DIRECTORY: ${bad} cannot be written (ENOTDIR`)
  const advice = expect.stringContaining('BACKUP_DIRECTORY')
  expect(await examine({ DATA_DIRECTORY: good, BACKUP_DIRECTORY: bad })).toMatchObject([
    { check: 'folders', status: 'wrong', message, advice },
  ])
})

test('backups that lie in a folder of data that cannot be written are no second cause', async () => {
  const { bad } = await makePlaces()
  const findings = await examine({ DATA_DIRECTORY: bad })
  expect(findings).toMatchObject([{ status: 'wrong', message: expect.stringMatching(/^DATA_DIRECTORY: /) }])
})

test('a folder of data that is not used is not tried: the database is elsewhere, and so are the backups', async () => {
  const { good, bad } = await makePlaces()
  const used = { DATABASE_URL: 'postgres://127.0.0.1:1/shop', DATA_DIRECTORY: bad, BACKUP_DIRECTORY: good }
  expect(await examine(used)).toMatchObject([{ status: 'fine' }])
})

test('backups and logs that lie in a folder of data are tried wherever the database is', async () => {
  const { good, bad } = await makePlaces()
  const elsewhere = { DATABASE_URL: 'postgres://127.0.0.1:1/shop' }
  const backups = expect.stringMatching(/^BACKUP_DIRECTORY: .*cannot be written/)
  expect(await examine({ ...elsewhere, DATA_DIRECTORY: bad })).toMatchObject([{ status: 'wrong', message: backups }])
  const logs = expect.stringMatching(/^LOG_FILE: .*cannot be written/)
  const logged = { ...elsewhere, BACKUP_DIRECTORY: good, LOG_FILE: join(bad, 'web.log') }
  expect(await examine(logged)).toMatchObject([{ status: 'wrong', message: logs }])
})
