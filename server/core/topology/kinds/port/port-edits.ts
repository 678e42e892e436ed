// Edits of ports that operators make themselves. DHCP ports are automatic; a VM's ports come and go with the VM.

import { allocateFixedIp } from '../subnet/fixed-ip'
import { allocatePortMac } from './port-mac'
import type { Allocated } from '../../allocate/allocated'
import { refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import { subnetsOfNetwork, vmOfPort } from '../../lookup'
import type { IdSource } from '../../id-source'
import { type PortInput, portInput, type PortPatch, portPatchInput } from './port-input'
import { normalizeMac } from '../../mac'
import { changeFilter, withFilter } from './port-filter'
import { checkNotAutomatic, checkPort, checkPortRemoval } from './port-rules'
import { checkSeen } from '../../rules/seen-rules'
import { settle } from '../../settle'
import type { Topology } from '../../topology'
import type { Port } from './port'
import { missing } from '../../violation'
import { change, creation, type KindEdits } from '../kind-edits'

type FixedIp = Port['fixedIps'][number]
type WantedIp = NonNullable<PortInput['fixedIps']>[number]

export function createPort(input: PortInput, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const port = makePort(topology, input, ids)
    if (!port.ok) return refused(port.violation)
    return settle({ ...topology, ports: put(topology.ports, port.value) }, checkPort(topology, port.value), { id: port.value.id }, ids)
  }
}

/** With everything chosen that the input leaves open; not checked yet. `vmProjectId`: of the VM that it is made for. */
export function makePort(topology: Topology, input: PortInput, ids: IdSource, vmProjectId?: string): Allocated<Port> {
  const fixedIps = chooseFixedIps(topology, input.fixedIps ?? firstSubnet(topology, input.networkId))
  if (!fixedIps.ok) return fixedIps
  const port = {
    id: ids.uuid(),
    networkId: input.networkId,
    name: input.name,
    macAddress: chooseMac(input.macAddress) ?? allocatePortMac(topology, input.networkId, ids),
    fixedIps: fixedIps.value,
    hostId: input.hostId ?? null,
    deviceOwner: '' as const,
    deviceId: '',
    isAdminStateUp: true,
    isPortSecurityEnabled: true,
  }
  return { ok: true, value: withFilter(topology, port, input, vmProjectId) }
}

export function updatePort(id: string, patch: PortPatch, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const before = findById(topology.ports, id)
    if (!before) return refused(missing('port', 'id'))
    // Its own addresses are free for it to choose again.
    const withoutIt = (): Topology => ({ ...topology, ports: othersThan(topology.ports, before) })
    const fixedIps = patch.fixedIps ? chooseFixedIps(withoutIt(), patch.fixedIps) : { ok: true as const, value: before.fixedIps }
    if (!fixedIps.ok) return refused(fixedIps.violation)
    const patched = applyPatch(before, patch, fixedIps.value)
    const port = changeFilter(topology, before, patched, patch, vmOfPort(topology.vms, id)?.projectId)
    const violations = [...checkNotAutomatic(topology, before), ...checkSeen(topology, 'port', before, patch), ...checkPort(topology, port)]
    return settle({ ...topology, ports: put(topology.ports, port) }, violations, { id }, ids)
  }
}

const applyPatch = (before: Port, patch: PortPatch, fixedIps: readonly FixedIp[]): Port => ({
  ...before,
  name: patch.name ?? before.name,
  macAddress: chooseMac(patch.macAddress) ?? before.macAddress,
  fixedIps,
  hostId: patch.hostId === undefined ? before.hostId : patch.hostId,
  isAdminStateUp: patch.isAdminStateUp ?? before.isAdminStateUp,
  isPortSecurityEnabled: patch.isPortSecurityEnabled ?? before.isPortSecurityEnabled,
})

export function removePort(id: string, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const port = findById(topology.ports, id)
    if (!port) return refused(missing('port', 'id'))
    return settle({ ...topology, ports: othersThan(topology.ports, port) }, checkPortRemoval(topology, port), { id }, ids)
  }
}

/** What is no MAC is kept as it is, for the rule to refuse. */
const chooseMac = (text: string | null | undefined): string | null => (text == null ? null : (normalizeMac(text) ?? text))

function firstSubnet({ subnets }: Topology, networkId: string): WantedIp[] {
  const [subnet] = subnetsOfNetwork(subnets, networkId)
  return subnet ? [{ subnetId: subnet.id }] : []
}

function chooseFixedIps(topology: Topology, wanted: readonly WantedIp[]): Allocated<FixedIp[]> {
  const named = wanted.flatMap(({ subnetId, ipAddress }) => (ipAddress ? [{ subnetId, ipAddress }] : []))
  const chosen: FixedIp[] = []
  for (const { subnetId, ipAddress } of wanted) {
    // Addresses named further down the list are not free either.
    const fixedIp = ipAddress
      ? { ok: true as const, value: { subnetId, ipAddress } }
      : allocateFixedIp(topology, subnetId, [...named, ...chosen])
    if (!fixedIp.ok) return fixedIp
    chosen.push(fixedIp.value)
  }
  return { ok: true, value: chosen }
}

export const portEdits = {
  create: creation('port', portInput, (input, { ids }) => createPort(input, ids)),
  update: change('port', portPatchInput, (id, patch, { ids }) => updatePort(id, patch, ids)),
  remove: (id, { ids }) => removePort(id, ids),
} satisfies KindEdits
