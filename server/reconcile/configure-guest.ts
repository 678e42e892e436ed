// The guest's side of a trunk, run in the VM through its agent: the very commands that the console shows. One subport after the
// other; a command that fails ends its subport only, and its output is told.

import type { GuestRun } from '@/server/core/api-types'
import { AppError } from '@/server/core/app-error'
import { findById } from '@/server/core/topology/find'
import { type GuestSetup, guestSetups } from '@/server/core/trunk/guest-commands'
import type { Store } from '@/server/effects/db/store'
import type { GuestRequest } from './conductor'
import type { HostRoom } from './host-room'
import { GuestAgent } from './verify/guest-agent'

/** Ten tries of a second each for a lease, and a guest under emulation. */
const COMMAND_TIMEOUT_MS = 30_000

interface Deps {
  readonly store: Pick<Store, 'loadTopology'>
  readonly hosts: Pick<HostRoom, 'session'>
}

export async function configureGuest({ store, hosts }: Deps, { trunkId, portIds, dhcpClient }: GuestRequest): Promise<GuestRun[]> {
  const topology = await store.loadTopology()
  const trunk = findById(topology.trunks, trunkId)
  if (!trunk) throw new AppError('not_found', 'This trunk does not exist, or no longer.', { field: 'id', rule: 'known-object' })
  const vm = topology.vms.find((each) => each.portIds.includes(trunk.portId))
  if (!vm) throw new AppError('conflict', 'No VM uses the parent of this trunk yet.', { rule: 'trunk-has-vm' })
  const host = findById(topology.hosts, vm.hostId)
  if (host?.isReadOnly) throw new AppError('conflict', `Host "${host.name}" is read-only, and so are its guests.`, { rule: 'host-read-only', objects: [host.name] })
  const agent = new GuestAgent(hosts.session(vm.hostId), vm.id, undefined)
  const runs: GuestRun[] = []
  for (const setup of guestSetups(topology, trunk, dhcpClient, portIds)) runs.push(await runSetup(agent, setup))
  return runs
}

async function runSetup(agent: Pick<GuestAgent, 'exec'>, { portId, device, commands }: GuestSetup): Promise<GuestRun> {
  let output = ''
  for (const [program, ...args] of commands) {
    const result = await agent.exec(program!, args, COMMAND_TIMEOUT_MS)
    output = result.output.trim()
    if (result.exitCode !== 0) return { portId, device, isOk: false, output: output || `${program} ended with exit code ${result.exitCode ?? 'none'}` }
  }
  return { portId, device, isOk: true, output }
}
