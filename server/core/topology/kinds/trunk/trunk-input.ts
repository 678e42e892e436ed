// Inputs of trunks. What type and id mean is a rule (trunk-rules.ts), so that a wrong one is refused by its name.

import { z } from 'zod'
import { addressInput, idInput, nameInput, objectOf, patchOf } from '../../input-shapes'

/** A port that is there, or a new one in a network, made by the same edit: refused together, so that nothing is half-built. */
const portChoice = { portId: idInput.nullish(), networkId: idInput.nullish() }

const subPortInput = z.object({
  ...portChoice,
  /** Of a new port: that of the port it takes over from, so that the guest's interface can stay as it is. */
  macAddress: addressInput.nullish(),
  /** `vlan`, or `inherit` to take type and id from the port's network. */
  segmentationType: z.string().max(40).nullish(),
  segmentationId: z.union([z.number(), z.string().max(40)]).nullish(),
})
export type SubPortInput = z.infer<typeof subPortInput>

const subPortList = z.array(subPortInput).max(4094)

export const trunkInput = objectOf({
  projectId: idInput,
  name: nameInput.default(''),
  /** The parent. */
  ...portChoice,
  subPorts: subPortList.default([]),
  isAdminStateUp: z.boolean().default(true),
})
export type TrunkInput = z.output<typeof trunkInput>

/** Neutron keeps a port that leaves its trunk; the operator may want it gone. */
const deletesPorts = z.boolean().optional()

export const trunkPatchInput = patchOf({ name: nameInput, isAdminStateUp: z.boolean() })
export type TrunkPatch = z.infer<typeof trunkPatchInput>

export const addSubPortsInput = z.object({ id: idInput, subPorts: subPortList.min(1) })
/** One subport in place of another, so that moving a guest VLAN to another network is one edit. What `to` leaves out stays. */
export const moveSubPortInput = z.object({ id: idInput, portId: idInput, to: subPortInput, deletesPorts })
export type SubPortMove = z.infer<typeof moveSubPortInput>
export const removeSubPortsInput = z.object({ id: idInput, portIds: z.array(idInput).min(1).max(4094), deletesPorts })
