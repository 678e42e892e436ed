// Index of verbs; each has its own file.

import { router } from '../trpc'
import { getRetention } from './get-retention'
import { previewRetention } from './preview-retention'
import { setRetention } from './set-retention'

export const settingsRouter = router({ getRetention, previewRetention, setRetention })
