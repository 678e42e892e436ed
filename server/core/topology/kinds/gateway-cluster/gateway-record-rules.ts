// Rules of the records that other clouds tell a gateway cluster: one for each of their floating IPs. Each names an address that is nobody else's, and a place
// that packets can be told by.

import { findById } from '../../find'
import { isInPools } from '../../gateway-clusters'
import { isUnicast, parseIpv4 } from '../../ipv4'
import { portsOfNetwork } from '../../lookup'
import { checkName } from '../../rules/names'
import type { Topology } from '../../topology'
import { conflict, invalid, type Violation } from '../../violation'
import { labelPort } from '../port/port-label'
import { checkMacForm } from '../port/port-mac-rules'
import type { GatewayCluster, GatewayRecord } from './gateway-cluster'

const MAX_VNI = 16_777_215

export function checkImportedRecords(topology: Topology, cluster: GatewayCluster): Violation[] {
  const { importedRecords } = cluster
  if (importedRecords.length === 0) return []
  const holders = holdersIn(topology, cluster)
  const vteps = new Map(topology.hosts.flatMap(({ name, tunnel }) => (tunnel ? [[tunnel.address, name] as const] : [])))
  const [addresses, places] = [new Set<string>(), new Set<string>()]
  return importedRecords.flatMap((record, index) => {
    const at = (field: keyof GatewayRecord) => `importedRecords.${index}.${field}`
    const wrong = checkForm(record, at)
    if (wrong.length > 0) return wrong
    const { floatingIp: address, vtep, vni, vmIp, cloudId } = record
    const place = `${vtep} ${vni} ${vmIp}`
    if (addresses.has(address)) return [invalid('gateway-record-unique', at('floatingIp'), { address })]
    if (places.has(place)) return [invalid('gateway-record-place', at('vmIp'), { vmIp, vni, vtep })]
    addresses.add(address)
    places.add(place)
    if (cloudId === cluster.cloudId) return [invalid('gateway-record-cloud', at('cloudId'), { cloud: cloudId })]
    if (!isInPools(cluster, address))
      return [conflict('gateway-record-outside', at('floatingIp'), { address, cluster: cluster.name }, [cluster.name])]
    const port = holders.get(address)
    if (port !== undefined) return [conflict('gateway-record-taken', at('floatingIp'), { address, port }, [port])]
    const host = vteps.get(vtep)
    return host === undefined ? [] : [conflict('gateway-record-vtep', at('vtep'), { vtep, host }, [host])]
  })
}

function checkForm(record: GatewayRecord, at: (field: keyof GatewayRecord) => string): Violation[] {
  const isAddress = (text: string) => isUnicast(parseIpv4(text) ?? 0)
  return [
    ...checkName(record.cloudId, { field: at('cloudId') }),
    ...(['floatingIp', 'vmIp', 'vtep'] as const).flatMap((field) =>
      isAddress(record[field]) ? [] : [invalid('address-form', at(field), { of: 'record' })],
    ),
    ...(['dvrMac', 'selectorMac'] as const).flatMap((field) => checkMacForm(record[field], at(field))),
    ...(record.vni >= 1 && record.vni <= MAX_VNI ? [] : [invalid('gateway-record-vni', at('vni'), { most: MAX_VNI })]),
  ]
}

/** By address, the ports of the external network. */
function holdersIn(topology: Topology, { networkId }: GatewayCluster): ReadonlyMap<string, string> {
  if (!findById(topology.networks, networkId)) return new Map()
  return new Map(
    portsOfNetwork(topology.ports, networkId).flatMap((port) =>
      port.fixedIps.map(({ ipAddress }) => [ipAddress, labelPort(topology, port)] as const),
    ),
  )
}
