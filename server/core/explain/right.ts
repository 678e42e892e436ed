// Rights in words, and their absence.

import type { Actor } from '../rights/actor'
import type { Right } from '../rights/rights'

/** Behind "may". */
export const rightWords: Readonly<Record<Right, string>> = {
  see: 'see the design, the hosts and what was done',
  'hosts:read': 'read hosts anew and make plans',
  'design:edit': 'edit the design',
  'paths:verify': 'verify paths by packets of their own',
  'captures:take': 'capture what guests send',
  'captures:download': 'download captures',
  'plans:apply': 'apply plans and run commands in guests',
  'hosts:manage': 'add, enter, prepare and remove hosts',
  'console:manage': 'set how long things are kept',
  'people:manage': 'manage people and their rights',
}

export const explainMissingRight = ({ name }: Pick<Actor, 'name'>, right: Right): string =>
  `"${name}" may not ${rightWords[right]}. Whoever may ${rightWords['people:manage']} can give the right ${right}.`
