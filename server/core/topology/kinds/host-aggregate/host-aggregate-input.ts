// Inputs of host aggregates.

import { z } from 'zod'
import { idInput, nameInput, objectOf, patchOf } from '../../input-shapes'

const hostIds = z.array(idInput).max(2000)
const projectIds = z.array(idInput).max(2000)

export const hostAggregateInput = objectOf({ name: nameInput, hostIds: hostIds.default([]), projectIds: projectIds.default([]) })

/** Lists are whole: what is not named is taken out. */
export const hostAggregatePatchInput = patchOf({ name: nameInput, hostIds, projectIds })
export type HostAggregatePatch = z.infer<typeof hostAggregatePatchInput>
