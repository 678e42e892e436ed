// Inputs of routers. What addresses and routes mean is a rule (router-rules.ts, router-route-rules.ts), so that a wrong one is refused by its name.

import { z } from 'zod'
import { addressInput, idInput, nameInput, objectOf, patchOf } from '../../input-shapes'
import { floatingIpModes } from './router'

const gatewayInput = z.object({
  networkId: idInput,
  /** Left out: the subnet of the address, or the first that has a free one. */
  subnetId: idInput.nullish(),
  /** Left out: the one that the router has there, or the lowest free one. */
  ipAddress: addressInput.nullish(),
  /** Left out: as it was there, or on. */
  isSnatEnabled: z.boolean().optional(),
})
export type GatewayInput = z.infer<typeof gatewayInput>

const routeInput = z.object({ destination: addressInput, nexthop: addressInput })
export type RouteInput = z.infer<typeof routeInput>
/** More than a router may have, so that it is the rule that refuses the one too many. */
const routeList = z.array(routeInput).max(200)

export const routerInput = objectOf({
  projectId: idInput,
  name: nameInput,
  isDistributed: z.boolean().default(false),
  floatingIpMode: z.enum(floatingIpModes).default('dvr'),
  /** In the mode `gateway`. */
  gatewayClusterId: idInput.nullish(),
  isAdminStateUp: z.boolean().default(true),
  gateway: gatewayInput.nullish(),
  routes: routeList.optional(),
})
export type RouterInput = z.output<typeof routerInput>

export const routerPatchInput = patchOf({
  name: nameInput,
  isDistributed: z.boolean(),
  /** Left out where the router is made centralized: `dvr` again. */
  floatingIpMode: z.enum(floatingIpModes),
  /** The network host where it runs, or its central part. */
  hostId: idInput,
  /** Left out where another mode is chosen: none any more. */
  gatewayClusterId: idInput.nullable(),
  isAdminStateUp: z.boolean(),
  /** null: it leads out no more. */
  gateway: gatewayInput.nullable(),
  /** All of them. */
  routes: routeList,
})
export type RouterPatch = z.infer<typeof routerPatchInput>

/** One of the two: a subnet, whose gateway address the interface has, or a port that nothing uses. */
export const interfaceInput = z.object({ id: idInput, subnetId: idInput.nullish(), portId: idInput.nullish() })
export type InterfaceChoice = Omit<z.infer<typeof interfaceInput>, 'id'>
