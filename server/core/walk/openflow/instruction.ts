// What one OpenFlow action does to a packet, ready to be done: ports as names, values as masked words, fields as slots.
// compile-actions.ts makes them from canonical action text; perform.ts does them.

import type { MaskedWord, Slot } from './layout'

/** Bits of a field, with the field's name for its prerequisites. */
export interface Part {
  readonly field: string
  /** null: a field that is not known here; writing it changes nothing that is looked at. */
  readonly slot: Slot | null
  readonly start: number
  readonly width: number
}

export type Instruction =
  /** Name of a port, its number as text, or a reserved port. */
  | { readonly kind: 'output'; readonly port: string }
  | { readonly kind: 'output-field'; readonly from: Part }
  | { readonly kind: 'normal' }
  /** null: the packet's own port, the table it is in. */
  | { readonly kind: 'resubmit'; readonly port: string | null; readonly table: number | null; readonly withTuple: boolean }
  | { readonly kind: 'set'; readonly field: string; readonly parts: readonly MaskedWord[] }
  | { readonly kind: 'move'; readonly from: Part; readonly to: Part }
  | { readonly kind: 'push'; readonly from: Part }
  | { readonly kind: 'pop'; readonly to: Part }
  /** `mayBeImplied`: mod_vlan_vid of OpenFlow 1.0 prints as push_vlan and set_field too, but pushes on untagged frames only. */
  | { readonly kind: 'push-vlan'; readonly tpid: number; readonly mayBeImplied: boolean }
  | { readonly kind: 'pop-vlan' }
  | { readonly kind: 'dec-ttl' }
  | { readonly kind: 'group'; readonly id: number }
  | { readonly kind: 'learn' }
  | { readonly kind: 'write-actions'; readonly actions: readonly Instruction[] }
  | { readonly kind: 'clear-actions' }
  | { readonly kind: 'clone'; readonly actions: readonly Instruction[] }
  | Conntrack
  | { readonly kind: 'ct-clear' }
  | { readonly kind: 'exit' }
  /** Leaves way and headers alone: note, meter, set_queue, … */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'not-understood'; readonly text: string }

export interface Conntrack {
  readonly kind: 'ct'
  /** Where the tracked packet goes on; null: only the connection is looked up or committed. */
  readonly table: number | null
  readonly zone: number | Part
  readonly exec: readonly Instruction[]
  /** null: addresses stay. */
  readonly nat: Nat | null
}

export interface Nat {
  /** null: `nat` alone, which undoes or repeats what the connection was given. */
  readonly side: 'src' | 'dst' | null
}
