// Inputs of subnets.

import { z } from 'zod'
import { addressInput, idInput, nameInput, objectOf, patchOf } from '../../input-shapes'

const poolInput = z.object({ start: addressInput, end: addressInput })

export const subnetInput = objectOf({
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
