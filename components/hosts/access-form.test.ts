import { describe, expect, it } from 'vitest'
import type { HostAccessSummary } from '@/server/core/api-types'
import { accessPatch, accessValues, loginText } from './access-form'

const known: HostAccessSummary = {
  address: '192.0.2.7',
  port: 2222,
  user: 'ops',
  authKind: 'agent',
  privateKeyPath: null,
  fingerprint: null,
}
/** What the API shows of a host whose login is gone. */
const unknown: HostAccessSummary = { ...known, address: '', port: 22, user: 'root' }

describe('accessPatch', () => {
  const initial = accessValues(known)

  it('sends what was changed, and a login where one was typed', () => {
    expect(accessPatch(known, initial, { ...initial, port: 22 }, false)).toEqual({ port: 22 })
    expect(accessPatch(known, initial, initial, true)).toEqual({ auth: { kind: 'agent' } })
  })

  it('sends all of it where nothing is known any more, also what it proposed itself', () => {
    const proposed = accessValues(unknown)
    expect(accessPatch(unknown, proposed, { ...proposed, address: '192.0.2.7' }, false)).toEqual({
      address: '192.0.2.7',
      port: 22,
      user: 'root',
      auth: { kind: 'agent' },
    })
  })
})

it('writes a login as for ssh, or that it is not known', () => {
  expect([known, unknown].map(loginText)).toEqual(['ops@192.0.2.7:2222', 'login not known'])
})
