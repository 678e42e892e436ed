// The subnet form's texts ↔ the API's lists, and what is wrong with their shape. Pure. What an address may be is the server's rule.

import { checkInput, checkPatch } from '@/components/lib/check-form'
import { defaultGateway } from '@/server/core/topology/kinds/subnet/fixed-ip'
import { subnetInput, subnetPatchInput } from '@/server/core/topology/kinds/subnet/subnet-input'
import { subnetKind } from '@/server/core/topology/kinds/subnet/subnet-kind'
import type { ObjectOf } from '@/server/core/topology/topology'

import { parsePools, printPools, splitWords } from './pools-text'

export interface SubnetValues {
  readonly networkId: string
  readonly name: string
  readonly description: string
  readonly cidr: string
  readonly hasGateway: boolean
  readonly gatewayIp: string
  readonly isDhcpEnabled: boolean
  readonly dnsNameservers: string
  /** One pool per line: 10.0.0.10-10.0.0.99 */
  readonly pools: string
}

export const emptySubnet: SubnetValues = {
  networkId: '',
  name: '',
  description: '',
  cidr: '',
  hasGateway: true,
  gatewayIp: '',
  isDhcpEnabled: true,
  dnsNameservers: '',
  pools: '',
}

export const subnetValues = (subnet: ObjectOf['subnet']): SubnetValues => ({
  networkId: subnet.networkId,
  name: subnet.name,
  description: subnet.description ?? '',
  cidr: subnet.cidr,
  hasGateway: subnet.gatewayIp !== null,
  gatewayIp: subnet.gatewayIp ?? '',
  isDhcpEnabled: subnet.isDhcpEnabled,
  dnsNameservers: subnet.dnsNameservers.join(', '),
  pools: printPools(subnet.allocationPools),
})

/** undefined: left empty; null: none. */
const gatewayOf = ({ hasGateway, gatewayIp }: SubnetValues) => (hasGateway ? gatewayIp.trim() || undefined : null)

export function toSubnetInput(values: SubnetValues) {
  const pools = parsePools(values.pools)
  return {
    networkId: values.networkId,
    name: values.name,
    description: values.description,
    cidr: values.cidr,
    gatewayIp: gatewayOf(values),
    isDhcpEnabled: values.isDhcpEnabled,
    dnsNameservers: splitWords(values.dnsNameservers),
    allocationPools: pools.length > 0 ? pools : null,
  }
}

/** Left empty, the gateway is what it would be for a new subnet: in a patch, leaving it out would keep the former one. */
export function toSubnetPatch(values: SubnetValues) {
  const { name, description, gatewayIp = defaultGateway(values.cidr), isDhcpEnabled, dnsNameservers } = toSubnetInput(values)
  return { name, description, gatewayIp, isDhcpEnabled, dnsNameservers, allocationPools: parsePools(values.pools) }
}

export const checkNewSubnet = checkInput(subnetInput, toSubnetInput, subnetKind.fieldRules)
export const checkSubnet = checkPatch(subnetPatchInput, toSubnetPatch, subnetKind.fieldRules)
