// What filters a port: its groups, and the addresses beside its own that it may send from. A port with port security has the `default` group of its
// project unless groups are named; one without has neither, as in Neutron.

import { findById } from '../../find'
import { groupsOfProject } from '../../lookup'
import { normalizeMac } from '../../mac'
import type { Topology } from '../../topology'
import { compareText } from '../compare'
import { parsePrefix } from '../security-group/ip-prefix'
import { DEFAULT_GROUP } from '../security-group/security-group'
import type { AddressPair, Port } from './port'
import type { AddressPairInput } from './port-input'

export interface FilterInput {
  readonly securityGroupIds?: readonly string[] | null | undefined
  readonly allowedAddressPairs?: readonly AddressPairInput[] | null | undefined
}

/** The `default` group of the VM's project, or else of the network's. null: the project has none. */
function defaultGroupsOf(topology: Topology, networkId: string, vmProjectId: string | undefined): readonly string[] | null {
  const projectId = vmProjectId ?? findById(topology.networks, networkId)?.projectId ?? ''
  const group = groupsOfProject(topology.securityGroups, projectId).find(({ name }) => name === DEFAULT_GROUP)
  return group ? [group.id] : null
}

type Filter = Pick<Port, 'securityGroupIds' | 'allowedAddressPairs'>
type Filtered = Omit<Port, keyof Filter>

/** Of a new port. `vmProjectId`: of the VM that it is made for. */
export function withFilter(topology: Topology, port: Filtered, input: FilterInput, vmProjectId?: string): Port {
  const groupIds = input.securityGroupIds ?? defaultGroupsOf(topology, port.networkId, vmProjectId)
  return { ...port, ...filterOf(port, groupIds, (input.allowedAddressPairs ?? []).map(pairOf(port))) }
}

/** `port` is changed in all else. What it says of groups and pairs is what it had. */
export function changeFilter(topology: Topology, before: Port, port: Port, patch: FilterInput, vmProjectId?: string): Port {
  const { securityGroupIds: _groups, allowedAddressPairs: _pairs, ...others } = port
  const { isPortSecurityEnabled: isOn } = port
  const kept = before.isPortSecurityEnabled ? before.securityGroupIds : defaultGroupsOf(topology, port.networkId, vmProjectId)
  // Who switches port security off wants no filter: what is not named goes with it.
  const groupIds = patch.securityGroupIds ?? (isOn ? kept : null)
  const pairs = patch.allowedAddressPairs?.map(pairOf(port)) ?? (isOn ? movePairs(before, port) : [])
  return { ...others, ...filterOf(port, groupIds, pairs) }
}

function filterOf(
  { isPortSecurityEnabled: isOn }: Filtered,
  groupIds: readonly string[] | null | undefined,
  pairs: readonly AddressPair[],
): Filter {
  return {
    ...(groupIds && (isOn || groupIds.length > 0) && { securityGroupIds: [...new Set(groupIds)] }),
    ...(pairs.length > 0 && { allowedAddressPairs: pairs }),
  }
}

/** What is neither MAC nor address is kept as it is, for the rules to refuse. */
const pairOf =
  ({ macAddress }: Filtered) =>
  (pair: AddressPairInput): AddressPair => ({
    macAddress: pair.macAddress == null ? macAddress : (normalizeMac(pair.macAddress) ?? pair.macAddress),
    ipAddress: writePairAddress(pair.ipAddress),
  })

/** An address is written without the length that says so. */
function writePairAddress(text: string): string {
  const prefix = parsePrefix(text)
  if (!prefix) return text
  return prefix.isAddress ? prefix.text.replace(/\/.*/, '') : prefix.text
}

/** Pairs with the MAC of the port follow it. */
const movePairs = ({ macAddress, allowedAddressPairs = [] }: Port, port: Filtered): readonly AddressPair[] =>
  allowedAddressPairs.map((pair) => (pair.macAddress === macAddress ? { ...pair, macAddress: port.macAddress } : pair))

/** In one order, whatever order they were named in. */
export function withSortedFilter(port: Port): Port {
  const { securityGroupIds = [], allowedAddressPairs = [] } = port
  if (isSorted(securityGroupIds, compareText) && isSorted(allowedAddressPairs, comparePairs)) return port
  return {
    ...port,
    ...(port.securityGroupIds && { securityGroupIds: securityGroupIds.toSorted(compareText) }),
    ...(port.allowedAddressPairs && { allowedAddressPairs: allowedAddressPairs.toSorted(comparePairs) }),
  }
}

const comparePairs = (a: AddressPair, b: AddressPair): number =>
  compareText(a.ipAddress, b.ipAddress) || compareText(a.macAddress, b.macAddress)

const isSorted = <Item>(items: readonly Item[], compare: (a: Item, b: Item) => number): boolean =>
  items.every((item, index) => index === 0 || compare(items[index - 1]!, item) <= 0)
