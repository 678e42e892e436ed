// What is asked of security groups beyond the plain verbs, or instead of them; each has its own file.

import { addPorts } from './add-ports'
import { addRules } from './add-rules'
import { getSecurityGroup } from './get'
import { listSecurityGroups } from './list'
import { removeRules } from './remove-rules'

export const securityGroupVerbs = { list: listSecurityGroups, get: getSecurityGroup, addRules, removeRules, addPorts }
