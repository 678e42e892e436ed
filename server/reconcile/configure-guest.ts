// The guest's side of a trunk, run in the VM through its agent: the very commands that the console shows. One subport after the
// other; a command that fails ends its subport only, and its output is told. It may be run again: a VLAN interface that is there as
// wanted is not made twice, one that is there otherwise is left alone and told.

import type { GuestAgentState, GuestCommandRun, GuestRun } from '@/server/core/api-types'
import { AppError } from '@/server/core/app-error'
import { changeCommand } from '@/server/core/commands/command'
import { explainArgv } from '@/server/core/explain/command'
import { findById } from '@/server/core/topology/find'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import type { Topology } from '@/server/core/topology/topology'
import type { GuestInterface } from '@/server/core/trunk/audit'
import { type GuestSetup, guestSetups, isMade } from '@/server/core/trunk/guest-commands'
import type { Store } from '@/server/effects/db/store'
import { askInterfaces } from './audit/ask-guest'
import type { GuestRequest } from './conductor'
import type { HostManager } from './host-manager'
import { GuestAgent } from './verify/guest-agent'

/** Ten tries of a second each for a lease, and a guest under emulation. */
const COMMAND_TIMEOUT_MS = 30_000

interface Deps {
  readonly store: Pick<Store, 'loadTopology'>
  readonly hosts: Pick<HostManager, 'session'>
}

export async function configureGuest({ store, hosts }: Deps, { trunkId, portIds, dhcpClient }: GuestRequest): Promise<GuestRun[]> {
  const topology = await store.loadTopology()
  const { trunk, vm } = findGuest(topology, trunkId)
  const agent = new GuestAgent(hosts.session(vm.hostId), vm.id, undefined)
  const answer = await askInterfaces(agent)
  // A guest that does not tell them is given every command, and says itself what it cannot do.
  const interfaces = 'interfaces' in answer ? answer.interfaces : []
  const runs: GuestRun[] = []
  for (const setup of guestSetups(topology, trunk, dhcpClient, portIds)) runs.push(await runSetup(agent, setup, interfaces))
  return runs
}

/** Asked before commands are offered, so that the operator learns of a missing agent first. */
export async function askGuestAgent({ store, hosts }: Deps, trunkId: string): Promise<GuestAgentState> {
  try {
    const { vm } = findGuest(await store.loadTopology(), trunkId)
    await new GuestAgent(hosts.session(vm.hostId), vm.id, undefined).ping()
    return { isAnswering: true, reason: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { isAnswering: false, reason: error.code === 'command_failed' ? SILENT_AGENT : error.message }
  }
}

const SILENT_AGENT =
  'The QEMU guest agent of this VM does not answer: the VM is not running yet, or qemu-guest-agent is not installed in it. Copy the commands instead.'

function findGuest(topology: Topology, trunkId: string) {
  const trunk = findById(topology.trunks, trunkId)
  if (!trunk) throw new AppError('not_found', 'This trunk does not exist, or no longer.', { field: 'id', rule: 'known-object' })
  const vm: Vm | undefined = topology.vms.find((each) => each.portIds.includes(trunk.portId))
  if (!vm) throw new AppError('conflict', 'No VM uses the parent of this trunk yet.', { rule: 'trunk-has-vm' })
  const host = findById(topology.hosts, vm.hostId)
  if (host?.isReadOnly)
    throw new AppError('conflict', `Host "${host.name}" is read-only, and so are its guests.`, {
      rule: 'host-read-only',
      objects: [host.name],
    })
  return { trunk, vm }
}

export async function runSetup(
  agent: Pick<GuestAgent, 'exec'>,
  setup: GuestSetup,
  interfaces: readonly GuestInterface[],
): Promise<GuestRun> {
  const { portId, device } = setup
  const [make, ...again] = setup.commands
  const isThere = make !== undefined && isMade(setup, interfaces)
  const runs: GuestCommandRun[] = isThere ? [{ text: explainArgv(make), status: 'there', output: '' }] : []
  let isOk = true
  for (const argv of isThere ? again : setup.commands) {
    runs.push(isOk ? await runCommand(agent, argv) : { text: explainArgv(argv), status: 'not-run', output: '' })
    isOk &&= runs.at(-1)?.status === 'done'
  }
  return { portId, device, isOk, commands: runs }
}

async function runCommand(agent: Pick<GuestAgent, 'exec'>, argv: readonly string[]): Promise<GuestCommandRun> {
  const [program, ...args] = argv
  const { exitCode, output } = await agent.exec(program!, args, COMMAND_TIMEOUT_MS, changeCommand)
  const text = explainArgv(argv)
  if (exitCode === 0) return { text, status: 'done', output: output.trim() }
  return { text, status: 'failed', output: output.trim() || `${program} ended with exit code ${exitCode ?? 'none'}` }
}
