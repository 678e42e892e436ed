// What of a host cannot be changed while a run changes it.

import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '@/server/core/app-error'
import type { HostPatch } from '@/server/core/topology/kinds/host/host-input'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
let id: string
beforeEach(async () => {
  temp = await openTempApi({ requireNoRunOn: () => Promise.reject(new AppError('busy', 'A run is changing this host.')) })
  const registered = await temp.api.hosts.register({
    name: 'cmp1',
    address: '192.0.2.1',
    port: 22,
    user: 'root',
    auth: { kind: 'agent' },
    roles: ['compute'],
  })
  id = registered.id
})
afterEach(() => temp.remove())

it.each<[string, HostPatch, boolean]>([
  ['its login', { user: 'ops' }, false],
  ['that it is read-only: what a run began it must be able to take back', { isReadOnly: true }, false],
  ['that it is no longer read-only', { isReadOnly: false }, true],
  ['its zone', { availabilityZone: 'rack-1' }, true],
])('%s', async (_, patch, isAccepted) => {
  const update = temp.api.hosts.update({ id, patch })
  await (isAccepted
    ? expect(update).resolves.toMatchObject({ id })
    : expect(update).rejects.toMatchObject({ message: 'A run is changing this host.' }))
})
