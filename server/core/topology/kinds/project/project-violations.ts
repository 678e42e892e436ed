// The rules of a project, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { joinQuoted, quoted } from '../../../explain/words'
import type { Names } from '../../rule-values'

export interface ProjectRules {
  'project-empty': { project: string; users: Names }
}

export const projectViolations: Messages<ProjectRules> = {
  'project-empty': ({ project, users }) =>
    `Project ${quoted(project)} still has networks, routers, floating IPs, VMs, trunks, security groups or host aggregates: ${joinQuoted(users)}.`,
}
