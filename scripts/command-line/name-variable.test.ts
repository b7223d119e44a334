import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { nameFolderVariable } from './name-variable.ts'

const named = (work: Promise<unknown>) => expect(nameFolderVariable('BACKUP_DIRECTORY', work)).rejects

test('a disk that is full is said under the name of the variable', async (context) => {
  context.skip(!existsSync('/dev/full'), 'no /dev/full on this machine')
  await named(writeFile('/dev/full', 'a backup')).toThrow(/^BACKUP_DIRECTORY: ENOSPC/)
})

test('so is a disk that is read-only, and a folder that is none', async () => {
  const cause = Object.assign(new Error('EROFS: read-only file system, write'), { code: 'EROFS', syscall: 'write' })
  await named(Promise.reject(cause)).toThrow(/^BACKUP_DIRECTORY: EROFS/)
  await named(writeFile('/dev/null/shop', 'a backup')).toThrow(/^BACKUP_DIRECTORY: ENOTDIR/)
})

test('a connection that broke is not about the folder', async () => {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' })
  await named(Promise.reject(cause)).toThrow(/^read ECONNRESET$/)
})
