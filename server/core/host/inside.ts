// STUB
import type { HostInside } from './inside-types'
import type { HostObservation } from './observation'

export function describeInside(_host: { readonly id: string; readonly name: string }, _observation: HostObservation | null): HostInside {
  throw new Error('stub')
}
