import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@vpn-kiosk/db/embedded-postgres'
import { killCases } from './cases/index.ts'
import { createKillWorld } from './kill-world.ts'
import { readOptions, usage } from './options.ts'
import { type Proof, proveCase } from './prove-case.ts'
import type { KillCase } from './scene.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

/** A shop of its own for each case: what one leaves wrong is no other's fault. */
async function proveApart(postgresUrl: string, kase: KillCase, stride: number): Promise<Proof> {
  const world = await createKillWorld(postgresUrl)
  try {
    return await proveCase(world, kase, { stride })
  } finally {
    await world.close()
  }
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  if (options === null) {
    say(usage)
    return 0
  }
  const cases = killCases.filter(({ name }) => name.includes(options.only))
  if (cases.length === 0) throw new Error(`no case has "${options.only}" in its name`)
  const directory = await mkdtemp(join(tmpdir(), 'vpn-kiosk-kills-'))
  const postgres = await startEmbeddedPostgres({ directory })
  const proofs: Proof[] = []
  try {
    for (const kase of cases) {
      const startedAt = performance.now()
      const proof = await proveApart(postgres.url, kase, options.stride)
      const { name, awaits, kills, toldAgain, faults } = proof
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
      say(
        `${faults.length === 0 ? '✓' : '✗'} ${name}: waits ${awaits} times, killed ${kills} times${toldAgain > 0 ? `, told again ${toldAgain} times` : ''} (${seconds} s)`,
      )
      for (const fault of faults) say(`    ${fault}`)
      proofs.push(proof)
    }
  } finally {
    await postgres.close()
    await rm(directory, { recursive: true, force: true })
  }
  const faults = proofs.reduce((sum, proof) => sum + proof.faults.length, 0)
  say(`${proofs.length} cases, ${proofs.reduce((sum, { kills }) => sum + kills, 0)} processes killed, ${faults} faults`)
  return faults === 0 ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  say(`✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return 2
})
