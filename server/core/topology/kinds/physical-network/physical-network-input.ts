// Inputs of physical networks.

import { z } from 'zod'
import { addressInput, idInput, nameInput, objectOf, patchOf } from '../../input-shapes'

const vlanRangeInput = z.object({ min: z.int(), max: z.int() })

const wireInput = z.object({
  /** The physical network on whose wire this one's frames travel (nested uplinks); null or left out: a wire of its own. */
  carrierId: idInput.nullish(),
  /** First three octets of its ports' MAC addresses; left out on a shared wire: one that is free there. */
  macBase: addressInput.nullish(),
})

export const physicalNetworkInput = objectOf({
  name: nameInput,
  mtu: z.int().default(1500),
  vlanRanges: z.array(vlanRangeInput).max(256).default([]),
  ...wireInput.shape,
})

export type PhysicalNetworkInput = z.output<typeof physicalNetworkInput>
export const physicalNetworkPatchInput = patchOf({
  name: nameInput,
  mtu: z.int(),
  vlanRanges: z.array(vlanRangeInput).max(256),
  ...wireInput.shape,
})
export type PhysicalNetworkPatch = z.infer<typeof physicalNetworkPatchInput>
