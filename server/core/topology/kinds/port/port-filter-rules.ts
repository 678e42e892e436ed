// Rules about what filters a port: its security groups and allowed address pairs (docs/reference/design-rules.md).

import { findById } from '../../find'
import { vmOfPort } from '../../lookup'
import type { Topology } from '../../topology'
import { conflict, invalid, missing, type Violation } from '../../violation'
import type { SecurityGroup } from '../security-group/security-group'
import { checkPrefixText } from '../security-group/security-group-rules'
import type { AddressPair, Port } from './port'
import type { AddressPairInput } from './port-input'
import { checkMacAddress, checkMacForm } from './port-mac-rules'

/** Neutron's max_allowed_address_pair. */
const MAX_PAIRS = 10

export const checkFilter = (topology: Topology, port: Port): Violation[] => [
  ...checkPortSecurityOff(port),
  ...checkOwnGroups(topology, port),
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

/** A group is of the project of the VM or of the network. One that the port is in already may stay when its VM goes. */
function checkOwnGroups(topology: Topology, { id, networkId, securityGroupIds = [] }: Port): Violation[] {
  const projectIds = [findById(topology.networks, networkId)?.projectId, vmOfPort(topology.vms, id)?.projectId]
  const former = findById(topology.ports, id)?.securityGroupIds ?? []
  return checkGroups(topology, securityGroupIds, (group) => former.includes(group.id) || projectIds.includes(group.projectId))
}

/** Also of ports that are made with a VM, which are asked for by its input. */
export function checkGroups({ securityGroups }: Topology, ids: readonly string[], mayHave: (group: SecurityGroup) => boolean): Violation[] {
  return ids.flatMap((id, index) => {
    const field = `securityGroupIds.${index}`
    const group = findById(securityGroups, id)
    if (!group) return [missing('securityGroup', field)]
    return mayHave(group) ? [] : [conflict('security-group-project', field, { group: group.name, by: 'port' }, [group.name])]
  })
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
