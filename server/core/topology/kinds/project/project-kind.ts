// The kind `project`, as every list of kinds needs it (../kind.ts).

import { checkName } from '../../rules/names'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { checkProject, checkProjectRemoval, takenByProject } from './project-rules'
import { projectViolations } from './project-violations'

export const projectKind = {
  kind: 'project',
  list: 'projects',
  words: { one: 'project', many: 'projects' },
  about: 'Projects own networks, routers, floating IPs and VMs. Two projects may hold networks of the same name.',
  label: (_, { name }) => name,
  detail: () => '',
  print: ({ name }) => ({ name }),
  compare: byName,
  check: checkProject,
  fieldRules: { name: (name) => checkName(name) },
  checkRemoval: checkProjectRemoval,
  takesAlong: takenByProject,
  violations: projectViolations,
  columns: { unique: ['name'] },
} satisfies DesignKind<'project'>
