// Inputs of ports.

import { z } from 'zod'
import { addressInput, idInput, nameInput, objectOf, patchOf } from '../../input-shapes'

/** Without an address the lowest free one of the subnet's pools is taken. */
const fixedIpInput = z.object({ subnetId: idInput, ipAddress: addressInput.nullish() })

export const portInput = objectOf({
  networkId: idInput,
  name: nameInput,
  macAddress: addressInput.nullish(),
  /** Left out: one address of the network's first subnet. Empty: no address. */
  fixedIps: z.array(fixedIpInput).max(64).nullish(),
  hostId: idInput.nullish(),
})
export type PortInput = z.infer<typeof portInput>

export const portPatchInput = patchOf({
  name: nameInput,
  macAddress: addressInput,
  fixedIps: z.array(fixedIpInput).max(64),
  hostId: idInput.nullable(),
  isAdminStateUp: z.boolean(),
  isPortSecurityEnabled: z.boolean(),
})
export type PortPatch = z.infer<typeof portPatchInput>
