import { describe, expect, it } from 'vitest'
import { changeCommand, readCommand } from '@/server/core/commands/command'
import type { SshConnection } from './connection'
import type { HostAccess } from './host-access'
import { startProcess } from './remote-process'

const access: HostAccess = {
  hostId: 'h',
  name: 'cmp1',
  address: '192.0.2.1',
  port: 22,
  user: 'root',
  auth: { kind: 'agent' },
  pinnedFingerprint: null,
}
const SENT = new Error('it was sent')
/** A connection that fails as soon as anything is sent. */
const connectionTo = (changes: Partial<HostAccess>) =>
  ({ access: { ...access, ...changes }, exec: () => Promise.reject(SENT) }) as unknown as SshConnection
const options = { onStdout: () => undefined, maxStderrBytes: 1, drainMs: null }

describe('to a host that is read-only', () => {
  it('no command is sent that changes it', async () => {
    const started = startProcess(connectionTo({ isReadOnly: true }), changeCommand(['ip', 'link', 'del', 'x']), options)
    await expect(started).rejects.toMatchObject({
      code: 'conflict',
      message: 'Host "cmp1" is read-only: nothing is changed there.',
      context: { rule: 'host-read-only', objects: ['cmp1'] },
    })
  })

  it('those are that read', async () => {
    await expect(startProcess(connectionTo({ isReadOnly: true }), readCommand(['ip', 'link']), options)).rejects.toBe(SENT)
  })
})

it('to any other host all are', async () => {
  await expect(startProcess(connectionTo({}), changeCommand(['true']), options)).rejects.toBe(SENT)
})
