import { describe, expect, it } from 'vitest'

import { AppError, type AppErrorCode } from '../app-error'
import { failedHealth, isTroubled, reachableHealth, unknownHealth, type HostHealthStatus } from './host-health'

const READ_AT = '2026-11-20T08:00:00.000Z'

describe('failedHealth', () => {
  it.each<[AppErrorCode, HostHealthStatus]>([
    ['host_unreachable', 'unreachable'],
    ['command_timed_out', 'unreachable'],
    ['host_key_unknown', 'untrusted'],
    ['host_key_changed', 'untrusted'],
    ['authentication_failed', 'login_refused'],
    ['sudo_refused', 'sudo_refused'],
    ['command_failed', 'unreadable'],
    ['parse_failed', 'unreadable'],
    ['output_too_large', 'unreadable'],
    ['internal', 'unreadable'],
  ])('%s is %s', (code, status) => {
    expect(failedHealth(new AppError(code, 'said so'), READ_AT)).toEqual({
      status,
      said: 'said so',
      observedAt: READ_AT,
      sudoersLine: null,
    })
  })

  it('keeps the line for sudoers', () => {
    const sudoersLine = 'ops ALL=(root) NOPASSWD: ALL'
    expect(failedHealth(new AppError('sudo_refused', 'no', { sudoersLine }), null)).toMatchObject({ status: 'sudo_refused', sudoersLine })
  })

  it('does not call a fault of the console a fault of the wire', () => {
    expect(failedHealth(new TypeError('x is undefined'), null)).toMatchObject({ status: 'unreadable', said: 'x is undefined' })
  })
})

it('is in trouble only after an attempt that failed', () => {
  expect([reachableHealth(READ_AT), unknownHealth(null), failedHealth(new AppError('sudo_refused', 'no'), null)].map(isTroubled)).toEqual([
    false,
    false,
    true,
  ])
})
