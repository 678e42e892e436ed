// How the objects of a kind stand in the database (effects/db/object-rows.ts): one row in the table that is called as the kind is, with a column
// for each field. Here is what differs from that.

type Field<Item> = keyof Item & string

export interface Columns<Item> {
  /** Kept as JSON text, in the column `<field>Json`. */
  readonly json?: readonly Field<Item>[]
  /** Null in the row, absent in the model; also one that is kept as JSON. */
  readonly optional?: readonly Field<Item>[]
  /** An object or null, with a column for each of its fields: `tunnel.nic` is `tunnelNic`. */
  readonly spread?: { readonly [F in Field<Item>]?: readonly string[] }
  /** Fields of such an object that may be absent. */
  readonly spreadOptional?: readonly string[]
  /** Written for the database's own rules, never read. */
  readonly derived?: Readonly<Record<string, (item: Item) => string>>
  /** Unique columns that objects may swap among them when several change at once. */
  readonly unique?: readonly string[]
  readonly parts?: Parts<Item>
}

/** Rows of another table that belong to an object: rewritten whenever it changes. */
export interface Parts<Item, Part = unknown> {
  readonly table: string
  /** The column with the object's id. */
  readonly owner: string
  /** `position`, which is not part of the model, counts them. */
  readonly orderBy: string
  /** The fields of the object that they hold. */
  readonly fields: readonly Field<Item>[]
  readonly of: (item: Item) => readonly Part[]
  readonly into: (parts: readonly Part[]) => Partial<Item>
}

/** For the compiler: what was written as a part comes back as one. */
export const parts = <Item, Part>(form: Parts<Item, Part>): Parts<Item> => ({ ...form, into: (rows) => form.into(rows as readonly Part[]) })
