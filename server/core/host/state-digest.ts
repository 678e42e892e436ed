// A short text that is equal for equal desired states of a host. Compiling the same design twice gives the same lists in the same order, so
// they are not sorted again.

import { sha1Hex } from '../sha1'
import type { HostState } from './host-state'

export const stateDigest = (desired: HostState): string => sha1Hex(JSON.stringify(desired))
