import { expect, it } from 'vitest'

import { appError, fieldError, unplacedError } from './app-error'

const empty = {
  isRetryable: false,
  field: null,
  rule: null,
  objects: [],
  host: null,
  fingerprint: null,
  issues: [],
  command: null,
  reference: null,
}
const failed = (app: object) => Object.assign(new Error('x'), { data: { app: { ...empty, ...app } } })

const overlap = failed({ code: 'conflict', message: 'Overlaps with web.', field: 'cidr', objects: ['web'] })
const twoIssues = failed({
  code: 'invalid_input',
  message: 'first',
  field: 'patch.name',
  issues: [
    { field: 'patch.name', rule: 'shape', message: 'first' },
    { field: 'patch.allocationPools.0.start', rule: 'shape', message: 'second' },
  ],
})

it('finds the AppError in a failed request', () => {
  expect(appError(overlap)).toMatchObject({ code: 'conflict', message: 'Overlaps with web.', objects: ['web'] })
})

it('calls a request without an answer what it is', () => {
  expect(appError(new TypeError('Failed to fetch'))).toMatchObject({
    code: 'internal',
    message: 'The console’s server did not answer.',
  })
})

it.each([
  [overlap, 'cidr', 'Overlaps with web.'],
  [overlap, 'name', null],
  [twoIssues, 'name', 'first'],
  [twoIssues, 'allocationPools', 'second'],
  [null, 'name', null],
] as const)('gives a field its own message (%#)', (error, field, message) => {
  expect(fieldError(error, field)).toBe(message)
})

it('leaves an error over that no field shows', () => {
  expect(unplacedError(overlap, ['name'])).toMatchObject({ code: 'conflict' })
  expect(unplacedError(overlap, ['name', 'cidr'])).toBeNull()
  expect(unplacedError(null, [])).toBeNull()
})
