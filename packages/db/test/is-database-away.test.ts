import { expect, test } from 'vitest'
import { isDatabaseAway } from '../src/index.ts'

const withCode = (code: string) => Object.assign(new Error('refused'), { code })

test.each([
  [withCode('57P01'), true],
  [withCode('57P03'), true],
  [withCode('08006'), true],
  [withCode('ECONNREFUSED'), true],
  [new AggregateError([withCode('ECONNREFUSED')]), true],
  [new Error('Connection terminated unexpectedly'), true],
  [withCode('23505'), false],
  [withCode('40P01'), false],
  [new Error('the panel is away', { cause: withCode('ECONNREFUSED') }), false],
  ['a word', false],
])('%o is the database being away: %j', (error, isAway) => {
  expect(isDatabaseAway(error)).toBe(isAway)
})
