// What becomes of a host that does not let the console in, against a real OpenSSH server and a real sudo: each cause has a
// state of its own, because each has another way out.

import { afterAll, beforeAll, expect, it } from 'vitest'
import ssh2 from 'ssh2'
import type { HostHealth } from '@/server/core/host/host-health'
import { removeHost } from '@/server/core/topology/kinds/host/host-edits'
import { hostRegistrationInput, type HostAuthInput } from '@/server/core/topology/kinds/host/host-input'
import { systemClock } from '@/server/effects/clock'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'
import { systemIds } from '@/server/effects/ids'
import { freePort, LAB_PASSWORD, startLabSshd, type LabSshd } from '@/server/effects/ssh/testing/lab-sshd'
import { createHostManager, type HostManager } from './host-manager'

let sshd: LabSshd
let temp: TempStore
let manager: HostManager

beforeAll(async () => {
  sshd = await startLabSshd()
  temp = await openTempStore()
  manager = createHostManager({ ...temp, clock: systemClock, ids: systemIds })
})

afterAll(async () => {
  await manager.pool.closeAll()
  await temp.remove()
  await sshd.stop()
})

interface Login {
  readonly user?: string
  readonly auth?: HostAuthInput
  readonly port?: number
  readonly fingerprint?: string | null
}

const otherKey = (): HostAuthInput => ({ kind: 'key', privateKey: ssh2.utils.generateKeyPairSync('ed25519').private })
const password = (text: string): HostAuthInput => ({ kind: 'password', password: text })

async function healthAfterReading({ user = 'root', auth, port = sshd.port, fingerprint = sshd.fingerprint }: Login): Promise<HostHealth> {
  const key: HostAuthInput = { kind: 'key-file', privateKeyPath: sshd.keyPath }
  const input = {
    name: `host-${systemIds.uuid()}`,
    address: '127.0.0.1',
    port,
    user,
    auth: auth ?? key,
    fingerprint,
    roles: ['compute' as const],
  }
  const { id } = await temp.store.hosts.register(hostRegistrationInput.parse(input))
  await manager.observe(id).catch(() => undefined)
  const health = (await manager.health([id])).get(id)!
  // A machine is one host, and these cases are all one machine.
  await temp.store.edit(removeHost(id, systemIds))
  return health
}

it.each<[string, () => Login | Promise<Login>, Partial<HostHealth>]>([
  ['a login that works', () => ({}), { status: 'reachable', said: null }],
  ['a port where nobody listens', async () => ({ port: await freePort() }), { status: 'unreachable' }],
  ['no accepted key', () => ({ fingerprint: null }), { status: 'untrusted' }],
  ['another key than the accepted one', () => ({ fingerprint: `SHA256:${'A'.repeat(43)}` }), { status: 'untrusted' }],
  ['a wrong login key', () => ({ auth: otherKey() }), { status: 'login_refused' }],
  ['a wrong password', () => ({ user: 'operator', auth: password('wrong horse') }), { status: 'login_refused' }],
  ['a user who does not exist', () => ({ user: 'nobody-here' }), { status: 'login_refused' }],
  ['a key file that is not there', () => ({ auth: { kind: 'key-file', privateKeyPath: '/nowhere/key' } }), { status: 'login_refused' }],
  ['a user whom sudo lets through', () => ({ user: 'operator', auth: password(LAB_PASSWORD) }), { status: 'reachable' }],
  ['a user whom sudo refuses', () => ({ user: 'guest' }), { status: 'sudo_refused', sudoersLine: 'guest ALL=(root) NOPASSWD: ALL' }],
  ['a login shell that starts nothing', () => ({ user: 'service' }), { status: 'unreadable' }],
])('%s', async (_, login, expected) => {
  expect(await healthAfterReading(await login())).toMatchObject(expected)
})
