// Checks the project's structure (README: the rooms): `node scripts/check-rooms.ts`. One line for each breach.
import { resolve } from 'node:path'
import { checkFiles } from './check-rooms/check-files.ts'
import { readFiles } from './check-rooms/read-files.ts'

const breaches = checkFiles(readFiles(resolve(import.meta.dirname, '..')))
for (const { where, what, advice } of breaches) console.log(`${where}: ${what} → ${advice}`)
process.exitCode = breaches.length === 0 ? 0 : 1
