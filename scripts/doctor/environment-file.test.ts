import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { examineEnvironmentFile } from './environment-file.ts'

test.each([
  [0o600, 'fine'],
  [0o400, 'fine'],
  [0o644, 'wrong'],
  [0o660, 'wrong'],
  [0o620, 'wrong'],
])('a .env with mode %o is %s', async (mode, status) => {
  const folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-env-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, '.env')
  await writeFile(file, 'CLIENT_BOT_TOKEN=\n')
  await chmod(file, mode)
  expect(await examineEnvironmentFile(file)).toMatchObject([{ check: '.env', status }])
  expect(await examineEnvironmentFile(`${file}.missing`)).toMatchObject([{ status: 'not_set' }])
})

test('a line that is not understood is said, after a byte order mark too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-env-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, '.env')
  await writeFile(file, '\uFEFFSHOP_NAME=a\nCRYPTOBOT_TOKNE=1\n', { mode: 0o600 })
  expect(await examineEnvironmentFile(file)).toMatchObject([
    { status: 'fine' },
    { status: 'wrong', message: expect.stringContaining('line 2'), advice: 'did you mean CRYPTOBOT_TOKEN?' },
  ])
})
