// Edits of floating IPs: one comes with its own port, and is led to the address of another, or to nobody.

import type { Allocated } from '../../allocate/allocated'
import { refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { checkSeen } from '../../rules/seen-rules'
import { settle } from '../../settle'
import type { Topology } from '../../topology'
import { invalid, missing, type Violation } from '../../violation'
import { change, creation, type KindEdits } from '../kind-edits'
import type { FloatingIp } from './floating-ip'
import { type FloatingIpInput, floatingIpInput, type FloatingIpPatch, floatingIpPatchInput } from './floating-ip-input'
import { findRouter } from './floating-ip-route'
import { checkFloatingIp, checkFloatingIpRemoval } from './floating-ip-rules'
import { chooseAddressOf } from './floating-ip-target'
import { makeFloatingPort } from './make-floating-port'

type Edit = TopologyEdit<{ id: string }>
type Association = Pick<FloatingIp, 'fixedPortId' | 'fixedIpAddress'>

export function createFloatingIp(input: FloatingIpInput, ids: IdSource): Edit {
  return (topology) => {
    const id = ids.uuid()
    const association = chooseAddress(topology, input.fixedPortId ?? null, input.fixedIpAddress ?? null)
    if (!association.ok) return refused(association.violation)
    const { projectId, networkId } = input
    const router = findRouter(topology, { networkId, ...association.value, routerId: null })
    const port = makeFloatingPort(topology, id, input, router, ids)
    if (!port.ok) return refused(port.violation)
    const floatingIp = { id, projectId, networkId, portId: port.value.id, ...association.value, routerId: null, rulePriority: null }
    return putFloatingIp({ ...topology, ports: put(topology.ports, port.value) }, floatingIp, [], ids)
  }
}

function updateFloatingIp(id: string, patch: FloatingIpPatch, ids: IdSource): Edit {
  return (topology) => {
    const before = findById(topology.floatingIps, id)
    if (!before) return refused(missing('floatingIp', 'id'))
    const association = reassociate(topology, before, patch)
    if (!association.ok) return refused(association.violation)
    const seen = checkSeen(topology, 'floatingIp', before, patch)
    const { fixedPortId, fixedIpAddress } = association.value
    const isAsBefore = fixedPortId === before.fixedPortId && fixedIpAddress === before.fixedIpAddress
    // Another port or address may have another router.
    const floatingIp = isAsBefore ? before : { ...before, ...association.value, routerId: null }
    return putFloatingIp(topology, floatingIp, seen, ids)
  }
}

function putFloatingIp(topology: Topology, floatingIp: FloatingIp, further: readonly Violation[], ids: IdSource) {
  const next = { ...topology, floatingIps: put(topology.floatingIps, floatingIp) }
  return settle(next, [...further, ...checkFloatingIp(next, floatingIp)], { id: floatingIp.id }, ids)
}

/** What is left out stays: the address only with the port. */
function reassociate(topology: Topology, before: FloatingIp, patch: FloatingIpPatch): Allocated<Association> {
  const { fixedPortId = before.fixedPortId, fixedIpAddress } = patch
  const isKept = fixedIpAddress === undefined && fixedPortId === before.fixedPortId
  return isKept ? { ok: true, value: before } : chooseAddress(topology, fixedPortId, fixedIpAddress ?? null)
}

function chooseAddress(topology: Topology, fixedPortId: string | null, named: string | null): Allocated<Association> {
  if (fixedPortId === null) {
    if (named !== null) return failed(invalid('floating-ip-port-given', 'fixedPortId', {}))
    return { ok: true, value: { fixedPortId: null, fixedIpAddress: null } }
  }
  const address = chooseAddressOf(topology, fixedPortId, named, { port: 'fixedPortId', address: 'fixedIpAddress' })
  return address.ok ? { ok: true, value: { fixedPortId, fixedIpAddress: address.value } } : address
}

function removeFloatingIp(id: string, ids: IdSource): Edit {
  return (topology) => {
    const floatingIp = findById(topology.floatingIps, id)
    if (!floatingIp) return refused(missing('floatingIp', 'id'))
    const ports = topology.ports.filter(({ id: portId }) => portId !== floatingIp.portId)
    const next = { ...topology, ports, floatingIps: othersThan(topology.floatingIps, floatingIp) }
    return settle(next, checkFloatingIpRemoval(topology, floatingIp), { id }, ids)
  }
}

const failed = (violation: Violation) => ({ ok: false as const, violation })

export const floatingIpEdits = {
  create: creation('floatingIp', floatingIpInput, (input, { ids }) => createFloatingIp(input, ids)),
  update: change('floatingIp', floatingIpPatchInput, (id, patch, { ids }) => updateFloatingIp(id, patch, ids)),
  remove: (id, { ids }) => removeFloatingIp(id, ids),
} satisfies KindEdits
