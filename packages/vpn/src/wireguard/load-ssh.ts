import { createRequire } from 'node:module'
import type Ssh from 'ssh2'

const require = createRequire(import.meta.url)

/** Loads ssh2 with its first use: five megabytes that a process which reaches no server over SSH does without. */
export const loadSsh = (): typeof Ssh => require('ssh2')
