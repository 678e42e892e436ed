// Rules about what filters a port: its security groups and allowed address pairs (docs/reference/security-groups.md).

import { findById } from '../../find'
import { vmOfPort } from '../../lookup'
import type { Topology } from '../../topology'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { checkPrefixText } from '../security-group/security-group-rules'
import type { AddressPair, Port } from './port'
import type { AddressPairInput } from './port-input'
import { checkMacAddress, checkMacForm } from './port-mac-rules'

/** Neutron's max_allowed_address_pair. */
const MAX_PAIRS = 10

export const checkFilter = (topology: Topology, port: Port): Violation[] => [
  ...checkPortSecurityOff(port),
  ...(port.securityGroupIds ?? []).flatMap((id, index) => checkGroup(topology, port, id, `securityGroupIds.${index}`)),
  ...checkPairs(port.allowedAddressPairs ?? []),
]

/** Neutron's PortSecurityPortHasSecurityGroup and AddressPairAndPortSecurityRequired. */
function checkPortSecurityOff({ isPortSecurityEnabled, securityGroupIds = [], allowedAddressPairs = [] }: Port): Violation[] {
  if (isPortSecurityEnabled) return []
  return [
    ...(securityGroupIds.length > 0 ? [invalid('port-security-off', 'securityGroupIds', { has: 'groups' })] : []),
    ...(allowedAddressPairs.length > 0 ? [invalid('port-security-off', 'allowedAddressPairs', { has: 'pairs' })] : []),
  ]
}

/** A group is of the project of the VM or of the network. One that the port has already may stay when its VM goes. */
function checkGroup(topology: Topology, port: Port, id: string, field: string): Violation[] {
  const group = findById(topology.securityGroups, id)
  if (!group) return [missing('securityGroup', field)]
  if (findById(topology.ports, port.id)?.securityGroupIds?.includes(id)) return []
  const projectIds = [findById(topology.networks, port.networkId)?.projectId, vmOfPort(topology.vms, port.id)?.projectId]
  if (projectIds.includes(group.projectId)) return []
  return [conflict('security-group-project', field, { group: group.name, by: 'port' }, [group.name])]
}

function checkPairs(pairs: readonly AddressPair[]): Violation[] {
  if (pairs.length > MAX_PAIRS) return [invalid('address-pairs-count', 'allowedAddressPairs', { most: MAX_PAIRS, count: pairs.length })]
  return pairs.flatMap((pair, index) => checkPair(pairs, pair, index))
}

/** As a form has them, with the port's own MAC left out. */
export const checkPairInputs = (pairs: readonly AddressPairInput[]): Violation[] =>
  pairs.flatMap(({ ipAddress, macAddress }, index) => checkPairAlone(ipAddress, macAddress ?? null, `allowedAddressPairs.${index}`))

const checkPairAlone = (ipAddress: string, macAddress: string | null, field: string): Violation[] => [
  ...checkPrefixText(ipAddress, `${field}.ipAddress`),
  ...(macAddress === null ? [] : checkMacAddress(macAddress, `${field}.macAddress`)),
]

function checkPair(pairs: readonly AddressPair[], pair: AddressPair, index: number): Violation[] {
  const field = `allowedAddressPairs.${index}`
  const broken = [...checkPrefixText(pair.ipAddress, `${field}.ipAddress`), ...checkMacForm(pair.macAddress, `${field}.macAddress`)]
  if (broken.length > 0) return broken
  const isSame = (other: AddressPair) => other.ipAddress === pair.ipAddress && other.macAddress === pair.macAddress
  return pairs.slice(0, index).some(isSame)
    ? [invalid('address-pair-unique', field, { address: pair.ipAddress, mac: pair.macAddress })]
    : []
}
