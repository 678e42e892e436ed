// Inputs of networks.

import { z } from 'zod'
import { idInput, nameInput, objectOf, patchOf } from '../../input-shapes'

export const networkInput = objectOf({
  projectId: idInput,
  name: nameInput,
  type: z.enum(['flat', 'vlan', 'vxlan']),
  physicalNetworkId: idInput.nullish(),
  /** Left out: the lowest free VLAN id of the physical network's ranges, or the lowest free VNI. */
  segmentationId: z.int().nullish(),
  /** Left out: the largest the underlay carries. */
  mtu: z.int().nullish(),
  /** Routers may lead out by it. */
  isExternal: z.boolean().optional(),
})
export type NetworkInput = z.infer<typeof networkInput>

/** Of the segment only a VLAN's id may change later (Neutron's ml2 rule). */
export const networkPatchInput = patchOf({
  name: nameInput,
  mtu: z.int(),
  segmentationId: z.int(),
  isAdminStateUp: z.boolean(),
  isExternal: z.boolean(),
  /** The network host where its DHCP server runs. */
  dhcpHostId: idInput,
})
export type NetworkPatch = z.infer<typeof networkPatchInput>
