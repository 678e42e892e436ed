// A short text that is equal for equal desired states of a host. Compiling the same design twice gives the same lists in the same order, so
// they are not sorted again.

import { sha1, toHex } from '../topology/allocate/sha1'
import type { HostState } from './host-state'

export const stateDigest = (desired: HostState): string => toHex(sha1(new TextEncoder().encode(JSON.stringify(desired))))
