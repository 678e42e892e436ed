// Inputs of gateway clusters. What addresses mean is a rule (gateway-cluster-rules.ts and its neighbours), so that a wrong one is refused by its name.

import { z } from 'zod'
import { addressInput, idInput, nameInput, objectOf, patchOf, textInput } from '../../input-shapes'
import { gatewayFunctions } from './gateway-cluster'

const peerInput = z.object({ address: addressInput, as: z.int(), hasBfd: z.boolean().default(true) })
const poolInput = z.object({ start: addressInput, end: addressInput })

/** As they are exported; a VNI in digits. */
const recordInput = z.object({
  cloudId: textInput,
  floatingIpId: idInput,
  floatingIp: addressInput,
  vmIp: addressInput,
  dvrMac: addressInput.toLowerCase(),
  vni: z.int(),
  vtep: addressInput,
  selectorMac: addressInput.toLowerCase(),
})

const fields = {
  name: nameInput,
  vip: addressInput,
  cloudId: textInput,
  localAs: z.int(),
  peers: z.array(peerInput).max(64),
  floatingIpPools: z.array(poolInput).max(64),
  memberHostIds: z.array(idInput).max(64),
}
const functionsInput = z.array(z.enum(gatewayFunctions))
const recordsInput = z.array(recordInput).max(10_000)

export const gatewayClusterInput = objectOf({
  ...fields,
  networkId: idInput,
  functions: functionsInput.default([...gatewayFunctions]),
  importedRecords: recordsInput.default([]),
})
export type GatewayClusterInput = z.output<typeof gatewayClusterInput>

export const gatewayClusterPatchInput = patchOf({
  ...fields,
  functions: functionsInput,
  /** All of them, of all other clouds. */
  importedRecords: recordsInput,
})
export type GatewayClusterPatch = z.infer<typeof gatewayClusterPatchInput>
