// What an operator says of the ports of a trunk → ports and VLANs. New ports are made here, and type and id of an `inherit`
// subport are settled, from its network; what is stored is always a port with a VLAN.

import { findById, put } from '../../find'
import type { IdSource } from '../../id-source'
import type { SubPortInput } from './trunk-input'
import { checkPort } from '../port/port-rules'
import { isVlanId, wrongSegmentationId } from './trunk-rules'
import type { Topology } from '../../topology'
import type { SubPort } from './trunk'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { makePort } from '../port/port-edits'

export type Resolved<Value> =
  | { readonly ok: true; readonly topology: Topology; readonly value: Value }
  | { readonly ok: false; readonly violations: readonly [Violation, ...Violation[]] }

export type PortChoice = Pick<SubPortInput, 'portId' | 'networkId' | 'macAddress'>

/** `prefix` is the place of the choice in the input: '' or "subPorts.3.". */
export function resolvePort(
  topology: Topology,
  { portId, networkId, macAddress }: PortChoice,
  prefix: string,
  ids: IdSource,
): Resolved<string> {
  if ((portId == null) === (networkId == null)) {
    return failed(invalid('trunk-port-given', `${prefix}portId`, {}))
  }
  if (portId != null) return { ok: true, topology, value: portId }
  const port = makePort(topology, { networkId: networkId!, name: '', macAddress }, ids)
  if (!port.ok) return failed({ ...port.violation, field: `${prefix}networkId` })
  const [first, ...rest] = checkPort(topology, port.value).map((violation) => ({ ...violation, field: `${prefix}networkId` }))
  if (first) return failed(first, ...rest)
  return { ok: true, topology: { ...topology, ports: put(topology.ports, port.value) }, value: port.value.id }
}

/** Every subport is tried, so that each wrong one is told at its place. */
export function resolveSubPorts(topology: Topology, inputs: readonly SubPortInput[], ids: IdSource): Resolved<readonly SubPort[]> {
  const subPorts: SubPort[] = []
  const violations: Violation[] = []
  let grown = topology
  for (const [index, input] of inputs.entries()) {
    const prefix = `subPorts.${index}`
    const port = resolvePort(grown, input, `${prefix}.`, ids)
    if (!port.ok) {
      violations.push(...port.violations)
      continue
    }
    grown = port.topology
    const subPort = resolveSegment(grown, port.value, input, prefix)
    if ('rule' in subPort) violations.push(subPort)
    else subPorts.push(subPort)
  }
  const [first, ...rest] = violations
  return first ? failed(first, ...rest) : { ok: true, topology: grown, value: subPorts }
}

const failed = (first: Violation, ...rest: readonly Violation[]) => ({ ok: false as const, violations: [first, ...rest] as const })

function resolveSegment(topology: Topology, portId: string, input: SubPortInput, field: string): SubPort | Violation {
  if (input.segmentationType === 'inherit') return inheritSegment(topology, portId, field)
  if (input.segmentationType == null || input.segmentationId == null) {
    return invalid('trunk-segmentation-required', field, {})
  }
  if (input.segmentationType !== 'vlan') {
    return invalid('trunk-segmentation-type', `${field}.segmentationType`, {})
  }
  const segmentationId = toNumber(input.segmentationId)
  if (!isVlanId(segmentationId)) return wrongSegmentationId(`${field}.segmentationId`)
  return { portId, segmentationType: 'vlan', segmentationId }
}

/** Neutron takes digits in a string, too. */
const toNumber = (id: number | string): number => (typeof id === 'number' ? id : /^\d+$/.test(id.trim()) ? Number(id) : Number.NaN)

function inheritSegment(topology: Topology, portId: string, field: string): SubPort | Violation {
  const port = findById(topology.ports, portId)
  if (!port) return missing('port', `${field}.portId`)
  const network = findById(topology.networks, port.networkId)
  if (network?.type === 'vlan' && network.segmentationId !== null)
    return { portId, segmentationType: 'vlan', segmentationId: network.segmentationId }
  const name = network?.name ?? port.networkId
  return conflict('trunk-inherit-vlan', `${field}.segmentationType`, { network: name, type: network?.type ?? null }, [name])
}
