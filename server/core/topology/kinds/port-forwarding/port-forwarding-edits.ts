// Edits of port forwardings. The floating IP gets its router with the first of them, and loses it with the last.

import { refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { checkSeen } from '../../rules/seen-rules'
import { settle } from '../../settle'
import type { Topology } from '../../topology'
import { missing, type Violation } from '../../violation'
import { chooseAddressOf } from '../floating-ip/floating-ip-target'
import { change, creation, type KindEdits } from '../kind-edits'
import type { PortForwarding } from './port-forwarding'
import { type PortForwardingInput, portForwardingInput, type PortForwardingPatch, portForwardingPatchInput } from './port-forwarding-input'
import { checkForwarding, TARGET_FIELDS } from './port-forwarding-rules'

type Edit = TopologyEdit<{ id: string }>

export function createForwarding(input: PortForwardingInput, ids: IdSource): Edit {
  return (topology) => {
    const { floatingIpId, protocol, externalPort, internalPortId, internalPort } = input
    const address = chooseAddressOf(topology, internalPortId, input.internalIpAddress ?? null, TARGET_FIELDS)
    if (!address.ok) return refused(address.violation)
    const id = ids.uuid()
    const forwarding = { id, floatingIpId, protocol, externalPort, internalPortId, internalIpAddress: address.value, internalPort }
    return putForwarding(topology, forwarding, [], ids)
  }
}

function updateForwarding(id: string, patch: PortForwardingPatch, ids: IdSource): Edit {
  return (topology) => {
    const before = findById(topology.portForwardings, id)
    if (!before) return refused(missing('portForwarding', 'id'))
    const { internalPortId = before.internalPortId, internalIpAddress } = patch
    const isKept = internalIpAddress === undefined && internalPortId === before.internalPortId
    const address = isKept
      ? { ok: true as const, value: before.internalIpAddress }
      : chooseAddressOf(topology, internalPortId, internalIpAddress ?? null, TARGET_FIELDS)
    if (!address.ok) return refused(address.violation)
    const forwarding: PortForwarding = {
      ...before,
      protocol: patch.protocol ?? before.protocol,
      externalPort: patch.externalPort ?? before.externalPort,
      internalPortId,
      internalIpAddress: address.value,
      internalPort: patch.internalPort ?? before.internalPort,
    }
    return putForwarding(topology, forwarding, checkSeen(topology, 'portForwarding', before, patch), ids)
  }
}

function putForwarding(topology: Topology, forwarding: PortForwarding, further: readonly Violation[], ids: IdSource) {
  const next = { ...topology, portForwardings: put(topology.portForwardings, forwarding) }
  return settle(next, [...further, ...checkForwarding(next, forwarding)], { id: forwarding.id }, ids)
}

function removeForwarding(id: string, ids: IdSource): Edit {
  return (topology) => {
    const forwarding = findById(topology.portForwardings, id)
    if (!forwarding) return refused(missing('portForwarding', 'id'))
    return settle({ ...topology, portForwardings: othersThan(topology.portForwardings, forwarding) }, [], { id }, ids)
  }
}

export const portForwardingEdits = {
  create: creation('portForwarding', portForwardingInput, (input, { ids }) => createForwarding(input, ids)),
  update: change('portForwarding', portForwardingPatchInput, (id, patch, { ids }) => updateForwarding(id, patch, ids)),
  remove: (id, { ids }) => removeForwarding(id, ids),
} satisfies KindEdits
