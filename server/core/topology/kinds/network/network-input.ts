// Inputs of projects, physical networks, networks and subnets.

import { z } from 'zod'
import { addressInput, idInput, nameInput, patchOf } from '../../input-shapes'

export const projectInput = z.object({ name: nameInput })
export type ProjectInput = z.infer<typeof projectInput>

const vlanRangeInput = z.object({ min: z.int(), max: z.int() })

const wireInput = z.object({
  /** The physical network on whose wire this one's frames travel (nested uplinks); null or left out: a wire of its own. */
  carrierId: idInput.nullish(),
  /** First three octets of its ports' MAC addresses; left out on a shared wire: one that is free there. */
  macBase: addressInput.nullish(),
})

export const physicalNetworkInput = z.object({
  name: nameInput,
  mtu: z.int().default(1500),
  vlanRanges: z.array(vlanRangeInput).max(256).default([]),
  ...wireInput.shape,
})
export type PhysicalNetworkInput = z.output<typeof physicalNetworkInput>

export const physicalNetworkPatchInput = patchOf({ name: nameInput, mtu: z.int(), vlanRanges: z.array(vlanRangeInput).max(256), ...wireInput.shape })
export type PhysicalNetworkPatch = z.infer<typeof physicalNetworkPatchInput>

export const networkInput = z.object({
  projectId: idInput,
  name: nameInput,
  type: z.enum(['flat', 'vlan', 'vxlan']),
  physicalNetworkId: idInput.nullish(),
  /** Left out: the lowest free VLAN id of the physical network's ranges, or the lowest free VNI. */
  segmentationId: z.int().nullish(),
  /** Left out: the largest the underlay carries. */
  mtu: z.int().nullish(),
})
export type NetworkInput = z.infer<typeof networkInput>

/** Of the segment only a VLAN's id may change later (Neutron's ml2 rule). */
export const networkPatchInput = patchOf({ name: nameInput, mtu: z.int(), segmentationId: z.int(), isAdminStateUp: z.boolean() })
export type NetworkPatch = z.infer<typeof networkPatchInput>

const poolInput = z.object({ start: addressInput, end: addressInput })

export const subnetInput = z.object({
  networkId: idInput,
  name: nameInput,
  cidr: addressInput,
  /** Left out: the first address. null: no gateway. */
  gatewayIp: addressInput.nullish(),
  isDhcpEnabled: z.boolean().default(true),
  dnsNameservers: z.array(addressInput).max(64).default([]),
  /** Left out: all usable addresses but the gateway. */
  allocationPools: z.array(poolInput).max(64).nullish(),
})
export type SubnetInput = z.output<typeof subnetInput>

export const subnetPatchInput = patchOf({
  name: nameInput,
  gatewayIp: addressInput.nullable(),
  isDhcpEnabled: z.boolean(),
  dnsNameservers: z.array(addressInput).max(64),
  allocationPools: z.array(poolInput).max(64),
})
export type SubnetPatch = z.infer<typeof subnetPatchInput>
