// The design in memory: a value that is never changed, replaced by each edit. The database stays the truth, since other consoles may
// write it: whoever asks looks at the marks of the design first, one row, and only what differs from memory is loaded again. Objects that
// stay as they are stay the same objects, so that nothing is compared or indexed twice.

import { shareEqual } from '@/server/core/topology/share'
import { emptyTopology } from '@/server/core/topology/complete-topology'
import type { Database, Tx } from './database'
import { type DesignMarks, loadBase, readMarks } from './design-rows'
import type { Design } from './store'
import { loadTopologyRows } from './topology-rows'

export interface DesignMemory {
  /** As it is now, whole and of one moment. Never waits for who writes. */
  current(): Promise<Design>
  /** The same inside the transaction of an edit, which must not have written yet. */
  currentIn(tx: Tx): Promise<Design>
  /** What an edit made, once it is committed. */
  hold(design: Design): void
}

export function createDesignMemory(database: Pick<Database, 'read' | 'readAtOnce'>): DesignMemory {
  let held: Design | null = null
  let loading: Promise<void> | null = null

  async function currentIn(tx: Tx): Promise<Design> {
    const start = held
    const marks = await readMarks(tx)
    const design = start && isOf(start, marks) ? start : await loadDesign(tx, marks, start)
    // An edit that was committed meanwhile is newer than what this one found.
    if (held === start) held = design
    return design
  }

  /** Shared by all that find memory behind, for they would all load the same. */
  const load = (): Promise<void> =>
    (loading ??= database
      .readAtOnce(currentIn)
      .then(() => undefined)
      .finally(() => (loading = null)))

  async function current(): Promise<Design> {
    for (;;) {
      const marks = await database.read(readMarks)
      if (held && isNoOlder(held, marks)) return held
      await load()
    }
  }

  return { current, currentIn, hold: (design) => void (held = design) }
}

/** Versions and revisions only grow. */
const isNoOlder = ({ version, base }: Design, marks: DesignMarks): boolean => version >= marks.version && base.number >= marks.revision

const isOf = ({ version, base }: Design, marks: DesignMarks): boolean => version === marks.version && base.number === marks.revision

async function loadDesign(tx: Tx, { version, revision }: DesignMarks, known: Design | null): Promise<Design> {
  const topology = known?.version === version ? known.topology : shareEqual(await loadTopologyRows(tx), known?.topology ?? emptyTopology)
  const base = known?.base.number === revision ? known.base : await loadBase(tx)
  return { topology, version, base: { number: base.number, topology: shareEqual(base.topology, topology) } }
}
