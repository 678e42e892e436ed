// What a kind of design object is: the form that each kind fills in, in its folder, as <kind>-kind.ts. What holds for every object of the design
// (lists, order, counts, changes, rules, removal, rows of the database, procedures) follows from the list of kinds (kinds.ts); nothing else keeps one.

import type { Messages } from '../../explain/message'
import type { Allocated } from '../allocate/allocated'
import type { IdSource } from '../id-source'
import type { PrintedFields } from '../print-values'
import type { RuleParams } from '../rule-params'
import type { Kind, ListOf, ObjectOf, Topology } from '../topology'
import type { Violation } from '../violation'
import type { Columns } from './columns'

/** One object of the design. */
export type DesignObject = { readonly [K in Kind]: { readonly kind: K; readonly item: ObjectOf[K] } }[Kind]

// A method, so that the rules of one field may stand in a list of rules of any: who asks them has parsed the value by the schema of that very field.
interface Ruled<Value> {
  rule(value: Value): readonly Violation[]
}
/** Rules that one field breaks by itself, whatever else the design holds: a form asks them before the server does. */
export type FieldRules<Item> = { readonly [F in keyof Item]?: Ruled<NonNullable<Item[F]>>['rule'] }

export interface DesignKind<K extends Kind> {
  readonly kind: K
  /** The list of the topology that holds its objects. */
  readonly list: ListOf<K>
  readonly words: { readonly one: string; readonly many: string }
  /** What it is for, in a sentence: under the title of its plain form, and where there is none yet. */
  readonly about?: string
  /** What people call one, everywhere. */
  readonly label: (topology: Topology, item: ObjectOf[K]) => string
  /** What tells it from its neighbours at a glance: its address, its size, where it is. */
  readonly detail: (topology: Topology, item: ObjectOf[K]) => string
  /** What else it is searched by: addresses, names of its devices. */
  readonly keys?: (topology: Topology, item: ObjectOf[K]) => readonly string[]
  /** Its fields as people read them; what is not printed is not a change anybody would call one. `names` is where ids are looked up, and may hold more. */
  readonly print: (item: ObjectOf[K], names: Topology) => PrintedFields
  /** One order for each list. */
  readonly compare: (a: ObjectOf[K], b: ObjectOf[K]) => number
  /** With its own lists in order; the same object where they are. */
  readonly inOrder?: (item: ObjectOf[K]) => ObjectOf[K]
  /** What must hold of an object, however it came about. `topology` may hold its former self. */
  readonly check: (topology: Topology, item: ObjectOf[K]) => Violation[]
  /** Those of `check` that need nothing but one field. */
  readonly fieldRules: FieldRules<ObjectOf[K]>
  /** What stands in the way of taking it out. */
  readonly checkRemoval: (topology: Topology, item: ObjectOf[K]) => Violation[]
  /** The rules of its own, each with its sentence; those that hold for all kinds are in explain/violation.ts. */
  readonly violations: Partial<Messages<RuleParams>>
  /** What goes with it. */
  readonly takesAlong?: (topology: Topology, item: ObjectOf[K]) => readonly DesignObject[]
  /**
   * What its objects bring along by themselves, after every edit of anything; the same topology where nothing does. In the order of the kinds, so that
   * none asks for what one behind it settles.
   */
  readonly settle?: (topology: Topology, ids: IdSource) => Allocated<Topology>
  /** Fields that copies from before they existed lack. */
  readonly earlier?: Partial<ObjectOf[K]>
  readonly columns: Columns<ObjectOf[K]>
}
