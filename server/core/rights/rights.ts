// What somebody may do, as a list: every procedure and every route names one of these, and refuses who lacks it (server/api/require-right.ts).
// A right stands alone, none holds another; roles are sets of them. Which procedure needs which stands in docs/api.md, the words that
// operators read in core/explain/right.ts.

export const rights = [
  'see',
  /** Runs read commands on hosts. A plan is such a reading beside the design, and changes nothing. */
  'hosts:read',
  'design:edit',
  /** Pings along a path, and captures that ping only. */
  'paths:verify',
  /** Captures what guests send of themselves. */
  'captures:take',
  /** Takes packets out of the console, as a file. */
  'captures:download',
  /** Changes what runs: hosts by their plan, guests through their agent. */
  'plans:apply',
  /** Where hosts are, how they are entered, and whether they are ours: whoever changes that decides where commands go. */
  'hosts:manage',
  /** How long what was done is kept: whoever changes that can make it go. */
  'console:manage',
  /** Nothing asks for it before people can sign in. */
  'people:manage',
] as const

export type Right = (typeof rights)[number]
