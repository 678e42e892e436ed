// The physical network form ↔ the API, and what is wrong with its shape. Pure.

import { checkInput, checkPatch, type Check } from '@/components/lib/check-form'
import { physicalNetworkInput, physicalNetworkPatchInput } from '@/server/core/topology/kinds/physical-network/physical-network-input'
import { physicalNetworkKind } from '@/server/core/topology/kinds/physical-network/physical-network-kind'
import type { ObjectOf } from '@/server/core/topology/topology'

import { formatVlanRanges, parseVlanRanges } from '../vlan-ranges'

export interface PhysicalNetworkValues {
  readonly name: string
  readonly description: string
  readonly mtu: number | null
  readonly ranges: string
  readonly carrierId: string
}

const ETHERNET_MTU = 1500

export const emptyPhysicalNetwork: PhysicalNetworkValues = { name: '', description: '', mtu: ETHERNET_MTU, ranges: '', carrierId: '' }

export const physicalNetworkValues = (edited: ObjectOf['physicalNetwork']): PhysicalNetworkValues => ({
  name: edited.name,
  description: edited.description ?? '',
  mtu: edited.mtu,
  ranges: formatVlanRanges(edited.vlanRanges),
  carrierId: edited.carrierId ?? '',
})

export function toPhysicalNetworkInput({ name, description, mtu, ranges, carrierId }: PhysicalNetworkValues) {
  const parsed = parseVlanRanges(ranges)
  return { name, description, mtu: mtu ?? 0, vlanRanges: parsed.isOk ? parsed.ranges : [], carrierId: carrierId || null }
}

/** What is typed may be no range at all; the API takes ranges only. */
const withRanges =
  (check: Check<PhysicalNetworkValues>): Check<PhysicalNetworkValues> =>
  (values, initial) => {
    const parsed = parseVlanRanges(values.ranges)
    const unread = parsed.isOk ? [] : [{ field: 'vlanRanges', rule: 'shape', message: parsed.message }]
    return [...unread, ...check(values, initial)]
  }

export const checkNewPhysicalNetwork = withRanges(checkInput(physicalNetworkInput, toPhysicalNetworkInput, physicalNetworkKind.fieldRules))
export const checkPhysicalNetwork = withRanges(
  checkPatch(physicalNetworkPatchInput, toPhysicalNetworkInput, physicalNetworkKind.fieldRules),
)
