// Inputs of port forwardings. Which ports there are, and who may be led to, is a rule (port-forwarding-rules.ts).

import { z } from 'zod'
import { addressInput, idInput, objectOf, patchOf } from '../../input-shapes'

const target = {
  protocol: z.enum(['tcp', 'udp']),
  externalPort: z.int(),
  internalPortId: idInput,
  internalPort: z.int(),
}

export const portForwardingInput = objectOf({
  floatingIpId: idInput,
  ...target,
  /** Left out: the one that the port has. */
  internalIpAddress: addressInput.nullish(),
})
export type PortForwardingInput = z.infer<typeof portForwardingInput>

/** It stays one of its floating IP, as in Neutron. */
export const portForwardingPatchInput = patchOf({
  ...target,
  /** Left out, of another port: the one that this has. */
  internalIpAddress: addressInput.nullable(),
})
export type PortForwardingPatch = z.infer<typeof portForwardingPatchInput>
