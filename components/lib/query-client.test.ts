import { expect, it } from 'vitest'

import type { AppErrorCode } from '@/server/core/app-error'

import { makeQueryClient } from './query-client'

const { retry } = makeQueryClient().getDefaultOptions().queries ?? {}
const failed = (code: AppErrorCode, isRetryable: boolean) =>
  Object.assign(new Error(code), { data: { app: { code, message: code, isRetryable } } })
const isAskedAgain = (failures: number, error: Error) => typeof retry === 'function' && retry(failures, error)

it.each([
  ['once, when asking again may help', 0, failed('host_unreachable', true), true],
  ['not a second time', 1, failed('host_unreachable', true), false],
  ['not when the answer would be the same', 0, failed('not_found', false), false],
  ['once, when the server said nothing', 0, new TypeError('Failed to fetch'), true],
])('a query that failed is asked again %s', (_, failures, error, expected) => expect(isAskedAgain(failures, error)).toBe(expected))
