// Inputs of security groups. What a rule's values mean is a rule (security-group-rules.ts), so that a wrong one is refused by its name.

import { z } from 'zod'
import { addressInput, idInput, nameInput, objectOf, patchOf, textInput } from '../../input-shapes'

const ruleInput = z.object({
  direction: z.enum(['ingress', 'egress']),
  etherType: z.enum(['IPv4', 'IPv6']),
  /** Its name or its number; `any`, null or left out: any. */
  protocol: z.union([z.string().max(40), z.int()]).nullish(),
  /** Of ICMP, type and code. Elsewhere one that is given alone is both. */
  portRangeMin: z.int().nullish(),
  portRangeMax: z.int().nullish(),
  /** An address alone is a prefix of one. */
  remoteIpPrefix: addressInput.nullish(),
  remoteGroupId: idInput.nullish(),
  description: textInput.nullish(),
})
export type RuleInput = z.infer<typeof ruleInput>

/** More than a group may have, so that it is the rule that refuses the one too many. */
const ruleList = z.array(ruleInput).max(200)

export const securityGroupInput = objectOf({
  projectId: idInput,
  name: nameInput,
  /** Left out: Neutron's two, which let everything out. */
  rules: ruleList.optional(),
})
export type SecurityGroupInput = z.infer<typeof securityGroupInput>

export const securityGroupPatchInput = patchOf({ name: nameInput })
export type SecurityGroupPatch = z.infer<typeof securityGroupPatchInput>

export const addRulesInput = z.object({ id: idInput, rules: ruleList.min(1) })
export const removeRulesInput = z.object({ id: idInput, ruleIds: z.array(idInput).min(1).max(200) })

/** Each takes some milliseconds of the one transaction that all are changed in. */
export const MAX_PORTS_AT_ONCE = 100
export const addPortsInput = z.object({ id: idInput, portIds: z.array(idInput).min(1).max(MAX_PORTS_AT_ONCE) })
