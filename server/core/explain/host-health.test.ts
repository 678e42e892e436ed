import { describe, expect, it } from 'vitest'

import type { HostHealth, HostHealthStatus } from '../host/host-health'
import { hostHealthLabel, hostHealthNextStep } from './host-health'

const health = (status: HostHealthStatus, changes: Partial<HostHealth> = {}): HostHealth => ({
  status,
  said: null,
  observedAt: null,
  sudoersLine: null,
  ...changes,
})

describe('host health in words', () => {
  it.each<[HostHealthStatus, string, RegExp | null]>([
    ['reachable', 'Reachable', null],
    ['unknown', 'Not read yet', null],
    ['unreachable', 'Unreachable', /address and port/],
    ['untrusted', 'Key not accepted', /Compare the key/],
    ['login_refused', 'Login refused', /user, key or password/],
    ['sudo_refused', 'Sudo refused', /root/],
    ['unreadable', 'Not readable', /on the host/],
  ])('%s is "%s"', (status, label, next) => {
    expect(hostHealthLabel(health(status))).toBe(label)
    if (next === null) expect(hostHealthNextStep(health(status))).toBeNull()
    else expect(hostHealthNextStep(health(status))).toMatch(next)
  })

  it('tells a host that nobody looked at since the start from one that was never read', () => {
    expect(hostHealthLabel(health('unknown', { observedAt: '2026-11-20T08:00:00.000Z' }))).toBe('Not checked')
  })

  it('speaks of the line for sudoers only when there is one', () => {
    expect(hostHealthNextStep(health('sudo_refused', { sudoersLine: 'ops ALL=(root) NOPASSWD: ALL' }))).toContain('Add the line')
    expect(hostHealthNextStep(health('sudo_refused'))).not.toContain('line')
  })
})
