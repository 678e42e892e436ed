// A short text that is equal for equal desired states of a host. Compiling the same design twice gives the same lists in the same order, so
// they are not sorted again.

import { oncePer } from '../once-per'
import { sha1Hex } from '../sha1'
import type { HostState } from './host-state'

export const stateDigest = oncePer((desired: HostState): string => sha1Hex(JSON.stringify(desired)))
