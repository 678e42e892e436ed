// Inputs of floating IPs. Whether an address is one, and whose, is a rule (floating-ip-rules.ts).

import type { z } from 'zod'
import { addressInput, idInput, objectOf, patchOf } from '../../input-shapes'

export const floatingIpInput = objectOf({
  projectId: idInput,
  /** External. */
  networkId: idInput,
  /** Left out: the lowest free one. */
  ipAddress: addressInput.nullish(),
  /** Left out: it leads nowhere yet. */
  fixedPortId: idInput.nullish(),
  /** Left out: the one that the port has. */
  fixedIpAddress: addressInput.nullish(),
})
export type FloatingIpInput = z.infer<typeof floatingIpInput>

export const floatingIpPatchInput = patchOf({
  /** null: it leads nowhere. */
  fixedPortId: idInput.nullable(),
  /** Left out, of another port: the one that this has. */
  fixedIpAddress: addressInput.nullable(),
})
export type FloatingIpPatch = z.infer<typeof floatingIpPatchInput>
