// Inputs of ports.

import { z } from 'zod'
import { addressInput, idInput, nameInput, objectOf, patchOf } from '../../input-shapes'

/** Without an address the lowest free one of the subnet's pools is taken. */
const fixedIpInput = z.object({ subnetId: idInput, ipAddress: addressInput.nullish() })

/** Addresses beside its own that the port may send from: an address or a prefix, with the MAC of the port unless another is named. */
const addressPairInput = z.object({ ipAddress: addressInput, macAddress: addressInput.nullish() })
export type AddressPairInput = z.infer<typeof addressPairInput>

export const groupIdsInput = z.array(idInput).max(64)
/** More than a port may have, so that it is the rule that refuses the one too many. */
const addressPairsInput = z.array(addressPairInput).max(64)

export const portInput = objectOf({
  networkId: idInput,
  name: nameInput,
  macAddress: addressInput.nullish(),
  /** Left out: one address of the network's first subnet. Empty: no address. */
  fixedIps: z.array(fixedIpInput).max(64).nullish(),
  hostId: idInput.nullish(),
  /** Left out: the `default` group of the network's project. Empty: nothing passes but DHCP. */
  securityGroupIds: groupIdsInput.nullish(),
  allowedAddressPairs: addressPairsInput.nullish(),
})
export type PortInput = z.infer<typeof portInput>

export const portPatchInput = patchOf({
  name: nameInput,
  macAddress: addressInput,
  fixedIps: z.array(fixedIpInput).max(64),
  hostId: idInput.nullable(),
  isAdminStateUp: z.boolean(),
  /** Off takes groups and pairs away; on gives the `default` group, unless groups are named. */
  isPortSecurityEnabled: z.boolean(),
  securityGroupIds: groupIdsInput,
  allowedAddressPairs: addressPairsInput,
})
export type PortPatch = z.infer<typeof portPatchInput>
