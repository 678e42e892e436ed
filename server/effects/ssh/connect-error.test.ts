import { describe, expect, it } from 'vitest'
import { AppError } from '@/server/core/app-error'
import { toConnectError } from './connect-error'

const login = { name: 'net-1', address: '192.0.2.7', port: 22, user: 'deploy', auth: { kind: 'key' } } as const
const failure = (message: string, facts: object = {}) => Object.assign(new Error(message), facts)

describe('toConnectError', () => {
  it.each([
    ['a closed port', failure('x', { level: 'client-socket', code: 'ECONNREFUSED' }), 'host_unreachable', 'nothing listens on this port'],
    ['no route', failure('x', { level: 'client-socket', code: 'EHOSTUNREACH' }), 'host_unreachable', 'there is no route'],
    ['an unknown name', failure('x', { level: 'client-socket', code: 'ENOTFOUND' }), 'host_unreachable', 'cannot be resolved'],
    ['silence', failure('Timed out while waiting for handshake', { level: 'client-timeout' }), 'host_unreachable', 'within 10 s'],
    ['another protocol', failure('Connection lost before handshake', { level: 'protocol' }), 'host_unreachable', 'does not speak SSH'],
    ['old algorithms', failure('Handshake failed: no matching host key format', { level: 'handshake' }), 'host_unreachable', 'too old'],
    [
      'a refused key',
      failure('All configured authentication methods failed', { level: 'client-authentication' }),
      'authentication_failed',
      'authorized_keys',
    ],
    ['too many tries', failure('Too many authentication failures', { code: 2 }), 'authentication_failed', 'refused the key'],
    ['an agent without keys', failure('Failed to retrieve identities', { level: 'agent' }), 'authentication_failed', 'SSH agent'],
    ['anything else', 'not even an error', 'host_unreachable', 'closed the connection'],
  ])('explains %s', (_, cause, code, words) => {
    const error = toConnectError(login, cause, 10_000)
    expect(error).toMatchObject({ code, cause, context: { host: 'net-1', address: '192.0.2.7', port: 22 } })
    expect(error.message).toMatch(/^net-1 \(deploy@192\.0\.2\.7:22\) /)
    expect(error.message).toContain(words)
  })

  it('names an unregistered host by its address, and passes an AppError on', () => {
    const cause = failure('x', { code: 'ECONNREFUSED' })
    expect(toConnectError({ name: '192.0.2.7', address: '192.0.2.7', port: 22 }, cause, 1).message).toMatch(/^192\.0\.2\.7:22 refused/)
    const own = new AppError('host_key_changed', 'x')
    expect(toConnectError(login, own, 1)).toBe(own)
  })
})
