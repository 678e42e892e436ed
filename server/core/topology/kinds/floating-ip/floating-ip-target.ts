// Whom a floating IP leads to, as a whole or by a single port: an address of a port that a router joins with the external network.

import type { Allocated } from '../../allocate/allocated'
import { findById } from '../../find'
import type { Topology } from '../../topology'
import { conflict, missing, type Violation } from '../../violation'
import type { Port } from '../port/port'
import { labelPort } from '../port/port-label'
import { isServicePort } from '../port/port-security'

interface Target {
  readonly portId: string
  readonly address: string
}

/** What these are called in the input. */
interface TargetFields {
  readonly port: string
  readonly address: string
}

export function checkTarget(topology: Topology, { portId, address }: Target, fields: TargetFields): Violation[] {
  const port = findById(topology.ports, portId)
  if (!port) return [missing('port', fields.port)]
  const owner = checkFixedPort(topology, port, fields.port)
  if (owner.length > 0 || port.fixedIps.some(({ ipAddress }) => ipAddress === address)) return owner
  const label = labelPort(topology, port)
  return [conflict('floating-ip-fixed-address', fields.address, { address, port: label }, [label])]
}

/** A port that serves the network leads to nobody. */
export function checkFixedPort(topology: Topology, port: Port, field: string): Violation[] {
  if (!isServicePort(port)) return []
  const label = labelPort(topology, port)
  return [conflict('floating-ip-port-owner', field, { port: label }, [label])]
}

/** The one that is named, or the only one that the port has. */
export function chooseAddressOf(topology: Topology, portId: string, named: string | null, fields: TargetFields): Allocated<string> {
  const port = findById(topology.ports, portId)
  if (!port) return failed(missing('port', fields.port))
  const [unfit] = checkFixedPort(topology, port, fields.port)
  if (unfit) return failed(unfit)
  const [only, ...others] = port.fixedIps
  if (named !== null) return { ok: true, value: named }
  if (only && others.length === 0) return { ok: true, value: only.ipAddress }
  const [label, count] = [labelPort(topology, port), port.fixedIps.length]
  return failed(conflict('floating-ip-port-address', count === 0 ? fields.port : fields.address, { port: label, count }, [label]))
}

export function refuseWithoutWay(topology: Topology, networkId: string, { portId, address }: Target, fields: TargetFields): Violation {
  const [port, network] = [nameTarget(topology, portId), nameNetwork(topology, networkId)]
  return conflict('floating-ip-route', fields.port, { address, port, network }, [port, network])
}

export function nameTarget(topology: Topology, portId: string): string {
  const port = findById(topology.ports, portId)
  return port ? labelPort(topology, port) : portId
}

export const nameNetwork = ({ networks }: Topology, id: string): string => findById(networks, id)?.name ?? id
const failed = (violation: Violation) => ({ ok: false as const, violation })
