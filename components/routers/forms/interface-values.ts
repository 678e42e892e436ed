// The form of a new interface ↔ the API, and what there is to choose from. Pure; what may be joined is the server's rule.

import { checkInput } from '@/components/lib/check-form'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { compareNames } from '@/components/ui/compare-naturally'
import type { SelectOption } from '@/components/ui/Select'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { Router } from '@/server/core/topology/kinds/router/router'
import { interfaceInput } from '@/server/core/topology/kinds/router/router-input'
import { portsOfRouter } from '@/server/core/topology/router-ports'

export interface InterfaceValues {
  readonly id: string
  readonly by: 'subnet' | 'port'
  readonly subnetId: string
  readonly portId: string
}

export const newInterface = (routerId: string): InterfaceValues => ({ id: routerId, by: 'subnet', subnetId: '', portId: '' })

/** What was not chosen is asked for, by its name. */
export const toInterfaceInput = ({ id, by, subnetId, portId }: InterfaceValues) => ({
  id,
  ...(by === 'subnet' ? { subnetId } : { portId }),
})

export const checkInterface = checkInput(interfaceInput, toInterfaceInput)

/** Those that it is not in, by network. */
export function subnetOptions(index: TopologyIndex, router: Router): readonly SelectOption<string>[] {
  const joined = new Set(portsOfRouter(index.topology.ports, router.id).flatMap(({ fixedIps }) => fixedIps.map(({ subnetId }) => subnetId)))
  return index.topology.networks
    .toSorted((a, b) => compareNames(a.name, b.name))
    .flatMap(({ id, name: group }) =>
      index.subnetsOf(id).flatMap((subnet) => {
        if (joined.has(subnet.id)) return []
        const what = [subnet.name, subnet.cidr].filter(Boolean).join(' ')
        const label = subnet.gatewayIp === null ? `${what}, no gateway address: add a port` : `${what}, as ${subnet.gatewayIp}`
        return [{ value: subnet.id, label, isDisabled: subnet.gatewayIp === null, group }]
      }),
    )
}

/** Those that nothing uses and that have an address, by network. */
export const portOptions = (index: TopologyIndex): readonly SelectOption<string>[] =>
  index.topology.ports
    .filter((port) => isFree(index, port))
    .map((port) => ({
      value: port.id,
      label: [...new Set([labelPort(index.topology, port), addressText(port)])].join(' '),
      group: index.network(port.networkId)?.name ?? '',
    }))
    .toSorted((a, b) => compareNames(a.group, b.group) || compareNames(a.label, b.label))

const isFree = (index: TopologyIndex, { id, deviceOwner, deviceId, fixedIps }: Port): boolean =>
  deviceOwner === '' && deviceId === '' && fixedIps.length === 1 && !index.trunkOf(id) && !index.memberOf(id)
