// The forms of floating IPs ↔ the API, and what there is to choose from. Pure; whether a router leads there is the server's rule, asked here to offer
// only what it would accept.

import { checkInput, checkPatch } from '@/components/lib/check-form'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { compareNames } from '@/components/ui/compare-naturally'
import type { SelectOption } from '@/components/ui/Select'
import { floatingIpsTo } from '@/server/core/topology/floating-ips'
import { floatingIpInput, floatingIpPatchInput } from '@/server/core/topology/kinds/floating-ip/floating-ip-input'
import { labelFloatingIp } from '@/server/core/topology/kinds/floating-ip/floating-ip-label'
import { findRouter } from '@/server/core/topology/kinds/floating-ip/floating-ip-route'
import { checkFixedPort } from '@/server/core/topology/kinds/floating-ip/floating-ip-target'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { ObjectOf } from '@/server/core/topology/topology'

/** Whom it leads to, in both forms. '' is nobody. */
export interface AssociationValues {
  readonly networkId: string
  readonly fixedPortId: string
  readonly fixedIpAddress: string
  readonly description: string
}

export interface FloatingIpValues extends AssociationValues {
  readonly projectId: string
  readonly ipAddress: string
}

const associationOf = ({ fixedPortId, fixedIpAddress, description }: AssociationValues) => ({
  fixedPortId: fixedPortId || null,
  fixedIpAddress: fixedPortId === '' ? null : fixedIpAddress || null,
  description,
})

export const toFloatingIpInput = (values: FloatingIpValues) => ({
  projectId: values.projectId,
  networkId: values.networkId,
  ipAddress: values.ipAddress.trim() || null,
  ...associationOf(values),
})

export const toFloatingIpPatch = associationOf

export const checkNewFloatingIp = checkInput(floatingIpInput, toFloatingIpInput)
export const checkFloatingIpEdit = checkPatch(floatingIpPatchInput, toFloatingIpPatch)

export const floatingIpValues = ({
  networkId,
  fixedPortId,
  fixedIpAddress,
  description = '',
}: ObjectOf['floatingIp']): AssociationValues => ({
  networkId,
  fixedPortId: fixedPortId ?? '',
  fixedIpAddress: fixedIpAddress ?? '',
  description,
})

/** Of which there is a way out by that network, by network. One that is chosen stays in the list. */
export function portOptions(index: TopologyIndex, networkId: string, chosenId: string): readonly SelectOption<string>[] {
  return index.topology.ports
    .filter((port) => port.id === chosenId || leadsOut(index, port, networkId))
    .map((port) => ({
      value: port.id,
      label: [...new Set([labelPort(index.topology, port), addressText(port)])].join(' '),
      group: index.network(port.networkId)?.name ?? '',
    }))
    .toSorted((a, b) => compareNames(a.group, b.group) || compareNames(a.label, b.label))
}

const leadsOut = (index: TopologyIndex, port: Port, networkId: string): boolean =>
  checkFixedPort(index.topology, port, '').length === 0 &&
  port.fixedIps.some(
    ({ ipAddress }) => findRouter(index.topology, { networkId, fixedPortId: port.id, fixedIpAddress: ipAddress, routerId: null }) !== null,
  )

/** Of a port with several; those that have a floating IP there say so. */
export function addressOptions({ topology }: TopologyIndex, port: Port, networkId: string): readonly SelectOption<string>[] {
  const others = floatingIpsTo(topology.floatingIps, port.id).filter((each) => each.networkId === networkId)
  return port.fixedIps.map(({ ipAddress }) => {
    const other = others.find(({ fixedIpAddress }) => fixedIpAddress === ipAddress)
    return { value: ipAddress, label: other ? `${ipAddress}, has ${labelFloatingIp(topology, other)}` : ipAddress }
  })
}

/** The only one there is; of several, none before it is chosen. */
export const onlyAddress = (port: Port | undefined): string => (port?.fixedIps.length === 1 ? (port.fixedIps[0]?.ipAddress ?? '') : '')
