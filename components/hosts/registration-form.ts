// Registering a host: what is typed ↔ what the API takes, and what is wrong with its shape. Pure.

import { checkInput } from '@/components/lib/check-form'
import { hostRegistrationInput } from '@/server/core/topology/kinds/host/host-input'
import { hostKind } from '@/server/core/topology/kinds/host/host-kind'

import { emptyAccess, toAuth, toTarget, type AccessValues } from './access-form'
import { emptyPlace, toPlace, type PlaceValues } from './place-form'

export type RegistrationValues = PlaceValues & AccessValues

export const emptyRegistration: RegistrationValues = { ...emptyPlace, ...emptyAccess }

export const toRegistration = (values: RegistrationValues) => ({ ...toPlace(values), ...toTarget(values), auth: toAuth(values) })

export const checkRegistration = checkInput(hostRegistrationInput, toRegistration, hostKind.fieldRules)
