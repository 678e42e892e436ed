// The kind `project`, as every list of kinds needs it (../kind.ts).

import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { checkProject, checkProjectRemoval } from './project-rules'
import { projectViolations } from './project-violations'

export const projectKind = {
  kind: 'project',
  list: 'projects',
  words: { one: 'project', many: 'projects' },
  label: (_, { name }) => name,
  detail: () => '',
  print: ({ name }) => ({ name }),
  compare: byName,
  check: checkProject,
  checkRemoval: checkProjectRemoval,
  violations: projectViolations,
  columns: { unique: ['name'] },
} satisfies DesignKind<'project'>
